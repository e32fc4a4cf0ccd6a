"""One of two texts as it is compared: its units by sentence, each as the set of its terms' numbers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reader.compare.terms import Term, terms
from reader.library.sentences import sentences

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or item of a text, in reading order.

    Its key is the caller's; sentences not given are looked for; the heading is the one above it.
    """

    key: int
    text: str
    sentences: tuple[Span, ...] = ()
    heading: str = ""


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
    """A text: for each unit its sentences, its terms in order, those of each sentence, and all of them."""

    def __init__(self, units: Sequence[Unit], numbering: Numbering, *, english: bool) -> None:
        self.units = units
        self.spans: list[Sequence[Span]] = []
        self.terms: list[list[tuple[int, Term]]] = []
        self.sentences: list[list[frozenset[int]]] = []
        self.whole: list[frozenset[int]] = []
        for unit in units:
            spans = unit.sentences or sentences(unit.text) or [(0, len(unit.text))]
            found = [(numbering.number(term), term) for term in terms(unit.text, english=english)]
            by_sentence: list[set[int]] = [set() for _ in spans]
            at = 0
            for number, term in found:
                while at < len(spans) - 1 and term.start >= spans[at][1]:
                    at += 1
                by_sentence[at].add(number)
            self.spans.append(spans)
            self.terms.append(found)
            self.sentences.append([frozenset(sentence) for sentence in by_sentence])
            self.whole.append(frozenset().union(*by_sentence))

    @cached_property
    def holders(self) -> dict[int, list[int]]:
        """For each term the units that have it."""
        made: dict[int, list[int]] = {}
        for place, whole in enumerate(self.whole):
            for term in whole:
                made.setdefault(term, []).append(place)
        return made

    def stretch(self, place: int, first: int, last: int) -> frozenset[int]:
        """The terms of some sentences of a unit, the last one included."""
        found = self.sentences[place]
        return found[first] if first == last else found[first].union(*found[first + 1 : last + 1])
