"""What a reader looked for, as places in the open texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.desk.fetch import Text
from reader.desk.finding import Query, block_end, fold, hits, parse, pieces
from reader.desk.half import OTHER
from reader.desk.places import opened_at
from reader.library.models import Footnote, Paragraph, Revision

SHOWN_AT_MOST = 50
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A block that has the words: its address, its section or note, and its words (True: asked for)."""

    address: str
    where: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one text; count may be more than the places shown."""

    side: str
    text: Text
    count: int
    places: list[Place]

    @property
    def more(self) -> int:
        """How many places are not shown."""
        return self.count - len(self.places)


def find(words: str, texts: Sequence[Text], desk: str, places: dict[str, str]) -> list[Found]:
    """The places of the words in each text, left before right; desk is the address of the page of both."""
    query = parse(words[:LONGEST_QUERY])
    sides = ("left", "right")[: len(texts)]
    if not query.wanted:
        return [Found(side, text, 0, []) for side, text in zip(sides, texts, strict=True)]
    bodies = dict(Revision.objects.filter(pk__in=[text.revision for text in texts]).values_list("pk", "text"))
    return [
        _in_text(query, side, text, bodies[text.revision], desk, places)
        for side, text in zip(sides, texts, strict=True)
    ]


def _in_text(query: Query, side: str, text: Text, body: str, desk: str, places: dict[str, str]) -> Found:
    starts = _starts(text.revision)
    folded = fold(body)
    found = hits(folded, query, starts)
    shown = found[:SHOWN_AT_MOST]
    named = _named(text.revision, [starts[hit.block] for hit in shown])
    kept = {OTHER[side]: places.get(OTHER[side], "")}
    out = []
    for hit in shown:
        start = starts[hit.block]
        anchor, where = named[start]
        address = f"{desk}{opened_at({**kept, side: anchor})}#{side}-{anchor}"
        block = range(start, block_end(body, starts, hit.block))
        out.append(Place(address, where, pieces(body, folded, query, hit, block)))
    return Found(side, text, len(found), out)


def _starts(revision: int) -> list[int]:
    """Where every block and every note begins."""
    blocks = Paragraph.objects.filter(revision=revision).order_by("start").values_list("start", flat=True)
    notes = Footnote.objects.filter(revision=revision).order_by("start").values_list("start", flat=True)
    return [*blocks, *notes]


def _named(revision: int, starts: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The anchor of each block or note that begins at these offsets, and its section or note in words."""
    named: dict[int, tuple[str, str]] = {}
    rows = Paragraph.objects.filter(revision=revision, start__in=starts).values_list(
        "start", "number", "position", "section__position", "section__start", "section__title"
    )
    for start, number, position, section, section_start, title in rows:
        if number is not None:
            anchor = f"p{number}"
        else:
            anchor = f"s{section}" if section_start == start else f"b{position}"
        named[start] = anchor, title or ""
    notes = Footnote.objects.filter(revision=revision, start__in=starts)
    for start, position, label in notes.values_list("start", "position", "label"):
        named[start] = f"n{position + 1}", f"Note {label}"
    return named
