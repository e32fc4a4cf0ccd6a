"""Pages on which a person decides about passages that a revision changed or lost."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.annotate import review
from reader.annotate.access import person
from reader.annotate.carry import forecast
from reader.annotate.said import say
from reader.http import part_or_page, whole
from reader.library import access, imports
from reader.library.codec import decode
from reader.library.models import Document, Import
from reader.library.passages import Passage

PAGE = 50
WORDS_AT_MOST = 4_000


@require_safe
@login_required
def carried(request: HttpRequest, slug: str) -> HttpResponse:
    """A person's passages in a text that a revision changed or lost, each as it was and as it is."""
    document = access.readable(request, slug)
    first = whole(request.GET.get("from")) or 0
    found = review.doubts(request.user, document, first=first, count=PAGE + 1)
    context = {
        "document": document,
        "doubts": found[:PAGE],
        "accepted": [doubt.passage.pk for doubt in found[:PAGE] if doubt.now],
        "before": first and max(first - PAGE, 0) + 1,
        "after": first + PAGE if len(found) > PAGE else 0,
    }
    return render(request, "annotate/carried.html", context)


@require_POST
@login_required
def accept_carried(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm one passage, or all that were shown."""
    document = access.readable(request, slug)
    keys = [whole(key) or 0 for key in request.POST.getlist("passage")[:PAGE]]
    own = _own(request, document).filter(pk__in=keys)
    say(request, review.accept(passages=list(own), by=person(request)))
    return redirect("annotate:carried", slug=slug)


@require_POST
@login_required
def leave_carried(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Leave a passage on the revision that had it."""
    passage = get_object_or_404(_own(request, access.readable(request, slug)), pk=pk)
    say(request, review.leave(passage=passage, by=person(request)))
    return redirect("annotate:carried", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def move_carried(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Look for the words that a passage belongs to now; put it at one of the places found."""
    document = access.readable(request, slug)
    passage = get_object_or_404(_own(request, document), pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            start, end = (whole(request.POST.get(name)) for name in ("start", "end"))
            if start is None or end is None:
                raise review.NotDecided("Choose one of the places.")
            say(request, review.move(passage=passage, by=person(request), start=start, end=end))
            return redirect("annotate:carried", slug=slug)
        except review.NotDecided as error:
            problem = str(error)
    words = request.GET.get("words", "")[:WORDS_AT_MOST]
    found = review.find(document, words)
    context = {
        "document": document,
        "passage": passage,
        "words": words or passage.exact,
        "asked": bool(words),
        "found": found,
        "more": len(found) == review.FOUND_AT_MOST,
        "problem": problem,
    }
    return render(request, "annotate/move_carried.html", context, status=422 if problem else 200)


@require_safe
def import_marks(request: HttpRequest, pk: int) -> HttpResponse:
    """What keeping an import would do to the annotations on the text that it revises."""
    one = get_object_or_404(Import.objects.visible_to(request.user).defer("source"), pk=pk)
    told = None
    if one.state == Import.State.READY and one.parsed:
        parsed = decode(one.parsed)
        document = imports.revised_by(one, parsed)
        told = forecast(document=document, parsed=parsed) if document else None
    context = {"import": one, "told": told, "back": reverse("library:review_import", args=[pk])}
    return part_or_page(request, "annotate/import_marks.html", "annotate/_import_marks.html", context)


def _own(request: HttpRequest, document: Document) -> QuerySet[Passage]:
    return review.doubtful(request.user).filter(document=document).distinct()
