"""Places in a text as addresses write them: "p12", "s3", "n8", "m8", "b4", "f0", "c2"."""

import json
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from reader.http import whole
from reader.library.models import Paragraph

NAME_AT_MOST = 160

_ANCHOR = re.compile(r"[psnmbfc]\d{1,9}", re.ASCII)


class Stretch(NamedTuple):
    """A chunk of a text without its words, as the database gives it; positions and offsets as in Chunk."""

    revision: int
    position: int
    start: int
    end: int
    first_number: int | None
    last_number: int | None
    first_section: int | None
    last_section: int | None
    first_mark: int | None
    last_mark: int | None
    # JSON of sorted positions, parsed where it is needed: a book has a hundred chunks and a page shows two.
    notes: str
    note_start: int | None
    note_end: int | None

    @property
    def length(self) -> int:
        """Code points of its blocks."""
        return self.end - self.start

    def note_positions(self) -> list[int]:
        """The positions of the notes at its end."""
        found: list[int] = json.loads(self.notes)
        return found

    def note_ends(self) -> tuple[int, int] | None:
        """The first and the last of these positions."""
        inside = self.notes.strip("[] ")
        return (int(inside.partition(",")[0]), int(inside.rpartition(",")[2])) if inside else None


def anchor(value: str | None) -> str:
    """The value where it is an anchor, else nothing."""
    return value if value and _ANCHOR.fullmatch(value) else ""


def number(value: str | None, *, least: int) -> int:
    """The whole number that an address names, at least so much."""
    return max(whole(value) or 0, least)


def opened_at(places: dict[str, str]) -> str:
    """The query that opens each half at its place: {"left": "p3"} gives "?left=p3"."""
    return "?" + urlencode({side: place for side, place in places.items() if place})


def chunk_of(place: str, revision: int, chunks: Sequence[Stretch]) -> int:
    """The position of the chunk that holds a place, 0 where there is none; one query for "b" and "f"."""
    if not place:
        return 0
    kind, number = place[0], int(place[1:])
    if kind == "c":
        return number if number < len(chunks) else 0
    if kind == "p":
        return _first(chunks, lambda chunk: (chunk.last_number or 0) >= number)
    if kind == "s":
        return _first(chunks, lambda chunk: (chunk.last_section or 0) >= number)
    if kind == "n":
        return _first(chunks, lambda chunk: number - 1 in chunk.note_positions())
    if kind == "m":
        return _first(chunks, lambda chunk: chunk.last_mark is not None and chunk.last_mark >= number - 1)
    blocks = Paragraph.objects.filter(revision=revision).order_by("position")
    named = blocks.filter(position=number) if kind == "b" else blocks.filter(figure=number)
    start = named.values_list("start", flat=True).first()
    return _first(chunks, lambda chunk: start is not None and chunk.end > start)


def _first(chunks: Sequence[Stretch], holds: Callable[[Stretch], bool]) -> int:
    return next((chunk.position for chunk in chunks if holds(chunk)), 0)


def shortened(title: str) -> str:
    """A title that fits a line or two."""
    return title if len(title) <= NAME_AT_MOST else title[: NAME_AT_MOST - 1].rstrip() + "…"
