"""Which words of one wording are which words of another, in order: the word diff inside a pair of paragraphs.

First the word pairs that stand once in each, then what lies between them by the cheapest edit, where a rare
word counts for more than a common one; last, what is too weak to bridge the gap around it is dropped again.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from reader.annotate.editing import Pairs, cheapest
from reader.annotate.evidence import Evidence
from reader.annotate.work import Work

# For one gap no more comparisons than this are made.
CELLS_OF_A_GAP = 2_500
# A match has to be worth so many bits more than the number of places it might have stood in by chance.
MARGIN = 2.0
# Runs with a gap of less than this between them stand or fall together.
NEAR = 5.0


@dataclass(frozen=True, slots=True)
class Aligner:
    """Aligns wordings, given as the keys of their words."""

    evidence: Evidence
    work: Work

    def align(self, old: Sequence[int], new: Sequence[int]) -> Pairs:
        """Pairs (i, j), both rising, where old[i] lives on as new[j]."""
        return self._pruned(self._raw(old, new), old, new)

    def _raw(self, old: Sequence[int], new: Sequence[int]) -> Pairs:
        ahead = 0
        most = min(len(old), len(new))
        while ahead < most and old[ahead] == new[ahead]:
            ahead += 1
        behind = 0
        while behind < most - ahead and old[-1 - behind] == new[-1 - behind]:
            behind += 1
        pairs = [(i, i) for i in range(ahead)]
        old_end, new_end = len(old) - behind, len(new) - behind
        self._between(old, new, (ahead, old_end), (ahead, new_end), 2, pairs)
        pairs += [(old_end + i, new_end + i) for i in range(behind)]
        return pairs

    def _between(
        self,
        old: Sequence[int],
        new: Sequence[int],
        within_old: tuple[int, int],
        within_new: tuple[int, int],
        width: int,
        pairs: Pairs,
    ) -> None:
        """Append the pairs of old[within_old] and new[within_new], by anchors of so many words."""
        (i0, i1), (j0, j1) = within_old, within_new
        if i0 == i1 or j0 == j1:
            return
        if not width or (i1 - i0) * (j1 - j0) <= 64:
            self._edit(old, new, within_old, within_new, pairs)
            return
        for i, j, length in _runs(old, new, within_old, within_new, width):
            self._between(old, new, (i0, i), (j0, j), width - 1, pairs)
            pairs += [(i + step, j + step) for step in range(length)]
            i0, j0 = i + length, j + length
        self._between(old, new, (i0, i1), (j0, j1), width - 1, pairs)

    def _edit(
        self,
        old: Sequence[int],
        new: Sequence[int],
        within_old: tuple[int, int],
        within_new: tuple[int, int],
        pairs: Pairs,
    ) -> None:
        (i0, i1), (j0, j1) = within_old, within_new
        a, b = old[i0:i1], new[j0:j1]
        if set(a).isdisjoint(b):
            return
        # At the ends one of the wordings may go on: only what is near the words already paired is compared.
        if (i0 and i1 == len(old)) or (j0 and j1 == len(new)):
            a, b = a[: len(b) + 12], b[: len(a) + 12]
        elif not i0 or not j0:
            drop_a, drop_b = max(0, len(a) - len(b) - 12), max(0, len(b) - len(a) - 12)
            a, b, i0, j0 = a[drop_a:], b[drop_b:], i0 + drop_a, j0 + drop_b
        cells = len(a) * len(b)
        if cells <= CELLS_OF_A_GAP and self.work.take(cells):
            pairs += [(i0 + i, j0 + j) for i, j in cheapest(a, b, self.evidence.words)]

    def _pruned(self, pairs: Pairs, old: Sequence[int], new: Sequence[int]) -> Pairs:
        """The pairs without groups that are worth less than the gaps around them."""
        kept: Pairs = []
        left = (-1, -1)
        groups = self._groups(pairs, old)
        for number, (group, value) in enumerate(groups):
            right = groups[number + 1][0][0] if number + 1 < len(groups) else (len(old), len(new))
            first, last = group[0], group[-1]
            need = min(_cost(left, first), _cost(last, right)) + MARGIN
            if value >= need:
                kept += group
                left = last
        return kept

    def _groups(self, pairs: Pairs, old: Sequence[int]) -> list[tuple[Pairs, float]]:
        """Pairs that lie near each other, and what each group tells, in bits."""
        groups: list[tuple[Pairs, float]] = []
        group: Pairs = []
        value = 0.0
        before = (-1, -1)
        for pair in pairs:
            cost = _cost(before, pair) if group else 0.0
            if cost > NEAR:
                groups.append((group, value))
                group, value = [], 0.0
            word = old[pair[0]]
            follows = bool(group) and not cost
            value += (
                self.evidence.following((old[before[0]], word))
                if follows
                else self.evidence.words[word] - cost
            )
            group.append(pair)
            before = pair
        return [*groups, (group, value)] if group else groups


def _cost(before: tuple[int, int], after: tuple[int, int]) -> float:
    """How many ways there are to go on from one pair to the other, in bits: none for neighbours."""
    return log2((after[0] - before[0]) * (after[1] - before[1]))


def _runs(
    old: Sequence[int],
    new: Sequence[int],
    within_old: tuple[int, int],
    within_new: tuple[int, int],
    width: int,
) -> list[tuple[int, int, int]]:
    """(i, j, length), all rising: the longest row of runs around groups of words that stand once in each."""
    there = _once(new, within_new, width)
    here = _once(old, within_old, width)
    meets = sorted(
        (i, j) for group, i in here.items() if i is not None and (j := there.get(group)) is not None
    )
    runs: list[tuple[int, int, int]] = []
    i_end, j_end = within_old[0], within_new[0]
    rising = _rising([j for _, j in meets])
    for at in rising:
        i, j = meets[at]
        if i < i_end or j < j_end:
            continue
        while i > i_end and j > j_end and old[i - 1] == new[j - 1]:
            i, j = i - 1, j - 1
        length = 0
        while (
            i + length < within_old[1] and j + length < within_new[1] and old[i + length] == new[j + length]
        ):
            length += 1
        runs.append((i, j, length))
        i_end, j_end = i + length, j + length
    return runs


def _once(
    words: Sequence[int], within: tuple[int, int], width: int
) -> dict[tuple[int, ...] | int, int | None]:
    """Where each group of so many words begins, None if there are several."""
    places: dict[tuple[int, ...] | int, int | None] = {}
    first, last = within
    if width == 1:
        for at in range(first, last):
            places[words[at]] = None if words[at] in places else at
        return places
    for at in range(first, last - 1):
        group = (words[at], words[at + 1])
        places[group] = None if group in places else at
    return places


def _rising(values: Sequence[int]) -> list[int]:
    """Which of the values make the longest rising row."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        place = bisect_left(tops, value)
        before.append(ends[place - 1] if place else -1)
        if place == len(tops):
            tops.append(value)
            ends.append(at)
        else:
            tops[place] = value
            ends[place] = at
    row = []
    at = ends[-1] if ends else -1
    while at >= 0:
        row.append(at)
        at = before[at]
    return row[::-1]
