"""The pages of the desk: one text, or two facing."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from reader.desk import fetch
from reader.desk.half import Half, url
from reader.desk.leaf import finished, leaves
from reader.desk.places import anchor, opened_at
from reader.desk.reading import reading_of, remember, settings_fields
from reader.http import wants_part
from reader.library.chunks import HEAD_END


@require_safe
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """One text alone."""
    return _desk(request, [slug])


@require_safe
def facing(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Two texts, side by side."""
    if left == right:
        return redirect("desk:read", left)
    return _desk(request, [left, right])


def _desk(request: HttpRequest, slugs: list[str]) -> HttpResponse:
    places = _places(request)
    texts = fetch.texts(request.user, slugs)
    halves = leaves(request.user, texts, places, whole="whole" in request.GET)
    context = {
        "left": halves[0],
        "right": halves[1] if len(halves) > 1 else None,
        "here": request.get_full_path(),
        "swap": _swapped(slugs, places),
        "find": url("desk:find", *slugs),
        "settings_fields": settings_fields(reading_of(request)),
    }
    return render(request, "desk/desk.html", context)


def _places(request: HttpRequest) -> dict[str, str]:
    return {side: anchor(request.GET.get(side)) for side in ("left", "right")}


def _swapped(slugs: list[str], places: dict[str, str]) -> str:
    """The same two texts, each at its place in the other half."""
    query = opened_at({"left": places["right"], "right": places["left"]})
    return url("desk:facing", *slugs[::-1]) + (query if len(query) > 1 else "") if len(slugs) > 1 else ""


@require_safe
def chunk(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """One part of a long text, for the place that waits for it."""
    side = "right" if request.GET.get("side") == "right" else "left"
    beside = request.GET.get("beside", "")
    texts = fetch.texts(request.user, [slug, beside] if beside not in ("", slug) else [slug])
    own = texts[0]
    chunks = fetch.stretches(request.user, [own.revision])[own.revision]
    if position >= len(chunks):
        raise Http404("The text has no such part.")
    shown = range(position, position + 1)
    half = Half(side, own, _places(request), chunks, shown, texts[1] if len(texts) > 1 else None)
    html = fetch.laid(request.user, {own.revision: shown})[own.revision, position].rpartition(HEAD_END)[2]
    links = fetch.links(request.user, {own.revision: chunks[position].note_positions()})
    return HttpResponse(finished(half, html, links))


@require_safe
def find(request: HttpRequest, **slugs: str) -> HttpResponse:
    return HttpResponse("")


@require_safe
def contents(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("")


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


# Who reads without an account has no token, and all that a forged request could change is a colour.
@csrf_exempt
@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Keep how the reader likes to read."""
    chosen = reading_of(request).changed(request.POST.dict())
    back = request.POST.get("back", "")
    response: HttpResponse
    if wants_part(request):
        response = HttpResponse(status=204)
    elif url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        response = HttpResponseRedirect(back)
    else:
        response = redirect("library:shelf")
    remember(response, chosen)
    return response
