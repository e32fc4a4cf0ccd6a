"""The whole of a text in one height: in which of its BINS things lie, and the stretches that lead there.

Pure. Offsets are code points of the revision's text; paths are those of an SVG of WIDTH by BINS units, from
the inner edge of the strip to the outer one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

BINS = 72
WIDTH = 10
# On a window of 720 pixels each is 24 pixels high, as WCAG 2.5.8 wants it.
STRETCHES = 28
# Where the other text speaks: what is faint is no more than the best that there was.
SPEAKING = ("strong", "likely", "drawn")

Range = tuple[int, int]


class Said(NamedTuple):
    """A numbered paragraph: text[start:end]."""

    number: int
    start: int
    end: int


class Joined(NamedTuple):
    """A passage with a parallel in the other text; credited where either of the two cites the other text."""

    start: int
    end: int
    strength: str
    credited: bool


class Silence(NamedTuple):
    """Paragraphs in a row of which the other text says nothing, by the places of the first and the last."""

    first: int
    last: int


class Stretch(NamedTuple):
    """Paragraphs by number, as high as so many of the strip's slices; parallels of them that speak."""

    first: int
    last: int
    slices: int
    parallels: int
    silent: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A path for each kind of things that there are, in the order to draw them, and the stretches."""

    paths: dict[str, str]
    stretches: tuple[Stretch, ...]


def strip(
    length: int,
    paragraphs: Sequence[Said],
    joined: Iterable[Joined] | None,
    *,
    marks: Iterable[Range] = (),
    claims: Iterable[Range] = (),
    citations: Iterable[int] = (),
) -> Strip:
    """The strip of a text of so many code points; joined is None where no parallels were looked for."""
    bins = _Bins(length)
    known = sorted(joined or ())
    speaking = [passage for passage in known if passage.strength in SPEAKING]
    strong = bins.of(_range(one) for one in speaking if one.strength != "likely")
    mute = silences(paragraphs, speaking) if joined is not None else []
    found = {
        "silent": bins.within(_reach(one, paragraphs, length) for one in mute),
        "likely": bins.of(_range(one) for one in speaking) - strong,
        "strong": strong,
        "credited": bins.of(_range(one) for one in known if one.credited),
        "marks": bins.of(marks),
        "claims": bins.of(claims),
        "cites": bins.of((offset, offset + 1) for offset in citations),
    }
    paths = {kind: _path(kind, places) for kind, places in found.items() if places}
    return Strip(paths, tuple(_stretches(length, paragraphs, speaking, mute)))


def heard(paragraphs: Sequence[Said], speaking: Iterable[Joined]) -> list[int]:
    """How many of these passages touch each of the paragraphs, which lie in order."""
    count = [0] * len(paragraphs)
    starts = [paragraph.start for paragraph in paragraphs]
    ends = [paragraph.end for paragraph in paragraphs]
    for passage in speaking:
        for place in range(bisect_right(ends, passage.start), bisect_left(starts, passage.end)):
            count[place] += 1
    return count


def silences(paragraphs: Sequence[Said], speaking: Iterable[Joined]) -> list[Silence]:
    """The paragraphs that none of these passages touches, those in a row together."""
    found = []
    for silent, places in groupby(
        enumerate(heard(paragraphs, speaking)), key=lambda numbered: not numbered[1]
    ):
        if silent:
            row = [place for place, _ in places]
            found.append(Silence(row[0], row[-1]))
    return found


def _reach(one: Silence, paragraphs: Sequence[Said], length: int) -> Range:
    """From the first silent paragraph to the next that is none, so that headings between are silent, too."""
    after = one.last + 1
    return paragraphs[one.first].start, paragraphs[after].start if after < len(paragraphs) else length


def _range(one: Joined) -> Range:
    return one.start, one.end


class _Bins:
    """The bins of a text, by number."""

    def __init__(self, length: int) -> None:
        self.length = max(length, 1)

    def of(self, ranges: Iterable[Range]) -> set[int]:
        """Those that any of the ranges touches."""
        found: set[int] = set()
        for start, end in ranges:
            if start < self.length:
                last = min(max(end, start + 1), self.length) - 1
                found.update(range(start * BINS // self.length, last * BINS // self.length + 1))
        return found

    def within(self, ranges: Iterable[Range]) -> set[int]:
        """Those that lie in one of the ranges whole."""
        found: set[int] = set()
        for start, end in ranges:
            found.update(range(-(-start * BINS // self.length), end * BINS // self.length))
        return found


def _path(kind: str, bins: set[int]) -> str:
    """Bins in a row make one piece: a box of silence, a tick in each bin that cites, else a bar."""
    out = []
    for first, last in _rows(sorted(bins)):
        high = last - first + 1
        if kind == "silent":
            out.append(f"M0 {first}h{WIDTH}v{high}H0z")
        elif kind == "cites":
            out += [f"M6 {place}h4" for place in range(first, last + 1)]
        else:
            out.append(f"M{_AT[kind]} {first}v{high}")
    return "".join(out)


# The middle of the bar of each kind.
_AT = {"likely": 2, "strong": 2, "credited": 5, "marks": 7, "claims": 9}


def _rows(numbers: Sequence[int]) -> Iterable[Range]:
    for _, row in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        inside = [number for _, number in row]
        yield inside[0], inside[-1]


def _stretches(
    length: int, paragraphs: Sequence[Said], speaking: Sequence[Joined], mute: Sequence[Silence]
) -> Iterable[Stretch]:
    """The paragraphs that begin in each slice; a slice in which none begins belongs to the one before it."""
    begun: dict[int, list[int]] = {}
    for place, paragraph in enumerate(paragraphs):
        begun.setdefault(min(paragraph.start * STRETCHES // max(length, 1), STRETCHES - 1), []).append(place)
    silent = {place for row in mute for place in range(row.first, row.last + 1)}
    starts = [passage.start for passage in speaking]
    slices = sorted(begun)
    for index, first in enumerate(slices):
        places = begun[first]
        after = slices[index + 1] if index + 1 < len(slices) else STRETCHES
        one, other = paragraphs[places[0]], paragraphs[places[-1]]
        yield Stretch(
            one.number,
            other.number,
            after - (first if index else 0),
            bisect_left(starts, other.end) - bisect_left(starts, one.start),
            silent.issuperset(places),
        )
