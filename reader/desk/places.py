"""Places in a text as addresses write them: "p12", "s3", "n8", "m8", "b4", "f0", "c2"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from reader.library.models import Paragraph

_ANCHOR = re.compile(r"[psnmbfc]\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A chunk of a text without its words; positions and offsets as in Chunk."""

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
    notes: Sequence[int]

    @property
    def length(self) -> int:
        """Code points of its blocks."""
        return self.end - self.start


FIELDS = tuple(Stretch.__dataclass_fields__)


def anchor(value: str | None) -> str:
    """The value where it is an anchor, else nothing."""
    return value if value and _ANCHOR.fullmatch(value) else ""


def opened_at(places: dict[str, str]) -> str:
    """The query that opens each half at its place: {"left": "p3"} gives "?left=p3"."""
    return "?" + urlencode({side: place for side, place in places.items() if place})


def chunk_of(place: str, revision: int, chunks: Sequence[Stretch]) -> int:
    """The position of the chunk that holds a place, 0 where there is none; one query for "b" and "f"."""
    if not place:
        return 0
    number = int(place[1:])
    tests: dict[str, Callable[[Stretch], bool]] = {
        "c": lambda chunk: chunk.position == number,
        "p": lambda chunk: chunk.last_number is not None and chunk.last_number >= number,
        "s": lambda chunk: chunk.last_section is not None and chunk.last_section >= number,
        "n": lambda chunk: number - 1 in chunk.notes,
        "m": lambda chunk: chunk.last_mark is not None and chunk.last_mark >= number - 1,
    }
    if place[0] in tests:
        return _first(chunks, tests[place[0]])
    blocks = Paragraph.objects.filter(revision=revision).order_by("position")
    named = blocks.filter(position=number) if place[0] == "b" else blocks.filter(figure=number)
    start = named.values_list("start", flat=True).first()
    return _first(chunks, lambda chunk: start is not None and chunk.end > start)


def _first(chunks: Sequence[Stretch], holds: Callable[[Stretch], bool]) -> int:
    return next((chunk.position for chunk in chunks if holds(chunk)), 0)
