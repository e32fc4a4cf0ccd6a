"""From bits to a score between 0 and 1 that means the same for every pair of texts, and its name. Pure."""

from math import log2

from reader.compare.sides import Side

# So many bits beyond what the number of sentences explains make a match as likely right as not: the best that
# chance finds in a text on another subject has about as many.
EVEN = -1.0
# So many more double what speaks for it.
DOUBLES = 1.5
# A text of fewer sentences is scored as one of so many: the rareness of its words is hardly known.
FEWEST = 64
STRONG = 0.8
LIKELY = 0.5


class Scale:
    """Scores pairs of two texts: the more sentences there are to compare, the more chance finds."""

    def __init__(self, left: Side, right: Side) -> None:
        self._explained = (_log(left) + _log(right)) / 2

    def score(self, bits: float, *, same: bool) -> float:
        """The score of a pair for which so many bits speak; the same words are 1."""
        odds: float = 2.0 ** min(60.0, (bits - self._explained - EVEN) / DOUBLES)
        return 1.0 if same else round(odds / (1 + odds), 6)


def _log(side: Side) -> float:
    return log2(max(FEWEST, sum(len(sentences) for sentences in side.sentences)))


def strength(score: float) -> str:
    """The name of a score."""
    return "strong" if score >= STRONG else "likely" if score >= LIKELY else "faint"
