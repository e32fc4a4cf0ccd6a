"""A text as a heat map of what a class marked in it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.http import whole
from reader.library import access
from reader.share.heat import PARAGRAPHS_ON_A_PAGE, heat
from reader.share.overseeing import page_of, read_by


@never_cache
@login_required
@require_safe
def heat_map(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The text by paragraphs, each with how many of the class marked it; some paragraphs on a page."""
    standing = read_by(request, pk)
    text = access.readable(request, slug)
    page = min(whole(request.GET.get("page")) or 0, 10_000)
    found = heat(standing.group, text, page)
    last = (page + 1) * PARAGRAPHS_ON_A_PAGE
    context = page_of(standing) | {
        "text": text,
        "heat": found,
        "before": page - 1 if page else None,
        "after": page + 1 if last < found.count else None,
    }
    return render(request, "share/heat.html", context)
