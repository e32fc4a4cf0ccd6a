"""One of two texts as it is compared: its units by sentence, each as the set of its terms' numbers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reader.compare.terms import Term, terms
from reader.library.sentences import sentences

Span = tuple[int, int]
# A unit of more sentences is a chapter: how rare its words are is counted by pieces of so many.
PARAGRAPH = 12


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or item of a text, in reading order.

    Its key is the caller's; sentences that are not given are looked for.
    """

    key: int
    text: str
    sentences: tuple[Span, ...] = ()


@dataclass(slots=True)
class Numbering:
    """The numbers of the terms of both texts, and which terms look like names."""

    numbers: dict[str, int] = field(default_factory=dict)
    as_name: list[int] = field(default_factory=list)
    as_word: list[int] = field(default_factory=list)

    def number(self, term: Term) -> int:
        """The number of a term, which counts as met."""
        number = self.numbers.setdefault(term.key, len(self.numbers))
        if number == len(self.as_name):
            self.as_name.append(0)
            self.as_word.append(0)
        (self.as_name if term.is_name else self.as_word)[number] += 1
        return number

    def names(self) -> frozenset[int]:
        """The terms that are mostly written as names."""
        return frozenset(
            n for n, (name, word) in enumerate(zip(self.as_name, self.as_word, strict=True)) if name > word
        )


class Side:
    """A text: for each unit its sentences, the terms of each in order and as a set, and all of them."""

    def __init__(self, units: Sequence[Unit], numbering: Numbering, *, english: bool) -> None:
        self.units = units
        self.spans: list[Sequence[Span]] = []
        self.terms: list[list[list[tuple[int, Term]]]] = []
        self.sentences: list[list[frozenset[int]]] = []
        self.whole: list[frozenset[int]] = []
        self.said = [" ".join(unit.text.split()) for unit in units]
        self._standing: dict[int, dict[int, list[int]]] = {}
        for unit in units:
            spans = unit.sentences or sentences(unit.text) or [(0, len(unit.text))]
            by_sentence: list[list[tuple[int, Term]]] = [[] for _ in spans]
            at = 0
            for term in terms(unit.text, english=english):
                while at < len(spans) - 1 and term.start >= spans[at][1]:
                    at += 1
                by_sentence[at].append((numbering.number(term), term))
            self.spans.append(spans)
            self.terms.append(by_sentence)
            self.sentences.append([frozenset([number for number, _ in found]) for found in by_sentence])
            self.whole.append(frozenset().union(*self.sentences[-1]))

    @cached_property
    def holders(self) -> dict[int, list[int]]:
        """For each term the units that have it."""
        made: dict[int, list[int]] = {}
        for place, whole in enumerate(self.whole):
            for term in whole:
                made.setdefault(term, []).append(place)
        return made

    def paragraphs(self) -> list[frozenset[int]]:
        """The terms of each unit, of a long one piece by piece."""
        return [
            frozenset().union(*found[first : first + PARAGRAPH])
            for found in self.sentences
            for first in range(0, len(found), PARAGRAPH)
        ]

    def in_order(self, place: int) -> list[list[int]]:
        """The terms of a unit, by sentence, in their order."""
        return [[number for number, _ in found] for found in self.terms[place]]

    def standing(self, place: int) -> dict[int, list[int]]:
        """For each term of a unit the sentences that it stands in."""
        made = self._standing.get(place)
        if made is None:
            made = self._standing[place] = {}
            for at, sentence in enumerate(self.sentences[place]):
                for term in sentence:
                    made.setdefault(term, []).append(at)
        return made

    def stretch(self, place: int, first: int, last: int) -> frozenset[int]:
        """The terms of some sentences of a unit, the last one included."""
        found = self.sentences[place]
        return found[first] if first == last else found[first].union(*found[first + 1 : last + 1])
