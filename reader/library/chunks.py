"""Part a revision into chunks, each laid as HTML once, so that a book opens as fast as an essay."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reader.library.blocks import ELSEWHERE, Layout, Part, Source, direction_of, groups
from reader.library.lay import PREFIX, escape
from reader.library.models import Chunk, Citation, Footnote, Paragraph, Revision, Section
from reader.library.runs import parted

# Raised when the laying changes; `manage.py relay` lays the chunks of an older one again.
LAYOUT = 1

CHUNK_LENGTH = 24_000
CHUNKS_AT_MOST = 80
LONGEST_PIECE = 100_000
# Counted for each block beside its words, so that ten thousand headings of one word are no small chunk.
MARKUP = 60

# Parts the head of the leaf (title, by-line) from the first chunk's own blocks.
HEAD_END = "\x04"

# The head stands in no chunk: its links to notes must work where the first chunk is not on the page.
NOWHERE = -1

_HEAD = (Paragraph.Kind.TITLE, Paragraph.Kind.BYLINE)
_GAP = re.compile(r"\s")


@dataclass
class _Piece:
    """What no cut may part: blocks that belong together, and the notes first cited in them."""

    parts: list[Part]
    heading: bool
    notes: list[int] = field(default_factory=list)
    size: int = 0


def lay_chunks(
    revision: Revision,
    paragraphs: Sequence[Paragraph],
    footnotes: Sequence[Footnote],
    citations: Sequence[Citation],
    sections: Sequence[Section],
) -> list[Chunk]:
    """The chunks of a revision, not yet saved; its rows are given in order and have their keys.

    The first chunk's html begins with the head of the leaf, parted by HEAD_END. In every chunk U+0005 stands
    for the address that opens this half of the page at the anchor that follows.
    """
    source = _source(revision, footnotes, citations, sections)
    head = [Part(block, 0, block.end - block.start) for block in paragraphs if block.kind in _HEAD]
    body = [block for block in paragraphs if block.kind not in _HEAD]
    source.direction = direction_of(_sample(revision, body or paragraphs), revision.language) or "ltr"
    for block in reversed(paragraphs):
        if block.figure is not None:
            source.figures[block.figure] = block.position
    parts = [part for block in body for part in _parts(block, revision.text)]
    pieces = [piece for group in groups(parts, source.sections) for piece in _pieces(group, source)]
    _share_notes(source, head, pieces)
    runs = _cut(pieces, target=max(CHUNK_LENGTH, sum(piece.size for piece in pieces) // CHUNKS_AT_MOST))
    for position, run in enumerate(runs):
        _place(source, position, run, head if position == 0 else [])
    chunks = [_chunk(source, position, run, len(runs)) for position, run in enumerate(runs)]
    chunks[0].html = f"{_head_html(source, head)}{HEAD_END}{chunks[0].html}"
    for chunk in chunks:
        chunk.html, chunk.runs = parted(chunk.html)
    _span_all(chunks, sections)
    return chunks


def _source(
    revision: Revision,
    footnotes: Sequence[Footnote],
    citations: Sequence[Citation],
    sections: Sequence[Section],
) -> Source:
    source = Source(
        revision=revision,
        sections={section.start: section for section in sections},
        notes={note.pk: note for note in footnotes},
    )
    for mark in sorted(citations, key=lambda c: (c.offset, c.ordinal, c.position)):
        if mark.paragraph_id is not None:
            source.marks.setdefault(mark.paragraph_id, []).append(mark)
        elif mark.footnote_id is not None:
            source.inner_marks.setdefault(mark.footnote_id, []).append(mark)
    for mark in sorted(citations, key=lambda c: c.position):
        if mark.target_id is not None:
            source.calls.setdefault(mark.target_id, []).append(mark)
    return source


def _sample(revision: Revision, blocks: Sequence[Paragraph]) -> str:
    return revision.text[blocks[0].start : blocks[0].start + 1000] if blocks else revision.title


def _parts(block: Paragraph, text: str) -> Iterator[Part]:
    """A block, in several parts where it is too long for one piece: a table by rows, words at a space."""
    length = block.end - block.start
    if length <= LONGEST_PIECE:
        yield Part(block, 0, length)
        return
    words = text[block.start : block.end]
    table = block.kind == Paragraph.Kind.TABLE
    start = 0
    while length - start > LONGEST_PIECE:
        gap = words.find("\n", start + CHUNK_LENGTH) if table else _gap(words, start + CHUNK_LENGTH)
        if not 0 <= gap < length - 1:
            break
        yield Part(block, start, gap if table else gap + 1)
        start = gap + 1
    yield Part(block, start, length)


def _gap(words: str, near: int) -> int:
    """The last space before the place, else the place itself."""
    found = [match.start() for match in _GAP.finditer(words, max(near - 1000, 0), near)]
    return found[-1] if found else near


def _pieces(group: list[Part], source: Source) -> Iterator[_Piece]:
    """A group as one piece, or, where it is very long, as several of whole blocks."""
    if sum(part.end - part.start for part in group) <= LONGEST_PIECE:
        yield _Piece(group, _begins_section(group[0], source))
        return
    run: list[Part] = []
    size = 0
    for part in group:
        if run and size >= CHUNK_LENGTH:
            yield _Piece(run, False)
            run, size = [], 0
        run.append(part)
        size += part.end - part.start
    yield _Piece(run, False)


def _begins_section(part: Part, source: Source) -> bool:
    return part.block.kind == Paragraph.Kind.HEADING and part.first and part.block.start in source.sections


def _share_notes(source: Source, head: list[Part], pieces: list[_Piece]) -> None:
    """Give each note to the piece that cites it first; those that nobody cites become pieces at the end."""
    taken: set[int] = set()
    if not pieces:
        pieces.append(_Piece([], False))
    for index, piece in enumerate(pieces):
        for part in [*head, *piece.parts] if index == 0 else piece.parts:
            piece.notes += _cited(source, source.marks_in(part), taken)
        piece.size = sum(part.end - part.start + MARKUP for part in piece.parts)
    for note in sorted(source.notes.values(), key=lambda n: n.position):
        if note.pk not in taken:
            taken.add(note.pk)
            pieces.append(
                _Piece([], False, [note.pk, *_cited(source, source.inner_marks.get(note.pk, ()), taken)])
            )
    for piece in pieces:
        piece.size += sum(source.notes[pk].end - source.notes[pk].start + MARKUP for pk in piece.notes)


def _cited(source: Source, marks: Iterable[Citation], taken: set[int]) -> list[int]:
    """The keys of the notes that marks call and nobody called before, with those that these notes call."""
    found: list[int] = []
    waiting = list(marks)[::-1]
    while waiting:
        key = waiting.pop().target_id
        if key is None or key in taken or key not in source.notes:
            continue
        taken.add(key)
        found.append(key)
        waiting += source.inner_marks.get(key, [])[::-1]
    return found


def _cut(pieces: list[_Piece], target: int) -> list[list[_Piece]]:
    """Runs of pieces of about the target size, cut before a section where one begins near."""
    runs: list[list[_Piece]] = [[]]
    size = 0
    for piece in pieces:
        near = piece.heading and size >= 0.6 * target
        over = size + piece.size > 1.4 * target and size >= 0.3 * target
        if runs[-1] and (near or over or size >= 1.2 * target):
            # A heading stays with what it heads.
            carried: list[_Piece] = []
            while len(runs[-1]) > 1 and runs[-1][-1].heading:
                carried.insert(0, runs[-1].pop())
            runs.append(carried)
            size = sum(each.size for each in carried)
        runs[-1].append(piece)
        size += piece.size
    return runs


def _place(source: Source, position: int, run: list[_Piece], head: list[Part]) -> None:
    """Write down in which chunk notes and marks stand."""
    for part in [*head, *(part for piece in run for part in piece.parts)]:
        for mark in source.marks_in(part):
            source.mark_chunk[mark.position] = position
    for piece in run:
        for key in piece.notes:
            source.note_chunk[source.notes[key].position] = position
            for mark in source.inner_marks.get(key, ()):
                source.mark_chunk[mark.position] = position


def _chunk(source: Source, position: int, run: list[_Piece], count: int) -> Chunk:
    layout = Layout(source, position)
    standing = [source.notes[key] for piece in run for key in piece.notes]
    notes = sorted(note.position for note in standing)
    parts = [part for piece in run for part in piece.parts]
    html = "".join(layout.parts(piece.parts) for piece in run if piece.parts)
    if notes:
        title = source.revision.title[:80]
        html += layout.endnotes(notes, f"Notes to {title}" + (f", part {position + 1}" if count > 1 else ""))
    name = f'class="chunk" id="{PREFIX}c{position}" data-chunk="{position}" dir="{source.direction}"'
    marks = [mark.position for part in parts for mark in source.marks_in(part)]
    numbers = [part.block.number for part in parts if part.block.number is not None]
    return Chunk(
        revision=source.revision,
        position=position,
        start=parts[0].block.start + parts[0].start if parts else 0,
        end=parts[-1].block.start + parts[-1].end if parts else 0,
        first_number=numbers[0] if numbers else None,
        last_number=numbers[-1] if numbers else None,
        first_mark=min(marks, default=None),
        last_mark=max(marks, default=None),
        notes=notes,
        note_start=min((note.start for note in standing), default=None),
        note_end=max((note.end for note in standing), default=None),
        layout=LAYOUT,
        html=f"<div {name}>\n{html}</div>\n",
    )


def _head_html(source: Source, head: list[Part]) -> str:
    """The title as the leaf's heading, and the by-line: on the page without the first chunk, too."""
    layout = Layout(source, NOWHERE)
    out: list[str] = []
    if not any(part.block.kind == Paragraph.Kind.TITLE for part in head):
        out.append(f'<h1 class="title">{escape(source.revision.title)}</h1>\n')
    for part in head:
        tag = "p" if out or part.block.kind != Paragraph.Kind.TITLE else "h1"
        out.append(f"<{tag} {layout.opening(part, part.block.kind)}>{layout.run(part)}</{tag}>\n")
    if source.revision.authors and not any(part.block.kind == Paragraph.Kind.BYLINE for part in head):
        out.append(f'<p class="byline">{escape(", ".join(source.revision.authors))}</p>\n')
    return "".join(out)


def _span_all(chunks: list[Chunk], sections: Sequence[Section]) -> None:
    """Let the chunks' ranges meet, and name the sections in which each begins and ends."""
    last = max(chunk.end for chunk in chunks)
    starts = [section.start for section in sections]
    for chunk, following in zip(chunks, [*chunks[1:], None], strict=True):
        if following is not None and following.start == 0:
            # It holds nothing but notes.
            following.start = last
        chunk.end = following.start if following is not None else max(last, chunk.start)
        chunk.first_section = bisect_right(starts, chunk.start) or None
        chunk.last_section = bisect_left(starts, chunk.end) or None
    chunks[0].start = 0


__all__ = ["CHUNK_LENGTH", "ELSEWHERE", "HEAD_END", "LAYOUT", "lay_chunks"]
