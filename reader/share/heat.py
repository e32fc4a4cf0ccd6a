"""A text as a heat map of a class: how many of it marked each paragraph, from what is kept of its layer.

Never from the marks themselves: fifty thousand of them cost no more than fifty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reader.annotate import density
from reader.annotate.models import Crowd, Layer, Shade
from reader.library.models import Document, Paragraph
from reader.people.class_models import Class

PARAGRAPHS_ON_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Warm:
    """A block of a text: its number (None for headings and the like), its words, and who marked it.

    level is 0 where nobody did, else 1 to 4 by the people of the class who marked the text.
    """

    number: int | None
    anchor: str
    kind: str
    words: str
    people: int
    marks: int
    notes: int
    questions: int
    level: int


@dataclass(frozen=True, slots=True)
class Heat:
    """A page of the blocks of a text, of which there are count in all; people marked any of it."""

    blocks: list[Warm]
    people: int
    count: int


def heat(group: Class, text: Document, page: int) -> Heat:
    """That of a class on the current revision of a text; page counts from 0. Five queries."""
    revision = text.current
    if revision is None:
        return Heat([], 0, 0)
    layer = Layer.objects.filter(kind=Layer.Kind.CLASS, group=group)
    all_of_it = Paragraph.objects.filter(revision=revision)
    first = page * PARAGRAPHS_ON_A_PAGE
    blocks = list(all_of_it.order_by("position")[first : first + PARAGRAPHS_ON_A_PAGE])
    shades = Shade.objects.filter(layer__in=layer, revision=revision)
    here = shades.filter(start__gte=blocks[0].start, start__lt=blocks[-1].end) if blocks else shades.none()
    rows = list(here.order_by("start").values("start", "people", "marks", "notes", "questions"))
    crowd = Crowd.objects.filter(layer__in=layer, revision=revision).values_list("people", "scale").first()
    people, scale = crowd or (0, density.scale(0))
    return Heat([_warm(one, rows, revision.text, scale) for one in blocks], people, all_of_it.count())


def _warm(block: Paragraph, rows: Sequence[Any], text: str, scale: int) -> Warm:
    """A block with what is kept of its runs: a table has one for each cell, of which the warmest counts."""
    own = [row for row in rows if block.start <= row["start"] < block.end and row["marks"]]
    people = max((row["people"] for row in own), default=0)
    return Warm(
        block.number,
        f"p{block.number}" if block.number else "",
        block.kind,
        text[block.start : block.end],
        people,
        sum(row["marks"] for row in own),
        sum(row["notes"] for row in own),
        sum(row["questions"] for row in own),
        density.level(people, scale),
    )
