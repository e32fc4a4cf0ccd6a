"""The rows of who says what as the page shows them: each sentence with its figure, and the way there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from reader.compare.facts import Facts, Mention, Row, facts
from reader.compare.figured.figures import Block
from reader.compare.ways import at
from reader.library.models import Document, Paragraph, Revision

KINDS = {"date": "Dates", "number": "Numbers", "name": "Names"}
# Blocks that say something in sentences: no headings, and neither tables nor notes.
_SAYING = ("paragraph", "item", "quote", "caption")
# So much of a sentence is shown before its figure, and as much behind.
_AROUND = 240
# Of a name so many sentences are shown, and its other paragraphs as links.
_SENTENCES = 1


@dataclass(frozen=True, slots=True)
class Way:
    """A figure or name and its paragraph, and the desk with both texts opened at the row."""

    words: str
    where: str
    address: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in pieces (True: marked), and the ways to what is marked in it."""

    ways: list[Way]
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Side:
    """What one text says in a row: with their sentences, and the other paragraphs; count of all places."""

    text: Document
    said: list[Said]
    others: list[Way]
    count: int

    @property
    def is_more(self) -> bool:
        """Whether there are places without a sentence or a way."""
        return self.count > sum(len(said.ways) for said in self.said) + len(self.others)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page; why says in words what makes its figures one thing."""

    row: Row
    kind: str
    why: str
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Alone:
    """A name that one text alone has, the desk where it is first, and in how many places it stands."""

    name: str
    address: str
    count: int


Texts = tuple[Document, Document]


def lines(rows: Iterable[Row], texts: Texts) -> list[Line]:
    """The rows with everything that the page shows of them."""
    return [
        Line(row, KINDS[row.kind][:-1].lower(), _why(row), (_side(row, texts, 0), _side(row, texts, 1)))
        for row in rows
    ]


def alone(rows: Iterable[Row], texts: Texts, side: int) -> Iterator[Alone]:
    """The names of the left (0) or the right (1) text alone."""
    for row in rows:
        place = _mentions(row)[side][0].block.place
        places = {("left", "right")[side]: place}
        yield Alone(row.subject, at(texts[0].slug, texts[1].slug, **places), row.counts[side])


def _why(row: Row) -> str:
    if row.kind == "name":
        others = [name for name in row.variants if name != row.subject][:4]
        return f"Also {_listed(others)}" if others else ""
    return f"Both near {_listed(row.shared[:4])}" if row.shared else ""


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _mentions(row: Row) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    return row.left, row.right


def _side(row: Row, texts: Texts, side: int) -> Side:
    own, other = _mentions(row)[side], _mentions(row)[1 - side]
    facing = other[0].block.place if other else ""
    shown = _SENTENCES if row.kind == "name" else len(own)
    together = groupby(own[:shown], key=lambda one: (one.block.place, one.first))
    said = [_said(list(mentions), texts, side, facing) for _, mentions in together]
    others = [_way(one, texts, side, facing) for one in own[shown:]]
    return Side(texts[side], said, others, row.counts[side])


def _way(one: Mention, texts: Texts, side: int, facing: str) -> Way:
    place = one.block.place
    left, right = (place, facing) if side == 0 else (facing, place)
    where = f"paragraph {place[1:]}" if place.startswith("p") else "caption"
    address = at(texts[0].slug, texts[1].slug, left=left, right=right, eye=("left", "right")[side])
    return Way(one.words, where, address)


def _said(mentions: list[Mention], texts: Texts, side: int, facing: str) -> Said:
    """Mentions of one sentence, all marked in it."""
    text, begin, end = mentions[0].block.text, mentions[0].first, mentions[0].last
    pieces: list[tuple[str, bool]] = []
    for one in mentions:
        between = text[begin : one.start]
        pieces += [(between if pieces else _end_of(between), False), (one.words, True)]
        begin = one.end
    pieces.append((_start_of(text[begin:end]), False))
    return Said([_way(one, texts, side, facing) for one in mentions], pieces)


def _end_of(words: str) -> str:
    """The last words of these, as many as are shown."""
    return words if len(words) <= _AROUND else "… " + words[-_AROUND:].partition(" ")[2]


def _start_of(words: str) -> str:
    return words if len(words) <= _AROUND else words[:_AROUND].rpartition(" ")[0] + " …"


def facts_of(texts: Texts) -> Facts:
    """What two texts say, in their current revisions; one query, and four more where it is not known yet."""
    keys = [text.current_id or 0 for text in texts]
    known = {
        row[0]: row for row in Revision.objects.filter(pk__in=keys).values_list("pk", "sha256", "language")
    }
    return _facts(known[keys[0]], known[keys[1]])


@lru_cache(maxsize=32)
def _facts(left: tuple[int, str, str], right: tuple[int, str, str]) -> Facts:
    """Kept, as revisions never change; the bytes that they came from tell them from others with their key."""
    return facts(_blocks(left[0]), _blocks(right[0]), (left[2], right[2]))


def _blocks(revision: int) -> list[Block]:
    text = Revision.objects.values_list("text", flat=True).get(pk=revision)
    rows = (
        Paragraph.objects.filter(revision=revision, kind__in=_SAYING)
        .order_by("position")
        .values_list("number", "position", "start", "end", "section__title")
    )
    return [
        Block(f"p{number}" if number else f"b{position}", text[start:end], title or "")
        for number, position, start, end, title in rows
    ]
