"""What a shared layer draws over a text, kept as marks change."""

from collections.abc import Iterable
from typing import NamedTuple


class Drawn(NamedTuple):
    """A mark as the page draws it: a stretch of a revision that a person marked in a shared layer."""

    layer: int
    revision: int
    start: int
    end: int
    person: int | None
    annotation: int
    look: str
    kind: str


def redraw(*, removed: Iterable[Drawn], added: Iterable[Drawn]) -> None:
    """Let what the layers draw say that these marks are gone and those are there.

    Called inside the transaction that writes them, after the rows are written; marks in private layers are
    not given.
    """


def rebuild(*, layer: int, revision: int) -> None:
    """Draw a shared layer over a whole revision again, from its annotations."""
