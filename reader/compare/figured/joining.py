"""Join the figures of two texts that are of one thing, into rows that differ and rows that agree. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.compare.figured.figures import Figure
from reader.compare.figured.near import Weights
from reader.compare.figured.pairs import LIKELY, PERHAPS, Pair, pairs

# A pair that is this much weaker than the best one of each of its figures is passed over.
_NEAR_BEST = 1.5
_IN_A_ROW = 6


@dataclass(frozen=True, slots=True)
class Joined:
    """Figures of both texts that are of one thing, in reading order, and the best evidence that they are.

    grade: "likely", "perhaps", or "open" where they say the same and nothing else speaks for it.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    differs: bool
    score: float
    grade: str
    shared: tuple[str, ...]


def joined(left: Sequence[Figure], right: Sequence[Figure], weights: Weights) -> list[Joined]:
    """Rows of figures, those that differ first, then by how surely they are of one thing."""
    found = pairs(left, right, weights)
    agreeing = [pair for pair in found if pair.agrees]
    met = {pair.left for pair in agreeing}, {pair.right for pair in agreeing}
    # Where both figures have their like in the other text, the two are of different things.
    differing = [
        pair for pair in found if not pair.agrees and not (pair.left in met[0] and pair.right in met[1])
    ]
    # "10,000 more" says nothing against a number; it stands beside one that does.
    level = [pair for pair in differing if pair.level]
    beside = {pair.left for pair in level}, {pair.right for pair in level}
    differing = [
        pair for pair in differing if pair.level or pair.left in beside[0] or pair.right in beside[1]
    ]
    rows = [*_rows(_best(differing), differs=True), *_rows(_best(agreeing), differs=False)]
    return sorted(
        rows, key=lambda row: (not row.differs, row.grade != "likely", -row.score, row.left, row.right)
    )


def _best(some: list[Pair]) -> list[Pair]:
    """The pairs that are nearly the best of each of their figures, and those that say just the same."""
    best: dict[tuple[bool, int], float] = {}
    for pair in some:
        for key in ((True, pair.left), (False, pair.right)):
            best[key] = max(best.get(key, pair.score), pair.score)
    return [
        pair
        for pair in some
        if pair.same or pair.score >= max(best[True, pair.left], best[False, pair.right]) - _NEAR_BEST
    ]


def _rows(some: list[Pair], *, differs: bool) -> list[Joined]:
    """Pairs that have a figure in common stand in one row; of what differs, as long as it stays short."""
    rows: list[tuple[set[int], set[int], list[Pair]]] = []
    of: dict[tuple[bool, int], int] = {}
    for pair in sorted(some, key=lambda pair: (-pair.score, pair.left, pair.right)):
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
        Joined(
            tuple(sorted(lefts)),
            tuple(sorted(rights)),
            differs,
            inside[0].score,
            _grade(inside),
            inside[0].shared,
        )
        for lefts, rights, inside in rows
        if inside
    ]


def _grade(inside: list[Pair]) -> str:
    if any(pair.sure and pair.score >= LIKELY for pair in inside):
        return "likely"
    return "perhaps" if inside[0].score >= PERHAPS else "open"
