"""The pages of parallels: all of a pair, one of them with what people say of it, and drawing one's own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.annotate.access import person
from reader.annotate.models import Change
from reader.annotate.placing import NotPlaced
from reader.annotate.said import say
from reader.compare import access, judging
from reader.compare.asking import look
from reader.compare.drawing import Drawing
from reader.compare.judging import NotJudged
from reader.compare.links import links, worth_a_link
from reader.compare.links import looking as still_looking
from reader.compare.listing import listed
from reader.compare.models import Pairing
from reader.compare.pairing import pair as paired
from reader.compare.reading import Pair, pair_of
from reader.compare.ways import ways
from reader.http import is_own_path, part_or_page, wants_part, whole
from reader.library.lay import escape

# What the desk listens for, to ask for the links again.
CHANGED = "parallels"


@require_safe
def parallels(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """What the texts have in common, with citation and without; for the desk, the links of what it shows."""
    pair = access.readable(request, left, right)
    if wants_part(request) and "waiting" in request.GET:
        return _waiting(pair)
    if wants_part(request) and (shown := _shown(request)):
        rows = pair.rows(request.user, pair.within(pair.parallels(request.user), shown))
        response = HttpResponse(links(worth_a_link(rows)))
        patch_vary_headers(response, ["HX-Request"])
        return response
    found = listed(pair, request.user, request.GET.get("show", ""), request.GET.get("page", ""))
    context = {**_context(pair), "here": request.get_full_path(), **found}
    return render(request, "compare/parallels.html", context)


@require_safe
def parallel(request: HttpRequest, left: str, right: str, pk: int) -> HttpResponse:
    """One parallel: how sure it is and by which words, and what may be said of it."""
    pair = access.readable(request, left, right)
    return _one(request, pair, access.parallel(request, pair, pk).pk)


@require_POST
@login_required
def judge(request: HttpRequest, left: str, right: str, pk: int) -> HttpResponse:
    """Confirm a parallel, reject it, or take one's verdict back."""
    pair = access.readable(request, left, right)
    found = access.parallel(request, pair, pk)
    try:
        change = judging.judge(parallel=found, by=person(request), says=request.POST.get("says", ""))
    except NotJudged as problem:
        return _refused(request, pair, str(problem))
    return _done(request, pair, found.pk, change)


@require_POST
@login_required
def withdraw(request: HttpRequest, left: str, right: str, pk: int) -> HttpResponse:
    """Take away a parallel that one drew."""
    pair = access.readable(request, left, right)
    try:
        change = judging.withdraw(parallel=access.parallel(request, pair, pk), by=person(request))
    except NotJudged as problem:
        return _refused(request, pair, str(problem))
    return _done(request, pair, None, change)


@require_POST
@login_required
def find(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Look for the parallels of two texts, for the first time or again."""
    pair = access.readable(request, left, right)
    pairing = look(pair.left, pair.right)
    if pairing.state == Pairing.State.WAITING:
        messages.info(request, "The parallels are being looked for: this page shows them in a moment.")
    return HttpResponseRedirect(_back(request, pair))


@require_safe
def looking(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Whether the parallels are still being looked for; once they are not, the desk asks for them."""
    pair = access.readable(request, left, right)
    if pair.pairing and pair.pairing.state == Pairing.State.WAITING:
        return HttpResponse(still_looking(left, right))
    response = HttpResponse()
    response["HX-Trigger"] = CHANGED
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def draw(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Join two passages by hand, or set right one that was found."""
    pair = access.readable(request, left, right)
    form = Drawing(request.POST or request.GET)
    replaces = access.parallel(request, pair, form.replaces) if form.replaces else None
    if request.method != "POST":
        return render(request, "compare/draw.html", _context(pair) | form.context(pair, replaces))
    places = {"left": form.place("left"), "right": form.place("right")}
    revisions = {"left": form.revision("left"), "right": form.revision("right")}
    sides = pair.side("first"), pair.side("second")
    try:
        made, change = judging.draw(
            by=person(request),
            pairing=paired(pair.left, pair.right),
            first=places[sides[0]],
            second=places[sides[1]],
            revisions=(revisions[sides[0]], revisions[sides[1]]),
            replaces=replaces,
        )
    except (NotPlaced, NotJudged) as problem:
        context = _context(pair) | form.context(pair, replaces) | {"problem": str(problem)}
        return render(request, "compare/draw.html", context, status=422)
    return _done(request, pair_of(pair.left, pair.right), made.pk, change)


def _context(pair: Pair) -> dict[str, Any]:
    return {
        "left": pair.left,
        "right": pair.right,
        "pairing": pair.pairing,
        "to": ways(pair.left.slug, pair.right.slug),
        "page": "parallels",
    }


def _waiting(pair: Pair) -> HttpResponse:
    """Nothing, so that whoever reads the page meanwhile keeps their place; all of it once there is news."""
    response = HttpResponse(status=204)
    if pair.pairing is None or pair.pairing.state != Pairing.State.WAITING:
        response["HX-Refresh"] = "true"
    return response


def _shown(request: HttpRequest) -> dict[str, tuple[int, int]]:
    """The stretches of the texts that the desk shows, as the address names them: left=0-2400."""
    found = {}
    for side in ("left", "right"):
        first, _, last = request.GET.get(side, "").partition("-")
        start, end = whole(first), whole(last)
        if start is not None and end is not None:
            found[side] = (start, end)
    return found


def _one(request: HttpRequest, pair: Pair, pk: int, **more: Any) -> HttpResponse:
    """One parallel as a part, or a page of its own."""
    row = pair.row(request.user, pk)
    context = {**_context(pair), "row": row, "here": request.get_full_path(), **more}
    return part_or_page(request, "compare/parallel.html", "compare/_parallel.html", context)


def _done(request: HttpRequest, pair: Pair, pk: int | None, change: Change | None) -> HttpResponse:
    """Answer an act: the parallel as it is now, or the way back to where it was done."""
    if wants_part(request):
        said = change.said if change else "It is so already."
        if pk is None:
            response = HttpResponse(f'<p role="status">{escape(said)}</p>')
        else:
            response = _one(request, pair, pk, said=said, change=change)
        response["HX-Trigger"] = CHANGED
        return response
    say(request, change)
    return HttpResponseRedirect(_back(request, pair))


def _refused(request: HttpRequest, pair: Pair, problem: str) -> HttpResponse:
    if wants_part(request):
        response = HttpResponse(f'<p class="problem" role="alert">{escape(problem)}</p>', status=422)
        patch_vary_headers(response, ["HX-Request"])
        return response
    messages.error(request, problem)
    return HttpResponseRedirect(_back(request, pair))


def _back(request: HttpRequest, pair: Pair) -> str:
    back = request.POST.get("back", "")
    return back if is_own_path(back) else ways(pair.left.slug, pair.right.slug)["parallels"]
