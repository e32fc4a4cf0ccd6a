"""Lay the blocks and notes of a revision as HTML, each by its kind."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.ingest.parsed import Span
from reader.library.lay import PREFIX, CitationMark, escape, is_safe_link, lay
from reader.library.models import Citation, Footnote, Paragraph, Revision, Section
from reader.library.runs import run

# The page puts in their place the address that opens this half at the anchor that follows, what the reader
# may do with the work of the note at the position between, and a way to annotate what the anchor names.
ELSEWHERE = "\x05"
NOTE_PLACE = "\x02{}\x03"
ANNOTATE = "\x06{}\x07"

_LETTER = re.compile(r"[^\W\d_]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_RTL_LANGUAGES = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "syr", "ug", "ur", "yi")
)


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or a stretch of one too long for a single chunk; offsets count in the block."""

    block: Paragraph
    start: int
    end: int

    @property
    def first(self) -> bool:
        """Whether the block begins with this part."""
        return self.start == 0


@dataclass
class Source:
    """A revision's rows ready to be laid, and the chunk where each note and mark comes to stand.

    sections by their start, notes by key, marks by the key of what holds them, calls by that of their note,
    figures to the position of their first block.
    """

    revision: Revision
    sections: dict[int, Section]
    notes: dict[int, Footnote]
    marks: dict[int, list[Citation]] = field(default_factory=dict)
    inner_marks: dict[int, list[Citation]] = field(default_factory=dict)
    calls: dict[int, list[Citation]] = field(default_factory=dict)
    figures: dict[int, int] = field(default_factory=dict)
    note_chunk: dict[int, int] = field(default_factory=dict)
    mark_chunk: dict[int, int] = field(default_factory=dict)
    direction: str = "ltr"

    def marks_in(self, part: Part) -> list[Citation]:
        """The marks of a part: one at the seam of two stands after the first."""
        return [
            mark
            for mark in self.marks.get(part.block.pk, ())
            if (part.start < mark.offset or part.first) and mark.offset <= part.end
        ]


def direction_of(text: str, language: str = "") -> str:
    """The way a text runs, "rtl" or "ltr", by its language, else its first letter; empty without either."""
    if language:
        return "rtl" if language.lower().split("-")[0] in _RTL_LANGUAGES else "ltr"
    letter = _LETTER.search(text)
    if letter is None:
        return ""
    return "rtl" if _RIGHT_TO_LEFT.match(letter.group()) else "ltr"


def spans_of(rows: Iterable[Sequence[Any]]) -> list[Span]:
    """The inline spans as the database keeps them: [start, end, kind, href]."""
    return [Span(row[0], row[1], row[2], row[3] if len(row) > 3 else "") for row in rows]


@dataclass
class _List:
    """A list that is open in the HTML; expected is the number that its next item has by itself."""

    depth: int
    id: int | None
    tag: str
    expected: int

    def is_over(self, item: Paragraph) -> bool:
        """Whether this item belongs to no list at this depth or deeper."""
        return self.depth > item.depth or (self.depth == item.depth and self.id != item.list_id)


