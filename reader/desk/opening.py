"""Open the desk where an annotation is."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from reader.annotate import access
from reader.annotate.models import Annotation
from reader.desk.back import Back, back_of
from reader.desk.lens import keep_looking, see
from reader.desk.places import opened_at
from reader.library.models import Document, Footnote, Paragraph


@require_safe
def annotation(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the desk at an annotation's passage, or to the old revision on which it stands.

    Where the text is hidden from this person now, or gone, its own page has to do.

    A reply leads to what it answers, or, where this person may not read that any more, to its own words.
    """
    found = access.readable(request, pk)
    see(request, found.layer_id)
    return keep_looking(request, _at_the_desk(request, found))


def _at_the_desk(request: HttpRequest, found: Annotation) -> HttpResponse:
    if found.parent_id:
        parent = Annotation.objects.visible_to(request.user).filter(pk=found.parent_id).first()
        if parent is None:
            return HttpResponseRedirect(reverse("desk:history", args=[found.pk]))
        found = parent
    place = found.targets.filter(passage__revision__isnull=False).values_list(
        "passage__document__slug",
        "passage__document__current",
        "passage__revision",
        "passage__revision__number",
        "passage__start",
    )
    for slug, current, revision, number, start in place[:1]:
        if Document.objects.visible_to(request.user).filter(slug=slug).exists():
            anchor = place_of(revision, start)
            if revision == current:
                back = back_of(request, slug)
                if found.relation and not back.other:
                    back = _facing(request, found, slug) or back
                return HttpResponseRedirect(back.at(found.pk, anchor))
            query = opened_at({"left": anchor, "note": str(found.pk)})
            return HttpResponseRedirect(
                f"{reverse('desk:revision', args=[slug, number])}{query}#left-a{found.pk}"
            )
    return HttpResponseRedirect(reverse("desk:reply", args=[found.pk]))


def _facing(request: HttpRequest, claim: Annotation, slug: str) -> Back | None:
    """The desk with the text of a claim's other passage in the other half; None where none can be shown."""
    readable = Document.objects.visible_to(request.user).filter(current__isnull=False)
    others = claim.targets.exclude(passage__document__slug=slug).filter(passage__document__in=readable)
    row = others.values_list(
        "passage__document__slug", "passage__document__current", "passage__revision", "passage__start"
    ).first()
    if row is None:
        silent = readable.filter(pk=claim.about_id or 0).first()
        return Back(slug, other=silent.slug) if silent else None
    other, current, revision, start = row
    return Back(slug, other=other, places=("", place_of(revision, start) if revision == current else ""))


def place_of(revision: int, start: int) -> str:
    """The anchor of the block or note in which an offset lies; one query, two for notes."""
    blocks = Paragraph.objects.filter(revision=revision, start__lte=start).order_by("-start", "-position")
    block = blocks.values_list("number", "position", "end").first()
    if block is None or start >= block[2]:
        notes = Footnote.objects.filter(revision=revision, start__lte=start).order_by("-start")
        note = notes.values_list("position", flat=True).first()
        if note is not None:
            return f"n{note + 1}"
    if block is None:
        return ""
    return f"p{block[0]}" if block[0] is not None else f"b{block[1]}"
