"""Bring annotations in from a file: choose it, look at what would become of it, keep it."""

import zlib
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reader.annotate import access
from reader.annotate.actions import NotDone
from reader.annotate.bringing import Report, forecast_import, import_annotations
from reader.annotate.choosing import NotWritable, choices, layer_named
from reader.annotate.said import say
from reader.annotate.w3c_reading import BYTES_AT_MOST, ITEMS_AT_MOST, NotRead
from reader.library.models import Document

HOUR = 3_600
TEXTS_AT_MOST = 300
LISTED_AT_MOST = 100
STATES = (
    ("kept", "Will be kept", "Their words stand where the file says, or here alone."),
    ("doubtful", "Doubtful", "Their words stand here, but perhaps another place is meant. Look at each."),
    ("unplaced", "Not placed", "They are not kept: there is nowhere to put them."),
    ("known", "Here already", "They stay as they are."),
    ("refused", "Not taken", "They cannot be kept."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring_in(request: HttpRequest) -> HttpResponse:
    """Choose a file, and the text where its annotations belong."""
    if request.method != "POST":
        return _form(request)
    chosen = request.FILES.get("file")
    if chosen is None:
        return _form(request, "Choose a file.")
    if chosen.size is None or chosen.size > BYTES_AT_MOST:
        return _form(
            request, f"This is larger than {BYTES_AT_MOST // 1_000_000} MB: part it into several files."
        )
    data = chosen.read()
    text = request.POST.get("text", "")
    document = _text(request, text)
    if text and document is None:
        return _form(request, "The text that you chose is not here: choose another one.")
    try:
        report = forecast_import(data=data, by=access.person(request), document=document)
    except NotRead as problem:
        return _form(request, str(problem))
    key = uuid4()
    cache.set(_place(request, key), zlib.compress(data), HOUR)
    return _shown(request, report, key, document)


@require_http_methods(["POST"])
@login_required
def keep_brought(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep what was looked at."""
    held = cache.get(_place(request, key))
    if held is None:
        return _form(request, "The file is no longer at hand: choose it again.")
    by = access.person(request)
    text = request.POST.get("text", "")
    document = _text(request, text)
    if text and document is None:
        return _form(request, "The text that you chose is not here any more: choose another one.")
    layer = request.POST.get("layer", "")[:20]
    try:
        report = import_annotations(
            data=zlib.decompress(held),
            by=by,
            document=document,
            layer=layer_named(layer, by) if layer else None,
            doubtful=request.POST.get("doubtful") == "1",
        )
    except (NotDone, NotRead, NotWritable) as problem:
        return _form(request, str(problem))
    cache.delete(_place(request, key))
    if report.change is None:
        messages.info(request, "Nothing was kept: everything is here already, or has no place here.")
    say(request, report.change)
    return redirect("annotate:notes")


def _form(request: HttpRequest, problem: str = "") -> HttpResponse:
    texts = Document.objects.visible_to(request.user).filter(current__isnull=False)
    context = {
        "texts": texts.values_list("slug", "title")[:TEXTS_AT_MOST],
        "chosen": request.POST.get("text", ""),
        "problem": problem,
        "megabytes": BYTES_AT_MOST // 1_000_000,
        "items": ITEMS_AT_MOST,
    }
    return render(request, "annotate/import.html", context, status=422 if problem else 200)


def _shown(request: HttpRequest, report: Report, key: UUID, document: Document | None) -> HttpResponse:
    counts = report.counts
    groups = [
        (state, name, hint, counts[state], [o for o in report.outcomes if o.state == state][:LISTED_AT_MOST])
        for state, name, hint in STATES
        if counts[state]
    ]
    context = {
        "report": report,
        "groups": groups,
        "doubtful": counts["doubtful"],
        "key": key,
        "document": document,
        "layers": choices(request.user),
    }
    return render(request, "annotate/import_report.html", context)


def _text(request: HttpRequest, slug: str) -> Document | None:
    readable = Document.objects.visible_to(request.user).filter(current__isnull=False)
    return readable.filter(slug=slug.replace("\x00", "")).first()


def _place(request: HttpRequest, key: UUID) -> str:
    return f"annotate.import.{request.user.pk}.{key.hex}"
