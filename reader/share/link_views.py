"""The page on which a view is given to others by links."""

from datetime import UTC
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reader.people.class_access import person
from reader.share import link_access as access
from reader.share import links as actions
from reader.share.giving import amounts, texts_kept_back
from reader.share.link_forms import LinkForm
from reader.share.models import Link, View

SHOWN = 100


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The links to a view; make one, whose address this answer alone shows."""
    view, by = access.linked(request, pk), person(request)
    there = amounts(view, by)
    form, status = LinkForm(view=view, amounts=there), 200
    context: dict[str, Any] = {}
    if request.method == "POST":
        access.given_by(request, view)
        form, status = LinkForm(request.POST, view=view, amounts=there), 422
        if form.is_valid():
            facts = form.cleaned_data
            made, token = actions.give(
                view=view,
                by=by,
                form=facts["form"],
                audience=facts["audience"],
                names=facts["names"],
                others=facts.get("others", False),
                expires_at=facts["until"],
            )
            context |= {"made": made, "address": request.build_absolute_uri(actions.address_of(token))}
            form, status = LinkForm(view=view, amounts=there), 201
    context |= {
        "view": view,
        "group": view.group,
        "zone": view.group.zone if view.group else UTC,
        "form": form,
        "amounts": there,
        "texts": [text for text in (view.left, view.right) if text],
        "kept_back": texts_kept_back(view, by),
        **_listed(view),
    }
    return render(request, "share/links.html", context, status=status)


def _listed(view: View) -> dict[str, Any]:
    known = (
        Link.objects.filter(view=view)
        .select_related("made_by", "snapshot", "view__group")
        .defer("snapshot__data", "snapshot__body")
    )
    live = list(known.live()[:SHOWN])
    over = known.exclude(pk__in=Link.objects.filter(view=view).live().values("pk"))[:SHOWN]
    return {"live": live, "over": over}


@require_POST
@login_required
def revoke_link(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Let a link open no more."""
    view = access.linked(request, pk)
    actions.revoke(link=access.link_of(view, link))
    messages.success(request, "Revoked. It opens nothing any more, not even where it is open now.")
    return redirect("share:links", view.pk)
