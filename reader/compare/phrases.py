"""Terms that stand together in both of two units, and what that tells beyond the terms themselves. Pure."""

from collections import Counter
from math import log2

from reader.compare.sides import Side
from reader.compare.weighing import UNSEEN, Weights

# Terms with at most one other between them stand together.
NEAR = 2
Pair = tuple[int, int]


class Phrases:
    """The phrases of two texts: pairs of terms, in either order, within a sentence."""

    def __init__(self, left: Side, right: Side, weights: Weights) -> None:
        self._left, self._right = (
            [_pairs(side, place) for place in range(len(side.units))] for side in (left, right)
        )
        self._lengths = [[len(whole) for whole in side.whole] for side in (left, right)]
        self._found = Counter(pair for pairs in (*self._left, *self._right) for pair in pairs)
        self._terms = weights.found

    def told(self, i: int, j: int) -> float:
        """What the phrases tell that the units i and j share, in bits."""
        shared = self._left[i] & self._right[j]
        if not shared:
            return 0.0
        # How likely two terms stand together for no reason.
        chance = 2 * NEAR / min(self._lengths[0][i], self._lengths[1][j])
        return sum(-log2(min(1.0, max(chance, self._usual(pair)))) for pair in shared)

    def _usual(self, pair: Pair) -> float:
        """Of the other units with the rarer term, how many have it in this phrase."""
        rarer = min(self._terms[pair[0]], self._terms[pair[1]])
        return (max(self._found[pair] - 2, 0) + UNSEEN) / (max(rarer - 2, 0) + 2 * UNSEEN)


def _pairs(side: Side, place: int) -> frozenset[Pair]:
    found: set[Pair] = set()
    for sentence in side.in_order(place):
        for distance in range(1, NEAR + 1):
            found.update(
                (a, b) if a < b else (b, a) for a, b in zip(sentence, sentence[distance:], strict=False)
            )
    return frozenset(pair for pair in found if pair[0] != pair[1])
