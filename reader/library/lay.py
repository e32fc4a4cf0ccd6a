"""Lay inline markup, citation marks and given ranges over a text as well-formed HTML.

Whoever counts code points in the result skips what has the class "mark", and counts one for a <br>. Control
characters, which HTML cannot hold, come out as U+FFFD: one for one, so that no offset moves.
"""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from reader.ingest.parsed import Span

# Stands in laid HTML for the prefix of every id ("left-"): one text may stand in either half of the page.
PREFIX = "\x01"

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
_TAGS = {
    "em": "em",
    "strong": "strong",
    "code": "code",
    "sub": "sub",
    "sup": "sup",
    "strike": "s",
    "underline": "u",
    "link": "a",
}


@dataclass(frozen=True, slots=True)
class CitationMark:
    """A citation mark after text[:offset]; href leads to its note, empty where the text has no such note."""

    offset: int
    ordinal: int
    label: str
    id: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch text[start:end] to be marked, its id one word and classes parted by spaces."""

    start: int
    end: int
    id: str
    classes: str = ""


_Stretch = TypeVar("_Stretch", Span, Range)


def escape(text: str) -> str:
    """The text as HTML shows it, also inside a quoted attribute."""
    text = _UNFIT.sub("\ufffd", text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def is_safe_link(href: str) -> bool:
    """Whether an address of the text may become a link: http, https and mailto alone."""
    return _SAFE_LINK.fullmatch(href) is not None


def mark_html(mark: CitationMark) -> str:
    """The citation mark as a link to its note, or as a mere raised sign where there is none."""
    label = escape(mark.label)
    if not mark.href:
        attributes = f'class="mark lonely" id="{PREFIX}{mark.id}" title="The text has no note {label}"'
        return f"<sup {attributes}>{label}</sup>"
    # A mark right after another: their targets must not cover each other.
    glued = " glued" if mark.ordinal else ""
    return (
        f'<a class="mark{glued}" id="{PREFIX}{mark.id}" href="{mark.href}" role="doc-noteref"'
        f' aria-label="Note {label}">{label}</a>'
    )


def lay(
    text: str,
    spans: Iterable[Span] = (),
    marks: Iterable[CitationMark] = (),
    ranges: Iterable[Range] = (),
    *,
    start: int = 0,
    end: int | None = None,
) -> str:
    """The HTML of text[start:end]; every offset counts from the beginning of the text.

    Each piece between two boundaries gets one <mark> that names all its ranges, and in data-first and
    data-last those that begin and end with it.
    """
    end = len(text) if end is None else min(end, len(text))
    open_spans = _clipped(spans, start, end)
    open_ranges = _clipped(ranges, start, end)
    calls = sorted((m for m in marks if start <= m.offset <= end), key=lambda m: (m.offset, m.ordinal))
    if not (open_spans or open_ranges or calls):
        return _words(text[start:end])
    return _Layer(text, open_spans, calls, open_ranges).html(start, end)


def _clipped(things: Iterable[_Stretch], start: int, end: int) -> list[_Stretch]:
    """Those of the things that cover a character between start and end, outer before inner."""
    touching = [t for t in things if max(t.start, start) < min(t.end, end)]
    return sorted(touching, key=lambda t: (t.start, -t.end))


def _words(text: str) -> str:
    return escape(text).replace("\n", "<br>")


class _Layer:
    """One walk over the boundaries of a text from first to last."""

    def __init__(self, text: str, spans: list[Span], calls: list[CitationMark], ranges: list[Range]) -> None:
        self.text = text
        self.spans = spans
        self.calls = calls
        self.ranges = ranges
        self.out: list[str] = []
        self.stack: list[Span] = []

    def html(self, start: int, end: int) -> str:
        """The HTML of text[start:end]."""
        cuts = self._cuts(start, end)
        coming, coming_ranges, calls = deque(self.spans), deque(self.ranges), deque(self.calls)
        active: list[Span] = []
        marked: list[Range] = []
        for here, there in pairwise([*cuts, end]):
            self._place(calls, here)
            active = _moved(active, coming, here)
            marked = _moved(marked, coming_ranges, here)
            if here < there:
                self._open(active)
                self._write(here, there, marked)
        self._place(calls, end)
        self._close(0)
        return "".join(self.out)

    def _cuts(self, start: int, end: int) -> list[int]:
        things: list[Span | Range] = [*self.spans, *self.ranges]
        cuts = {start}
        for thing in things:
            cuts.update((thing.start, thing.end))
        cuts.update(call.offset for call in self.calls)
        return sorted(cut for cut in cuts if start <= cut < end) or [start]

    def _place(self, calls: deque[CitationMark], here: int) -> None:
        """Write the marks that stand here: outside all markup, since a link may hold no link."""
        while calls and calls[0].offset <= here:
            self._close(0)
            self.out.append(mark_html(calls.popleft()))

    def _open(self, active: list[Span]) -> None:
        """Open and close elements until those of the active spans are open."""
        wanted = []
        linked = False
        for span in active:
            if span.kind == "link":
                if linked or not is_safe_link(span.href):
                    continue
                linked = True
            wanted.append(span)
        kept = 0
        while kept < len(self.stack) and kept < len(wanted) and self.stack[kept] is wanted[kept]:
            kept += 1
        self._close(kept)
        for span in wanted[kept:]:
            self.stack.append(span)
            self.out.append(_opening(span))

    def _close(self, kept: int) -> None:
        while len(self.stack) > kept:
            self.out.append(f"</{_TAGS[self.stack.pop().kind]}>")

    def _write(self, here: int, there: int, marked: Sequence[Range]) -> None:
        words = _words(self.text[here:there])
        if not marked:
            self.out.append(words)
            return
        classes = " ".join(dict.fromkeys(name for r in marked for name in ("range", *r.classes.split())))
        first = " ".join(r.id for r in marked if r.start == here)
        last = " ".join(r.id for r in marked if r.end == there)
        ids = " ".join(r.id for r in marked)
        self.out.append(
            f'<mark class="{escape(classes)}" data-range="{escape(ids)}"'
            + (f' data-first="{escape(first)}"' if first else "")
            + (f' data-last="{escape(last)}"' if last else "")
            + f">{words}</mark>"
        )


def _moved(active: list[_Stretch], coming: deque[_Stretch], here: int) -> list[_Stretch]:
    """Those that cover the character after here: what goes on, and what begins."""
    kept = [thing for thing in active if thing.end > here]
    while coming and coming[0].start <= here:
        thing = coming.popleft()
        if thing.end > here:
            kept.append(thing)
    return kept


def _opening(span: Span) -> str:
    if span.kind == "link":
        return f'<a href="{escape(span.href)}" rel="noopener noreferrer">'
    return f"<{_TAGS[span.kind]}>"
