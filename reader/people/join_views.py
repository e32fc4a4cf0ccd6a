"""The way of an invited person into a class.

A link's secret is exchanged for a digest in the session at once, and the browser sent to an address without
it, so that it stands in no Referer and in no page's address. Nothing is decided at the link's own address: an
answer there that is an error would be logged with it.
"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reader.people import class_access as access
from reader.people import limits, memberships
from reader.people.class_forms import CodeForm
from reader.people.class_models import Invitation
from reader.people.invitations import (
    TOKEN_AT_MOST,
    NotInvited,
    digest_of_code,
    digest_of_token,
    found,
    group_behind,
)
from reader.people.models import User

KEPT_AS = "invitation"
WHAT = "invitation"


@never_cache
@csrf_exempt  # It changes nothing, and a refusal would be logged with the address.
def join_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep in mind by which invitation somebody came, and go on at a clean address."""
    response = _remember(request, digest_of_token(token[:TOKEN_AT_MOST]))
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Take a code that was written on a board."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        digest = digest_of_code(form.cleaned_data["code"])
        return _told(request, digest, lambda invitation: _remember(request, digest))
    return render(request, "people/class_join.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_class(request: HttpRequest) -> HttpResponse:
    """Say who invites where and as what; join when the person says so."""
    digest = request.session.get(KEPT_AS)
    if digest is None:
        # Sent twice, or opened later: what was joined is there, and a code can be typed otherwise.
        return redirect("people:classes" if request.method == "POST" else "people:join")
    if request.method == "POST":
        return _told(request, digest, lambda invitation: _join(request, digest))
    return _told(request, digest, lambda invitation: _ask(request, invitation))


def _told(request: HttpRequest, digest: str, then: Callable[[Invitation], HttpResponse]) -> HttpResponse:
    """What follows where the invitation opens; else what to say, the same for all that does not open."""
    person = request.user if isinstance(request.user, User) else None
    if person and (group := group_behind(digest, person)):
        request.session.pop(KEPT_AS, None)
        messages.info(request, f"You are in “{group.name}” already.")
        return redirect(group)
    try:
        limits.check(request, WHAT)
        invitation = found(digest)
        if person and memberships.was_removed(invitation.group, person):
            raise NotInvited
        return then(invitation)
    except limits.TooMany:
        return limits.too_many(request)
    except NotInvited:
        return _not_valid(request)


def _remember(request: HttpRequest, digest: str) -> HttpResponse:
    request.session[KEPT_AS] = digest
    return redirect("people:join_class")


def _ask(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    context = {"invitation": invitation, "group": invitation.group}
    return render(request, "people/class_join_class.html", context)


@login_required
def _join(request: HttpRequest, digest: str) -> HttpResponse:
    membership, is_new = memberships.join(person=access.person(request), digest=digest)
    request.session.pop(KEPT_AS, None)
    said = "You are in" if is_new else "You were already in"
    messages.success(request, f"{said} “{membership.group.name}”.")
    return redirect(membership.group)


def _not_valid(request: HttpRequest) -> HttpResponse:
    """Count it, and say what a guess learns nothing from."""
    request.session.pop(KEPT_AS, None)
    try:
        limits.failed(request, WHAT)
    except limits.TooMany:
        return limits.too_many(request)
    return render(request, "people/class_not_invited.html", status=404)
