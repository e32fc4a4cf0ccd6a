"""The ledger of two texts as a page, and as a table to take away."""

import csv
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from reader.annotate.choosing import readable
from reader.annotate.codebook_csv import cell
from reader.annotate.models import Annotation
from reader.compare import access
from reader.compare.ledger import PAGE, SORTS, Asked, Row, authors_of, claims_of, codes_on, rows, with_all
from reader.compare.reading import Pair
from reader.compare.ways import ways
from reader.http import part_or_page, wants_part

BATCH = 500
COLUMNS = (
    "left_text left_place left_passage relation right_text right_place right_passage why author tags layer"
    " replies made edited state link"
).split()
NAMES = {"left": "", "relation": "Relation", "right": "", "author": "By", "layer": "Seen by", "made": "Made"}


@require_safe
def claims(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """All claims about two texts that this person may see, narrowed and sorted as the address says."""
    pair = access.readable(request, left, right)
    asked = Asked.of(request.GET.dict())
    everything = claims_of(pair, request.user)
    page = Paginator(with_all(asked.on(everything, request.user), request.user), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "left": pair.left,
        "right": pair.right,
        "to": ways(left, right),
        "page": "claims",
        "asked": asked,
        "query": asked.query(),
        "heads": _heads(asked, pair),
        "rows": list(rows(page.object_list, pair)),
        "page_of": page,
        "relations": Annotation.Relation.choices,
        "layers": readable(request.user),
        "here": request.get_full_path(),
    }
    if not wants_part(request):
        context |= {"authors": authors_of(everything, request.user), "codes": codes_on(everything)}
    return part_or_page(request, "compare/claims.html", "compare/_claims.html", context)


@require_safe
def export_claims(request: HttpRequest, left: str, right: str) -> StreamingHttpResponse:
    """The same rows, all of them, as CSV that is made while it is sent."""
    pair = access.readable(request, left, right)
    found = Asked.of(request.GET.dict()).on(claims_of(pair, request.user), request.user)
    site = request.build_absolute_uri("/")[:-1]
    name = f"claims-{left}-{right}"[:120] + ".csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    lines = _lines(list(found.values_list("pk", flat=True)), pair, request, site)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _heads(asked: Asked, pair: Pair) -> list[tuple[str, str, str, str]]:
    """Each column that sorts: its name, its words, the address that sorts by it, and how it is sorted now."""
    words = {**NAMES, "left": pair.left.title, "right": pair.right.title}
    found = []
    for name in SORTS:
        now = asked.sort == name
        turned = f"-{name}" if now and not asked.down else name
        order = ("descending" if asked.down else "ascending") if now else ""
        found.append((name, words[name], f"?{asked.query(sort=turned)}", order))
    return found


def _lines(keys: list[int], pair: Pair, request: HttpRequest, site: str) -> Iterator[str]:
    """RFC 4180 lines; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    claims = with_all(claims_of(pair, request.user), request.user)
    for first in range(0, len(keys), BATCH):
        some = keys[first : first + BATCH]
        found = {claim.pk: claim for claim in claims.filter(pk__in=some)}
        for row in rows([found[key] for key in some if key in found], pair):
            yield writer.writerow([cell(value) for value in _cells(row, pair, site)])


def _cells(row: Row, pair: Pair, site: str) -> list[Any]:
    claim = row.claim
    lost = [end for end in (*row.left, *row.right) if end.lost]
    return [
        pair.left.title,
        "; ".join(end.anchor for end in row.left),
        "\n".join(end.words for end in row.left),
        row.relation,
        pair.right.title,
        "; ".join(end.anchor for end in row.right),
        "\n".join(end.words for end in row.right),
        claim.body,
        claim.shown_author.name if claim.shown_author else "",
        "; ".join(code.name for code in row.codes),
        claim.layer.kind,
        getattr(claim, "reply_count", 0),
        claim.made_at.isoformat(),
        claim.edited_at.isoformat() if claim.edited_at else "",
        "unplaced" if lost else "placed",
        site + claim.get_absolute_url(),
    ]


class _Line:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line
