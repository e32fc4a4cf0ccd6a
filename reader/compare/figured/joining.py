"""Join the figures of two texts that are of one thing, into rows that differ and rows that agree. Pure."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.compare.figured.figures import SMALL, Figure
from reader.compare.figured.near import Weights, shared
from reader.compare.figured.quantities import Counted

# What evidence weighs that is worth a look, and what is mostly right. Two rare words near both weigh 1.5.
PERHAPS, LIKELY = 0.7, 0.95
# What it weighs that both count the same thing, where nothing else does; that both are in the same unit.
_SAME_HEAD, _SAME_UNIT = 1.0, 0.3
# A pair that is this much weaker than the best one of each of its figures is passed over.
_NEAR_BEST = 0.75
# What a small number weighs, beside another.
_SMALL_COUNTS = 0.6
_CANDIDATES = 60
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
    alone = _heads(left), _heads(right)
    found = []
    for at, others in _candidates(left, right, weights):
        one = left[at]
        for place in others:
            other = right[place]
            weight, words = shared(one.near, other.near, weights)
            agrees = one.agrees(other)
            score = weight + _counted_alike(one, other, alone)
            same = agrees and _same(one, other)
            if score >= PERHAPS or same:
                level = _is_more(one) == _is_more(other)
                found.append(Pair(at, place, round(score, 6), agrees, same, level, words))
    return found


def _heads(figures: Sequence[Figure]) -> Counter[tuple[str, str]]:
    """In how many blocks each thing is counted."""
    counting = {(one.head, one.value.unit, one.block) for one in figures if isinstance(one.value, Counted)}
    return Counter((head, unit) for head, unit, _ in counting)


def _candidates(
    left: Sequence[Figure], right: Sequence[Figure], weights: Weights
) -> Iterable[tuple[int, list[int]]]:
    """For each left figure the right ones that may be of one thing with it; bounded, for long texts."""
    by_word: dict[str, list[int]] = defaultdict(list)
    by_head: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, figure in enumerate(right):
        for key in figure.near:
            by_word[key].append(place)
        by_head[_kind(figure)].append(place)
    telling = {key: weights.of(key) for key in by_word}
    for at, figure in enumerate(left):
        scores: dict[int, float] = defaultdict(float)
        for place in by_head[_kind(figure)][:_CANDIDATES]:
            scores[place] += 0.1
        for key in figure.near:
            if (weight := telling.get(key, 0.0)) > 0.2:
                for place in by_word[key][: 20 * _CANDIDATES]:
                    scores[place] += weight
        fit = [place for place in scores if _may_pair(figure, right[place])]
        yield at, sorted(sorted(fit, key=lambda place: -scores[place])[:_CANDIDATES])


def _kind(figure: Figure) -> tuple[str, str]:
    """What figures must have in common to be looked at without a shared word: the day, or what is counted."""
    if isinstance(figure.value, Counted):
        return figure.head, figure.value.unit
    return "date", f"{figure.value.first}"


def _may_pair(one: Figure, other: Figure) -> bool:
    """Whether two figures can be of one thing at all: both dates, or counts of the same unit and noun."""
    if not isinstance(one.value, Counted) or not isinstance(other.value, Counted):
        return one.is_date and other.is_date
    if one.value.unit != other.value.unit or (one.head and other.head and one.head != other.head):
        return False
    # "3,000 Ukrainian soldiers" are not "10,000 Russian soldiers".
    return not (one.names and other.names) or bool(one.names & other.names)


def _counted_alike(one: Figure, other: Figure, alone: tuple[Counter[tuple[str, str]], ...]) -> float:
    """What it weighs that both count the same thing: much where little else does."""
    if not isinstance(one.value, Counted) or not isinstance(other.value, Counted):
        return 0.0
    key = one.head, one.value.unit
    same_head = bool(one.head) and one.head == other.head
    base = _SAME_HEAD if same_head else _SAME_UNIT if one.value.unit else 0.0
    weight = base / math.sqrt(alone[0][key] * alone[1][other.head, other.value.unit])
    if max(one.value.high, other.value.high) <= SMALL and not one.value.unit:
        weight *= _SMALL_COUNTS
    return weight + 0.2 * bool(one.names & other.names)


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
    best: dict[tuple[bool, int], float] = defaultdict(float)
    for pair in pairs:
        for key in ((True, pair.left), (False, pair.right)):
            best[key] = max(best[key], pair.score)
    return [
        pair
        for pair in pairs
        if pair.same or pair.score >= _NEAR_BEST * max(best[True, pair.left], best[False, pair.right])
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