class Layout:
    """Lay the parts of one chunk."""

    def __init__(self, source: Source, chunk: int) -> None:
        self.source = source
        self.chunk = chunk

    def parts(self, parts: Sequence[Part]) -> str:
        """The HTML of blocks that belong together: a list, a quotation, a figure, or one block alone."""
        block = parts[0].block
        if block.figure is not None:
            return self.figure(parts)
        if block.kind == Paragraph.Kind.ITEM:
            return self.items(parts)
        if block.kind == Paragraph.Kind.QUOTE:
            return f'<blockquote class="quote">{self.each(parts)}</blockquote>\n'
        if parts[-1].block.kind == Paragraph.Kind.AUTHOR_NOTE:
            return (
                '<aside class="author-note" role="note" aria-label="About the author">'
                f"{self.each(parts)}</aside>\n"
            )
        return self.each(parts)

    def each(self, parts: Sequence[Part]) -> str:
        """The HTML of blocks one after the other."""
        return "".join(map(self.one, parts))

    def one(self, part: Part) -> str:
        """The HTML of one block that stands for itself."""
        kind = part.block.kind
        if kind == Paragraph.Kind.TABLE:
            return self.table(part)
        if kind == Paragraph.Kind.HEADING and part.first:
            # A heading of no section ("About the author") stands under the title.
            level = max(part.block.level, 1) if part.block.start in self.source.sections else 1
            tag = f"h{min(level + 1, 6)}"
            return f'<{tag} {self.opening(part, "heading")} data-level="{level}">{self.run(part)}</{tag}>\n'
        name = part.block.part if kind == Paragraph.Kind.CAPTION and part.block.part else kind
        extra = {"caption": "caption", "source": "source", "byline": "byline", "title": "title"}.get(name, "")
        return f"<p {self.opening(part, extra)}>{self.run(part)}{self.annotate(part)}</p>\n"

    def opening(self, part: Part, extra: str = "", *, runs: bool = True) -> str:
        """The attributes of a block's element; runs tells whether all its words are one run."""
        block = part.block
        classes = " ".join(filter(None, ("block", extra, "" if part.first else "continued")))
        name = f' id="{PREFIX}{self.anchor(block)}"' if part.first else ""
        way = direction_of(self.text(part))
        turned = f' dir="{way}"' if way and way != self.source.direction else ""
        start = f' data-start="{block.start + part.start}"' if runs else ""
        return f'class="{classes}"{name}{start}{turned}'

    def annotate(self, part: Part) -> str:
        """The place for a way to annotate a block."""
        return ANNOTATE.format(self.anchor(part.block)) if part.first else ""

    def anchor(self, block: Paragraph) -> str:
        """The id of a block, without the half's prefix."""
        if block.number is not None:
            return f"p{block.number}"
        section = self.source.sections.get(block.start)
        if section is not None and block.kind == Paragraph.Kind.HEADING:
            return f"s{section.position}"
        return f"b{block.position}"

    def text(self, part: Part) -> str:
        """The words of a part."""
        return self.source.revision.text[part.block.start + part.start : part.block.start + part.end]

    def run(self, part: Part, start: int | None = None, end: int | None = None) -> str:
        """The laid words of a part, or of a cell of it, as a run."""
        block = part.block
        start = part.start if start is None else start
        end = part.end if end is None else end
        marks = self.source.marks_in(part)
        if not block.spans and not marks:
            words = lay(self.source.revision.text, start=block.start + start, end=block.start + end)
        else:
            text = self.source.revision.text[block.start : block.end]
            words = lay(text, spans_of(block.spans), self.laid_marks(marks), start=start, end=end)
        return run(words, block.start + start, block.start + end)

    def laid_marks(self, marks: Iterable[Citation]) -> list[CitationMark]:
        """Citation marks with the addresses of their notes."""
        laid = []
        for mark in marks:
            note = self.note_of(mark)
            href = self.link(f"n{note + 1}", self.source.note_chunk[note]) if note is not None else ""
            laid.append(CitationMark(mark.offset, mark.ordinal, mark.label, f"m{mark.position + 1}", href))
        return laid

    def note_of(self, mark: Citation) -> int | None:
        """The position of the note that a mark calls."""
        note = self.source.notes.get(mark.target_id) if mark.target_id is not None else None
        return note.position if note is not None else None

    def link(self, anchor: str, chunk: int) -> str:
        """The address of an anchor: within the page where it stands in the same chunk."""
        return f"#{PREFIX}{anchor}" if chunk == self.chunk else f"{ELSEWHERE}{anchor}#{PREFIX}{anchor}"

    def items(self, parts: Sequence[Part]) -> str:
        """The HTML of list items, nested by depth; an item's own words have an element beside its lists."""
        out: list[str] = []
        lists: list[_List] = []
        for part in parts:
            item = part.block
            while lists and lists[-1].is_over(item):
                out.append(f"</li></{lists.pop().tag}>")
            number = item.ordinal if item.ordinal is not None else 1
            if lists and lists[-1].depth == item.depth:
                out.append("</li>")
            else:
                lists.append(_List(item.depth, item.list_id, "ol" if item.ordered else "ul", number))
                start = f' start="{number}"' if item.ordered and number != 1 else ""
                out.append(f'<{lists[-1].tag} class="list"{start}>')
            value = f' value="{number}"' if item.ordered and number != lists[-1].expected else ""
            lists[-1].expected = number + 1
            own = f'<span class="words" data-start="{item.start + part.start}">{self.run(part)}</span>'
            out.append(f"<li {self.opening(part, runs=False)}{value}>{own}{self.annotate(part)}")
        return "".join(out) + "".join(f"</li></{each.tag}>" for each in reversed(lists)) + "\n"

    def table(self, part: Part) -> str:
        """The HTML of a table, or of some rows of it."""
        rows: list[str] = []
        here = part.start
        for index, row in enumerate(self.text(part).split("\n")):
            head = part.first and index < part.block.header
            tag, scope = ("th", ' scope="col"') if head else ("td", "")
            cells: list[str] = []
            for words in row.split("\t"):
                end = here + len(words)
                start = part.block.start + here
                cells.append(f'<{tag}{scope} data-start="{start}">{self.run(part, here, end)}</{tag}>')
                here = end + 1
            rows.append(f"<tr>{''.join(cells)}</tr>")
        heads = part.block.header if part.first else 0
        head_html = f"<thead>{''.join(rows[:heads])}</thead>" if heads else ""
        body = f"<tbody>{''.join(rows[heads:])}</tbody>" if rows[heads:] else ""
        return (
            '<div class="table" tabindex="0" role="group" aria-label="Table">'
            f"<table {self.opening(part, runs=False)}>{head_html}{body}</table>{self.annotate(part)}</div>\n"
        )

    def figure(self, parts: Sequence[Part]) -> str:
        """The HTML of a figure: its lines, and a place-holder where the picture stood."""
        index = parts[0].block.figure or 0
        lines = [
            self.items([part]) if part.block.kind == Paragraph.Kind.ITEM else self.one(part) for part in parts
        ]
        if self.source.figures.get(index) != parts[0].block.position or not parts[0].first:
            return f'<figure class="figure">\n{"".join(lines)}</figure>\n'
        known = self.source.revision.figures
        facts = known[index] if index < len(known) else {}
        alt = f": {escape(str(facts['alt']))}" if facts.get("alt") else ""
        lines.insert(
            min(int(facts.get("before", 0)), len(lines)),
            f'<p class="picture" lang="en">[picture not in this copy{alt}]</p>\n',
        )
        return f'<figure class="figure" id="{PREFIX}f{index}">\n{"".join(lines)}</figure>\n'

    def endnotes(self, positions: Sequence[int], label: str) -> str:
        """The section of notes at the end of a chunk."""
        by_position = {note.position: note for note in self.source.notes.values()}
        items = "".join(self.note(by_position[position]) for position in positions)
        return (
            f'<section class="notes" role="doc-endnotes" aria-label="{escape(label)}">'
            f'<h2 lang="en" dir="ltr">Notes</h2>\n<ol>\n{items}</ol></section>\n'
        )

    def note(self, note: Footnote) -> str:
        """One note, with the ways back to its marks and a place for what the reader may do with its work."""
        marks = self.source.calls.get(note.pk, [])
        label = escape(note.label)
        ways = [self.link(f"m{mark.position + 1}", self.source.mark_chunk[mark.position]) for mark in marks]
        opening = f'<li class="note" id="{PREFIX}n{note.position + 1}"'
        if marks:
            opening += f' data-mark="{PREFIX}m{marks[0].position + 1}"'
            name = f'aria-label="Note {label}, back to its mark"'
            head = f'<a class="note-label" href="{ways[0]}" {name}>{label}</a>'
        else:
            head = f'<span class="note-label">{label}</span>'
        backs = "".join(
            f' <a class="back" role="doc-backlink" href="{way}" aria-label="Back to mark {label}'
            + (f", {index} of {len(ways)}" if len(ways) > 1 else "")
            + '">↩</a>'
            for index, way in enumerate(ways, 1)
        )
        way = ANNOTATE.format(f"n{note.position + 1}")
        return (
            f"{opening}>{head} {self.note_words(note)}{NOTE_PLACE.format(note.position)}{backs}{way}</li>\n"
        )

    def note_words(self, note: Footnote) -> str:
        """The blocks of a note; the address of what it cites is a link even where the source made none."""
        text = self.source.revision.text[note.start : note.end]
        marks = self.laid_marks(self.source.inner_marks.get(note.pk, ()))
        spans = spans_of(note.spans)
        address = "" if any(span.kind == "link" for span in spans) else note.url
        if address and (place := text.find(address)) >= 0:
            spans.append(Span(place, place + len(address), "link", address))
            address = ""
        out = []
        here = 0
        for block in text.split("\n"):
            end = here + len(block)
            words = run(lay(text, spans, marks, start=here, end=end), note.start + here, note.start + end)
            way = direction_of(block)
            turned = f' dir="{way}"' if way and way != self.source.direction else ""
            out.append(f'<p data-start="{note.start + here}"{turned}>{words}</p>')
            here = end + 1
        if is_safe_link(address):
            shown = escape(address.partition("://")[2] or address)
            out.append(f' <a class="address" href="{escape(address)}" rel="noopener noreferrer">{shown}</a>')
        return "".join(out)


def groups(parts: Iterable[Part], sections: dict[int, Section]) -> list[list[Part]]:
    """Parts that belong together, in order: of one list, quotation, figure or author's note, or alone."""
    found: list[list[Part]] = []
    for part in parts:
        if found and _belongs(part.block, found[-1], sections):
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _belongs(block: Paragraph, group: list[Part], sections: dict[int, Section]) -> bool:
    last = group[-1].block
    if block.figure is not None or last.figure is not None:
        return block.figure == last.figure
    if block.kind == Paragraph.Kind.ITEM:
        return last.kind == block.kind and (block.depth > 0 or block.list_id == group[0].block.list_id)
    if block.kind == Paragraph.Kind.AUTHOR_NOTE and last.kind == Paragraph.Kind.HEADING:
        return last.start not in sections
    return last.kind == block.kind and block.kind in (Paragraph.Kind.QUOTE, Paragraph.Kind.AUTHOR_NOTE)
