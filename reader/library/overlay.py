"""Draw ranges over the laid words of a run: one <mark> for each piece between two boundaries.

What lay() wrote stays as it is. A piece lies within one inline element and between two citation marks, so
that everything nests; a <br> counts as one code point, as an escaped character does.
"""

import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from reader.library.lay import escape

# A citation mark with its label, a tag, or words.
_TOKEN = re.compile(
    r'(?P<markup><(?P<tag>a|sup) class="mark[^>]*>[^<]*</(?P=tag)>|</?(?!br>)[^>]+>)|(?:[^<&]+|&\w+;|<br>)+'
)
_CHARACTER = re.compile(r"&\w+;|<br>|.", re.DOTALL)

ENDLESS = sys.maxsize


class Range(NamedTuple):
    """A stretch text[start:end] of a revision to be drawn, with its classes parted by spaces.

    id is one word, empty where nobody has to find the range again. first and last tell whether it begins and
    ends here, or goes on in another run.
    """

    start: int
    end: int
    id: str = ""
    classes: str = ""
    first: bool = True
    last: bool = True


class _Segment(NamedTuple):
    """What is drawn between two boundaries; both are offsets in the revision's text."""

    start: int
    end: int
    attributes: str = ""
    first: str = ""
    last: str = ""

    def wrapped(self, words: str, start: int, end: int) -> str:
        """Laid words of text[start:end] as a <mark>; only the segment's own ends bear its ranges' ends."""
        ends = self.first if start == self.start else ""
        if end == self.end:
            ends += self.last
        return f"<mark{self.attributes}{ends}>{words}</mark>"


def overlay(html: str, start: int, ranges: Iterable[Range]) -> str:
    """The laid html of a run that begins at start, with the ranges drawn as far as they lie in it."""
    drawn = sorted((r for r in ranges if max(r.start, start) < r.end), key=lambda r: r.start)
    if not drawn:
        return html
    segments = _segments(drawn, start)
    now = next(segments)
    here = start
    out: list[str] = []
    for token in _TOKEN.finditer(html):
        if token["markup"]:
            out.append(token[0])
            continue
        laid = token[0]
        words: str | list[str] = _CHARACTER.findall(laid) if "&" in laid or "<" in laid else laid
        begin, end = here, here + len(words)
        while here < end:
            if now.end <= here:
                now = next(segments)
            there = min(now.end, end)
            piece = "".join(words[here - begin : there - begin])
            out.append(now.wrapped(piece, here, there) if now.attributes else piece)
            here = there
    return "".join(out)


def text_of(html: str) -> str:
    """The words of a laid run: without markup and citation marks, one code point for each of the text."""
    words = [token[0] for token in _TOKEN.finditer(html) if not token["markup"]]
    return unescape("".join(words).replace("<br>", "\n"))


def _segments(drawn: list[Range], start: int) -> Iterator[_Segment]:
    """What is drawn from start on, from boundary to boundary, and nothing after the last of them."""
    cuts = {start}
    for r in drawn:
        cuts.update((max(r.start, start), r.end))
    coming = deque(drawn)
    active: list[Range] = []
    for here, there in pairwise(sorted(cuts)):
        active = [r for r in active if r.end > here]
        while coming and coming[0].start <= here:
            active.append(coming.popleft())
        yield _segment(active, here, there) if active else _Segment(here, there)
    yield _Segment(max(cuts), ENDLESS)


def _segment(active: list[Range], start: int, end: int) -> _Segment:
    names = _names(" ".join([r.classes for r in active]))
    ids = _listed("range", [r.id for r in active])
    if not ids:
        return _Segment(start, end, names)
    first = _listed("first", [r.id for r in active if r.start == start and r.first])
    last = _listed("last", [r.id for r in active if r.end == end and r.last])
    return _Segment(start, end, names + ids, f'{first} tabindex="0"' if first else "", last)


@lru_cache(maxsize=1024)
def _names(classes: str) -> str:
    """The class attribute with each of the classes once."""
    return f' class="{escape(" ".join(dict.fromkeys(classes.split())))}"'


def _listed(name: str, ids: list[str]) -> str:
    """A data attribute with those of the ids that are not empty; nothing where all are."""
    named = " ".join(filter(None, ids))
    return f' data-{name}="{escape(named)}"' if named else ""
