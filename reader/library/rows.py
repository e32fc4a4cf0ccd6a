"""A document's Parsed as rows of our tables, not yet saved."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reader.ingest.outline import is_section, report
from reader.ingest.parsed import Block, Mark, Parsed, Span
from reader.library.models import Citation, Footnote, Paragraph, Revision, Section
from reader.library.text import Canonical, canonical, count_words

# PostgreSQL holds a smaller number than a text may print before an item.
HIGHEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Rows:
    """A revision and its parts, which point to each other; save the revision first, then in this order."""

    revision: Revision
    words: int
    sections: list[Section]
    paragraphs: list[Paragraph]
    footnotes: list[Footnote]
    citations: list[Citation]


def build(parsed: Parsed) -> Rows:
    """The rows of a document; the revision has no document, number or source yet."""
    place = canonical(parsed)
    revision = _revision(parsed, place)
    sections, of_block = _sections(parsed, place, revision)
    paragraphs = [
        _paragraph(block, position, number, place, revision, of_block[position])
        for position, (block, number) in enumerate(zip(parsed.blocks, parsed.numbers(), strict=True))
    ]
    footnotes = [
        Footnote(
            revision=revision,
            position=position,
            label=note.label[:40],
            start=start,
            end=end,
            spans=_spans(note.spans),
            url=note.reference.url,
        )
        for position, (note, (start, end)) in enumerate(zip(parsed.notes, place.notes, strict=True))
    ]
    citations = list(_citations(parsed, revision, paragraphs, footnotes))
    return Rows(revision, count_words(place.text), sections, paragraphs, footnotes, citations)


def digest_of(parsed: Parsed) -> str:
    """The address of the text that this one tells in other words, or its title where it has no address."""
    extra = dict(parsed.extra)
    return parsed.digest_of or extra.get("original.address") or extra.get("original.title") or ""


def with_keys(rows: Rows) -> Rows:
    """The rows as if they were saved, with keys of their own: to lay a text that nobody has kept yet."""
    for parts in (rows.sections, rows.paragraphs, rows.footnotes, rows.citations):
        for key, part in enumerate(parts, start=1):
            part.pk = key
    for c in rows.citations:
        # Assigning again takes the new key over.
        c.paragraph, c.footnote, c.target = c.paragraph, c.footnote, c.target
    return rows


def _revision(parsed: Parsed, place: Canonical) -> Revision:
    return Revision(
        title=parsed.title,
        authors=list(parsed.authors),
        published_on=parsed.published_on,
        publication=parsed.publication,
        source_url=parsed.source_url,
        digest_of=digest_of(parsed),
        language=parsed.language[:20],
        extra=dict(parsed.extra),
        text=place.text,
        length=len(place.text),
        figures=[{"before": f.before, "alt": f.alt, "source": f.source} for f in parsed.figures],
        report=report(parsed),
    )


def _sections(
    parsed: Parsed, place: Canonical, revision: Revision
) -> tuple[list[Section], list[Section | None]]:
    """The sections, and for each block the one that holds it; a heading belongs to the section it heads."""
    sections: list[Section] = []
    of_block: list[Section | None] = []
    for block, (start, end) in zip(parsed.blocks, place.blocks, strict=True):
        if is_section(block):
            if sections:
                sections[-1].end = start
            number = len(sections) + 1
            sections.append(
                Section(
                    revision=revision,
                    position=number,
                    level=block.level,
                    title=block.text,
                    start=start,
                    end=end,
                )
            )
        elif sections:
            sections[-1].end = end
        of_block.append(sections[-1] if sections and block.kind != "author_note" else None)
    return sections, of_block


def _paragraph(
    block: Block,
    position: int,
    number: int | None,
    place: Canonical,
    revision: Revision,
    section: Section | None,
) -> Paragraph:
    start, end = place.blocks[position]
    return Paragraph(
        revision=revision,
        section=section,
        position=position,
        number=number,
        kind=block.kind,
        start=start,
        end=end,
        spans=_spans(block.spans),
        level=block.level,
        list_id=block.place.id if block.place else None,
        ordered=bool(block.place and block.place.ordered),
        ordinal=max(-HIGHEST, min(block.place.ordinal, HIGHEST)) if block.place else None,
        depth=block.place.depth if block.place else 0,
        header=block.header,
        figure=block.figure,
        part=block.part,
    )


def _spans(spans: tuple[Span, ...]) -> list[list[Any]]:
    return [[span.start, span.end, span.kind, span.href] for span in spans]


def _citations(
    parsed: Parsed, revision: Revision, paragraphs: list[Paragraph], footnotes: list[Footnote]
) -> Iterator[Citation]:
    for position, (mark, paragraph, footnote) in enumerate(_marks(parsed, paragraphs, footnotes)):
        yield Citation(
            revision=revision,
            position=position,
            paragraph=paragraph,
            footnote=footnote,
            target=None if mark.note is None else footnotes[mark.note],
            label=mark.label[:40],
            offset=mark.offset,
            ordinal=mark.ordinal,
        )


def _marks(
    parsed: Parsed, paragraphs: list[Paragraph], footnotes: list[Footnote]
) -> Iterator[tuple[Mark, Paragraph | None, Footnote | None]]:
    """Every mark in reading order with what holds it; the footnotes come after the text."""
    for block, paragraph in zip(parsed.blocks, paragraphs, strict=True):
        for mark in sorted(block.marks, key=_place):
            yield mark, paragraph, None
    for note, footnote in zip(parsed.notes, footnotes, strict=True):
        for mark in sorted(note.marks, key=_place):
            yield mark, None, footnote


def _place(mark: Mark) -> tuple[int, int]:
    return mark.offset, mark.ordinal
