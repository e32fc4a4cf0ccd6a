"""The reading plan of a class as a page, and as a part of the class's own."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.people import class_access
from reader.people.class_access import Standing
from reader.people.class_models import LEADING, Class
from reader.share import view_actions as actions
from reader.share.models import View
from reader.share.plan import lines

LINES_ON_CLASS_PAGE = 10


@never_cache
@login_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The views of a class in the order in which they are read."""
    group = class_access.readable(request, pk)
    standing = class_access.standing(request.user, group)
    context = context_of(request, standing)
    if context["may_change"]:
        gone = View.objects.filter(group=group)
        context["deleted"] = actions.restorable(gone).order_by("-deleted_at")
    return render(request, "share/plan.html", context)


def context_of(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    """What the plan shows of a class to one person."""
    person = class_access.person(request)
    leads = standing.role in LEADING
    return {
        "group": standing.group,
        "standing": standing,
        "lines": lines(standing, person),
        # Who is of the staff alone sees what there is, and no more.
        "is_in": bool(standing.role),
        "is_student": bool(standing.role) and not standing.knows,
        "leads": leads,
        "may_change": leads and standing.group.archived_at is None,
        "here": request.get_full_path(),
    }


def on_class_shown(*, request: HttpRequest, group: Class, standing: Standing, **_: Any) -> str:
    """Receive people.signals.class_shown: the plan as a part of the class's page."""
    context = context_of(request, standing)
    found = context["lines"]
    context |= {"lines": found[:LINES_ON_CLASS_PAGE], "count": len(found)}
    return render_to_string("share/_plan_of_class.html", context, request)
