"""The pages of the desk: one text, or two facing."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from reader.desk import fetch, found
from reader.desk.about import by
from reader.desk.bar import addresses, bar
from reader.desk.contents import lines
from reader.desk.drawing import drawn
from reader.desk.found import LONGEST_QUERY
from reader.desk.gutter import gutter
from reader.desk.half import OTHER, Half, url, with_places
from reader.desk.helping import rendered
from reader.desk.leaf import finished, leaves, linked
from reader.desk.lens import keep_looking, look_without_view, looking_of, reader_of
from reader.desk.margin import asides, with_aside
from reader.desk.panels import panel
from reader.desk.places import anchor, number, opened_at
from reader.desk.reading import reading_of, remember
from reader.desk.strips import strips
from reader.http import is_own_path, part_or_page, wants_part, whole
from reader.library.access import may_add
from reader.library.chunks import HEAD_END
from reader.library.models import Document
from reader.library.querysets import Reader

CHOICES_AT_MOST = 100
HEADINGS_ON_A_PAGE = 500
MOST_NOTES = 2**31 - 1


@require_safe
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """One text alone."""
    return _desk(request, fetch.texts(request.user, [slug]))


@require_safe
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A text as it was, with the marks that stood on it: to be read, and no more."""
    if fetch.texts(request.user, [slug])[0].number == number:
        return redirect(with_places(url("desk:read", slug), _places(request)))
    return _desk(request, [fetch.older(request.user, slug, number)])


