"""The form that makes a claim without a script: the sentences of a paragraph of each text."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from reader.annotate.placing import NotPlaced, revision_of
from reader.desk.back import back_of
from reader.desk.claim_typed import TypedClaim
from reader.desk.fields import RELATIONS, fields
from reader.desk.half import OTHER, with_places
from reader.desk.mark_up import SENTENCES_SHOWN, Sentence, block_at, sentences_in
from reader.desk.opening import place_of
from reader.desk.places import anchor
from reader.http import whole
from reader.library.models import Document, Paragraph, Revision


@dataclass(frozen=True, slots=True)
class Side:
    """What the form offers of one text; number is that of the paragraph, before and after lead to others."""

    name: str
    document: Document
    revision: Revision
    at: str
    sentences: list[Sentence]
    start: int | None
    end: int | None
    number: int | None
    before: str
    after: str


def form(
    request: HttpRequest,
    texts: dict[str, Document],
    typed: TypedClaim,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page with the form, as it was filled in."""
    at = {side: anchor(request.POST.get(f"{side}_at") or _asked(request, side)) for side in texts}
    sides = [_side(side, text, at, typed) for side, text in texts.items()]
    places = {side.name: side.at for side in sides}
    left, right = texts["left"], texts["right"]
    back = back_of(request, left.slug)
    swapped = reverse("desk:claim", args=[right.slug, left.slug])
    context = {
        **fields(request.user, typed.words, texts["left"].pk),
        "relations": RELATIONS,
        "sides": sides,
        "first": texts[typed.first],
        "second": texts[OTHER[typed.first]],
        "swap": with_places(swapped, {"left": places["right"], "right": places["left"]}),
        "back": back.query()
        if back.other
        else with_places(reverse("desk:facing", args=[left.slug, right.slug]), places),
        "problem": problem,
    }
    return render(request, "desk/claim.html", context, status=status)


def _asked(request: HttpRequest, side: str) -> str:
    """The place that the address names: an anchor, or the number of a paragraph."""
    asked = request.GET.get(side, "")
    return f"p{asked}" if whole(asked) else asked


def _side(side: str, document: Document, at: dict[str, str], typed: TypedClaim) -> Side:
    """What stands at the place that was asked for, else around what was chosen, else at the beginning."""
    ends = typed.on(side)
    try:
        revision = revision_of(document, ends.revision)
    except NotPlaced:
        revision = revision_of(document, None)
    first, last = ends.places[0][:2] if ends.places else (None, None)
    here = at[side] or (place_of(revision.pk, first) if first is not None else "p1")
    found = block_at(revision.pk, here) or block_at(revision.pk, "p1") or (0, revision.length)
    sentences = sentences_in(revision.pk, *found)[:SENTENCES_SHOWN]
    inside = first is not None and found[0] <= first < found[1]
    numbers = Paragraph.objects.filter(revision=revision, number__isnull=False).order_by()
    number = numbers.filter(start=found[0]).values_list("number", flat=True).first()
    other = {OTHER[side]: at[OTHER[side]]}
    around = {step: numbers.filter(number=(number or 0) + step).exists() for step in (-1, 1)}
    ways = {
        step: with_places("", dict(sorted({**other, side: f"p{(number or 0) + step}"}.items())))
        if there
        else ""
        for step, there in around.items()
    }
    return Side(
        name=side,
        document=document,
        revision=revision,
        at=here,
        sentences=sentences,
        start=first if inside else sentences[0].start if sentences else None,
        end=last if inside else sentences[-1].end if sentences else None,
        number=number,
        before=ways[-1],
        after=ways[1],
    )
