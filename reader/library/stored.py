"""A kept text as values again, read from the tables."""

from collections.abc import Iterable
from typing import Any, cast

from reader.ingest import outline as outlines
from reader.ingest.parsed import (
    Block,
    BlockKind,
    Figure,
    FigurePart,
    ListPlace,
    Mark,
    Note,
    Parsed,
    Reference,
    Span,
)
from reader.library.models import Citation, Footnote, Paragraph, Revision, Work
from reader.library.querysets import Reader


def stored(revision: Revision) -> Parsed:
    """The revision's Parsed as far as the tables tell it: without source lines and report. Five queries."""
    notes = list(revision.footnotes.select_related("work"))
    marks = _marks(revision.citations.all(), {note.pk: note.position for note in notes})
    sections = set(revision.sections.values_list("start", flat=True))
    return Parsed(
        title=revision.title,
        authors=tuple(revision.authors),
        published_on=revision.published_on,
        source_url=revision.source_url,
        publication=revision.publication,
        language=revision.language,
        digest_of=revision.digest_of,
        extra=tuple(revision.extra.items()),
        blocks=tuple(_block(p, revision, marks, sections) for p in revision.paragraphs.all()),
        notes=tuple(_note(note, revision, marks) for note in notes),
        figures=tuple(Figure(f["before"], f["alt"], f["source"]) for f in revision.figures),
    )


def outline(revision: Revision, user: "Reader | None" = None) -> dict[str, Any]:
    """The outline of a kept text: its works by their keys, and the texts of the library that they are.

    user is who asks, None for one who may see every text.
    """
    made = outlines.outline(stored(revision))
    links = Work.objects.links_for(revision.footnotes.all(), user)
    works = revision.footnotes.values_list("position", "work")
    for position, work in works:
        link = links.get(position)
        made["footnotes"][position] |= {"work": work, "document": link[0] if link else None}
    return made | revision.report


_Marks = dict[tuple[int | None, int | None], list[Mark]]


def _marks(citations: Iterable[Citation], positions: dict[int, int]) -> _Marks:
    """The marks by the keys of the paragraph and the footnote that hold them."""
    found: _Marks = {}
    for c in citations:
        target = None if c.target_id is None else positions[c.target_id]
        mark = Mark(c.label, c.offset, c.ordinal, target)
        found.setdefault((c.paragraph_id, c.footnote_id), []).append(mark)
    return found


def _block(p: Paragraph, revision: Revision, marks: _Marks, sections: set[int]) -> Block:
    place = None
    if p.list_id is not None and p.ordinal is not None:
        place = ListPlace(p.list_id, p.ordered, p.ordinal, p.depth)
    return Block(
        kind=cast(BlockKind, p.kind),
        text=revision.text[p.start : p.end],
        lines=(),
        spans=_spans(p.spans),
        marks=tuple(marks.get((p.pk, None), ())),
        level=p.level,
        section=p.kind != Paragraph.Kind.HEADING or p.start in sections,
        place=place,
        header=p.header,
        figure=p.figure,
        part=cast(FigurePart, p.part),
    )


def _note(note: Footnote, revision: Revision, marks: _Marks) -> Note:
    work = note.work
    reference = Reference(url=note.url)
    if work is not None:
        reference = Reference(note.url, work.title, tuple(work.authors), work.publication, work.published_on)
    return Note(
        label=note.label,
        text=revision.text[note.start : note.end],
        lines=(),
        spans=_spans(note.spans),
        marks=tuple(marks.get((None, note.pk), ())),
        reference=reference,
    )


def _spans(rows: list[list[Any]]) -> tuple[Span, ...]:
    return tuple(Span(*row) for row in rows)
