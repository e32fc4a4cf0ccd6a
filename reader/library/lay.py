"""Lay inline markup and citation marks over a text as well-formed HTML; overlay.py draws ranges over that.

Whoever counts code points in the result skips what has the class "mark", and counts one for a <br>. Control
characters, which HTML cannot hold, come out as U+FFFD: one for one, so that no offset moves.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reader.ingest.parsed import Span

# Stands in laid HTML for the prefix of every id ("left-"): one text may stand in either half of the page.
PREFIX = "\x01"

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(f'[&<>"{_UNFIT.pattern[1:]}')
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


def escape(text: str) -> str:
    """The text as HTML shows it, also inside a quoted attribute."""
    # Most of what a page escapes are names and addresses that need nothing.
    if not _SPECIAL.search(text):
        return text
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
    *,
    start: int = 0,
    end: int | None = None,
) -> str:
    """The HTML of text[start:end]; every offset counts from the beginning of the text."""
    end = len(text) if end is None else min(end, len(text))
    open_spans = _clipped(spans, start, end)
    calls = sorted((m for m in marks if start <= m.offset <= end), key=lambda m: (m.offset, m.ordinal))
    if not (open_spans or calls):
        return _words(text[start:end])
    return _Layer(text, open_spans, calls).html(start, end)


def _clipped(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """Those that cover a character between start and end, outer before inner."""
    touching = [span for span in spans if max(span.start, start) < min(span.end, end)]
    return sorted(touching, key=lambda span: (span.start, -span.end))


def _words(text: str) -> str:
    return escape(text).replace("\n", "<br>")


class _Layer:
    """One walk over the boundaries of a text from first to last."""

    def __init__(self, text: str, spans: list[Span], calls: list[CitationMark]) -> None:
        self.text = text
        self.spans = spans
        self.calls = calls
        self.out: list[str] = []
        self.stack: list[Span] = []

    def html(self, start: int, end: int) -> str:
        """The HTML of text[start:end]."""
        cuts = self._cuts(start, end)
        coming, calls = deque(self.spans), deque(self.calls)
        active: list[Span] = []
        for here, there in pairwise([*cuts, end]):
            self._place(calls, here)
            active = _moved(active, coming, here)
            if here < there:
                self._open(active)
                self.out.append(_words(self.text[here:there]))
        self._place(calls, end)
        self._close(0)
        return "".join(self.out)

    def _cuts(self, start: int, end: int) -> list[int]:
        cuts = {start}
        for span in self.spans:
            cuts.update((span.start, span.end))
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


def _moved(active: list[Span], coming: deque[Span], here: int) -> list[Span]:
    """Those that cover the character after here: what goes on, and what begins."""
    kept = [span for span in active if span.end > here]
    while coming and coming[0].start <= here:
        span = coming.popleft()
        if span.end > here:
            kept.append(span)
    return kept


def _opening(span: Span) -> str:
    if span.kind == "link":
        return f'<a href="{escape(span.href)}" rel="noopener noreferrer">'
    return f"<{_TAGS[span.kind]}>"
