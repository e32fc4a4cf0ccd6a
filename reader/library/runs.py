"""Words runs: the pieces of a page that are nothing but words, each in one element with data-start.

A paragraph, a heading, an item's own words, a caption, a table's cell, a paragraph of a note. Marks are drawn
inside of runs, so a chunk knows where in its html each of them lies.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

_BEGIN, _END = "\x0e", "\x0f"
_RUN = re.compile(f"{_BEGIN}(\\d+),(\\d+){_BEGIN}([^{_END}]*){_END}")

# Start and end in the revision's text, and from where to where the run's words stand in the chunk's html.
Run = list[int]


def run(words: str, start: int, end: int) -> str:
    """Laid words as a run of the revision's text[start:end], for parted() to find."""
    return f"{_BEGIN}{start},{end}{_BEGIN}{words}{_END}"


def parted(html: str) -> tuple[str, list[Run]]:
    """The html without the signs of run(), and its runs in order."""
    out: list[str] = []
    runs: list[Run] = []
    here = length = 0
    for found in _RUN.finditer(html):
        before, words = html[here : found.start()], found[3]
        out += (before, words)
        length += len(before)
        runs.append([int(found[1]), int(found[2]), length, length + len(words)])
        length += len(words)
        here = found.end()
    return "".join([*out, html[here:]]), runs


class Placed(Protocol):
    """What lies at text[start:end] of a revision."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


Mark = TypeVar("Mark", bound=Placed)


def touched(runs: Sequence[Sequence[int]], marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """By its start each run that marks touch, with them; runs begin with their start and end, and ascend."""
    starts = [run[0] for run in runs]
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        place = max(bisect_right(starts, mark.start) - 1, 0)
        while place < len(runs) and starts[place] < mark.end:
            if mark.start < runs[place][1]:
                found[starts[place]].append(mark)
            place += 1
    return dict(found)
