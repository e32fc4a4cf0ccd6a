"""Set codes on several paragraphs of a text at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reader.annotate import access
from reader.annotate.actions import NotDone
from reader.annotate.choosing import NotWritable, choices, chosen_on, layer_named
from reader.annotate.codes import codes_chosen
from reader.annotate.naming import BadName, codes_of
from reader.annotate.placing import NotPlaced, Place, revision_of
from reader.annotate.recoding import set_code_on
from reader.annotate.said import say
from reader.http import whole
from reader.library.access import readable
from reader.library.models import Document, Paragraph, Revision

PAGE = 50
CODES_SHOWN = 200
MARKED = ("paragraph", "item", "quote", "heading", "caption", "table")


@dataclass(frozen=True, slots=True)
class Choice:
    """A paragraph to choose: its place as a form sends it, its number in the text, its words."""

    place: str
    number: int | None
    words: str
    chosen: bool


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def code_paragraphs(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose paragraphs and codes; set each of these on each of those."""
    document = readable(request, slug)
    if request.method != "POST":
        return _form(request, document)
    try:
        by = access.person(request)
        change = set_code_on(
            by=by,
            document=document,
            revision=revision_of(document, whole(request.POST.get("revision")) or 0),
            places=[_place(words) for words in request.POST.getlist("paragraph")[: PAGE + 1]],
            codes=codes_chosen(
                by, request.POST.getlist("code")[:CODES_SHOWN], request.POST.getlist("new_code")[:1]
            ),
            layer=layer_named(request.POST.get("layer", "")[:20], by, document.pk),
        )
    except (BadName, NotDone, NotPlaced, NotWritable) as problem:
        return _form(request, document, str(problem))
    if change is None:
        messages.info(request, "All of these have these codes already.")
    say(request, change)
    first = whole(request.POST.get("from"))
    query = f"?from={first}" if first else ""
    return redirect(reverse("annotate:code_paragraphs", args=[slug]) + query)


def _form(request: HttpRequest, document: Document, problem: str = "") -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    first = whole(given.get("from")) or 0
    revision = Revision.objects.only("number", "text").filter(pk=document.current_id or 0).first()
    blocks = list(
        Paragraph.objects.filter(revision=document.current_id or 0, kind__in=MARKED).order_by("position")[
            first : first + PAGE + 1
        ]
    )
    chosen, codes = set(given.getlist("paragraph")), set(given.getlist("code"))
    nodes = codes_of(request.user)[:CODES_SHOWN]
    text = revision.text if revision else ""
    context = {
        "document": document,
        "revision": revision.number if revision else 0,
        "choices": [_choice(block, text, chosen) for block in blocks[:PAGE]],
        "codes": [(node, str(node.code.pk) in codes) for node in nodes],
        "new_code": given.get("new_code", ""),
        "layers": choices(request.user),
        "layer": given.get("layer") or chosen_on(request.user, [document.pk]).get(document.pk, "private"),
        "first": first,
        "before": max(0, first - PAGE) if first else None,
        "after": first + PAGE if len(blocks) > PAGE else None,
        "problem": problem,
    }
    return render(request, "annotate/code_paragraphs.html", context, status=422 if problem else 200)


def _choice(block: Paragraph, text: str, chosen: set[str]) -> Choice:
    place = f"{block.start}-{block.end}"
    return Choice(place, block.number, text[block.start : block.end], place in chosen)


def _place(words: str) -> Place:
    start, end = map(whole, words.partition("-")[::2])
    if start is None or end is None:
        raise NotPlaced("Choose paragraphs from the list.")
    return Place(start, end)
