"""How alike two units are as wholes: the cosine of their terms, weighed by rareness and repetition. Pure."""

from collections import Counter
from math import log, sqrt

from reader.compare.sides import Side
from reader.compare.weighing import Weights

# As many terms as a paragraph has.
PARAGRAPH = 40
# A name tells who is spoken of, and only half of what is said.
NAME = 0.5


class Likeness:
    """The vectors of all units of two texts."""

    def __init__(self, left: Side, right: Side, weights: Weights, names: frozenset[int]) -> None:
        table = weights.among(PARAGRAPH).weights[:]
        for name in names:
            table[name] *= NAME
        self._left, self._right = (
            [_vector(side, place, table) for place in range(len(side.units))] for side in (left, right)
        )

    def of(self, i: int, j: int, shared: frozenset[int]) -> float:
        """Between 0 and 1 for the units i and j, which share these terms."""
        here, there = self._left[i], self._right[j]
        return sum([here[term] * there[term] for term in shared])


def _vector(side: Side, place: int, table: list[float]) -> dict[int, float]:
    counts = Counter(term for sentence in side.in_order(place) for term in sentence)
    # A term said again is dwelt on, but two times is not twice.
    raw = {term: (1 + log(count)) * table[term] for term, count in counts.items()}
    length = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {term: weight / length for term, weight in raw.items()}
