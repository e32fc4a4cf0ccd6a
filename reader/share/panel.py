"""What stands above the leaves of the desk that is opened with a view."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.desk.half import url, with_places
from reader.desk.panels import Panel
from reader.library.querysets import Reader
from reader.share import prompts, records
from reader.share import view_access as access
from reader.share.models import View
from reader.share.prompts import Shown
from reader.share.view_actions import KINDS
from reader.share.view_forms import zone_of
from reader.share.view_places import halves


def on_panel_asked(*, request: HttpRequest, view: int, slugs: Sequence[str], **_: Any) -> Panel | None:
    """Receive desk.panels.panel_asked: None where this person may not see the view any more."""
    one = access.light(View.objects.visible_to(request.user)).filter(pk=view).first()
    if one is None:
        return None
    user: Reader = request.user
    texts = halves(one, user)
    leads = access.leads(user, one)
    before, after = _beside(one, user)
    asked = prompts.shown(one, user)
    record = records.opened(one, user)
    context = {
        "view": one,
        "zone": zone_of(one.group),
        "prompts": [(shown, _to(one, shown, slugs)) for shown in asked],
        **_states(asked, learns=record is not None),
        "lost": [half for half in texts if half.is_lost],
        "record": record,
        "before": before,
        "after": after,
        "here": request.get_full_path(),
        "closed": with_places(request.path, {side: request.GET.get(side, "") for side in ("left", "right")}),
        "may_change": leads and (one.group is None or one.group.archived_at is None),
        "others": [half for half in texts if half.document and half.document.slug not in slugs],
    }
    html = SafeString(render_to_string("share/_panel.html", context, request))
    head = SafeString(render_to_string("share/_panel_head.html", context))
    kinds = " ".join(one.filters.get(KINDS, ()))
    attributes = (
        format_html(' data-view="{}" data-kinds="{}"', one.pk, kinds)
        if kinds
        else format_html(' data-view="{}"', one.pk)
    )
    return Panel(html, head, attributes)


def _states(asked: Sequence[Shown], *, learns: bool) -> dict[str, Any]:
    """How many of the prompts this reader answered; learns: that they are asked, other than who leads."""
    return {"done": sum(shown.is_answered for shown in asked), "learns": learns}


@never_cache
@login_required
@require_safe
def panel_states(request: HttpRequest, pk: int) -> HttpResponse:
    """What the panel says of the prompts by now, in place of what it said."""
    one = access.readable(request, pk)
    asked = prompts.shown(one, request.user)
    learns = records.is_recorded(one, request.user)
    context = {"prompts": asked, **_states(asked, learns=learns), "anew": True}
    return render(request, "share/_panel_states.html", context)


def _beside(one: View, user: Reader) -> tuple[View | None, View | None]:
    """The view before this one in the plan of its class, as this reader sees it, and the one after it."""
    if one.group_id is None:
        return None, None
    plan = View.objects.visible_to(user).filter(group=one.group_id).order_by("position", "pk")
    keys = list(plan.only("pk", "title"))
    at = next(place for place, other in enumerate(keys) if other.pk == one.pk)
    return keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None


def _to(one: View, shown: Shown, slugs: Sequence[str]) -> str:
    """The desk as it is, opened at a prompt's card; nothing where the text does not have it any more."""
    document = shown.passage.document if shown.passage else None
    if document is None or not shown.anchor:
        return ""
    key, at = str(shown.annotation.pk), shown.anchor
    if document.slug not in slugs:
        return with_places(url("desk:read", document.slug), {"left": at, "view": str(one.pk), "note": key})
    side = "left" if slugs[0] == document.slug else "right"
    path = url("desk:facing" if len(slugs) > 1 else "desk:read", *slugs)
    return with_places(path, {side: at, "view": str(one.pk), "note": key}) + f"#{side}-a{key}"
