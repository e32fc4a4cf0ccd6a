"""What the same words in two texts tell, in bits: much if they are rare, little in a set phrase."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log2

Range = tuple[int, int]
WordPair = tuple[int, int]

# No word tells more than this, nor less.
MOST = 10.0
LEAST = 0.1


class Evidence:
    """Counts the words and word pairs of two texts, given as the keys of their words."""

    def __init__(self, old: Sequence[int], new: Sequence[int]) -> None:
        counts = Counter(old)
        counts.update(new)
        self._counts = [counts[key] for key in range(max(counts, default=-1) + 1)]
        self._pairs = Counter(pairwise(old))
        self._pairs.update(pairwise(new))
        self._total = len(old) + len(new) + 1
        self.words = [min(MOST, log2(self._total / (count or 1))) for count in self._counts]

    def pair(self, pair: WordPair) -> float:
        """What meeting a word pair tells."""
        return log2(self._total / self._pairs[pair])

    def following(self, pair: WordPair) -> float:
        """What the second word of a pair tells when the first is known: little where it mostly follows."""
        # The pair itself, once in each text, does not count: else a word that stands once would tell nothing.
        first, second = pair
        mostly = max(0, self._pairs[pair] - 2) + self._counts[second] / self._total
        return max(LEAST, min(MOST, log2((max(0, self._counts[first] - 2) + 1) / mostly)))

    def whole(self, words: Sequence[int]) -> float:
        """What meeting all these words in their order tells."""
        return sum(map(self.following, pairwise(words)), self.words[words[0]] if words else 0.0)

    def shared(self, words: Sequence[int], pairs: Sequence[tuple[int, int]]) -> float:
        """What the words that live on tell; pairs are their places in both wordings."""
        told = 0.0
        before = (-2, -2)
        for i, j in pairs:
            follows = (i - 1, j - 1) == before
            told += self.following((words[i - 1], words[i])) if follows else self.words[words[i]]
            before = (i, j)
        return told


def word_pairs(words: Sequence[int], stretch: Range) -> Iterator[WordPair]:
    """The pairs of neighbours in a stretch of the words."""
    return pairwise(words[slice(*stretch)])
