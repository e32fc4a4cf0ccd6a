"""Which stretches of an old and a new text belong together: by the word pairs that they share.

A stretch is a range of word numbers: a paragraph at first, later what is left of one. So a paragraph that was
split is paired with its larger part first, and its rest with the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from reader.annotate.evidence import Evidence, Range, word_pairs
from reader.annotate.work import Work

# A word pair that stands in more stretches than this tells nothing, and would cost much.
COMMON = 24
# What two stretches have to share: bits, and the part of what the smaller one holds.
ENOUGH = 26.0
ALIKE = 0.2
# The part of what the one holds times the part of what the other holds.
LIKENESS = 0.05
# What a neighbour that belongs together adds to likeness, and how near the likeness of a rival may come.
NEIGHBOUR = 0.4
RIVAL = 0.8


class Pairing:
    """Pairs stretches of two texts, given as the keys of their words."""

    def __init__(self, old: Sequence[int], new: Sequence[int], evidence: Evidence, work: Work) -> None:
        self.old = old
        self.new = new
        self.evidence = evidence
        self.work = work

    def paired(
        self, olds: Sequence[Range], news: Sequence[Range], beside: Callable[[Range, Range], int]
    ) -> list[tuple[int, int]]:
        """Pairs of numbers in both rows, each number once: those without a rival, else the best of both.

        beside tells for two stretches how many of their neighbours, 0 to 2, are known to belong together.
        """
        wholes_old = [self._whole(self.old, stretch) for stretch in olds]
        wholes_new = [self._whole(self.new, stretch) for stretch in news]
        found: list[tuple[float, int, int]] = []
        for (old, new), bits in self._shared(olds, news).items():
            smaller = min(wholes_old[old], wholes_new[new])
            likeness = bits * bits / (wholes_old[old] * wholes_new[new])
            if bits >= ENOUGH and bits >= ALIKE * smaller and likeness >= LIKENESS:
                near = beside(olds[old], news[new])
                found.append((likeness * (1 + NEIGHBOUR * near), old, new))
        found.sort(key=lambda one: (-one[0], one[1], one[2]))
        best_old = _best_two((old, value) for value, old, _ in found)
        best_new = _best_two((new, value) for value, _, new in found)
        clear = [one for one in found if one[0] * RIVAL > max(best_old[one[1]][1], best_new[one[2]][1])]
        return _best_of_both(clear) or _best_of_both(found)

    def _shared(self, olds: Sequence[Range], news: Sequence[Range]) -> dict[tuple[int, int], float]:
        """For each pair of stretches what they share, in bits."""
        holders: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for number, stretch in enumerate(news):
            for word_pair in set(word_pairs(self.new, stretch)):
                holders[word_pair].append(number)
        shared: defaultdict[tuple[int, int], float] = defaultdict(float)
        for number, stretch in enumerate(olds):
            for word_pair in set(word_pairs(self.old, stretch)):
                there = holders.get(word_pair)
                if there and len(there) <= COMMON and self.work.take(len(there)):
                    bits = self.evidence.pair(word_pair)
                    for other in there:
                        shared[number, other] += bits
        return shared

    def _whole(self, words: Sequence[int], stretch: Range) -> float:
        return sum(map(self.evidence.pair, set(word_pairs(words, stretch)))) or 1.0


def _best_two(found: Iterable[tuple[int, float]]) -> dict[int, tuple[float, float]]:
    """By number, the best two values, 0 if there is only one; the best come first."""
    best: dict[int, tuple[float, float]] = {}
    for number, value in found:
        if number not in best:
            best[number] = (value, 0.0)
        elif not best[number][1]:
            best[number] = (best[number][0], value)
    return best


def _best_of_both(found: Sequence[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """The pairs than which neither part has a better one; found is sorted, the best first."""
    olds: set[int] = set()
    news: set[int] = set()
    pairs = []
    for _, old, new in found:
        if old not in olds and new not in news:
            pairs.append((old, new))
        # What is left of a pair may want the partner of a rival: that is for the next time.
        olds.add(old)
        news.add(new)
    return pairs
