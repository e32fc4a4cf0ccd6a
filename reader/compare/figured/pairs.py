"""Pair the figures of two texts that may be of one thing, and weigh in nats what speaks for it. Pure."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.compare.figured.dates import Dated
from reader.compare.figured.figures import SMALL, Figure
from reader.compare.figured.near import Weights, shared
from reader.compare.figured.quantities import Counted

# Evidence less what chance would find among so many figures: worth a look; mostly right.
PERHAPS, LIKELY = 2.0, 3.5
# What it weighs that both count the same thing; that these are small numbers or people, as any text has; that
# both are in the same unit or measure; that the same name stands before the noun.
_SAME_HEAD, _SMALL_COUNTS, _SAME_UNIT, _SAME_NAME = 2.5, 0.8, 0.5, 0.5
# Texts are full of days and years, and what stands near them is hardly what took so long.
_SAME_TIME, _PASSING = -2.0, ("time", "times")
# So exact a number is mostly of one thing whatever it is called.
_TELLS_ITSELF = 2.0
# A word that weighs so much is a piece of evidence of its own, and it takes two to be sure.
_PIECE = 0.7
# Bounds for long texts: how many figures are looked at for each one, and are found by one word; what this
# word has to weigh.
_CANDIDATES, _POSTINGS, _TELLING = 24, 100, 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of each text, by their places in the lists; shared are the words near both.

    same: they say just the same. level: both or neither come on top of another number. sure: more than one
    thing speaks for it.
    """

    left: int
    right: int
    score: float
    agrees: bool
    same: bool
    level: bool
    sure: bool
    shared: tuple[str, ...]


def pairs(left: Sequence[Figure], right: Sequence[Figure], weights: Weights) -> list[Pair]:
    """The pairs for which enough speaks, and those that say the same."""
    there = _Comparable(left), _Comparable(right)
    found = []
    for at, others in _candidates(left, right, weights):
        one = left[at]
        for place in others:
            other = right[place]
            agrees = one.agrees(other)
            pieces, words = shared(one.near, other.near, weights)
            bonus = _counted_alike(one, other) + (_said_alike(one, other) if agrees else 0.0)
            chance = math.log(there[0].among(other, one) * there[1].among(one, other)) / 2
            score = sum(pieces) + bonus - chance
            same = agrees and _same(one, other)
            if score >= PERHAPS or same:
                strong = sum(piece >= _PIECE for piece in pieces) + (bonus >= _PIECE)
                sure = strong > 1 and (agrees or one.head not in _PASSING)
                level = _is_more(one) == _is_more(other)
                found.append(Pair(at, place, round(score, 6), agrees, same, level, sure, words))
    return found


class _Comparable:
    """In how many blocks of a text there are figures of each kind."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._of_kind = Counter(kind for kind, _ in {(one.kind, one.block) for one in figures})
        self._in_unit = Counter(unit for unit, _ in {(one.kind[1], one.block) for one in figures})

    def among(self, figure: Figure, own: Figure) -> int:
        """Among how many figures of this text its own one was chosen for the other text's figure."""
        if figure.head and figure.head == own.head:
            return max(1, self._of_kind[own.kind])
        return max(1, self._in_unit[own.kind[1]])


def _candidates(
    left: Sequence[Figure], right: Sequence[Figure], weights: Weights
) -> Iterable[tuple[int, list[int]]]:
    """For each left figure the right ones that may be of one thing with it; bounded, for long texts."""
    by_word: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_kind: dict[object, list[int]] = defaultdict(list)
    for place, figure in enumerate(right):
        unit = figure.kind[1]
        for key in {*figure.near, figure.head}:
            by_word[key, unit].append(place)
        by_kind[figure.says].append(place)
        if figure.head and not figure.measures:
            by_kind[figure.kind].append(place)
    for at, figure in enumerate(left):
        scores: dict[int, float] = defaultdict(float)
        for common in (figure.says, figure.kind):
            for place in by_kind.get(common, [])[:_POSTINGS]:
                scores[place] += _SAME_HEAD
        if figure.head and not figure.measures:
            # "More than two hundred of them": the noun stands elsewhere in the sentence.
            for place in by_word.get((figure.head, figure.kind[1]), [])[:_POSTINGS]:
                scores[place] += _SAME_HEAD
        for key, near in figure.near.items():
            places = by_word.get((key, figure.kind[1]), ())
            if len(places) <= _POSTINGS and (weight := weights.of(key, is_name=near.is_name)) > _TELLING:
                for place in places:
                    scores[place] += weight
        ranked = heapq.nlargest(2 * _CANDIDATES, scores, key=scores.__getitem__)
        yield at, sorted([place for place in ranked if _may_pair(figure, right[place])][:_CANDIDATES])


def _may_pair(one: Figure, other: Figure) -> bool:
    """Whether two figures can be of one thing at all: both dates, or counts of the same unit and noun."""
    if isinstance(one.value, Dated) and isinstance(other.value, Dated):
        # "By December" is too little to differ from a date of some year.
        return one.value.has_year == other.value.has_year or one.value.meets(other.value)
    if not isinstance(one.value, Counted) or not isinstance(other.value, Counted):
        return False
    if one.value.unit != other.value.unit:
        return False
    if one.head != other.head and not (
        _is_of(one, other) or _is_of(other, one) or _said_alike(one, other) >= 2
    ):
        return bool(one.value.unit) and not (one.head and other.head)
    # "3,000 Ukrainian soldiers" are not "10,000 Russian soldiers".
    return not (one.names and other.names) or bool(one.names & other.names)


def _is_of(one: Figure, other: Figure) -> bool:
    """Whether a number without a noun ("two hundred of them") stands near the noun of the other."""
    return not one.head and bool(other.head) and other.head in one.near


def _counted_alike(one: Figure, other: Figure) -> float:
    """What it weighs that both count the same thing."""
    if not isinstance(one.value, Counted) or not isinstance(other.value, Counted):
        return 0.0
    named = _SAME_NAME if one.names & other.names else 0.0
    if one.measures or other.measures:
        return named + (_SAME_TIME if one.head in _PASSING else _SAME_UNIT) * (one.head == other.head)
    if (one.head and one.head == other.head) or _is_of(one, other) or _is_of(other, one):
        small = one.is_common or (max(one.value.high, other.value.high) <= SMALL and not one.value.unit)
        return named + (_SMALL_COUNTS if small else _SAME_HEAD)
    return named + (_SAME_UNIT if one.value.unit else 0.0)


def _said_alike(one: Figure, other: Figure) -> float:
    """What it weighs that both say just the same: the more exact, the more."""
    if one.says != other.says:
        return 0.0
    if isinstance(one.value, Dated):
        return 3.0 if one.value.days == 1 else 2.0 if one.value.days < 32 else 1.0
    if abs(one.value.low - round(one.value.low, 2)) > 0:
        # A third, in per cent.
        return 0.0
    figures = len(f"{one.value.low:.6g}".replace(".", "").strip("0"))
    large = one.value.low >= 1000
    return (1.0 if large else 0.0) + (3.0 if large else 1.5) * (min(figures, 3) - 1)


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures say just the same, which is worth a row whatever stands around them."""
    if isinstance(one.value, Counted) and isinstance(other.value, Counted):
        alike = bool(one.head) and one.head == other.head and not one.measures
        return alike and one.value.high > SMALL
    return one.says == other.says


def _is_more(figure: Figure) -> bool:
    return isinstance(figure.value, Counted) and figure.value.more
