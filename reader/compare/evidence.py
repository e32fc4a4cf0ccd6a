"""How much speaks for two units: as wholes, and in the sentences where they come closest. Pure."""

from dataclasses import dataclass
from heapq import nlargest

from reader.compare.sides import Side
from reader.compare.weighing import Weights, by_chance, rounded_length, surprise

Stretch = tuple[int, int]
# So many places where two units meet are looked at; each may grow by a neighbouring sentence.
PLACES = 3
# A neighbouring sentence has to add this many bits to belong to the passage.
GROWS = 1.0
# The weight of all that two units share, the rest being that of their closest sentences.
WHOLE = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a pair, in bits; the sentences that carry it, first and last; what these share."""

    bits: float
    left: Stretch
    right: Stretch
    shared: frozenset[int]


class Comparison:
    """Compares units of two texts, given by their places."""

    def __init__(self, left: Side, right: Side, weights: Weights, names: frozenset[int]) -> None:
        self.left, self.right = left, right
        self.weights = weights
        self._names = names
        self._chances: dict[tuple[bool, int, Stretch | None, int], tuple[float, ...]] = {}

    def compare(self, i: int, j: int) -> Evidence:
        """What speaks for the unit i of the left and j of the right text."""
        whole = self._surprise(i, None, self.left.whole[i], j, None, self.right.whole[j])
        closest, left, right = self._closest(i, j)
        shared = self.left.stretch(i, *left) & self.right.stretch(j, *right)
        return Evidence(WHOLE * whole + (1 - WHOLE) * closest, left, right, shared)

    def _closest(self, i: int, j: int) -> tuple[float, Stretch, Stretch]:
        """The sentences where two units come closest, and how close they come."""
        met = self._met(i, j)
        best = (float("-inf"), (0, 0), (0, 0))
        for a, b in nlargest(PLACES, met, key=lambda place: (met[place], -place[0], -place[1])):
            for left in _around(a, len(self.left.sentences[i])):
                for right in _around(b, len(self.right.sentences[j])):
                    bits = self._of(i, left, j, right)
                    if bits > best[0] + (GROWS if best[1:] != ((0, 0), (0, 0)) else 0):
                        best = (bits, left, right)
        return best if met else (self._of(i, (0, 0), j, (0, 0)), (0, 0), (0, 0))

    def _met(self, i: int, j: int) -> dict[Stretch, float]:
        """Where sentences of the two units share terms, and how much."""
        table = self.weights.among(12)
        rights = self.right.sentences[j]
        met: dict[Stretch, float] = {}
        shared = self.left.whole[i] & self.right.whole[j]
        for a, sentence in enumerate(self.left.sentences[i]):
            here = sentence & shared
            if not here:
                continue
            for b, other in enumerate(rights):
                if both := here & other:
                    met[a, b] = sum(table[term] for term in both)
        return met

    def _of(self, i: int, left: Stretch, j: int, right: Stretch) -> float:
        return self._surprise(i, left, self.left.stretch(i, *left), j, right, self.right.stretch(j, *right))

    def _surprise(
        self,
        i: int,
        left: Stretch | None,
        here: frozenset[int],
        j: int,
        right: Stretch | None,
        there: frozenset[int],
    ) -> float:
        """How surprising it is that two passages share what they share: the mean of both directions."""
        shared = here & there
        ahead = surprise(self._told(shared, len(there)), self._chance(True, i, left, here, len(there)))
        back = surprise(self._told(shared, len(here)), self._chance(False, j, right, there, len(here)))
        return (ahead + back) / 2

    def _told(self, shared: frozenset[int], length: int) -> float:
        """What shared terms tell. Names at most double what the words say: alone they are but the theme."""
        table = self.weights.among(length)
        words = names = 0.0
        for term in shared:
            if term in self._names:
                names += table[term]
            else:
                words += table[term]
        return words + min(names, words)

    def _chance(
        self, is_left: bool, place: int, stretch: Stretch | None, passage: frozenset[int], length: int
    ) -> tuple[float, ...]:
        key = (is_left, place, stretch, rounded_length(length))
        made = self._chances.get(key)
        if made is None:
            table = self.weights.among(length)
            made = self._chances[key] = by_chance([table[term] for term in passage])
        return made


def _around(at: int, count: int) -> list[Stretch]:
    """A sentence alone, with the one before it, with the one after it."""
    return [(a, b) for a, b in ((at, at), (at - 1, at), (at, at + 1)) if a >= 0 and b < count]
