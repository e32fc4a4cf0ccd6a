"""What the cards beside marks show, read in a few queries however many marks there are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from django.db.models import Count, F, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber, Substr

from reader.annotate.bylines import shown_names
from reader.annotate.models import Annotation, Code, Layer, Tag, Target
from reader.desk.ends import END, OF_SILENCE, OF_TARGETS, QUOTE_SHOWN, End
from reader.library.passages import Passage
from reader.library.prepared import NUMBERS, Prepared, rows_of_all
from reader.library.querysets import Reader
from reader.people.models import User

CARDS_AT_MOST = 40
# Markup and addresses of links count, too: nobody makes a card of a megabyte.
HTML_AT_MOST = 3_000
REPLIES_SHOWN = 2

_FIELDS = (
    "annotation",
    "annotation__kind",
    "annotation__look",
    "by_key",
    "by_first",
    "by_last",
    "by_username",
    "annotation__layer__kind",
    "annotation__layer__group__name",
    "annotation__meaning__name",
    "words",
    "annotation__version",
    "made",
    "edited",
    "answered",
    "annotation__answer",
    "passage__start",
    "passage__end",
    "quote",
    "passage__revision",
    "passage__revision__number",
    "passage__document__slug",
    "passage__document__language",
    "annotation__relation",
    "annotation__hidden_at",
)
# What a row of a card's codes, replies and passages tells of.
CODE, REPLY = "code", "reply"
SILENT = Annotation.Relation.SILENT


@dataclass(slots=True)
class Reply:
    """One of the last replies to an annotation; html may be cut anywhere."""

    pk: int
    author: str
    html: str
    made_at: datetime


@dataclass(slots=True)
class Card:
    """An annotation at one of its passages, with what its card shows; html may be cut anywhere.

    author is a key, None where the person has left, or who it is is not shown; layer says for whose eyes it
    is, "" for everybody's; replies are the last of count. A hidden one is its author's alone.
    """

    pk: int
    kind: str
    look: str
    author: int | None
    name: str
    layer: str
    meaning: str | None
    html: str
    version: int
    made_at: datetime
    edited_at: datetime | None
    answered_at: datetime | None
    answer: int | None
    start: int
    end: int
    quote: str
    revision: int
    number: int
    slug: str
    language: str
    relation: str = ""
    hidden_at: object = None
    codes: list[tuple[str, str]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    count: int = 0
    ends: list[End] = field(default_factory=list)

    def __hash__(self) -> int:
        """Enough to tell most apart; cards are equal where all that they show is."""
        return hash((self.pk, self.version, self.start, self.count))


def rows_of(user: Reader, targets: "QuerySet[Target]") -> "QuerySet[Target, tuple[Any, ...]]":
    """The rows that card() takes, in text order, with authors as far as this person may know them."""
    shown = targets.annotate(
        **shown_names(user, "annotation__"),
        words=Substr("annotation__html", 1, HTML_AT_MOST + 1),
        made=_text("annotation__made_at"),
        edited=_text("annotation__edited_at"),
        answered=_text("annotation__answered_at"),
        quote=Substr("passage__exact", 1, QUOTE_SHOWN + 1),
    )
    return shown.order_by("passage__start", "passage__end", "annotation").values_list(*_FIELDS)


def card(row: Sequence[Any]) -> Card:
    """The card of a row, whether Django read it or the database gave it as it stands."""
    (pk, kind, look, author, *names), rest = row[:7], row[15:]
    layer, meaning, html, version = layer_shown(*row[7:9]), *row[9:12]
    made_at, edited_at, answered_at = map(_moment, row[12:15])
    if made_at is None:
        raise TypeError("An annotation was made at some time.")
    about = pk, kind, look, author, name_of(*names), layer, meaning, html, version
    return Card(*about, made_at, edited_at, answered_at, *rest)


def cards_of(user: Reader, annotations: Collection[int]) -> list[Card]:
    """The cards of these annotations in text order, one in each text, as far as this person may see them.

    Two queries.
    """
    there = Annotation.objects.visible_to(user).filter(pk__in=annotations)
    rows = rows_of(user, Target.objects.filter(annotation__in=there, passage__revision__isnull=False))
    return filled(user, once(map(card, rows)))


def once(cards: Iterable[Card]) -> list[Card]:
    """Of several passages of an annotation in one text, the first has the card."""
    found: dict[tuple[int, str], Card] = {}
    for each in cards:
        found.setdefault((each.pk, each.slug), each)
    return list(found.values())


def new_card(by: User, annotation: Annotation, passage: Passage, codes: Sequence[Code], slug: str) -> Card:
    """The card of an annotation that this person just made; no query."""
    return Card(
        pk=annotation.pk,
        kind=annotation.kind,
        look=annotation.look,
        author=by.pk,
        name=by.name,
        layer=layer_shown(annotation.layer.kind, getattr(annotation.layer.group, "name", None)),
        meaning=annotation.meaning.name if annotation.meaning else None,
        html=annotation.html,
        version=annotation.version,
        made_at=annotation.made_at,
        edited_at=None,
        answered_at=None,
        answer=None,
        start=passage.start,
        end=passage.end,
        quote=passage.exact[: QUOTE_SHOWN + 1],
        revision=passage.revision_id or 0,
        number=passage.revision.number if passage.revision else 0,
        slug=slug,
        language="",
        codes=[(code.name, code.look) for code in codes],
    )


def filled(user: Reader, cards: list[Card]) -> list[Card]:
    """The cards with codes, last replies, and passages of claims; one query for CARDS_AT_MOST annotations."""
    known: dict[int, list[Card]] = {}
    for each in cards:
        known.setdefault(each.pk, []).append(each)
    keys = list(known)
    for first in range(0, len(keys), CARDS_AT_MOST):
        some = _padded(keys[first : first + CARDS_AT_MOST])
        statements = [_CODES.filled(None, some), _REPLIES.filled(user, some)]
        if claims := _padded([pk for pk in some if known[pk][0].relation]):
            statements.append(OF_TARGETS.filled(user, claims))
        if silent := _padded([pk for pk in claims if known[pk][0].relation == SILENT]):
            statements.append(OF_SILENCE.filled(user, silent))
        for of, what, *values in sorted(rows_of_all(statements), key=itemgetter(0, 2)):
            for each in known[of]:
                _add(each, what, *values)
    return cards


def _padded(keys: list[int]) -> list[int]:
    """One statement for any number of cards: what is missing is the last of them once more."""
    return keys[:CARDS_AT_MOST] + keys[-1:] * (CARDS_AT_MOST - len(keys))


def _add(
    card: Card,
    what: str,
    place: int,
    number: int,
    other: int,
    name: str | None,
    last: str | None,
    username: str | None,
    html: str | None,
    more: datetime | str | None,
) -> None:
    """A code (its hue, pattern and name), a reply (their count, its key, its author's names …), or an end."""
    if what == END:
        words = (name or "", last or "", username or "", html or "", str(more or ""))
        card.ends.append(End(place, number, *words))
    elif what == CODE:
        card.codes.append((name or "", f"hue-{number} pattern-{other}"))
    elif made := _moment(more):
        card.count = number
        card.replies.append(Reply(other, name_of(name, last, username), html or "", made))


def _codes(user: Reader, cards: Sequence[int]) -> "QuerySet[Any, Any]":
    tags = Tag.objects.filter(annotation__in=cards, code__deleted_at__isnull=True).order_by()
    nothing = [Cast(Value(None), TextField()) for _ in range(4)]
    return tags.annotate(place=F("position") + 0).values_list(
        "annotation",
        Value(CODE, TextField()),
        "place",
        "code__hue",
        "code__pattern",
        "code__name",
        *nothing,
    )


def _replies(user: Reader, cards: Sequence[int]) -> "QuerySet[Any, Any]":
    there = Annotation.objects.replies_seen_by(user).filter(parent__in=cards)
    replies = there.annotate(
        **shown_names(user),
        count=Window(Count("pk"), partition_by=F("parent")),
        # The last one has 0, those before it less.
        place=1 - Window(RowNumber(), order_by=("-made_at", "-pk"), partition_by=F("parent")),
        words=Substr("html", 1, HTML_AT_MOST + 1),
    )
    return (
        replies.filter(place__gt=-REPLIES_SHOWN)
        .order_by()
        .values_list(
            "parent",
            Value(REPLY, TextField()),
            "place",
            "count",
            "pk",
            "by_first",
            "by_last",
            "by_username",
            "words",
            _text("made_at"),
        )
    )


_CODES = Prepared(_codes, NUMBERS)
_REPLIES = Prepared(_replies, NUMBERS)


def name_of(first: str | None, last: str | None, username: str | None) -> str:
    """What User.name is for a person of these names; nothing for somebody who left."""
    return f"{first or ''} {last or ''}".strip() or username or ""


def layer_shown(kind: str, group: str | None) -> str:
    """What a card says of the layer: nothing where it is for everybody."""
    if kind == Layer.Kind.PUBLIC:
        return ""
    return group or Layer.Kind(kind).label


def _text(moment: str) -> Cast:
    """A time as text: read by _moment() far faster than by a database's converter."""
    return Cast(moment, TextField())


def _moment(value: datetime | str | None) -> datetime | None:
    """A time as Django reads it: SQLite keeps it as text, in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value
