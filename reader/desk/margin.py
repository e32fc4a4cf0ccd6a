"""The cards beside the texts of a page: some dozens in text order, however many marks there are."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, Subquery

from reader.annotate.models import Annotation, Target
from reader.annotate.querysets import visible_here
from reader.desk.card import card_html
from reader.desk.cards import CARDS_AT_MOST, Card, card, filled, once, rows_of
from reader.desk.half import Half, url
from reader.desk.places import Stretch
from reader.library.conditions import Among
from reader.library.lay import escape
from reader.library.passages import Passage
from reader.library.prepared import NUMBERS, Prepared, rows_of_all
from reader.library.querysets import Reader
from reader.people.lens import layers_of

# Of notes by others some may have been deleted, or moved to where only their author sees them.
LOOKED_AT = 2 * CARDS_AT_MOST

CHUNK_END = "</div>\n"
ENDLESS = 2**31 - 1

_SPEAKS = ~Q(annotation__kind=Annotation.Kind.HIGHLIGHT) | ~Q(annotation__html="")


def asides(user: Reader, halves: Sequence[Half], note: int = 0) -> dict[tuple[str, int], str]:
    """The cards of each chunk that is shown, by side and position, as HTML.

    One query where there are none, else two; note is the key of an annotation whose card must be there.
    """
    found = _cards(user, halves, note)
    if not any(found.values()):
        return {}
    chosen = _chosen(user, found, note)
    filled(user, [each for cards in chosen.values() for each in cards])
    out: dict[tuple[str, int], str] = {}
    for half in halves:
        by_chunk: dict[int, list[Card]] = {}
        for each in chosen[half.side]:
            by_chunk.setdefault(_chunk_of(each.start, half), []).append(each)
        more = len(found[half.side]) > len(chosen[half.side])
        for position, cards in by_chunk.items():
            out[half.side, position] = _aside(user, half, half.chunks[position], cards, note, more=more)
    return out


def with_aside(chunk: str, aside: str) -> str:
    """The HTML of a chunk with its cards at its end."""
    return f"{chunk.removesuffix(CHUNK_END)}{aside}{CHUNK_END}" if aside else chunk


def _cards(user: Reader, halves: Sequence[Half], note: int) -> dict[str, list[Card]]:
    """The cards that there are for each half, each once, in text order; one query."""
    statements = []
    for half in halves:
        revision = half.text.revision
        for first, last in half.ranges():
            if user.is_authenticated:
                statements.append(_OWN.filled(user, [revision, first, last]))
            statements.append(_SHARED.filled(user, [revision, first, last]))
        if note:
            statements.append(_NAMED.filled(user, [revision, note]))
    found = once(sorted(map(card, rows_of_all(statements)), key=_in_text_order))
    return {half.side: [each for each in found if each.revision == half.text.revision] for half in halves}


def _in_text_order(card: Card) -> tuple[int, int, int]:
    return card.start, card.end, card.pk


def _chosen(user: Reader, found: dict[str, list[Card]], note: int) -> dict[str, list[Card]]:
    """At most CARDS_AT_MOST: the one that was asked for, the reader's own, then those of others."""
    me = user.pk
    ranked = sorted(
        (
            ((each.pk != note, each.author != me, place), side, each)
            for side, cards in found.items()
            for place, each in enumerate(cards)
        ),
        key=lambda one: one[0],
    )
    kept: dict[str, list[Card]] = {side: [] for side in found}
    for _, side, each in ranked[:CARDS_AT_MOST]:
        kept[side].append(each)
    return {side: sorted(cards, key=_in_text_order) for side, cards in kept.items()}


def _chunk_of(start: int, half: Half) -> int:
    """The position of the shown chunk that holds a place: in its blocks, else among its notes."""
    shown = [half.chunks[position] for position in half.shown]
    for one in shown:
        if one.start <= start < one.end:
            return one.position
    for one in shown:
        if one.note_start is not None and one.note_start <= start < (one.note_end or 0):
            return one.position
    return shown[0].position


def _aside(user: Reader, half: Half, chunk: Stretch, cards: list[Card], note: int, *, more: bool) -> str:
    inside = "".join(card_html(each, user, half.side, lit=each.pk == note) for each in cards)
    if more:
        address = f"{url('desk:notes_at', half.text.slug)}?from={chunk.start}&to={chunk.end}"
        inside += f'<p class="more"><a href="{escape(address)}">All notes on this part</a></p>\n'
    label = f"Notes of readers on {half.text.name}"
    return f'<aside class="cards" lang="en" dir="ltr" aria-label="{escape(label)}">\n{inside}</aside>\n'


def _own(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    revision, first, last = values
    own = Target.objects.filter(_SPEAKS, annotation__author=user.pk, annotation__deleted_at__isnull=True)
    chosen = layers_of(user)
    if chosen is not None:
        own = own.filter(annotation__layer__in=chosen)
    return rows_of(user, _within(own, revision, first, last))[: CARDS_AT_MOST + 1]


def _shared(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    revision, first, last = values
    # A few notes among ten thousand highlights.
    noted = Passage.objects.filter(noted=True, revision=revision, start__gte=first, start__lt=last)
    there = noted.order_by("start", "end", "pk").values("pk")[:LOOKED_AT]
    here = Target.objects.filter(_SPEAKS, visible_here(user), Among(F("passage"), Subquery(there)))
    return rows_of(user, here)[: CARDS_AT_MOST + 1]


def _named(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    revision, pk = values
    here = Target.objects.filter(visible_here(user), annotation=pk)
    return rows_of(user, _within(here, revision, 0, ENDLESS))[:1]


def _within(targets: "QuerySet[Target]", revision: int, first: int, last: int) -> "QuerySet[Target]":
    """Those that begin in this stretch of a revision.

    A sum is in no index: the database begins with the few targets, not with all passages of the text.
    """
    reckoned = targets.annotate(on=F("passage__revision") + 0, place=F("passage__start") + 0)
    return reckoned.filter(Q(on=revision, place__gte=first, place__lt=last))


_OWN = Prepared(_own, NUMBERS)
_SHARED = Prepared(_shared, NUMBERS)
_NAMED = Prepared(_named, NUMBERS)
