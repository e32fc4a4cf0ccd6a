"""Cards: what stands in the margin beside a mark, put together as strings like the leaves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reader.annotate.models import Annotation, Target
from reader.library.querysets import Reader

BODY_SHOWN = 600
REPLY_SHOWN = 300
QUOTE_SHOWN = 120
REPLIES_SHOWN = 2

# A form of the desk's page that every card's buttons send: it holds the token once.
FORM = "act"

_FIELDS = (
    "annotation",
    "annotation__kind",
    "annotation__look",
    "annotation__author",
    "annotation__layer__kind",
    "annotation__meaning__name",
    "annotation__html",
    "annotation__made_at",
    "annotation__edited_at",
    "annotation__answered_at",
    "annotation__answer",
    "passage__start",
    "passage__end",
    "passage__exact",
    "passage__revision__number",
    "passage__document__slug",
)


@dataclass(slots=True)
class Card:
    """An annotation at one of its passages, with what its card shows; author is a key, None where it left."""

    pk: int
    kind: str
    look: str
    author: int | None
    layer: str
    meaning: str | None
    html: str
    made_at: datetime
    edited_at: datetime | None
    answered_at: datetime | None
    answer: int | None
    start: int
    end: int
    exact: str
    revision: int
    slug: str
    name: str = ""
    codes: list[tuple[str, str]] = field(default_factory=list)
    replies: "list[Reply]" = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """One of the last replies to an annotation."""

    pk: int
    author: str
    own: bool
    html: str
    made_at: datetime
    edited_at: datetime | None


def cards_of(user: Reader, annotations: Collection[int]) -> list[Card]:
    """The cards of these annotations, in text order, as far as this person may see them; four queries."""
    there = Annotation.objects.visible_to(user).filter(pk__in=annotations)
    rows = Target.objects.filter(annotation__in=there, passage__revision__isnull=False)
    found: dict[int, Card] = {}
    for row in rows.order_by("passage__start", "passage__end", "annotation").values_list(*_FIELDS):
        found.setdefault(row[0], Card(*row))
    return filled(user, list(found.values()))


def filled(user: Reader, cards: Sequence[Card]) -> list[Card]:
    """The cards with their authors' names, codes and replies; a query for each of these that there are."""
    return list(cards)


def card_html(card: Card, user: Reader, side: str) -> str:
    """One card; side is that of its leaf."""
    own = user.is_authenticated and card.author == user.pk
    classes = " ".join(filter(None, ("card", card.look, f"kind-{card.kind}", "own" if own else "")))
    return (
        f'<article class="{classes}" id="{side}-a{card.pk}" data-annotation="{card.pk}"'
        f' data-start="{card.start}" data-end="{card.end}" data-layer="{card.layer}" tabindex="-1">\n'
        f'<div class="body" dir="auto">{card.html}</div></article>\n'
    )
