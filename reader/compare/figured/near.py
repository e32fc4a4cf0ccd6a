"""Weigh what speaks for two figures being of one thing: the rare words that stand near both. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reader.compare.common import words as common_words
from reader.compare.stemming import stem
from reader.compare.terms import Term, folded, terms
from reader.ingest.language import SMALL

# Words this near count in full, those further off the less, and those of the heading and the sentence above.
_NEAR, _FARTHEST, _ABOVE = 6, 0.4, 0.3
# How often a word occurs that is on no list of common ones, and the commonest.
_RARE_SHARE, _COMMON_SHARE = 2e-5, 1e-3
# Of a language whose words are not known each is taken for one of middling rarity, and small words for none.
_UNKNOWN_SHARE = 5e-4
_SMALL = frozenset(folded(word) for words in SMALL.values() for word in words)
# Words with a meaning in a sentence, and near a figure.
_WORDS, _AROUND = 12, 16
# So many sentences of the two texts are believed as much as what is known of English at large.
_BELIEVED = 200
# A word in more of the sentences than this is the theme of the texts and tells nothing.
_THEME = 0.2
# Words that weigh less are not named.
_WORTH_NAMING = 0.3
_FORM = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Near:
    """A word near a figure: how near, from 0 to 1, as it is written, and whether it looks like a name."""

    nearness: float
    written: str
    is_name: bool


Context = dict[str, Near]


class Weights:
    """How much it tells, in nats, that a word stands near two figures: the rarer by chance, the more."""

    def __init__(self, sentences: Iterable[str], *, english: bool) -> None:
        """sentences are those of both texts."""
        forms: Counter[str] = Counter()
        self._english = english
        self._sentences = 0
        for sentence in sentences:
            forms.update(set(_FORM.findall(sentence)))
            self._sentences += 1
        self._seen: Counter[str] = Counter()
        for form, count in forms.items():
            for term in terms(form, english=english):
                self._seen[term.key] += count
        self._known: dict[tuple[str, bool], float] = {}

    def of(self, key: str, *, is_name: bool = False) -> float:
        """0 for a word of the theme or a common one; two rare words make some 6.

        A word that is rare in English and used in both texts tells much in short texts, where how often it
        occurs there is a matter of chance; the longer they are, the more they are believed themselves.
        """
        known = self._known.get((key, is_name))
        if known is None:
            known = self._known[key, is_name] = self._reckoned(key, is_name)
        return known

    def _reckoned(self, key: str, is_name: bool) -> float:
        # It occurs in both texts, so twice at the least.
        seen = max(2, self._seen[key])
        if seen > max(2, _THEME * self._sentences) or (not self._english and key in _SMALL):
            return 0.0
        believed = self._sentences / (self._sentences + _BELIEVED)
        here = math.log(seen / max(self._sentences, seen))
        at_large = math.log(_WORDS * self._share(key, is_name))
        # Each of the words near a figure has the chance to meet it.
        return max(0.0, -believed * here - (1 - believed) * at_large - math.log(_AROUND))

    def _share(self, key: str, is_name: bool) -> float:
        """How often a word occurs in the language at large."""
        if not self._english:
            return _UNKNOWN_SHARE
        return _COMMON_SHARE if is_name else _shares().get(key, _RARE_SHARE)


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    found: dict[str, float] = {}
    for word, share in common_words():
        found.setdefault(stem(word), share)
    return found


def context(sentence: str, start: int, end: int, above: Sequence[str], *, english: bool) -> Context:
    """The words around sentence[start:end], and those of the heading and the sentence above it."""
    found: Context = {}
    around = _terms(sentence, english)
    before = sum(1 for term in around if term.end <= start)
    after = sum(1 for term in around if term.start < end)
    for place, term in enumerate(around):
        if (start < term.end and term.start < end) or term.key.isdigit():
            continue
        distance = before - place if place < before else place - after + 1
        _put(found, term, min(1.0, max(_FARTHEST, _NEAR / max(distance, 1))), sentence)
    for words in above:
        for term in _terms(words, english):
            if not term.key.isdigit():
                _put(found, term, _ABOVE, words)
    return found


@lru_cache(maxsize=256)
def _terms(words: str, english: bool) -> list[Term]:
    """Several figures stand in one sentence, and many under one heading."""
    return terms(words, english=english)


def _put(found: Context, term: Term, nearness: float, text: str) -> None:
    if term.key not in found or found[term.key].nearness < nearness:
        found[term.key] = Near(nearness, text[term.start : term.end], term.is_name)


def shared(left: Context, right: Context, weights: Weights) -> tuple[list[float], tuple[str, ...]]:
    """What each word near both weighs, and the words as the left text writes them, the heaviest first."""
    found = []
    for key in left.keys() & right.keys():
        one, other = left[key], right[key]
        weight = weights.of(key, is_name=one.is_name) * math.sqrt(one.nearness * other.nearness)
        if weight > 0:
            found.append((weight, one.written))
    found.sort(key=lambda one: (-one[0], one[1]))
    return [weight for weight, _ in found], tuple(word for weight, word in found if weight >= _WORTH_NAMING)
