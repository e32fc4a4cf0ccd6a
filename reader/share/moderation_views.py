"""The pages of those who moderate a class, and of the staff, who moderate what is everybody's."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.annotate.bylines import LEFT
from reader.annotate.models import Annotation, Change
from reader.annotate.moderating import HIDDEN
from reader.people.class_access import person
from reader.people.class_models import Class
from reader.people.models import User
from reader.share import moderation as reads
from reader.share.overseeing import page_of, read_by

NOTES_A_PAGE = 20
LINES_A_PAGE = 50


@never_cache
@login_required
@require_safe
def moderation(request: HttpRequest, pk: int) -> HttpResponse:
    """What is flagged and hidden in a class, and the log of it."""
    standing = read_by(request, pk)
    context = page_of(standing) | _parts(request, person(request), standing.group)
    return render(request, "share/moderation.html", context)


@never_cache
@login_required
@require_safe
def public_moderation(request: HttpRequest) -> HttpResponse:
    """What is flagged and hidden of what is everybody's."""
    by = person(request)
    if not by.is_staff:
        raise PermissionDenied("Only the staff of this library may see this.")
    return render(request, "share/public_moderation.html", _parts(request, by, None))


def _parts(request: HttpRequest, by: User, group: Class | None) -> dict[str, Any]:
    flagged = Paginator(reads.flagged(by, group), NOTES_A_PAGE).get_page(request.GET.get("flagged"))
    hidden = Paginator(reads.hidden(by, group), NOTES_A_PAGE).get_page(request.GET.get("hidden"))
    return {
        "flagged": flagged,
        "hidden": hidden,
        "notes_hidden": [(note, _why(note)) for note in hidden],
        "log": Paginator(reads.log(group), LINES_A_PAGE).get_page(request.GET.get("log")),
        "left": LEFT,
        "here": request.get_full_path(),
    }


def _why(note: Annotation) -> str:
    """What was said when it was hidden; the newest comes first."""
    changes: list[Change] = getattr(note, "hidings", [])
    return changes[0].said.removeprefix(HIDDEN) if changes else ""
