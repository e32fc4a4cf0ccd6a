"""What is written at a place of a text, the newest discussion first: what no margin has room for."""

from collections.abc import Sequence

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from reader.annotate.models import Annotation, Target
from reader.annotate.placing import LONGEST, NotPlaced, revision_of
from reader.desk.back import back_of
from reader.desk.card import card_html
from reader.desk.cards import Card, cards_of
from reader.desk.lens import reader_of
from reader.http import NUMBER_AT_MOST, part_or_page, whole
from reader.library import access
from reader.library.passages import FormerPlace
from reader.library.querysets import Reader

CARDS_ON_A_PAGE = 30


def notes_at(request: HttpRequest, slug: str) -> HttpResponse:
    """The cards at a place, some on a page; those who only highlighted come last."""
    document = access.readable(request, slug)
    first = whole(request.GET.get("from")) or 0
    last = whole(request.GET.get("to")) or NUMBER_AT_MOST
    skipped = whole(request.GET.get("skip")) or 0
    try:
        revision = revision_of(document, whole(request.GET.get("revision")))
    except NotPlaced:
        revision = revision_of(document, None)
    found = written_at(reader_of(request), revision.pk, first, last)
    keys = list(found.values_list("pk", flat=True)[skipped : skipped + CARDS_ON_A_PAGE + 1])
    back = back_of(request, slug)
    side = {"left": "left", "right": "right"}.get(request.GET.get("side", ""), back.side)
    order = {pk: place for place, pk in enumerate(keys[:CARDS_ON_A_PAGE])}
    cards = one_each(cards_of(reader_of(request), list(order)), slug)
    cards.sort(key=lambda card: order[card.pk])
    here = f"?from={first}&to={last}&side={side}"
    context = {
        "document": document,
        "cards": mark_safe("".join(card_html(card, request.user, side) for card in cards)),  # noqa: S308
        "count": len(cards),
        "skipped": skipped,
        "before": f"{here}&skip={max(skipped - CARDS_ON_A_PAGE, 0)}" if skipped else "",
        "after": f"{here}&skip={skipped + CARDS_ON_A_PAGE}" if len(keys) > CARDS_ON_A_PAGE else "",
        "back": back.query(),
    }
    return part_or_page(request, "desk/notes_at.html", "desk/_notes_at.html", context)


def one_each(cards: Sequence[Card], slug: str) -> list[Card]:
    """Of each annotation the card in this text, or, where it was on it once, in another."""
    found = {card.pk: card for card in sorted(cards, key=lambda card: card.slug == slug)}
    return list(found.values())


def written_at(user: Reader, revision: int, first: int, last: int) -> "QuerySet[Annotation]":
    """What this person may read of what touches text[first:last], the newest discussion first."""
    here = Target.objects.filter(
        passage__revision=revision,
        passage__start__lt=last,
        # No passage is longer: a book's index need not be walked from its beginning.
        passage__start__gt=first - LONGEST,
        passage__end__gt=first,
    )
    # On an older revision: also where they were.
    former = FormerPlace.objects.filter(
        revision=revision, start__lt=last, start__gt=first - LONGEST, end__gt=first
    )
    replies = Annotation.objects.replies_seen_by(user).filter(parent=OuterRef("pk")).order_by("-made_at")
    return (
        Annotation.objects.visible_to(user)
        .filter(Q(pk__in=here.values("annotation")) | Q(pk__in=former.values("passage__targets__annotation")))
        .annotate(
            silent=Q(kind=Annotation.Kind.HIGHLIGHT, html=""),
            last=Coalesce(Subquery(replies.values("made_at")[:1]), F("made_at")),
        )
        .order_by("silent", "-last", "-pk")
    )
