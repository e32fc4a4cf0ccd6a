"""What stands above the leaves of the desk that is opened with a view."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
    context = {
        "view": one,
        "zone": zone_of(one.group),
        "prompts": [(shown, _to(one, shown, slugs)) for shown in prompts.shown(one, user)],
        "lost": [half for half in texts if half.is_lost],
        "record": records.opened(one, user),
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
