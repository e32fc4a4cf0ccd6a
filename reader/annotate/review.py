"""Passages that a revision changed or lost, and what their owner decides about them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest, Substr

from reader.annotate.carry import former_place, put
from reader.annotate.differences import Piece, differences
from reader.annotate.drawn import redrawing
from reader.annotate.journal import Journal
from reader.annotate.models import Annotation, Change
from reader.annotate.placing import LONGEST
from reader.library.models import Document, Revision
from reader.library.passages import FormerPlace, Passage
from reader.library.querysets import Reader
from reader.people.models import User

State = Passage.State
AROUND = 160
FOUND_AT_MOST = 20
MOVED = ("revision", "start", "end", "exact", "prefix", "suffix", "state")


class NotDecided(ValueError):
    """A decision that cannot be carried out; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words as a revision has them, with what stands around them there."""

    number: int
    before: str
    exact: str
    after: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A passage to decide about: as it was, as it is now (None where it is nowhere), and what changed."""

    passage: Passage
    annotation: Annotation
    was: Wording
    now: Wording | None
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of a person's passages in a text wait for a decision."""

    slug: str
    title: str
    changed: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the current revision that has the words looked for."""

    start: int
    end: int
    before: str
    exact: str
    after: str


def doubtful(user: Reader) -> QuerySet[Passage]:
    """This person's passages that wait for a decision, perhaps several times each."""
    return Passage.objects.filter(
        state__in=(State.CHANGED, State.UNPLACED),
        annotations__author=user.pk,
        annotations__deleted_at__isnull=True,
    )


def waiting(user: Reader) -> list[Waiting]:
    """The texts where passages of this person wait for a decision; one query."""
    if not user.is_authenticated:
        return []
    rows = (
        doubtful(user)
        .filter(document__in=Document.objects.visible_to(user))
        .values_list("document__slug", "document__title")
        .annotate(
            changed=Count("pk", filter=Q(state=State.CHANGED), distinct=True),
            unplaced=Count("pk", filter=Q(state=State.UNPLACED), distinct=True),
        )
        .order_by("document__title", "document__slug")
    )
    return [Waiting(*row) for row in rows]


def doubts(user: Reader, document: Document, *, first: int = 0, count: int = 50) -> list[Doubt]:
    """A person's passages in a text that wait for a decision, in reading order."""
    mine = doubtful(user).filter(document=document).values("pk")
    found = list(_worded(Passage.objects.filter(pk__in=mine)).order_by("start", "pk")[first : first + count])
    annotations: dict[int, Annotation] = {}
    rows = Annotation.objects.filter(passages__in=found, author=user.pk).annotate(passage=F("passages"))
    for annotation in rows:
        annotations[annotation.passage] = annotation  # type: ignore[attr-defined]
    former: dict[int, FormerPlace] = {}
    places = FormerPlace.objects.filter(passage__in=found).select_related("passage")
    for place in _worded(places).order_by("revision__number"):
        # The last wording that was another one: what nobody confirmed in between is not what it was.
        if place.exact != place.passage.exact or place.passage_id not in former:
            former[place.passage_id] = place
    return [_doubt(passage, annotations[passage.pk], former.get(passage.pk)) for passage in found]


def _doubt(passage: Passage, annotation: Annotation, former: FormerPlace | None) -> Doubt:
    here = _wording(passage)
    if passage.state == State.UNPLACED or former is None:
        return Doubt(passage, annotation, here, None, [])
    return Doubt(passage, annotation, _wording(former), here, differences(former.exact, passage.exact))


def _worded(places: QuerySet[Any]) -> QuerySet[Any]:
    """The places with their revision's number and the words around them; a book's text stays where it is."""
    first = Greatest(F("start") - AROUND, 0)
    around = Substr("revision__text", first + 1, F("end") - first + AROUND)
    worded: QuerySet[Any] = places.annotate(number=F("revision__number"), around=around)
    return worded


