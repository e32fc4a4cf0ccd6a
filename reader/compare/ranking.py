"""Which candidates come first: those that share more than either unit shares with others. Pure.

Some units come close to many, because they are long or say what is said everywhere ("hubs"). A part of what a
unit shares with its best few, on the mean, is taken off.
"""

from collections.abc import Callable, Collection
from heapq import nlargest

from reader.compare.evidence import Evidence

# The mean of so many best is what a unit shares with others in any case.
BEST = 4
# The part of that mean which is taken off, for either unit.
HUB = 0.25


class Ranking:
    """Compares the candidates as they are asked for, each once."""

    def __init__(
        self, lefts: list[list[int]], rights: list[list[int]], compare: Callable[[int, int], Evidence]
    ) -> None:
        self._rows: list[set[int]] = [set(found) for found in lefts]
        self._columns: list[set[int]] = [set(found) for found in rights]
        for i, found in enumerate(lefts):
            for j in found:
                self._columns[j].add(i)
        for j, found in enumerate(rights):
            for i in found:
                self._rows[i].add(j)
        self._compare = compare
        self._evidence: dict[tuple[int, int], Evidence] = {}
        self._usual: dict[tuple[bool, int], float] = {}

    def best(self, top: int, lefts: Collection[int], rights: Collection[int]) -> list[tuple[int, int]]:
        """The best pairs that touch one of these units, by left unit, the best first."""
        lefts, rights = set(lefts), set(rights)
        near_left = lefts.union(*(self._columns[j] for j in rights))
        near_right = rights.union(*(self._rows[i] for i in lefts))
        kept = {(i, j) for i in near_left for j in self._first(top, [(i, j) for j in self._rows[i]], 1)}
        kept |= {(i, j) for j in near_right for i in self._first(top, [(i, j) for i in self._columns[j]], 0)}
        touching = [(i, j) for i, j in kept if i in lefts or j in rights]
        return sorted(touching, key=lambda pair: (pair[0], self._order(pair)))

    def evidence(self, i: int, j: int) -> Evidence:
        """What speaks for a pair."""
        if (i, j) not in self._evidence:
            self._evidence[i, j] = self._compare(i, j)
        return self._evidence[i, j]

    def _first(self, top: int, pairs: list[tuple[int, int]], side: int) -> list[int]:
        return [pair[side] for pair in sorted(pairs, key=self._order)[:top]]

    def above(self, i: int, j: int) -> float:
        """The bits of a pair beyond what its units share with others."""
        return self.evidence(i, j).bits - HUB * (self._common(True, i) + self._common(False, j))

    def _order(self, pair: tuple[int, int]) -> tuple[bool, float, float, int, int]:
        """Sorts the best first; what is the same by how far it is from the same place in the other text."""
        i, j = pair
        apart = abs(i / len(self._rows) - j / len(self._columns))
        return (not self.evidence(i, j).same, -round(self.above(i, j), 9), apart, i, j)

    def _common(self, is_left: bool, place: int) -> float:
        """What a unit shares with its best candidates, on the mean."""
        key = (is_left, place)
        if key not in self._usual:
            pairs = (
                [(place, j) for j in self._rows[place]]
                if is_left
                else [(i, place) for i in self._columns[place]]
            )
            best = nlargest(BEST, (self.evidence(*pair).bits for pair in pairs))
            self._usual[key] = sum(best) / len(best)
        return self._usual[key]
