"""The page of who says what in figures, for two texts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.compare import access
from reader.compare.facts_page import KINDS, alone, facts_of, lines
from reader.compare.ways import ways

# Of a group of rows, and of the names of one text, so many are shown.
ROWS_AT_MOST, NAMES_AT_MOST = 100, 300


@require_safe
def facts(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """The dates, counts and names of two texts side by side, what differs first."""
    pair = access.readable(request, left, right)
    texts = pair.left, pair.right
    found = facts_of(texts)
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in KINDS else ""
    rows = [row for row in found.rows if chosen in ("", row.kind)]
    groups = {
        "Different in the two": [row for row in rows if row.differs],
        "The same in both": [row for row in rows if not row.differs and row.kind != "name"],
        "Named in both": [row for row in rows if row.kind == "name"],
    }
    only = (found.only_left, found.only_right) if chosen in ("", "name") else ((), ())
    context = {
        "left": pair.left,
        "right": pair.right,
        "to": ways(left, right),
        "page": "facts",
        "chosen": chosen,
        "nothing": KINDS.get(chosen, "").lower(),
        "kinds": [
            (kind, name, sum(kind in ("", row.kind) for row in found.rows))
            for kind, name in {"": "All", **KINDS}.items()
        ],
        "groups": [
            (name, lines(inside[:ROWS_AT_MOST], texts), len(inside))
            for name, inside in groups.items()
            if inside
        ],
        "only": [
            (text, list(alone(names[:NAMES_AT_MOST], texts, side)), len(names))
            for side, (text, names) in enumerate(zip(texts, only, strict=True))
            if names
        ],
        "cut": [text for text, is_cut in zip(texts, found.is_cut, strict=True) if is_cut],
    }
    return render(request, "compare/facts.html", context)
