"""What an import made of its source, laid for a person to check before it is kept."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from reader.ingest.decode import decode
from reader.ingest.outline import is_section
from reader.ingest.parsed import IngestError, Lines, Mark, Parsed
from reader.library.blocks import ELSEWHERE
from reader.library.chunks import HEAD_END, lay_chunks
from reader.library.lay import PREFIX
from reader.library.models import Chunk
from reader.library.rows import build, with_keys

SIDE = "left-"
SHOWN = 200
EXCERPT = 400
_ID = re.compile(f' id="{SIDE}(\\w+)"')
_PLACES = re.compile("\x02\\d+\x03|\x06\\w+\x07")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the import did: in words, where in the result ("p5"), and which source lines."""

    words: str
    anchor: str
    lines: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one sort; count is of all, found are the first of them."""

    name: str
    explanation: str
    count: int
    found: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A part of the result as the desk will show it."""

    html: SafeString
    part: int
    parts: int
    anchors: frozenset[str]

    @property
    def before(self) -> int | None:
        """The part before this one."""
        return self.part - 1 if self.part else None

    @property
    def after(self) -> int | None:
        """The part after this one."""
        return self.part + 1 if self.part + 1 < self.parts else None


def preview(parsed: Parsed, at: str = "") -> Preview:
    """The part of the result that holds an anchor ("p5", "c2"), laid as at the desk."""
    rows = with_keys(build(parsed))
    chunks = lay_chunks(rows.revision, rows.paragraphs, rows.footnotes, rows.citations, rows.sections)
    part = _part_with(chunks, at)
    html = _PLACES.sub("", chunks[part].html).replace(HEAD_END, "")
    html = html.replace(ELSEWHERE, "?at=").replace(PREFIX, SIDE)
    anchors = frozenset(_ID.findall(html))
    return Preview(mark_safe(html), part, len(chunks), anchors)  # noqa: S308 - lay escaped every word of it


def _part_with(chunks: Sequence[Chunk], at: str) -> int:
    needle = f'id="{PREFIX}{at}"'
    return next((chunk.position for chunk in chunks if needle in chunk.html), 0)


def findings(parsed: Parsed, source: bytes) -> list[Group]:
    """What was removed, sewn, cut and doubted, each with its place in the result and its source lines."""
    page = _Page(parsed, source)
    cut = list(page.cut())
    sorts = (
        ("Removed", "Words of the source that are no part of the text.", page.removed(), len(parsed.removed)),
        ("Sewn", "Pieces that a page end, note or figure had parted.", page.sewn(), len(parsed.sewn)),
        ("Joined", "Lists that something had interrupted.", page.joined(), len(parsed.joined_lists)),
        ("Cut", "Marks that stood in the source as one.", iter(cut), len(cut)),
        ("Doubtful", "Please look at these.", page.doubts(), len(parsed.doubts)),
    )
    return [
        Group(
            name, explanation, count, tuple(finding for finding, _ in zip(found, range(SHOWN), strict=False))
        )
        for name, explanation, found, count in sorts
    ]


class _Page:
    """The result's anchors by source line, and the source's lines."""

    def __init__(self, parsed: Parsed, source: bytes) -> None:
        self.parsed = parsed
        self.anchors = list(_anchors(parsed))
        self.lines = _lines_of(source)
        begun = [(b.lines[0][0], index) for index, b in enumerate(parsed.blocks) if b.lines and b.text]
        self.begun = sorted(begun)

    def removed(self) -> Iterator[Finding]:
        for r in self.parsed.removed:
            yield self.finding(f"{r.reason}: {_short(r.text)}", self.anchor_near(r.lines[0]), (r.lines,))

    def sewn(self) -> Iterator[Finding]:
        for s in self.parsed.sewn:
            words = _short(self.parsed.blocks[s.block].text, 120)
            yield self.finding(words, self.anchors[s.block], s.lines)

    def joined(self) -> Iterator[Finding]:
        for pieces in self.parsed.joined_lists:
            if pieces:
                yield self.finding(f"{len(pieces)} pieces", self.anchor_near(pieces[0][0]), pieces)

    def cut(self) -> Iterator[Finding]:
        for block, anchor in zip(self.parsed.blocks, self.anchors, strict=True):
            for labels in _glued(block.marks):
                piece = "".join(labels)
                # Marks may also stand side by side, each for itself.
                if any(
                    re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", self._text(*pair)) for pair in block.lines
                ):
                    yield self.finding(f"{piece} → {' and '.join(labels)}", anchor, block.lines)

    def doubts(self) -> Iterator[Finding]:
        for d in self.parsed.doubts:
            anchor = self.anchor_near(d.lines[0]) if d.lines else ""
            yield self.finding(d.message, anchor, (d.lines,) if d.lines else ())

    def finding(self, words: str, anchor: str, lines: Sequence[Lines]) -> Finding:
        return Finding(
            words, anchor, line_names(lines), "\n…\n".join(self._excerpt(*pair) for pair in lines[:6])
        )

    def anchor_near(self, line: int) -> str:
        """The block that begins at this source line, or next after it."""
        at = min(bisect_left(self.begun, (line, 0)), len(self.begun) - 1)
        return self.anchors[self.begun[at][1]] if self.begun else ""

    def _excerpt(self, first: int, last: int) -> str:
        return _short(self._text(first, last), EXCERPT)

    def _text(self, first: int, last: int) -> str:
        return "\n".join(self.lines[first - 1 : last])


def line_names(lines: Sequence[Lines]) -> str:
    """Source lines in words: "line 4", "lines 4–6, 9"."""
    if not lines:
        return ""
    names = [str(first) if first == last else f"{first}–{last}" for first, last in lines]
    return f"{'line' if len(names) == 1 and names[0].isdigit() else 'lines'} {', '.join(names)}"


def _anchors(parsed: Parsed) -> Iterator[str]:
    """The desk's id of each block."""
    section = 0
    for position, (block, number) in enumerate(zip(parsed.blocks, parsed.numbers(), strict=True)):
        section += is_section(block)
        yield f"p{number}" if number is not None else f"s{section}" if is_section(block) else f"b{position}"


def _glued(marks: Sequence[Mark]) -> Iterator[list[str]]:
    """The labels of marks that share a place."""
    places: dict[int, list[str]] = {}
    for mark in marks:
        places.setdefault(mark.offset, []).append(mark.label)
    return (labels for labels in places.values() if len(labels) > 1)


def _lines_of(source: bytes) -> list[str]:
    try:
        return decode(source)[0].split("\n")
    except IngestError:
        return []


def _short(text: str, length: int = 200) -> str:
    return text if len(text) <= length else f"{text[:length].rstrip()}…"
