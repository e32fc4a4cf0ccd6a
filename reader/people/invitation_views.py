"""The page on which people are invited into a class."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reader.people import class_access as access
from reader.people import invitations as actions
from reader.people.class_forms import InviteForm
from reader.people.class_models import ClassRole, Invitation
from reader.people.class_views import page_of

SHOWN = 100


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """The ways into a class; make one, whose secret this answer alone shows."""
    group = access.known(request, pk)
    roles = access.standing(request.user, group).gives
    context = page_of(request, group)
    status = 200
    if request.method == "POST":
        access.still_open(group)
        form = InviteForm(request.POST, group=group, roles=roles)
        status = 422
        if form.is_valid():
            facts = form.cleaned_data
            made, secret = actions.invite(
                group=group,
                by=access.person(request),
                form=Invitation.Form(facts["form"]),
                role=ClassRole(facts["role"]),
                expires_at=facts["until"],
                uses=facts["uses"],
            )
            context |= {"made": made, "secret": secret, "address": address_of(request, made, secret)}
            form, status = InviteForm(group=group, roles=roles), 201
    else:
        form = InviteForm(group=group, roles=roles)
    known = Invitation.objects.filter(group=group, line=None).select_related("made_by", "group")
    live = known.live()
    context |= {"form": form, "live": live, "over": known.exclude(pk__in=live.values("pk"))[:SHOWN]}
    return render(request, "people/class_invitations.html", context, status=status)


@require_POST
@login_required
def revoke_invitation(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Let an invitation open no more, where one may give such ones."""
    group = access.known(request, pk)
    given = group.invitations.filter(role__in=access.standing(request.user, group).gives)
    actions.revoke(invitation=get_object_or_404(given, pk=invitation))
    messages.success(request, "The invitation is revoked: nobody comes in by it any more.")
    return redirect("people:class_invitations", group.pk)


def address_of(request: HttpRequest, invitation: Invitation, secret: str) -> str:
    """Where an invited person goes: the link itself, or the page where the code is typed."""
    if invitation.form == Invitation.Form.LINK:
        return request.build_absolute_uri(reverse("people:join_by_link", args=[secret]))
    return request.build_absolute_uri(reverse("people:join"))
