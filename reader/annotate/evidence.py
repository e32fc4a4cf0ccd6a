"""What it tells that the same words stand in two texts, in bits: much for rare words, little for a set phrase."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log2

Range = tuple[int, int]
WordPair = tuple[int, int]

# No word tells more than this, and a word after another never less than that.
MOST = 10.0
LEAST = 0.3


class Evidence:
    """Counts the words and word pairs of two texts, given as the keys of their words."""

    def __init__(self, old: Sequence[int], new: Sequence[int]) -> None:
        counts = Counter(old)
        counts.update(new)
        self._pairs = Counter(pairwise(old))
        self._pairs.update(pairwise(new))
        self._total = log2(len(old) + len(new) + 1)
        self.words = [
            min(MOST, self._total - log2(counts[key] or 1)) for key in range(max(counts, default=-1) + 1)
        ]

    def pair(self, pair: WordPair) -> float:
        """What meeting a word pair tells."""
        return self._total - log2(self._pairs[pair])

    def following(self, pair: WordPair) -> float:
        """What the second word of a pair tells when the first is known."""
        return max(LEAST, self.pair(pair) - self.words[pair[0]])

    def whole(self, words: Sequence[int]) -> float:
        """What meeting all these words in their order tells."""
        return sum(map(self.following, pairwise(words)), self.words[words[0]] if words else 0.0)


def word_pairs(words: Sequence[int], stretch: Range) -> Iterator[WordPair]:
    """The pairs of neighbours in a stretch of the words."""
    return pairwise(words[slice(*stretch)])
