"""A text as finding parallels wants it: its numbered paragraphs, and where it cites the other text."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reader.compare.align import Unit
from reader.library.models import Citation, Document, Paragraph, Revision
from reader.library.sentences import sentences

Kind = Paragraph.Kind
# Blocks that say something; each has a reading number.
SAYING = (Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE)


@dataclass(frozen=True, slots=True)
class Citing:
    """A sentence that cites the other text: revision.text[start:end] of this paragraph, by a mark.

    mark counts from 1, as its anchor does (m8); note is the position of the footnote that it calls.
    """

    number: int
    start: int
    end: int
    mark: int
    note: int


class Compared:
    """One of two texts in its current revision: its units in order, and the sentences that cite the other."""

    def __init__(
        self,
        document: Document,
        revision: Revision,
        blocks: Sequence[tuple[int, int, int]],
    ) -> None:
        self.document = document
        self.revision = revision
        self.text = revision.text
        self.units = [Unit(number, self.text[start:end]) for number, start, end in blocks]
        self.start_of = {number: start for number, start, _ in blocks}
        self.end_of = {number: end for number, _, end in blocks}
        self._starts = [start for _, start, _ in blocks]
        self._numbers = [number for number, _, _ in blocks]
        self.citing: tuple[Citing, ...] = ()

    def number_at(self, offset: int) -> int | None:
        """The number of the paragraph that an offset lies in, None where it lies in none."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or offset >= self.end_of[self._numbers[place]]:
            return None
        return self._numbers[place]


def compared(document: Document) -> Compared:
    """A document's current revision, ready to be compared; three queries."""
    revision = Revision.objects.defer("source", "report").get(pk=document.current_id or 0)
    rows = list(
        Paragraph.objects.filter(revision=revision, number__isnull=False, kind__in=SAYING)
        .order_by("start")
        .values_list("number", "start", "end")
    )
    return Compared(document, revision, [(number or 0, start, end) for number, start, end in rows])


def citing(one: Compared, other: Document) -> tuple[Citing, ...]:
    """Where a text cites another one, in reading order; one query."""
    marks = (
        Citation.objects.filter(
            revision=one.revision, paragraph__number__isnull=False, target__work__matches__document=other
        )
        .order_by("position")
        .values_list(
            "paragraph__number",
            "paragraph__start",
            "paragraph__end",
            "offset",
            "position",
            "target__position",
        )
        .distinct()
    )
    found: list[Citing] = []
    for number, start, end, offset, position, note in marks:
        if number in one.start_of:
            first, last = sentence_at(one.text[start:end], offset)
            found.append(Citing(number, start + first, start + last, position + 1, note or 0))
    return tuple(found)


def sentence_at(words: str, offset: int) -> tuple[int, int]:
    """The sentence of a paragraph that a mark after words[:offset] stands on."""
    parts = sentences(words)
    for first, last in parts:
        if first < offset <= last:
            return first, last
    return next(((f, last) for f, last in reversed(parts) if f < offset), (0, len(words)))
