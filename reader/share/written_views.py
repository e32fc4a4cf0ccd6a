"""The pages of what is written in a class: all of it, and what one person wrote; and the file of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.annotate.listing import KINDS
from reader.annotate.models import Target
from reader.http import part_or_page, wants_part
from reader.people.class_models import Class, Membership
from reader.share import sheets
from reader.share import written as reads
from reader.share.models import View
from reader.share.overseeing import overseen, page_of, read_by
from reader.share.progress import Progress
from reader.share.written import Wanted

PAGE = 30
NOTES_A_PAGE = 50


@never_cache
@login_required
@require_safe
def written(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is written in the class's layer, with replies, the newest discussion first."""
    standing = read_by(request, pk)
    group, wanted = standing.group, Wanted.of(request.GET.dict())
    found = reads.discussions(group, request.user, wanted)
    context = page_of(standing) | {
        "wanted": wanted,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "here": request.get_full_path(),
    }
    if not wants_part(request):
        context |= _choices(group) | {
            "writers": reads.writers(group),
            "open_questions": reads.open_questions(reads.written_in(group, request.user)).count(),
            "open_prompts": reads.open_prompts(group).count(),
        }
    return part_or_page(request, "share/written.html", "share/_written.html", context)


@never_cache
@login_required
@require_safe
def written_by(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """All that one person wrote in the class's layer, by text and place; also of who is in it no more."""
    standing = read_by(request, pk)
    rows = Membership.objects.filter(group=standing.group).select_related("group", "person")
    membership = get_object_or_404(rows, pk=member)
    nameless = reads.is_nameless(membership)
    found = reads.written_by(membership, request.user)
    context = page_of(standing) | {
        "membership": membership,
        "nameless": nameless,
        "page": Paginator(found.none() if nameless else found, NOTES_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "here": request.get_full_path(),
    }
    return render(request, "share/written_by.html", context)


@require_safe
@login_required
def written_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """What is written in the class's layer, as far as the filter lets it through, as a table."""
    group = read_by(request, pk).group
    found = reads.narrowed(group, request.user, Wanted.of(request.GET.dict()))
    site = request.build_absolute_uri("/")[:-1]
    return _file(sheets.written(found, group, site, request.user), "written")


@require_safe
@login_required
def progress_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Who has opened, marked and answered what, as a table: a row for each student and view."""
    return _file(sheets.progress(Progress(overseen(request, pk).group)), "progress")


def _file(lines: Any, name: str) -> StreamingHttpResponse:
    named = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.csv"'
    headers = {"Content-Disposition": named, "Cache-Control": "no-store, private"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _choices(group: Class) -> dict[str, Any]:
    """What the filter's form offers; two queries."""
    texts = Target.objects.filter(annotation__layer__group=group, passage__document__isnull=False)
    named = texts.order_by("passage__document__title").values_list(
        "passage__document__slug", "passage__document__title"
    )
    views = View.objects.live().filter(group=group).order_by("position", "pk")
    return {
        "kinds": KINDS.items(),
        "texts": named.distinct(),
        "views": views.values_list("pk", "title"),
    }
