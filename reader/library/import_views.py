"""The pages on which a text comes into the library."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.http import part_or_page
from reader.library import access, imports
from reader.library.actions import Kept, NotKept, find_kept
from reader.library.codec import decode
from reader.library.forms import AddForm, FactsForm
from reader.library.models import Import
from reader.library.review import findings, preview


@require_http_methods(["GET", "POST"])
def add_import(request: HttpRequest) -> HttpResponse:
    """Take in a file or pasted words, and read them."""
    person = access.adder(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AddForm(*sent, user=person, initial={"revises": request.GET.get("revises")})
    if sent and form.is_valid():
        source, name = form.source()
        if known := find_kept(source=source, by=person):
            messages.info(
                request, f"The library has these very bytes already: this is revision {known.number}."
            )
            return redirect("library:document", slug=known.document.slug)
        new = imports.take_in(source=source, name=name, owner=person, revises=form.cleaned_data["revises"])
        return redirect("library:review_import", pk=new.pk)
    context = {"form": form, "imports": Import.objects.visible_to(person).listed()[:50]}
    return render(request, "library/add_import.html", context, status=422 if form.errors else 200)


@require_safe
def review_import(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import has come; once it is read, what it found, to be kept or discarded."""
    one = access.own_import(request, pk)
    return _answer(request, one)


@require_POST
def keep_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the text with the facts as its owner corrected them."""
    one = access.own_import(request, pk)
    person = access.adder(request)
    form = FactsForm(request.POST, user=person)
    if one.state != Import.State.READY:
        return redirect("library:review_import", pk=pk)
    if not form.is_valid():
        return _answer(request, one, form)
    try:
        kept = imports.start_keeping(one, form.facts())
    except NotKept as error:
        form.add_error("revises", str(error))
        return _answer(request, one, form)
    return _done(request, kept) if kept else redirect("library:review_import", pk=pk)


@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an import aside."""
    imports.discard(access.own_import(request, pk))
    return redirect("library:review_import", pk=pk)


@require_POST
def restore_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a discarded import up again."""
    imports.restore(access.own_import(request, pk))
    return redirect("library:review_import", pk=pk)


@require_POST
def read_import_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the source once more, where that failed or nothing came of it."""
    one = access.own_import(request, pk)
    if imports.may_read_again(one):
        imports.start_reading(one)
    return redirect("library:review_import", pk=pk)


def _done(request: HttpRequest, kept: Kept) -> HttpResponse:
    said = "is kept" if kept.created else "was in the library already"
    messages.success(request, f"“{kept.revision.title}” {said}.")
    for doubt in kept.doubts:
        messages.warning(request, doubt)
    return redirect("library:document", slug=kept.revision.document.slug)


def _answer(request: HttpRequest, one: Import, form: FactsForm | None = None) -> HttpResponse:
    context = {"import": one, "may_read_again": imports.may_read_again(one)}
    if one.state == Import.State.READY:
        context |= _review(request, one, form)
    status = 422 if form is not None else 200
    return part_or_page(request, "library/review_import.html", "library/_import.html", context, status=status)


def _review(request: HttpRequest, one: Import, form: FactsForm | None) -> dict[str, object]:
    parsed = decode(one.parsed or {})
    person = access.adder(request)
    revised = imports.revised_by(one, parsed)
    # A text that everybody may read stays so when it is revised; a new one is its owner's alone.
    facts = FactsForm.initial_of(parsed, one) | {"is_public": bool(revised and revised.is_public)}
    return {
        "form": form or FactsForm(initial=facts, user=person),
        "parsed": parsed,
        "groups": findings(parsed, bytes(one.source)),
        "preview": preview(parsed, request.GET.get("at", "")),
        "becomes": imports.becomes(one, parsed),
    }
