"""Weigh what speaks for two figures being of one thing: the rare words that stand near both. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reader.compare.common import words as common_words
from reader.compare.stemming import stem
from reader.compare.terms import Term, terms

# Words this near count in full, those further off the less; those of the heading above count for less.
_NEAR, _FARTHEST, _HEADING = 6, 0.4, 0.4
# How often a word occurs that is on no list of common ones, and the commonest.
_RARE_SHARE, _COMMON_SHARE = 2e-5, 1e-3
# A word in more of the sentences than this is the theme of the texts and tells nothing.
_THEME = 0.2
_FORM = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Near:
    """A word near a figure: how near, from 0 to 1, and as it is written."""

    nearness: float
    written: str


Context = dict[str, Near]


class Weights:
    """How much a word tells in two texts: the fewer of their sentences have it, the more."""

    def __init__(self, sentences: Iterable[str], *, english: bool) -> None:
        """sentences are those of both texts."""
        forms: Counter[str] = Counter()
        self._sentences = 0
        for sentence in sentences:
            forms.update(set(_FORM.findall(sentence)))
            self._sentences += 1
        self._seen: Counter[str] = Counter()
        for form, count in forms.items():
            for term in terms(form, english=english):
                self._seen[term.key] += count

    def of(self, key: str) -> float:
        """From 0, a word of the theme, to 1, one that occurs once in each text."""
        seen = self._seen[key]
        if self._sentences < 2 or seen > max(2, _THEME * self._sentences):
            return 0.0
        # It occurs in both texts, so twice at the least.
        rarity = math.log(self._sentences / max(seen, 2)) / math.log(max(self._sentences, 8) / 2)
        return max(0.0, rarity) * (0.5 + 0.5 * _unusual(key))


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    found: dict[str, float] = {}
    for word, share in common_words():
        found.setdefault(stem(word), share)
    return found


def _unusual(key: str) -> float:
    """0 for a word that any prose has, 1 for one that hardly any has."""
    share = _shares().get(key, _RARE_SHARE)
    return math.log(_COMMON_SHARE / share) / math.log(_COMMON_SHARE / _RARE_SHARE)


def context(sentence: str, start: int, end: int, heading: str, *, english: bool) -> Context:
    """The words around sentence[start:end], and those of the heading above it."""
    found: Context = {}
    around = terms(sentence, english=english)
    before = sum(1 for term in around if term.end <= start)
    after = sum(1 for term in around if term.start < end)
    for place, term in enumerate(around):
        if (start < term.end and term.start < end) or term.key.isdigit():
            continue
        distance = before - place if place < before else place - after + 1
        _put(found, term, min(1.0, max(_FARTHEST, _NEAR / max(distance, 1))), sentence)
    for term in terms(heading, english=english):
        if not term.key.isdigit():
            _put(found, term, _HEADING, heading)
    return found


def _put(found: Context, term: Term, nearness: float, text: str) -> None:
    if term.key not in found or found[term.key].nearness < nearness:
        found[term.key] = Near(nearness, text[term.start : term.end])


def shared(left: Context, right: Context, weights: Weights) -> tuple[float, tuple[str, ...]]:
    """What the words near both weigh, and these words as the left text writes them, the heaviest first."""
    found = []
    for key in left.keys() & right.keys():
        weight = weights.of(key) * math.sqrt(left[key].nearness * right[key].nearness)
        if weight > 0:
            found.append((weight, left[key].written))
    found.sort(key=lambda one: (-one[0], one[1]))
    return sum(weight for weight, _ in found), tuple(word for weight, word in found if weight >= 0.1)
