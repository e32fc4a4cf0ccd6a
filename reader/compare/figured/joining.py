"""Join the figures of two texts that are of one thing, into rows that differ and rows that agree. Pure."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.compare.figured.dates import Dated
from reader.compare.figured.figures import SMALL, Figure
from reader.compare.figured.near import Weights, shared
from reader.compare.figured.quantities import Counted

# Evidence in nats, less what chance would find among so many figures: worth a look; mostly right.
PERHAPS, LIKELY = 1.0, 2.5
# What it weighs that both count the same thing; that these are small numbers, which occur in any text; that
# both are in the same unit; that the same name stands before the noun.
_SAME_HEAD, _SMALL_COUNTS, _SAME_UNIT, _SAME_NAME = 2.5, 0.8, 0.5, 0.5
# A pair that is this much weaker than the best one of each of its figures is passed over.
_NEAR_BEST = 1.5
# Bounds for long texts: how many figures are looked at for each one, and are found by one word; what this
# word has to weigh.
_CANDIDATES, _POSTINGS, _TELLING = 24, 100, 0.5
_IN_A_ROW = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of each text, by their places in the lists; shared are the words near both.

    same: they say just the same. level: both or neither come on top of another number.
    """

    left: int
    right: int
    score: float
    agrees: bool
    same: bool
    level: bool
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Figures of both texts that are of one thing, in reading order, and the best evidence that they are."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    differs: bool
    score: float
    shared: tuple[str, ...]


def joined(left: Sequence[Figure], right: Sequence[Figure], weights: Weights) -> list[Joined]:
    """Rows of figures, those that differ first, then by how surely they are of one thing."""
    pairs = _pairs(left, right, weights)
    agreeing = [pair for pair in pairs if pair.agrees]
    met = {pair.left for pair in agreeing}, {pair.right for pair in agreeing}
    # Where both figures have their like in the other text, the two are of different things.
    differing = [
        pair for pair in pairs if not pair.agrees and not (pair.left in met[0] and pair.right in met[1])
    ]
    # "10,000 more" says nothing against a number; it stands beside one that does.
    level = [pair for pair in differing if pair.level]
    beside = {pair.left for pair in level}, {pair.right for pair in level}
    differing = [
        pair for pair in differing if pair.level or pair.left in beside[0] or pair.right in beside[1]
    ]
    rows = [*_rows(_best(differing), differs=True), *_rows(_best(agreeing), differs=False)]
    return sorted(rows, key=lambda row: (not row.differs, -row.score, row.left, row.right))


def _pairs(left: Sequence[Figure], right: Sequence[Figure], weights: Weights) -> list[Pair]:
    there = _comparable(left), _comparable(right)
    found = []
    for at, others in _candidates(left, right, weights):
        one = left[at]
        for place in others:
            other = right[place]
            weight, words = shared(one.near, other.near, weights)
            agrees = one.agrees(other)
            chance = math.log(math.sqrt(_among(other, there[0]) * _among(one, there[1])))
            score = weight + _counted_alike(one, other) - chance
            same = agrees and _same(one, other)
            if score >= PERHAPS or same:
                level = _is_more(one) == _is_more(other)
                found.append(Pair(at, place, round(score, 6), agrees, same, level, words))
    return found


def _comparable(figures: Sequence[Figure]) -> Counter[tuple[str, str]]:
    """In how many blocks there are dates, and counts of each thing."""
    blocks = {(_kind(one), one.block) for one in figures}
    return Counter(kind for kind, _ in blocks)


def _among(figure: Figure, there: Counter[tuple[str, str]]) -> int:
    """Among how many of the other text's figures one of the same thing was looked for."""
    kind, unit = _kind(figure)
    alike = there[kind, unit] + (there["", unit] if kind else 0)
    return max(1, alike if kind else sum(count for (_, other), count in there.items() if other == unit))


def _kind(figure: Figure) -> tuple[str, str]:
    """What figures must have in common to be of one thing: that both are dates, or what is counted."""
    return (figure.head, figure.value.unit) if isinstance(figure.value, Counted) else ("date", "date")


