"""What the cards beside marks show, read in a few queries however many marks there are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber, Substr

from reader.annotate.models import Annotation, Code, Tag, Target
from reader.library.passages import Passage
from reader.library.querysets import Reader
from reader.people.models import User

QUOTE_SHOWN = 90
# Markup and addresses of links count, too: nobody makes a card of a megabyte.
HTML_AT_MOST = 3_000
REPLIES_SHOWN = 2

_FIELDS = (
    "annotation",
    "annotation__kind",
    "annotation__look",
    "annotation__author",
    "annotation__author__first_name",
    "annotation__author__last_name",
    "annotation__author__username",
    "annotation__layer__kind",
    "annotation__meaning__name",
    "words",
    "annotation__version",
    "annotation__made_at",
    "annotation__edited_at",
    "annotation__answered_at",
    "annotation__answer",
    "passage__start",
    "passage__end",
    "quote",
    "passage__revision",
    "passage__revision__number",
    "passage__document__slug",
    "passage__document__language",
)


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

    author is a key, None where the person has left; replies are the last of count.
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
    codes: list[tuple[str, str]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    count: int = 0


def rows_of(targets: "QuerySet[Target]") -> "QuerySet[Target, tuple[Any, ...]]":
    """The rows that card() takes, in text order."""
    shown = targets.annotate(
        words=Substr("annotation__html", 1, HTML_AT_MOST + 1),
        quote=Substr("passage__exact", 1, QUOTE_SHOWN + 1),
    )
    return shown.order_by("passage__start", "passage__end", "annotation").values_list(*_FIELDS)


def card(row: Sequence[Any]) -> Card:
    """The card of a row, whether Django read it or the database gave it as it stands."""
    (pk, kind, look, author, *names), (layer, meaning, html, version), rest = row[:7], row[7:11], row[14:]
    made_at, edited_at, answered_at = map(_moment, row[11:14])
    if made_at is None:
        raise TypeError("An annotation was made at some time.")
    about = pk, kind, look, author, name_of(*names), layer, meaning, html, version
    return Card(*about, made_at, edited_at, answered_at, *rest)


def cards_of(user: Reader, annotations: Collection[int]) -> list[Card]:
    """The cards of these annotations in text order, as far as this person may see them; three queries."""
    there = Annotation.objects.visible_to(user).filter(pk__in=annotations)
    rows = rows_of(Target.objects.filter(annotation__in=there, passage__revision__isnull=False))
    found: dict[int, Card] = {}
    for row in rows:
        found.setdefault(row[0], card(row))
    return filled(list(found.values()))


def new_card(by: User, annotation: Annotation, passage: Passage, codes: Sequence[Code], slug: str) -> Card:
    """The card of an annotation that this person just made; no query."""
    return Card(
        pk=annotation.pk,
        kind=annotation.kind,
        look=annotation.look,
        author=by.pk,
        name=by.name,
        layer=annotation.layer.kind,
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


def filled(cards: list[Card]) -> list[Card]:
    """The cards with their codes and last replies; two queries."""
    if cards:
        known = {each.pk: each for each in cards}
        _add_codes(known)
        _add_replies(known)
    return cards


def _add_codes(cards: dict[int, Card]) -> None:
    tags = Tag.objects.filter(annotation__in=cards, code__deleted_at__isnull=True)
    for pk, name, hue, pattern in tags.values_list("annotation", "code__name", "code__hue", "code__pattern"):
        cards[pk].codes.append((name, f"hue-{hue} pattern-{pattern}"))


def _add_replies(cards: dict[int, Card]) -> None:
    replies = Annotation.objects.filter(parent__in=cards, deleted_at__isnull=True).annotate(
        count=Window(Count("pk"), partition_by=F("parent")),
        place=Window(RowNumber(), order_by=("-made_at", "-pk"), partition_by=F("parent")),
        words=Substr("html", 1, HTML_AT_MOST + 1),
    )
    last = replies.filter(place__lte=REPLIES_SHOWN).order_by("made_at", "pk")
    rows: Iterable[Any] = last.values_list(
        "parent",
        "count",
        "pk",
        "author__first_name",
        "author__last_name",
        "author__username",
        "words",
        "made_at",
    )
    for parent, count, pk, *names, html, made_at in rows:
        cards[parent].count = count
        cards[parent].replies.append(Reply(pk, name_of(*names), html, made_at))


def name_of(first: str | None, last: str | None, username: str | None) -> str:
    """What User.name is for a person of these names; nothing for somebody who left."""
    return f"{first or ''} {last or ''}".strip() or username or ""


def _moment(value: datetime | str | None) -> datetime | None:
    """A time as Django reads it: SQLite keeps it as text, in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value
