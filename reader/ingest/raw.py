"""Raw blocks: what a format's reader gives, before anything is removed, sewn or numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from reader.ingest.parsed import Lines

RawKind = Literal["heading", "para", "item", "quote", "table", "rule", "picture", "page"]
Raised = Literal["", "sup", "ref", "caret", "unicode", "bracket", "symbol", "glued"]

# A soft line end is kept as "\n" until hyphens are joined; a break made on purpose is U+2028 until then.
BREAK = "\u2028"


@dataclass(slots=True, frozen=True)
class Run:
    """A stretch of text in one style. raised tells how it is printed if it may be a citation mark."""

    text: str
    style: frozenset[str] = frozenset()
    href: str = ""
    raised: Raised = ""
    # Resolved marks: the text is then empty for the reader, and labels are shown.
    labels: tuple[str, ...] = ()
    targets: tuple[int | None, ...] = ()


@dataclass(slots=True)
class Raw:
    """A block as the format's reader found it.

    gap holds what stood between it and the block before and is gone from the flow: "rule", "page", "notes",
    "head", "figure". list_run tells items of one source list from another's. starts holds, for each entry
    of lines, the index in runs at which that piece begins.
    """

    kind: RawKind
    runs: list[Run]
    lines: list[Lines]
    level: int = 0
    ordered: bool = False
    number: int = 0
    depth: int = 0
    list_run: int = 0
    bullet: str = ""
    label: str = ""
    rows: list[list[list[Run]]] = field(default_factory=list)
    header: int = 0
    indent: int = 0
    page: int = 0
    source: str = ""
    gap: set[str] = field(default_factory=set)
    figure: int | None = None
    part: Literal["", "caption", "source"] = ""
    role: str = ""
    starts: list[int] = field(default_factory=lambda: [0])

    @property
    def text(self) -> str:
        """The words as printed, marks included."""
        if self.kind == "table":
            return "\n".join("\t".join(plain(cell) for cell in row) for row in self.rows)
        return plain(self.runs)

    @property
    def span(self) -> Lines:
        """First and last source line."""
        return (self.lines[0][0], self.lines[-1][1])


def plain(runs: Iterable[Run]) -> str:
    """The text of runs, white space made regular."""
    return " ".join("".join(run.text for run in runs).split())


def body(runs: Iterable[Run]) -> str:
    """The text of runs without what is raised or already known as a mark."""
    return " ".join("".join(run.text for run in runs if not run.raised and not run.labels).split())


def strip_start(runs: list[Run], count: int) -> list[Run]:
    """The runs without their first count characters."""
    out: list[Run] = []
    for run in runs:
        if count >= len(run.text):
            count -= len(run.text)
            continue
        out.append(replace(run, text=run.text[count:]) if count else run)
        count = 0
    return out


def split_at(runs: list[Run], offset: int) -> tuple[list[Run], list[Run]]:
    """The runs before and from a character offset."""
    head: list[Run] = []
    for index, run in enumerate(runs):
        if offset <= 0:
            return head, runs[index:]
        if offset < len(run.text):
            head.append(replace(run, text=run.text[:offset]))
            return head, [replace(run, text=run.text[offset:]), *runs[index + 1 :]]
        head.append(run)
        offset -= len(run.text)
    return head, []
