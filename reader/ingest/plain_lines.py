"""The lines and pages of a plain text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

ITEM = re.compile(
    r"^(?:(?P<bullet>[•●▪◦‣∙○*·–—-]|\(?[a-z]\)|\([ivx]{1,4}\))|(?P<number>\d{1,3})[.)]|\((?P<number2>\d{1,3})\))\s+(?=\S)"
)
NOTE = re.compile(
    r"^\s*(?P<label>\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁴-⁹⁰]{1,3}|\[\d{1,3}\])[.)]?\s*(?=[^\W_]|[\"“‘'«(<\[¿¡])"
)
LABEL = re.compile(r"^\s*(?P<label>\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁴-⁹⁰]{1,3})\s*$")
RULE = re.compile(r"^\s*[_\-–—=*·•~]{4,}\s*$|^\s*(?:\*\s*){3,}$")
NUMBERED = re.compile(
    r"^\s*(?:(?:chapter|part|section|§|article|kapitel|teil|capítulo)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVXL]{1,6}\.|[A-H]\.)\s+[^\W\d_]",
    re.IGNORECASE,
)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class Line:
    """A source line: its text without the page's margin, its indent beyond it, its number and page."""

    text: str
    indent: int
    number: int
    page: int
    blank_before: bool = False
    note: str = ""
    alone: bool = False
    late: bool = False


def pages_of(text: str) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    blank = False
    for number, line in enumerate(text.split("\n"), start=1):
        for index, part in enumerate(line.split("\f")):
            if index:
                pages.append([])
                blank = False
            stripped = part.expandtabs(8).strip()
            if not stripped:
                blank = True
                continue
            indent = len(part.expandtabs(8)) - len(part.expandtabs(8).lstrip())
            pages[-1].append(Line(stripped, indent, number, len(pages) - 1, blank))
            blank = False
    while len(pages) > 1 and not pages[-1]:
        pages.pop()
    for page in pages:
        margin = _margin(page)
        for entry in page:
            entry.indent = max(0, entry.indent - margin)
    return pages


def _margin(page: list[Line]) -> int:
    """The left margin that a layout-keeping converter printed before each line of the page."""
    counts = Counter(line.indent for line in page if len(line.text) > 20)
    if not counts:
        return 0
    return min((indent for indent, count in counts.items() if count >= 0.2 * sum(counts.values())), default=0)
