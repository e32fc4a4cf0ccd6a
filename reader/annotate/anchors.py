"""Where the passages of an old text are in a new one.

A passage is carried by its words: paragraphs are paired, words are compared within a pair, and the passage
goes where its words went. What was deleted goes nowhere: no quote is searched for that might stand elsewhere
by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from reader.annotate.evidence import Range
from reader.annotate.landing import Landed, Landing
from reader.annotate.matching import matched
from reader.annotate.respelling import join_respelt
from reader.annotate.wording import Vocabulary, Words
from reader.annotate.work import Work

State = Literal["kept", "changed", "unplaced"]


@dataclass(frozen=True, slots=True)
class Text:
    """A revision's text and its blocks (headings, paragraphs, items, footnotes) as ranges in order."""

    text: str
    blocks: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The passage text[start:end]."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a passage: text[start:end] of the new text, both 0 when unplaced.

    kept: the same characters in the same paragraph; changed: another wording, or a place that a person should
    look at; certainty: the part of the passage's words that live on there, from 0 to 1.
    """

    state: State
    start: int
    end: int
    certainty: float


UNPLACED = Outcome("unplaced", 0, 0, 0.0)


def carry(old: Text, new: Text, passages: Sequence[Place]) -> list[Outcome]:
    """What becomes of each passage, in the order given; a place outside the old text is unplaced."""
    if old.text == new.text:
        return [_stays(place, len(old.text)) for place in passages]
    vocabulary = Vocabulary()
    here, there = vocabulary.split(old.text), vocabulary.split(new.text)
    matching = matched(here, there, _blocks(here, old), _blocks(there, new), Work())
    join_respelt(matching, here, there, vocabulary.spellings())
    landing = Landing(old.text, new.text, here, there, matching)
    return [
        _outcome(old.text, new.text, place, landing.land(place.start, place.end))
        if _is_inside(place, len(old.text))
        else UNPLACED
        for place in passages
    ]


def _outcome(old: str, new: str, place: Place, landed: Landed | None) -> Outcome:
    if landed is None:
        return UNPLACED
    same = old[place.start : place.end] == new[landed.start : landed.end]
    return Outcome(
        "kept" if same and not landed.doubtful else "changed", landed.start, landed.end, landed.certainty
    )


def _is_inside(place: Place, length: int) -> bool:
    return 0 <= place.start < place.end <= length


def _stays(place: Place, length: int) -> Outcome:
    return Outcome("kept", place.start, place.end, 1.0) if _is_inside(place, length) else UNPLACED


def _blocks(words: Words, text: Text) -> list[Range]:
    """The blocks as ranges of words. Words outside any block make blocks of their own."""
    cuts = {0, len(words)}
    for start, end in text.blocks:
        cuts.update(words.touched(start, end))
    edges = sorted(cuts)
    return list(pairwise(edges))