def _wording(place: Any) -> Wording:
    """Of a place as _worded() has it."""
    number, around, first = place.number, place.around, max(0, place.start - AROUND)
    before, after = around[: place.start - first], around[place.end - first :]
    # Whole words, where the text goes on beyond what is shown.
    if first:
        before = "…" + before[before.find(" ") + 1 :]
    if len(after) == AROUND:
        after = after[: after.rfind(" ") + 1].rstrip() + "…"
    return Wording(number, before, place.exact, after)


def find(document: Document, words: str) -> list[Found]:
    """Where these words stand in the current revision, whatever white space lies between them."""
    wanted = words.split()
    if not wanted or document.current_id is None:
        return []
    text = Revision.objects.values_list("text", flat=True).get(pk=document.current_id)
    found = []
    for match in re.finditer(r"\s+".join(map(re.escape, wanted)), text):
        start, end = match.span()
        found.append(
            Found(start, end, text[max(0, start - AROUND) : start], match.group(), text[end : end + AROUND])
        )
        if len(found) == FOUND_AT_MOST:
            break
    return found


def accept(*, passages: Sequence[Passage], by: User) -> Change | None:
    """Confirm that these changed passages are where they belong; None where none of them was changed."""
    with transaction.atomic():
        journal = Journal(by, "accept")
        for passage in _own(passages, by):
            if passage.state == State.CHANGED:
                journal.update(passage, state=State.KEPT)
        return journal.close(_said(len(journal.ops), "confirmed")) if journal.ops else None


def leave(*, passage: Passage, by: User) -> Change:
    """Leave a passage on the last revision that had its old wording; later revisions do not ask again."""
    with transaction.atomic():
        (now,) = _own([passage], by)
        journal = Journal(by, "leave")
        former = _last_other(now)
        with redrawing(_annotations(now)):
            if now.state == State.UNPLACED or former is None:
                journal.update(now, state=State.LEFT)
            else:
                old = {name: getattr(former, name) for name in MOVED if name != "state"}
                # The row itself stands there now.
                journal.delete(former, "passage", *old)
                journal.update(now, state=State.LEFT, **old)
        return journal.close("Left where it was.")


def move(*, passage: Passage, by: User, start: int, end: int) -> Change:
    """Put a passage at this place of the current revision. NotDecided where there are no words."""
    with transaction.atomic():
        (now,) = _own([passage], by)
        current = Revision.objects.defer("source").get(pk=(now.document and now.document.current_id) or 0)
        if not 0 <= start < end <= current.length or not current.text[start:end].strip():
            raise NotDecided("There are no words in this place. Choose one of the places found.")
        if end - start > LONGEST:
            raise NotDecided(f"This place is too long: up to {LONGEST:,} characters can be marked at once.")
        journal = Journal(by, "move")
        with redrawing(_annotations(now)):
            if now.revision_id != current.pk:
                former = former_place(now)
                former.save(force_insert=True)
                journal.created(former, "passage", *(name for name in MOVED if name != "state"))
            new = Passage(state=State.KEPT)
            put(new, current, current.text, start, end)
            journal.update(now, **{name: getattr(new, name) for name in MOVED})
        return journal.close("Put in its new place.")


def _own(passages: Sequence[Passage], by: User) -> list[Passage]:
    """These passages again, locked, if they are of this person's annotations."""
    keys = [passage.pk for passage in passages]
    own = Annotation.objects.filter(author=by, passages__in=keys).values("passages")
    found = list(Passage.objects.select_for_update().filter(pk__in=own).filter(pk__in=keys).order_by("pk"))
    if len(found) < len(set(keys)):
        raise NotDecided("Whoever made the annotation decides about its place.")
    return found


def _last_other(passage: Passage) -> FormerPlace | None:
    places = list(passage.former_places.order_by("-revision__number"))
    return next((place for place in places if place.exact != passage.exact), places[0] if places else None)


def _annotations(passage: Passage) -> list[int]:
    return list(passage.annotations.values_list("pk", flat=True))


def _said(count: int, what: str) -> str:
    return f"One passage {what}." if count == 1 else f"{count} passages {what}."