def _candidates(
    left: Sequence[Figure], right: Sequence[Figure], weights: Weights
) -> Iterable[tuple[int, list[int]]]:
    """For each left figure the right ones that may be of one thing with it; bounded, for long texts."""
    by_word: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_head: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, figure in enumerate(right):
        unit = _kind(figure)[1]
        for key in figure.near:
            by_word[key, unit].append(place)
        by_head[_alike(figure)].append(place)
    for at, figure in enumerate(left):
        scores: dict[int, float] = defaultdict(float)
        for place in by_head[_alike(figure)][:_POSTINGS]:
            scores[place] += _SAME_HEAD
        unit = _kind(figure)[1]
        for key, near in figure.near.items():
            places = by_word.get((key, unit), ())
            if len(places) <= _POSTINGS and (weight := weights.of(key, is_name=near.is_name)) > _TELLING:
                for place in places:
                    scores[place] += weight
        ranked = heapq.nlargest(2 * _CANDIDATES, scores, key=scores.__getitem__)
        yield at, sorted([place for place in ranked if _may_pair(figure, right[place])][:_CANDIDATES])


def _alike(figure: Figure) -> tuple[object, ...]:
    """What makes figures worth a look without a rare word near both: the very days, or what is counted."""
    return _kind(figure) if isinstance(figure.value, Counted) else (figure.value.first, figure.value.last)


def _may_pair(one: Figure, other: Figure) -> bool:
    """Whether two figures can be of one thing at all: both dates, or counts of the same unit and noun."""
    if isinstance(one.value, Dated) and isinstance(other.value, Dated):
        # "By December" is too little to differ from a date of some year.
        return one.value.has_year == other.value.has_year or one.value.meets(other.value)
    if not isinstance(one.value, Counted) or not isinstance(other.value, Counted):
        return False
    if one.value.unit != other.value.unit or not _fit(one, other):
        return False
    # "3,000 Ukrainian soldiers" are not "10,000 Russian soldiers".
    return not (one.names and other.names) or bool(one.names & other.names)


def _fit(one: Figure, other: Figure) -> bool:
    """Whether two counts may be of one thing; where no noun says it, only large numbers tell enough."""
    if one.head and other.head:
        return one.head == other.head
    return all(
        isinstance(figure.value, Counted) and (figure.value.high > SMALL or figure.value.unit)
        for figure in (one, other)
    )


def _counted_alike(one: Figure, other: Figure) -> float:
    """What it weighs that both count the same thing."""
    if not isinstance(one.value, Counted) or not isinstance(other.value, Counted):
        return 0.0
    named = _SAME_NAME if one.names & other.names else 0.0
    if one.head and one.head == other.head:
        small = max(one.value.high, other.value.high) <= SMALL and not one.value.unit
        return named + (_SMALL_COUNTS if small else _SAME_HEAD)
    return named + (_SAME_UNIT if one.value.unit else 0.0)


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures say just the same, which is worth a row whatever stands around them."""
    if isinstance(one.value, Counted) and isinstance(other.value, Counted):
        return bool(one.head) and one.head == other.head and one.value.high > SMALL
    return _days(one) == _days(other)


def _is_more(figure: Figure) -> bool:
    return isinstance(figure.value, Counted) and figure.value.more


def _days(figure: Figure) -> tuple[object, ...]:
    return () if isinstance(figure.value, Counted) else (figure.value.first, figure.value.last)


def _best(pairs: list[Pair]) -> list[Pair]:
    """The pairs that are nearly the best of each of their figures, and those that say just the same."""
    best: dict[tuple[bool, int], float] = {}
    for pair in pairs:
        for key in ((True, pair.left), (False, pair.right)):
            best[key] = max(best.get(key, pair.score), pair.score)
    return [
        pair
        for pair in pairs
        if pair.same or pair.score >= max(best[True, pair.left], best[False, pair.right]) - _NEAR_BEST
    ]


def _rows(pairs: list[Pair], *, differs: bool) -> list[Joined]:
    """Pairs that have a figure in common stand in one row; of what differs, as long as it stays short."""
    rows: list[tuple[set[int], set[int], list[Pair]]] = []
    of: dict[tuple[bool, int], int] = {}
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.left, pair.right)):
        known = {of[key] for key in ((True, pair.left), (False, pair.right)) if key in of}
        if not known:
            rows.append((set(), set(), []))
            known = {len(rows) - 1}
        if len(known) > 1:
            continue
        row = next(iter(known))
        lefts, rights, inside = rows[row]
        if differs and max(len(lefts | {pair.left}), len(rights | {pair.right})) > _IN_A_ROW:
            continue
        lefts.add(pair.left)
        rights.add(pair.right)
        inside.append(pair)
        of[True, pair.left] = of[False, pair.right] = row
    return [
        Joined(tuple(sorted(lefts)), tuple(sorted(rights)), differs, inside[0].score, inside[0].shared)
        for lefts, rights, inside in rows
        if inside
    ]
