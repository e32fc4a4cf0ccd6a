"""Mark a passage without a script: the sentences of a paragraph, a note or a heading, and a form for them."""

from typing import Any, NamedTuple

from django.db.models import F
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.annotate.placing import NotPlaced, revision_of
from reader.desk.back import Back, back_of
from reader.desk.fields import fields
from reader.desk.half import url, with_places
from reader.desk.kept import draft
from reader.desk.opening import place_of
from reader.desk.places import anchor
from reader.desk.typed import Typed
from reader.http import whole
from reader.library import access
from reader.library.models import Document, Footnote, Paragraph, Revision, Section
from reader.library.sentences import sentences

SENTENCES_SHOWN = 200


class Sentence(NamedTuple):
    """A sentence of the block: where it stands in the revision's text, and its words."""

    start: int
    end: int
    words: str


@require_safe
def mark_up(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a passage in the block that the address names, with the draft from before signing in."""
    document = access.readable(request, slug)
    typed = draft(request) or Typed(revision=whole(request.GET.get("revision")))
    return form(request, document, typed, anchor(request.GET.get("at")))


def form(
    request: HttpRequest, document: Document, typed: Typed, at: str, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page with the form, as it was filled in."""
    try:
        revision = revision_of(document, typed.revision)
    except NotPlaced:
        revision = revision_of(document, None)
    place = block_at(revision.pk, at)
    if place is None and problem:
        # What was typed is shown again, however the form came by its place.
        at = place_of(revision.pk, typed.start or 0)
        place = block_at(revision.pk, at)
    if place is None:
        raise Http404("The text has no such paragraph.")
    first, last = place
    found = sentences_in(revision.pk, first, last)
    here = whole(request.GET.get("from")) or typed.start or first
    shown = [one for one in found if one.end > here][:SENTENCES_SHOWN] or found[-SENTENCES_SHOWN:]
    back = back_of(request, document.slug)
    context: dict[str, Any] = {
        **fields(request.user, typed, document.pk),
        "document": document,
        "revision": revision,
        "at": at,
        "sentences": shown,
        "start": typed.start if typed.start is not None or not shown else shown[0].start,
        "end": typed.end if typed.end is not None or not shown else shown[0].end,
        "before": found[0].start if found and shown[0] != found[0] else None,
        "after": shown[-1].end if found and shown[-1] != found[-1] else None,
        "back": back.query(),
        "claim": _claim(back, at),
        "problem": problem,
    }
    return render(request, "desk/mark_up.html", context, status=status)


def _claim(back: Back, at: str) -> str:
    """Where a claim is made of this block and the facing text; where none faces it, one is chosen first."""
    if not back.other:
        return with_places(url("desk:choose", back.slug), {"left": at})
    slugs = (back.slug, back.other) if back.side == "left" else (back.other, back.slug)
    places = dict(zip(("left", "right"), back.places, strict=True)) | {back.side: at}
    return with_places(url("desk:claim", *slugs), places)


def block_at(revision: int, at: str) -> tuple[int, int] | None:
    """Where the block or note of this anchor lies, None where the text has none."""
    kind, number = at[:1], int(at[1:] or 0)
    blocks = Paragraph.objects.filter(revision=revision)
    found: Any = None
    if kind == "p":
        found = blocks.filter(number=number)
    elif kind == "b":
        found = blocks.filter(position=number)
    elif kind == "n":
        found = Footnote.objects.filter(revision=revision, position=number - 1)
    elif kind == "s":
        starts = Section.objects.filter(revision=revision, position=number).values("start")
        found = blocks.filter(start__in=starts, kind=Paragraph.Kind.HEADING)
    return found.values_list("start", "end").first() if found is not None else None


def sentences_in(revision: int, start: int, end: int) -> list[Sentence]:
    """The sentences of a block; a book's text stays in the database."""
    words: str = (
        Revision.objects.filter(pk=revision)
        .annotate(block=Substr(F("text"), start + 1, end - start))
        .values_list("block", flat=True)
        .get()
    )
    return [Sentence(start + first, start + last, words[first:last]) for first, last in sentences(words)]
