"""Terms that stand together in both of two units, and what that tells beyond the terms themselves. Pure."""

from collections import Counter
from itertools import chain
from math import log2

from reader.compare.sides import Side
from reader.compare.weighing import UNSEEN, Weights

# Terms with at most one other between them stand together.
NEAR = 2


class Phrases:
    """The phrases of two texts: pairs of terms within a sentence, in either order, that two units have.

    The parts of one name are none.
    """

    def __init__(self, left: Side, right: Side, weights: Weights, names: frozenset[int]) -> None:
        self._terms = weights.found
        self._names = names
        pairs = [[self._pairs(side, place) for place in range(len(side.units))] for side in (left, right)]
        found = Counter(chain.from_iterable(chain.from_iterable(pairs)))
        self._found = {pair: count for pair, count in found.items() if count > 1}
        self._left, self._right = ([unit & self._found.keys() for unit in side] for side in pairs)
        self._lengths = [[len(whole) for whole in side.whole] for side in (left, right)]

    def told(self, i: int, j: int) -> float:
        """What the phrases tell that the units i and j share, in bits."""
        shared = self._left[i] & self._right[j]
        if not shared:
            return 0.0
        # How likely two terms stand together for no reason.
        chance = 2 * NEAR / min(self._lengths[0][i], self._lengths[1][j])
        return sum(-log2(min(1.0, max(chance, self._usual(pair)))) for pair in shared)

    def _usual(self, pair: int) -> float:
        """Of the other units with the rarer term, how many have it in this phrase."""
        rarer = min(self._terms[term] for term in divmod(pair, len(self._terms)))
        return (self._found[pair] - 2 + UNSEEN) / (max(rarer - 2, 0) + 2 * UNSEEN)

    def _pairs(self, side: Side, place: int) -> set[int]:
        """The phrases of a unit, each as one number: an object for each would fill the memory."""
        count = len(self._terms)
        found: set[int] = set()
        for sentence in side.in_order(place):
            for distance in range(1, NEAR + 1):
                found.update(
                    a * count + b if a < b else b * count + a
                    for a, b in zip(sentence, sentence[distance:], strict=False)
                    if a != b and not (a in self._names and b in self._names)
                )
        return found
