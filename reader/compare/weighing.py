"""How surprising it is that two passages share a term: much if it is rare in the texts and the language.

Pure. All in bits: a chance of one in 2^b is b bits.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from math import log2

from reader.compare.common import words
from reader.compare.stemming import stem

# A term that no other paragraph has is not impossible there: half a paragraph more than was seen.
UNSEEN = 0.5
# As if both texts were longer by a page of other words: how rare a word is cannot be learnt from a few lines.
PAGE = 300
# The share of a word that is on no list of common words.
RARE = 2e-6
# The share of a number below 100, or of two characters in a script without spaces; of one below 10,000.
SHORT, NUMBER = 2e-4, 5e-5
# No term tells more than this, however long the texts: one word is never enough.
MOST = 10.0
# Where the bound on the chance is looked for: the high one fits few rare terms, the low one many common ones.
TILTS = LOW, HIGH = 0.3, 0.55
# Lengths are rounded to a power of this, so that one table serves many passages.
STEP = 1.5


class Weights:
    """The weights of the terms of two texts; each paragraph is given as the numbers of its terms."""

    def __init__(self, paragraphs: Iterable[Collection[int]], keys: Sequence[str], *, english: bool) -> None:
        self.found = [0] * len(keys)
        size = 0
        for paragraph in paragraphs:
            size += len(paragraph)
            for term in paragraph:
                self.found[term] += 1
        usual = _usual() if english else {}
        # The two paragraphs that share it do not count: what is asked is how often others have it.
        self._shares = [
            (max(found - 2, 0) + UNSEEN) / (size + PAGE) + (usual.get(key) or _unlisted(key))
            for found, key in zip(self.found, keys, strict=True)
        ]
        self._tables: dict[int, Table] = {}

    def among(self, length: int) -> "Table":
        """What meeting each term tells where so many terms are."""
        rounded = _rounded(length)
        if rounded not in self._tables:
            near = STEP**rounded
            self._tables[rounded] = Table([min(MOST, log2(1 + 1 / (share * near))) for share in self._shares])
        return self._tables[rounded]


class Table:
    """The weights of all terms, by number, for passages of one length, and what chance gives of each."""

    def __init__(self, weights: list[float]) -> None:
        self.weights = weights
        self._tilted = [[log2(1 + 2.0**-w * (2.0 ** (tilt * w) - 1)) for w in weights] for tilt in TILTS]

    def by_chance(self, terms: Iterable[int]) -> list[float]:
        """What chance gives a passage of these terms: for each tilt the tilted mean's log."""
        return [sum([tilted[term] for term in terms]) for tilted in self._tilted]


@cache
def _usual() -> dict[str, float]:
    """The share of each common English stem among the words that have a meaning."""
    shares: dict[str, float] = {}
    for word, share in words():
        shares.setdefault(stem(word), share)
    return shares


def _unlisted(key: str) -> float:
    return SHORT if len(key) <= 2 else NUMBER if len(key) <= 4 and key.isdigit() else RARE


@lru_cache(maxsize=1 << 12)
def _rounded(length: int) -> int:
    """Which power of the step a length is nearest to."""
    return round(log2(max(length, 1)) / log2(STEP))


def surprise(shared: float, chance: Sequence[float]) -> float:
    """How surprising it is to share so much: Chernoff's bound on the chance of as much or more, in bits.

    Below nothing where chance alone gives as much.
    """
    low, high = chance
    return max(LOW * shared - low, HIGH * shared - high)
