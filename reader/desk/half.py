"""One half of the page: a text, the place where it is opened, and the addresses that lead on from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from reader.desk.fetch import Text
from reader.desk.places import Stretch, chunk_of, opened_at

OTHER = {"left": "right", "right": "left"}
SHOWN_AT_MOST = 40_000
CHUNKS_AT_MOST = 3


@lru_cache(maxsize=4096)
def url(name: str, *args: str) -> str:
    """The address of a view, looked up once."""
    return reverse(name, args=args)


@dataclass(frozen=True, slots=True)
class Half:
    """A text on its side; beside is the text of the other half.

    places are those of both sides, and the key of the view that the page is opened with, if any.
    """

    side: str
    text: Text
    places: dict[str, str]
    chunks: Sequence[Stretch] = ()
    shown: range = range(0)
    beside: Text | None = None

    @property
    def place(self) -> str:
        """The anchor at which it is opened."""
        return self.places.get(self.side, "")

    @property
    def length(self) -> int:
        """Code points from the beginning of the text to the end of its last block."""
        return self.chunks[-1].end if self.chunks else 0

    def ranges(self) -> list[tuple[int, int]]:
        """Where the blocks of what is shown lie, and where the notes; one stretch where they meet."""
        shown = [self.chunks[position] for position in self.shown]
        if not shown:
            return []
        first, last = 0 if self.shown.start == 0 else shown[0].start, shown[-1].end
        notes = [(one.note_start, one.note_end) for one in shown if one.note_start is not None]
        if not notes:
            return [(first, last)]
        start, end = min(start for start, _ in notes), max(end or 0 for _, end in notes)
        # A newline parts them.
        return [(first, end)] if start <= last + 1 else [(first, last), (start, end)]

    def at(self, anchor: str) -> str:
        """The query of this page with this half opened at the anchor."""
        other = OTHER[self.side]
        kept = f"{other}={self.places[other]}&" if self.places.get(other) else ""
        view = f"view={self.places['view']}&" if "view" in self.places else ""
        return f"?{view}{kept}{self.side}={anchor}#{self.side}-{anchor}"

    def sections_shown(self) -> range:
        """The positions of the sections whose headings are on the page."""
        if not self.shown:
            return range(0)
        before = self.chunks[self.shown.start - 1].last_section if self.shown.start else 0
        return range((before or 0) + 1, (self.chunks[self.shown.stop - 1].last_section or 0) + 1)

    def whole(self) -> str:
        """The query of this page with every part of its texts; nothing where they are there already."""
        return f"{opened_at({**self.places, 'whole': '1'})}" if len(self.shown) < len(self.chunks) else ""

    def alone(self) -> str:
        """This text alone, at its place."""
        return with_places(url("desk:read", self.text.slug), {"left": self.place})

    def compare(self) -> str:
        """What the texts have in common, left and right as they are here; nothing for one text alone."""
        if self.beside is None:
            return ""
        pair = (self.text.slug, self.beside.slug)
        return url("compare:parallels", *(pair if self.side == "left" else pair[::-1]))

    def without(self) -> str:
        """The other text alone, at its place; the shelf has to do where there is none."""
        if self.beside is None:
            return url("library:shelf")
        return with_places(
            url("desk:read", self.beside.slug), {"left": self.places.get(OTHER[self.side], "")}
        )

    def facing(self, slug: str, anchor: str = "", other: str = "") -> str:
        """Another text in the other half, at its anchor, and this one where it is, or at the anchor."""
        pair = (self.text.slug, slug) if self.side == "left" else (slug, self.text.slug)
        here = anchor or self.place
        places = {self.side: here, OTHER[self.side]: other}
        aim = f"#{self.side}-{here}" if here else ""
        return with_places(url("desk:facing", *pair), dict(sorted(places.items()))) + aim

    def choose(self) -> str:
        """The list of texts that may take the place of this one, or stand beside it where it is alone."""
        if self.beside is None:
            return with_places(url("desk:choose", self.text.slug), {"left": self.place})
        other = OTHER[self.side]
        kept = {other: self.places.get(other, ""), "side": self.side}
        return with_places(url("desk:choose", self.beside.slug), kept)


def opened(place: str, revision: int, chunks: Sequence[Stretch], *, whole: bool) -> range:
    """The positions of the chunks that a page shows: the one with the place, and those after it that fit."""
    if whole:
        return range(len(chunks))
    first = chunk_of(place, revision, chunks)
    last = first + 1
    length = sum(chunk.length for chunk in chunks[first:last])
    while last < min(len(chunks), first + CHUNKS_AT_MOST) and length + chunks[last].length <= SHOWN_AT_MOST:
        length += chunks[last].length
        last += 1
    return range(first, last)


def with_places(path: str, places: dict[str, str]) -> str:
    """The address of a page with its halves opened at these places."""
    query = opened_at(places)
    return path + query if len(query) > 1 else path
