"""Runs to a block's text: white space regular, hyphens at line ends joined, spans and marks as offsets."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reader.ingest.parsed import Mark, Span, SpanKind
from reader.ingest.raw import BREAK, Run
from reader.ingest.words import CJK

SPACE = re.compile(
    r"(?P<hyphen>(?<=\w)[-‐\u00ad](?:[ \t]*\n[ \t\n]*)(?=\w))"
    rf"|(?P<break>[ \t\n\r\f\v]*{BREAK}[ \t\n\r\f\v{BREAK}]*)"
    r"|(?P<soft>\u00ad[ \t]*)"
    # A single space inside the text is as it should be.
    r"|(?P<space>[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]|\A | \Z)"
)
URL_SO_FAR = re.compile(r"(?:https?://|www\.)\S*$")
BARE_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”|]+")
INLINE: tuple[SpanKind, ...] = ("em", "strong", "code", "sub", "sup", "strike", "underline")
# Parts that English keeps apart by a hyphen even where the line ended there.
PREFIXES = frozenset(
    "self ex all half quasi cross non anti pro post pre co counter multi semi mid vice well "
    "so-called then".split()
)


@dataclass(slots=True)
class Text:
    """A block's text with its spans and marks."""

    text: str
    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]


class Composer:
    """Composes blocks; knows the words of the whole text, to tell a cut word from one with a hyphen."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)
        self._words: Counter[str] | None = None

    @property
    def words(self) -> Counter[str]:
        if self._words is None:
            whole = "\n".join(self._texts).lower()
            whole = re.sub(r"\w+(?:[-‐]\s*\n\s*|\u00ad\s*)\w+", " ", whole)
            self._words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", whole))
        return self._words

    def compose(self, runs: list[Run]) -> Text:
        """The text of runs; marks are taken out of it."""
        full = "".join("" if run.labels else run.text for run in runs)
        edits = self._edits(full)
        text, place = _edited(full, edits)
        spans: list[Span] = []
        marks: list[Mark] = []
        at = 0
        for run in runs:
            if run.labels:
                offset = len(text[: place(at)].rstrip())
                for label, target in zip(run.labels, run.targets, strict=True):
                    ordinal = sum(1 for mark in marks if mark.offset == offset)
                    marks.append(Mark(label, offset, ordinal, target))
                continue
            start, end = place(at), place(at + len(run.text))
            at += len(run.text)
            if run.style or run.href:
                _add_spans(spans, run, start, end)
        spans.extend(_bare_urls(text, spans))
        return Text(
            text, tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.kind))), tuple(marks)
        )

    def _edits(self, full: str) -> list[tuple[int, int, str]]:
        edits: list[tuple[int, int, str]] = []
        for found in SPACE.finditer(full):
            start, end = found.span()
            if found["hyphen"] is not None:
                new = self._hyphen(full, start, end)
            elif found["break"] is not None:
                new = "\n"
            elif found["soft"] is not None:
                new = self._soft(full, start, end)
            else:
                new = _space(full, start, end)
            if start == 0 or end == len(full):
                new = "" if found["hyphen"] is None else new
            if new != full[start:end]:
                edits.append((start, end, new))
        return edits

    def _soft(self, full: str, start: int, end: int) -> str:
        """A soft hyphen is where a line once ended: nothing, unless the text writes the word with a hyphen
        elsewhere.
        """
        left = re.search(r"\w+$", full[max(0, start - 40) : start])
        right = re.match(r"\w+", full[end : end + 40])
        if left is None or right is None:
            return ""
        kept = self.words[f"{left[0]}-{right[0]}".lower()]
        return "-" if kept > self.words[f"{left[0]}{right[0]}".lower()] else ""

    def _hyphen(self, full: str, start: int, end: int) -> str:
        """What stands between the two halves of what was hyphenated at a line's end: nothing, or the
        hyphen.
        """
        if full[start] == "\u00ad":
            return self._soft(full, start, end)
        if URL_SO_FAR.search(full[max(0, start - 300) : start]):
            return full[start]
        left = re.search(r"[\w-]+$", full[max(0, start - 60) : start])
        right = re.match(r"[\w]+", full[end : end + 60])
        if left is None or right is None:
            return full[start]
        first, second = left[0], right[0]
        if not second[0].islower() or not first[-1].isalpha():
            return full[start]
        low_first, low_second = first.lower(), second.lower()
        joined = self.words[low_first.rsplit("-", 1)[-1] + low_second]
        kept = self.words[f"{low_first}-{low_second}"]
        if joined or kept:
            return "" if joined >= kept else full[start]
        if "-" in first or low_first in PREFIXES:
            return full[start]
        both = (
            self.words[low_first] >= 2
            and self.words[low_second] >= 2
            and len(low_first) > 3
            and len(low_second) > 3
        )
        return full[start] if both else ""


def _space(full: str, start: int, end: int) -> str:
    if "\n" in full[start:end] and end < len(full) and start > 0:
        if CJK.match(full[start - 1]) and CJK.match(full[end]):
            return ""
        if full[start - 1] in "/_=&?" and URL_SO_FAR.search(full[max(0, start - 300) : start]):
            return ""
    return " "


def _edited(full: str, edits: list[tuple[int, int, str]]) -> tuple[str, "_Place"]:
    parts: list[str] = []
    at = 0
    for start, end, new in edits:
        parts.append(full[at:start])
        parts.append(new)
        at = end
    parts.append(full[at:])
    return "".join(parts), _Place(edits)


class _Place:
    """Offsets before the edits to offsets after them."""

    def __init__(self, edits: list[tuple[int, int, str]]) -> None:
        self.edits = edits
        self.starts = [start for start, _, _ in edits]
        self.shift = [0]
        for start, end, new in edits:
            self.shift.append(self.shift[-1] + len(new) - (end - start))

    def __call__(self, offset: int) -> int:
        index = bisect_right(self.starts, offset - 1)
        if index:
            start, end, new = self.edits[index - 1]
            if offset < end:
                return start + self.shift[index - 1] + min(offset - start, len(new))
        return offset + self.shift[index]


def _add_spans(spans: list[Span], run: Run, start: int, end: int) -> None:
    if end <= start:
        return
    for kind in INLINE:
        if kind in run.style:
            _extend(spans, Span(start, end, kind))
    if run.href:
        _extend(spans, Span(start, end, "link", run.href))


def _extend(spans: list[Span], new: Span) -> None:
    """Add a span, or lengthen the one of its kind that ends where it starts."""
    for index in range(len(spans) - 1, max(-1, len(spans) - 8), -1):
        old = spans[index]
        if old.end == new.start and old.kind == new.kind and old.href == new.href:
            spans[index] = Span(old.start, new.end, old.kind, old.href)
            return
    spans.append(new)


def _bare_urls(text: str, spans: list[Span]) -> list[Span]:
    """Links over addresses that stand in the text as they are."""
    if "://" not in text and "www." not in text:
        return []
    taken = [(span.start, span.end) for span in spans if span.kind == "link"]
    out: list[Span] = []
    for found in BARE_URL.finditer(text):
        address = found[0].rstrip(".,;:!?'’*_")
        while address.endswith((")", "]")) and address.count(address[-1]) > address.count(
            "(" if address[-1] == ")" else "["
        ):
            address = address[:-1].rstrip(".,;:")
        start, end = found.start(), found.start() + len(address)
        if len(address) > 8 and not any(a < end and start < b for a, b in taken):
            out.append(Span(start, end, "link", address if "://" in address else f"http://{address}"))
    return out
