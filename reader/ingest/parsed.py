"""What ingest gives: one document as frozen values, every word of its source in one of them.

Offsets are code points, counted in the text of the block (or note) that holds them. Lines are numbers of
source lines from 1, both ends included.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Lines = tuple[int, int]

BlockKind = Literal[
    "title", "byline", "heading", "paragraph", "item", "quote", "table", "caption", "author_note"
]
SpanKind = Literal["em", "strong", "code", "sub", "sup", "strike", "underline", "link"]
FigurePart = Literal["", "caption", "source"]

NUMBERED: frozenset[str] = frozenset({"paragraph", "item", "quote", "table"})


@dataclass(frozen=True, slots=True)
class Span:
    """Inline markup over text[start:end]; href is set for links alone."""

    start: int
    end: int
    kind: SpanKind
    href: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark: it stands after text[:offset]; glued marks share an offset and differ in ordinal.

    note is the index of its note in Parsed.notes, or None where the text has no such note.
    """

    label: str
    offset: int
    ordinal: int
    note: int | None


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where an item stands: the list (numbered through the document from 1), its number there, its depth
    from 0.
    """

    id: int
    ordered: bool
    ordinal: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the text in reading order.

    A table's text has its cells joined by tabs and its rows by newlines; header tells how many rows are
    heads. A newline in any other block is a line break that the source made on purpose. level is a
    heading's (1 = top). figure is the index in Parsed.figures of the figure that the block is part of. A
    heading with section=False heads no section ("About the author").
    """

    kind: BlockKind
    text: str
    lines: tuple[Lines, ...]
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    level: int = 0
    section: bool = True
    place: ListPlace | None = None
    header: int = 0
    figure: int | None = None
    part: FigurePart = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that the converter lost: its blocks are those that name its index.

    before tells how many of its blocks stand before the place where the picture stood.
    """

    before: int
    alt: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a note cites, as far as it is plain to read."""

    url: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    publication: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of the text: label as printed, text with its blocks joined by newlines."""

    label: str
    text: str
    lines: tuple[Lines, ...]
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    reference: Reference = field(default_factory=Reference)


@dataclass(frozen=True, slots=True)
class Removed:
    """Words of the source that are no part of the text, with the reason in words."""

    text: str
    reason: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Sewn:
    """A block (index in Parsed.blocks) made of pieces that a page end, note or figure had parted."""

    block: int
    lines: tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person should look at before the text is kept."""

    message: str
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as read from its source."""

    title: str
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    source_url: str = ""
    publication: str = ""
    language: str = ""
    digest_of: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    figures: tuple[Figure, ...] = ()
    removed: tuple[Removed, ...] = ()
    sewn: tuple[Sewn, ...] = ()
    joined_lists: tuple[tuple[Lines, ...], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    encoding: str = "utf-8"

    def numbers(self) -> Iterator[int | None]:
        """The reading number of each block: 1…n for paragraphs, items, quotes and tables, None for others."""
        number = 0
        for block in self.blocks:
            if block.kind in NUMBERED:
                number += 1
                yield number
            else:
                yield None


class IngestError(ValueError):
    """A source that cannot be read; the message tells its owner what to do."""
