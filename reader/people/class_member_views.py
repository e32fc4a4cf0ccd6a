"""The pages of who is in a class, and of going out of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.http import part_or_page
from reader.people import class_access as access
from reader.people import memberships as actions
from reader.people.class_forms import GoForm
from reader.people.class_models import Class, Membership, Written
from reader.people.class_views import page_of

PAGE = 100


@never_cache
@login_required
@require_safe
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in the class, narrowed by words of their names; who was removed not long ago."""
    return _members(request, access.known(request, pk))


def _members(request: HttpRequest, group: Class, problem: str = "", at: int = 0) -> HttpResponse:
    words = request.GET.get("q", "")[:200]
    active = Membership.objects.active().filter(group=group).named(words).select_related("person")
    context = page_of(request, group) | {
        "page": Paginator(active.by_rank(), PAGE).get_page(request.GET.get("page")),
        "words": words,
        "removed": Membership.objects.restorable().filter(group=group).select_related("person", "removed_by"),
        "problem": problem,
        "at": at,
    }
    page, part = "people/class_members.html", "people/_class_members.html"
    return part_or_page(request, page, part, context, status=422 if problem else 200)


@require_POST
@login_required
def change_role(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Make a member something else."""
    group = access.still_open(access.led(request, pk))
    membership = access.member(group, member)
    try:
        actions.change_role(membership=membership, role=request.POST.get("role", ""))
    except actions.Stuck as reason:
        return _members(request, group, str(reason), member)
    membership.refresh_from_db()
    messages.success(request, f"{membership.person.name}: {membership.get_role_display().lower()} now.")
    return redirect("people:class_members", group.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Ask what is to become of what they wrote; then take a person out of the class."""
    group = access.still_open(access.led(request, pk))
    membership = access.member(group, member)
    form, problem = _go_form(request), ""
    if form.is_valid():
        choice = Written(form.cleaned_data["written"])
        try:
            actions.remove(membership=membership, by=access.person(request), choice=choice)
        except actions.Stuck as reason:
            problem = str(reason)
        else:
            messages.success(request, f"{membership.person.name} is out of “{group.name}”.")
            # Whoever takes themselves out does not see the list any more.
            gone = not Class.objects.visible_to(request.user).filter(pk=group.pk).exists()
            return redirect("people:classes") if gone else redirect("people:class_members", group.pk)
    return _go(request, "people/class_remove_member.html", group, membership, form, problem)


@require_POST
@login_required
def restore_member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Take a removal back."""
    group = access.still_open(access.led(request, pk))
    removed = Membership.objects.restorable().filter(group=group).select_related("group", "person")
    membership = get_object_or_404(removed, pk=member)
    actions.restore(membership=membership)
    messages.success(request, f"{membership.person.name} is back.")
    return redirect("people:class_members", group.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what is to become of what one wrote; then go out of the class."""
    membership = access.own(request, pk)
    form, problem = _go_form(request), ""
    if form.is_valid():
        try:
            actions.leave(membership=membership, choice=Written(form.cleaned_data["written"]))
        except actions.Stuck as reason:
            problem = str(reason)
        else:
            messages.success(request, f"You have left “{membership.group.name}”.")
            return redirect("people:classes")
    return _go(request, "people/class_leave.html", membership.group, membership, form, problem)


def _go_form(request: HttpRequest) -> GoForm:
    return GoForm(request.POST if request.method == "POST" else None)


def _go(
    request: HttpRequest, page: str, group: Class, membership: Membership, form: GoForm, problem: str
) -> HttpResponse:
    context: dict[str, Any] = {"membership": membership, "form": form, "problem": problem}
    wrong = bool(problem or form.errors)
    return render(request, page, page_of(request, group) | context, status=422 if wrong else 200)
