"""How much speaks for two units: rare terms that both have, phrases, likeness as wholes. Pure."""

from dataclasses import dataclass
from heapq import nlargest

from reader.compare.likeness import Likeness
from reader.compare.phrases import Phrases
from reader.compare.sides import Side
from reader.compare.weighing import Table, Weights, surprise

Stretch = tuple[int, int]
Chances = dict[tuple[int, Stretch | None, Table], list[float]]

# What all of two units tell, and what their closest sentences tell, in equal parts.
WHOLE, CLOSEST = 0.5, 0.5
# A phrase tells less than its bits: its words were counted already, and go together for many reasons.
PHRASE = 0.35
# Two units of the same words in the same measure, in bits.
ALIKE = 20.0
# More terms than a paragraph has; twice as many are a chapter.
LONG = 150
# So many places where two units meet are looked at, those of the most weight.
PLACES = 2
# A neighbouring sentence has to add this many bits to belong to the passage.
GROWS = 1.0
# So many meetings of sentences are counted, the rarest terms first: a unit may be a whole book.
MEETINGS = 4_000
# As many terms as a sentence has.
SENTENCE = 12


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a pair, in bits; the sentences that carry it, first and last; the terms both have.

    same: they are the same, word for word.
    """

    bits: float
    left: Stretch
    right: Stretch
    shared: frozenset[int]
    same: bool


class Comparison:
    """Compares units of two texts, given by their places."""

    def __init__(self, left: Side, right: Side, weights: Weights, names: frozenset[int]) -> None:
        self.left, self.right = left, right
        self.weights = weights
        self._names = names
        self._phrases = Phrases(left, right, weights, names)
        self._likeness = Likeness(left, right, weights, names)
        self._left_chances: Chances = {}
        self._right_chances: Chances = {}

    def compare(self, i: int, j: int) -> Evidence:
        """What speaks for the unit i of the left and j of the right text."""
        shared = self.left.whole[i] & self.right.whole[j]
        whole = self._surprise(i, None, j, None)
        closest, left, right = self._closest(i, j, shared)
        told = WHOLE * whole + PHRASE * self._phrases.told(i, j) + ALIKE * self._likeness.of(i, j, shared)
        bits = CLOSEST * closest + told * self._short(i, j)
        # Who shares names alone may say anything of them.
        bits = bits if shared - self._names else min(bits, 0.0)
        return Evidence(bits, left, right, shared, self.left.said[i] == self.right.said[j])

    def _short(self, i: int, j: int) -> float:
        """How far the wholes count: of two chapters each has most words of the other."""
        shorter = min(len(self.left.whole[i]), len(self.right.whole[j]))
        return min(1.0, max(0.0, 2 - shorter / LONG))

    def _closest(self, i: int, j: int, shared: frozenset[int]) -> tuple[float, Stretch, Stretch]:
        """How close two units come in one or two sentences of each, and in which."""
        met = self._met(i, j, shared)
        places = nlargest(PLACES, met, key=lambda place: (met[place], -place[0], -place[1]))
        alone = max((self._surprise(i, (a, a), j, (b, b)), (a, a), (b, b)) for a, b in places or [(0, 0)])
        bits, left, right = alone
        more: list[tuple[float, Stretch, Stretch]] = []
        near = self.left.stretch(i, *left) & self.right.stretch(j, *right)
        for left_grown in _grown(left, len(self.left.sentences[i])):
            for right_grown in _grown(right, len(self.right.sentences[j])):
                # Another sentence can only tell more if it shares more.
                if len(self.left.stretch(i, *left_grown) & self.right.stretch(j, *right_grown)) > len(near):
                    more.append(
                        (self._surprise(i, left_grown, j, right_grown) - GROWS, left_grown, right_grown)
                    )
        most = max(more, default=alone)
        return (most[0] + GROWS, *most[1:]) if most[0] > bits else alone

    def _met(self, i: int, j: int, shared: frozenset[int]) -> dict[Stretch, float]:
        """Where sentences of the two units share terms, and how much these weigh."""
        table = self.weights.among(SENTENCE).weights
        here, there = self.left.standing(i), self.right.standing(j)
        met: dict[Stretch, float] = {}
        budget = MEETINGS
        for term in sorted(shared, key=lambda term: (-table[term], term)):
            budget -= len(here[term]) * len(there[term])
            if budget < 0 and met:
                break
            weight = table[term]
            for a in here[term]:
                for b in there[term]:
                    met[a, b] = met.get((a, b), 0.0) + weight
        return met

    def _surprise(self, i: int, left: Stretch | None, j: int, right: Stretch | None) -> float:
        """How surprising it is that two passages share what they share: the mean of both directions."""
        here = self.left.stretch(i, *left) if left else self.left.whole[i]
        there = self.right.stretch(j, *right) if right else self.right.whole[j]
        shared = here & there
        longer, shorter = self.weights.among(len(there)), self.weights.among(len(here))
        ahead = surprise(self._told(shared, longer), self._chance(self._left_chances, i, left, here, longer))
        back = surprise(
            self._told(shared, shorter), self._chance(self._right_chances, j, right, there, shorter)
        )
        return (ahead + back) / 2

    def _told(self, shared: frozenset[int], table: Table) -> float:
        """What shared terms tell. Names at most double what the words say: alone they are but the theme."""
        weights = table.weights
        told = sum([weights[term] for term in shared])
        names = self._names & shared
        return min(told, 2 * (told - sum([weights[term] for term in names]))) if names else told

    def _chance(
        self, made: Chances, place: int, stretch: Stretch | None, terms: frozenset[int], table: Table
    ) -> list[float]:
        key = (place, stretch, table)
        if key not in made:
            made[key] = table.by_chance(terms)
        return made[key]


def _grown(stretch: Stretch, count: int) -> list[Stretch]:
    """A sentence alone, with the one before it, and with the one after it."""
    first, last = stretch
    return [(a, b) for a, b in (stretch, (first - 1, last), (first, last + 1)) if a >= 0 and b < count]
