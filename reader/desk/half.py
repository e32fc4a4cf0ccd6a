"""One half of the page: a text, the place where it is opened, and the addresses that lead on from there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.urls import reverse

from reader.desk.places import Stretch, chunk_of, opened_at
from reader.library.models import Document

OTHER = {"left": "right", "right": "left"}
SHOWN_AT_MOST = 60_000


@lru_cache(maxsize=4096)
def url(name: str, *args: str) -> str:
    """The address of a view, looked up once."""
    return reverse(name, args=args)


@dataclass(frozen=True, slots=True)
class Half:
    """A text on its side; places are those of both sides; beside is the text of the other half."""

    side: str
    document: Document
    places: dict[str, str]
    chunks: Sequence[Stretch] = ()
    shown: frozenset[int] = field(default_factory=frozenset)
    beside: Document | None = None

    @property
    def place(self) -> str:
        """The anchor at which it is opened."""
        return self.places.get(self.side, "")

    @property
    def revision(self) -> int:
        """The key of the revision that is read."""
        return self.document.current_id or 0

    def at(self, anchor: str) -> str:
        """The query of this page with this half opened at the anchor."""
        return f"{opened_at({**self.places, self.side: anchor})}#{self.side}-{anchor}"

    def alone(self) -> str:
        """This text alone, at its place."""
        return _at(url("desk:read", self.document.slug), {"left": self.place})

    def without(self) -> str:
        """The other text alone, at its place; the shelf has to do where there is none."""
        if self.beside is None:
            return url("library:shelf")
        return _at(url("desk:read", self.beside.slug), {"left": self.places.get(OTHER[self.side], "")})

    def facing(self, slug: str, anchor: str = "") -> str:
        """Another text in the other half, and this one where it is, or at the anchor."""
        pair = (self.document.slug, slug) if self.side == "left" else (slug, self.document.slug)
        here = anchor or self.place
        return _at(url("desk:facing", *pair), {self.side: here}) + (f"#{self.side}-{here}" if here else "")

    def choose(self) -> str:
        """The list of texts that may take the place of this one, or stand beside it where it is alone."""
        if self.beside is None:
            return _at(url("desk:choose", self.document.slug), {"left": self.place})
        other = OTHER[self.side]
        kept = {other: self.places.get(other, ""), "side": self.side}
        return _at(url("desk:choose", self.beside.slug), kept)


def chunks_around(at: int, chunks: Sequence[Stretch], at_most: int = SHOWN_AT_MOST) -> frozenset[int]:
    """The positions of the chunks to show: the one asked for, and those after it while there is room."""
    shown = {at}
    length = chunks[at].length if at < len(chunks) else 0
    for chunk in chunks[at + 1 :]:
        length += chunk.length
        if length > at_most:
            break
        shown.add(chunk.position)
    return frozenset(shown)


def opened(place: str, revision: int, chunks: Sequence[Stretch], *, whole: bool) -> frozenset[int]:
    """The positions of the chunks that a page opened at this place shows."""
    if whole:
        return frozenset(chunk.position for chunk in chunks)
    return chunks_around(chunk_of(place, revision, chunks), chunks)


def _at(path: str, places: dict[str, str]) -> str:
    query = opened_at(places)
    return path + query if len(query) > 1 else path
