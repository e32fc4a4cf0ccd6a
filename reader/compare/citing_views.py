"""The page of which texts cite which."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.compare.citing import citing as who_cites
from reader.compare.citing_graph import TITLES, Edge, Graph, graph
from reader.library import access
from reader.library.models import Document

DRAWN_AT_MOST = 200
# Where all cite all, fewer texts are drawn: nobody follows a line among more of them.
LINES_AT_MOST = 1_000


@require_safe
def citing(request: HttpRequest) -> HttpResponse:
    """Draw which texts cite which, and tell the same in a table; ?of=slug: those around one text."""
    named = request.GET.get("of", "").replace("\x00", "")
    of = access.readable(request, named) if named else None
    found = who_cites(request.user, of=of)
    titles = {one.citing: one.citing_title for one in found} | {one.cited: one.cited_title for one in found}
    counts = {(one.citing, one.cited): one.count for one in found}
    drawing = _drawing(titles, counts)
    by_edge = {(one.citing, one.cited): one for one in found}
    context = {
        "of": of,
        "drawing": drawing,
        # Lengths in em, so that the drawing grows with the reader's letters.
        "em": (f"{drawing.width / 16:g}", f"{drawing.height / 16:g}"),
        "titles_end": TITLES - 8,
        "lines": [(line, by_edge[line.citing, line.cited]) for line in drawing.lines],
        "texts": Document.objects.visible_to(request.user).filter(current__isnull=False).count(),
    }
    return render(request, "compare/citing.html", context)


def _drawing(titles: Mapping[str, str], counts: Mapping[Edge, int]) -> Graph:
    """The drawing of as many texts as have a bearable number of lines between them."""
    texts = DRAWN_AT_MOST
    drawing = graph(titles, counts, at_most=texts)
    while len(drawing.lines) > LINES_AT_MOST:
        texts = texts * 3 // 4
        drawing = graph(titles, counts, at_most=texts)
    return drawing