@require_safe
def facing(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Two texts, side by side."""
    if left == right:
        return redirect("desk:read", left)
    return _desk(request, fetch.texts(request.user, [left, right]))


def _desk(request: HttpRequest, texts: list[fetch.Text]) -> HttpResponse:
    places, here = _places(request), request.get_full_path()
    note = whole(request.GET.get("note")) or 0
    ended = "view" not in places and look_without_view(request)
    halves, pairing = leaves(reader_of(request), texts, places, whole="whole" in request.GET, note=note)
    signed_in = request.user.is_authenticated
    shown, layers = [leaf.half for leaf in halves], looking_of(request).layers
    context = {
        "to": addresses(),
        "bar": bar(halves, here, reading_of(request), signed_in=signed_in, drawn=looking_of(request).words),
        "left": halves[0],
        "right": halves[1] if len(halves) > 1 else None,
        "here": here,
        "gutter": mark_safe(gutter(request.user, shown, pairing)),  # noqa: S308 - escaped there
        "strips": mark_safe(strips(shown, pairing, layers)),  # noqa: S308 - escaped there
    }
    if may_add(request.user):
        context["make"] = _making_a_view(shown)
    if view := places.get("view"):
        context["panel"] = panel(request, int(view), [half.text.slug for half in shown])
    response = render(request, "desk/desk.html", context)
    return keep_looking(request, response) if ended else response


def _making_a_view(halves: list[Half]) -> str:
    """Where a view is made of what is open, at its places."""
    slugs = {half.side: half.text.slug for half in halves}
    return with_places(url("share:new_view"), slugs | {f"{half.side}_place": half.place for half in halves})


def _places(request: HttpRequest) -> dict[str, str]:
    """Where each half is opened, and the key of the view that the page is opened with, if any."""
    places = {side: anchor(request.GET.get(side)) for side in ("left", "right")}
    view = whole(request.GET.get("view"))
    return {**places, "view": str(view)} if view is not None else places


@require_safe
def chunk(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """One part of a long text, for the place that waits for it."""
    side = "right" if request.GET.get("side") == "right" else "left"
    beside = request.GET.get("beside", "")
    texts = fetch.texts(request.user, [slug, beside] if beside not in ("", slug) else [slug])
    own = texts[0]
    if (named := whole(request.GET.get("revision"))) and named != own.number:
        own = fetch.older(request.user, slug, named)
    chunks = fetch.stretches(request.user, [own.revision])[own.revision]
    if position >= len(chunks):
        raise Http404("The text has no such part.")
    shown = range(position, position + 1)
    half = Half(side, own, _places(request), chunks, shown, texts[1] if len(texts) > 1 else None)
    reader = reader_of(request)
    html = drawn(reader, [half])[own.revision, position].rpartition(HEAD_END)[2]
    links = fetch.around(request.user, notes={own.revision: chunks[position].note_positions()}).links
    links = linked(request.user, [half], links)[1]
    cards = asides(reader, [half], whole(request.GET.get("note")) or 0)
    return HttpResponse(with_aside(finished(half, html, links), cards.get((side, position), "")))


@require_safe
def find(request: HttpRequest, **slugs: str) -> HttpResponse:
    """Where words stand in the open texts."""
    places = _places(request)
    named = list(slugs.values())
    texts = fetch.texts(request.user, named)
    desk = url("desk:facing" if len(named) > 1 else "desk:read", *named)
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    results = found.find(words, texts, desk, places)
    context = {
        "words": words,
        "results": results,
        "total": sum(result.count for result in results),
        "title": " · ".join(text.name for text in texts),
        "places": places,
        "desk": with_places(desk, places),
        "here": request.path,
    }
    return part_or_page(request, "desk/find.html", "desk/_found.html", context)


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """The texts that may stand beside this one, first those that it cites or that cite it."""
    places = _places(request)
    side = "left" if request.GET.get("side") == "left" else "right"
    text = fetch.texts(request.user, [slug])[0]
    half = Half(OTHER[side], text, places)
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    others = Document.objects.visible_to(request.user).filter(current__isnull=False).exclude(pk=text.pk)
    rows = others.found_by(words).only("slug", "title", "authors", "published_on")[: CHOICES_AT_MOST + 1]
    context = {
        "text": text,
        "side": side,
        "places": places,
        "words": words,
        "back": half.alone(),
        "here": request.path,
        "pairs": [] if words else [_choice(half, other) for other in _pairs(request.user, text)],
        "others": [_choice(half, row, by(row.authors, row.published_on)) for row in rows[:CHOICES_AT_MOST]],
        "more": len(rows) > CHOICES_AT_MOST,
    }
    return render(request, "desk/choose.html", context)


def _pairs(user: Reader, text: fetch.Text) -> list[fetch.Other]:
    around = fetch.around(user, notes={text.revision: [0, MOST_NOTES]}, cited=[text.pk])
    return list(dict.fromkeys([*around.links.values(), *around.citing[text.pk]]))


def _choice(half: Half, other: Document | fetch.Other, by: str = "") -> dict[str, str]:
    return {"address": half.facing(other.slug), "title": other.title, "by": by}


@require_safe
def contents(request: HttpRequest, slug: str) -> HttpResponse:
    """All headings of a text, some hundred on a page."""
    places = _places(request)
    side = "right" if request.GET.get("side") == "right" else "left"
    beside = request.GET.get("beside", "")
    texts = fetch.texts(request.user, [slug, beside] if beside not in ("", slug) else [slug])
    half = Half(side, texts[0], places, beside=texts[1] if len(texts) > 1 else None)
    first = number(request.GET.get("from"), least=1)
    headings = fetch.headings_from(half.text.revision, first, HEADINGS_ON_A_PAGE + 1)
    desk = half.facing(texts[1].slug) if len(texts) > 1 else half.alone()
    here = f"{request.path}{opened_at({**places, 'side': side, 'beside': beside})}&from="
    context = {
        "text": half.text,
        "desk": desk,
        "lines": mark_safe("".join(lines(half, headings[:HEADINGS_ON_A_PAGE], desk.split("?")[0]))),  # noqa: S308
        "before": f"{here}{max(first - HEADINGS_ON_A_PAGE, 1)}" if first > 1 else "",
        "after": f"{here}{first + HEADINGS_ON_A_PAGE}" if len(headings) > HEADINGS_ON_A_PAGE else "",
    }
    return render(request, "desk/contents.html", context)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to read here, and every key."""
    return render(request, "desk/help.html", {"help": rendered("help"), "keys": rendered("keys")})


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
    elif is_own_path(back):
        response = HttpResponseRedirect(back)
    else:
        response = redirect("library:shelf")
    remember(response, chosen)
    return response
