"""Words runs: the pieces of a page that are nothing but words, each in one element with data-start.

A paragraph, a heading, an item's own words, a caption, a table's cell, a paragraph of a note. Marks are drawn
inside of runs, so a chunk knows where in its html each of them lies.
"""

import re

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
