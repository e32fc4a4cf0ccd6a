"""The page with all of two texts in tables: what lies in which paragraph."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.compare import access
from reader.compare.overview import Overview
from reader.compare.ways import ways

ROWS_A_PAGE = 500


@require_safe
def overview(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """The paragraphs of the left text, then those of the right, so many on a page."""
    pair = access.readable(request, left, right)
    found = Overview(pair, request.user)
    page = Paginator(range(len(found)), ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = page.object_list
    first, last = (shown[0], shown[-1]) if shown else (0, -1)
    before = len(found.paragraphs["left"])
    tables = [
        ("left", found.parts("left", first, min(last, before - 1))),
        ("right", found.parts("right", max(first - before, 0), last - before)),
    ]
    counts = found.counts()
    context = {
        "left": pair.left,
        "right": pair.right,
        "to": ways(left, right),
        "pairing": pair.pairing,
        "looked": found.looked,
        "summaries": [found.summary(side) for side in found.texts],
        "counts": counts,
        "uncredited": counts["all"] - counts["credited"],
        "tables": [(side, found.texts[side], parts) for side, parts in tables if parts],
        "page": "overview",
        "page_of": page,
    }
    return render(request, "compare/overview.html", context)
