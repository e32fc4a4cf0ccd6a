"""The shelf, and what is told about each text."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.http import part_or_page
from reader.library import access, actions
from reader.library.citing import works_cited
from reader.library.models import Document, Work
from reader.library.signals import asked_what_goes

TEXTS_A_PAGE = 60
PAIRS_AT_MOST = 6


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """What there is to read."""
    words = request.GET.get("q", "")[:200]
    texts = Document.objects.visible_to(request.user).filter(current__isnull=False)
    page = Paginator(texts.found_by(words), TEXTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "words": words,
        "page": page,
        "is_empty": not words and not page.paginator.count,
        "pairs": [] if words else Work.objects.pairs(request.user)[:PAIRS_AT_MOST],
        "may_add": access.may_add(request.user),
    }
    return part_or_page(request, "library/shelf.html", "library/_texts.html", context)


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """One text: its facts, its revisions, who cites it, and what its owner can do."""
    text = access.readable(request, slug)
    context = {
        "document": text,
        "revisions": text.revisions.defer("text", "source").order_by("-number"),
        "cited_by": Work.objects.cited_by(text, request.user),
        "may_change": access.may_change(request, text),
    }
    return render(request, "library/document.html", context)


@require_safe
def works(request: HttpRequest, slug: str) -> HttpResponse:
    """The works that a text cites, and the texts that cite it."""
    text = access.readable(request, slug)
    context = {
        "document": text,
        "works": works_cited(text, request.user),
        "cited_by": Work.objects.cited_by(text, request.user),
    }
    return render(request, "library/works.html", context)


@require_safe
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the import of one revision did."""
    text = access.readable(request, slug)
    one = get_object_or_404(text.revisions.defer("text", "source"), number=number)
    return render(request, "library/revision.html", {"document": text, "revision": one})


@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a text to everybody, or to its owner and staff alone."""
    text = access.writable(request, slug)
    actions.set_public(document=text, public=request.POST.get("public") == "1")
    messages.success(
        request, "Everybody may read it now." if text.is_public else "Only you and the staff see it now."
    )
    return redirect("library:document", slug=slug)


@require_http_methods(["GET", "POST"])
def delete_document(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, telling what goes; then delete."""
    text = access.writable(request, slug)
    if request.method == "POST":
        actions.delete(document=text)
        messages.success(request, f"“{text.title}” is deleted.")
        return redirect("library:shelf")
    context = {
        "document": text,
        "revisions": text.revisions.count(),
        "cited_by": Work.objects.cited_by(text, request.user),
        "added": [
            sentence
            for _, said in asked_what_goes.send(sender=Document, document=text)
            for sentence in said or ()
        ],
    }
    return render(request, "library/delete_document.html", context)
