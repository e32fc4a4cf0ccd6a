"""Which stretches of an old and a new text belong together: by the word pairs that they share.

A stretch is a range of word numbers: a paragraph at first, later what is left of one. So a paragraph that was
split is paired with its larger part first, and its rest with the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from reader.annotate.evidence import Evidence, Range, WordPair, word_pairs
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


class Candidate(NamedTuple):
    """Two stretches that may belong together: their numbers, likeness, and what they share in bits."""

    old: int
    new: int
    likeness: float
    bits: float


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
        found: list[Candidate] = []
        for old, new, bits in self._shared(olds, news):
            smaller = min(wholes_old[old], wholes_new[new])
            likeness = bits * bits / (wholes_old[old] * wholes_new[new])
            if bits >= ENOUGH and bits >= ALIKE * smaller and likeness >= LIKENESS:
                near = 1 + NEIGHBOUR * beside(olds[old], news[new])
                found.append(Candidate(old, new, likeness * near, bits))
        found.sort(key=lambda one: (-one.likeness, one.old, one.new))
        # A new stretch that several old ones want comes last: by then its neighbours may tell whose it is.
        for parts in (("old", "new"), ("new",), ()):
            pairs = _best_of_both(_without_rivals(found, parts))
            if pairs:
                return pairs
        return []

    def _shared(self, olds: Sequence[Range], news: Sequence[Range]) -> Iterator[tuple[int, int, float]]:
        """(old, new, bits): what each pair of stretches shares."""
        holders: defaultdict[WordPair, list[int]] = defaultdict(list)
        for number, stretch in enumerate(news):
            for word_pair in set(word_pairs(self.new, stretch)):
                holders[word_pair].append(number)
        for number, stretch in enumerate(olds):
            shared: defaultdict[int, float] = defaultdict(float)
            for word_pair in set(word_pairs(self.old, stretch)):
                there = holders.get(word_pair)
                if there and len(there) <= COMMON and self.work.take(len(there)):
                    bits = self.evidence.pair(word_pair)
                    for other in there:
                        shared[other] += bits
            for other, bits in shared.items():
                yield number, other, bits

    def _whole(self, words: Sequence[int], stretch: Range) -> float:
        return sum(map(self.evidence.pair, set(word_pairs(words, stretch)))) or 1.0


def _without_rivals(found: Sequence[Candidate], parts: Sequence[str]) -> Sequence[Candidate]:
    """The candidates of which these parts share nearly as much, or are nearly as like, nowhere else."""
    lone: Sequence[Candidate] = found
    for part in parts:
        number = attrgetter(part)
        second_likeness = _second_best((number(one), one.likeness) for one in found)
        second_bits = _second_best((number(one), one.bits) for one in found)
        lone = [
            one
            for one in lone
            if one.likeness * RIVAL > second_likeness[number(one)]
            and one.bits * RIVAL > second_bits[number(one)]
        ]
    return lone


def _second_best(values: Iterable[tuple[int, float]]) -> dict[int, float]:
    """By number, the second largest value, 0 if there is only one."""
    best: dict[int, float] = {}
    second: dict[int, float] = {}
    for number, value in values:
        first = best.get(number, 0.0)
        second[number] = max(second.get(number, 0.0), min(first, value))
        best[number] = max(first, value)
    return second


def _best_of_both(found: Sequence[Candidate]) -> list[tuple[int, int]]:
    """The pairs than which neither part has a better one; found is sorted, the best first."""
    olds: set[int] = set()
    news: set[int] = set()
    pairs = []
    for one in found:
        if one.old not in olds and one.new not in news:
            pairs.append((one.old, one.new))
        # What is left of a pair may want the partner of a rival: that is for the next time.
        olds.add(one.old)
        news.add(one.new)
    return pairs
