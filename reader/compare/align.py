"""Find the passages of two texts that say the same thing. Pure; docs/parallels.md tells how."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reader.compare.candidates import candidates
from reader.compare.evidence import SENTENCE, Comparison, Evidence
from reader.compare.ranking import Ranking
from reader.compare.scoring import Scale, strength
from reader.compare.sides import Numbering, Side, Unit
from reader.compare.weighing import Weights
from reader.ingest.language import language_of

__all__ = ["Match", "Unit", "align"]

# So many words show why two units were matched.
WORDS = 8
_JOINED_BEFORE = re.compile(r"(?:\w+[-‑])+$")
_JOINED_AFTER = re.compile(r"(?:[-‑]\w+)+")
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Match:
    """Two units, by their keys, that may say the same: how surely, in which sentences, by which words.

    The score is between 0 and 1 and means the same for every pair of texts. Offsets are code points in the
    text of the unit. The words are as the left text writes them, the heaviest first.
    """

    left: int
    right: int
    score: float
    strength: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int
    evidence: tuple[str, ...]


def align(
    left: Sequence[Unit],
    right: Sequence[Unit],
    *,
    top: int = 3,
    language: str = "",
    only_left: Collection[int] | None = None,
    only_right: Collection[int] | None = None,
) -> list[Match]:
    """The matches of two texts in the order of the left one, the best first for each of its units.

    Each unit of either text has up to `top`, as far as it shares a word with any. With
    `only_left` or `only_right` (keys) those alone that touch one of these units, the same as among all.
    """
    english = (language or _language(left, right)).startswith("en")
    numbering = Numbering()
    one = Side(left, numbering, english=english)
    two = Side(right, numbering, english=english)
    weights = Weights([*one.paragraphs(), *two.paragraphs()], list(numbering.numbers), english=english)
    comparison = Comparison(one, two, weights, numbering.names())
    ranking = Ranking(candidates(one, two, weights), candidates(two, one, weights), comparison.compare)
    scale = Scale(one, two)
    matches = []
    for i, j in ranking.best(
        top, _places(left, only_left, only_right), _places(right, only_right, only_left)
    ):
        found = ranking.evidence(i, j)
        score = scale.score(ranking.above(i, j), same=found.same)
        matches.append(_match(one, two, i, j, found, score, weights))
    return matches


def _match(one: Side, two: Side, i: int, j: int, found: Evidence, score: float, weights: Weights) -> Match:
    first, last = found.left
    right_first, right_last = found.right
    return Match(
        one.units[i].key,
        two.units[j].key,
        score,
        strength(score),
        one.spans[i][first][0],
        one.spans[i][last][1],
        two.spans[j][right_first][0],
        two.spans[j][right_last][1],
        _words(one, i, found, weights),
    )


def _words(one: Side, i: int, found: Evidence, weights: Weights) -> tuple[str, ...]:
    """The words that made the match, the heaviest first."""
    text = one.units[i].text
    table = weights.among(SENTENCE).weights
    written: dict[int, str] = {}
    for sentence in one.terms[i]:
        for number, term in sentence:
            if number in found.shared:
                written.setdefault(number, _whole(text, term.start, term.end))
    heaviest = sorted(written, key=lambda number: -table[number])
    return tuple(dict.fromkeys(written[number] for number in heaviest))[:WORDS]


def _whole(text: str, start: int, end: int) -> str:
    """A word with what hyphens join to it: nobody reads "un" of "Kim Jong-un" as a word."""
    before, after = (
        _JOINED_BEFORE.search(text, max(0, start - LONGEST), start),
        _JOINED_AFTER.match(text, end),
    )
    return text[before.start() if before else start : after.end() if after else end]


def _places(
    units: Sequence[Unit], only: Collection[int] | None, only_other: Collection[int] | None
) -> Collection[int]:
    """The places of the units that are asked for: all where nothing is said about either text."""
    if only is None:
        return range(len(units)) if only_other is None else ()
    return [place for place, unit in enumerate(units) if unit.key in only]


def _language(left: Sequence[Unit], right: Sequence[Unit]) -> str:
    """English where either text is: the stems of its words do no harm to the other's."""
    found = [language_of(" ".join(unit.text for unit in units[:50])) for units in (left, right)]
    return "en" if "en" in found else found[0]
