"""The pages of a class as a whole."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.people import class_access as access
from reader.people import classes as actions
from reader.people.class_forms import ClassForm, NewClassForm
from reader.people.class_models import LEADING, Class, ClassRole, Membership
from reader.people.signals import class_shown

PAGE = 50


@never_cache
@login_required
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """The classes and teams that one is in; the staff see the others, too."""
    person = access.person(request)
    mine = Membership.objects.active().filter(person=person).select_related("group")
    context: dict[str, Any] = {
        "present": mine.filter(group__archived_at__isnull=True).order_by("group__name", "group"),
        "archived": mine.filter(group__archived_at__isnull=False).order_by("-group__archived_at", "group"),
        "kinds": access.kinds(person),
    }
    if person.is_staff:
        own = Class.objects.of(person).values("pk")
        others = Class.objects.exclude(pk__in=own).counted().order_by("name", "pk")
        context["others"] = Paginator(others, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/classes.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_class(request: HttpRequest) -> HttpResponse:
    """Begin a class or a team."""
    kinds = access.beginner(request)
    last = Class.objects.filter(made_by=access.person(request)).order_by("-made_at", "-pk").first()
    initial = {"time_zone": last.time_zone} if last else {}
    form = NewClassForm(request.POST if request.method == "POST" else None, kinds=kinds, initial=initial)
    if form.is_valid():
        made = actions.make(by=access.person(request), **form.cleaned_data)
        messages.success(request, f"“{made.name}” has begun. Now invite those who belong to it.")
        return redirect("people:class_invitations", made.pk)
    context = {"form": form, "kinds": kinds}
    return render(request, "people/class_new.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def class_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One class: who leads it, what one is in it, and the ways on from here."""
    group = access.readable(request, pk)
    active = Membership.objects.active().filter(group=group)
    leading = active.filter(role__in=(*LEADING, ClassRole.ASSISTANT)).select_related("person")
    context = page_of(request, group)
    context |= {
        "parts": [html for _, html in class_shown.send(sender=Class, request=request, **context)],
        "leading": leading.by_rank(),
        "students": active.filter(role=ClassRole.STUDENT).count(),
        "may_copy": group.kind in access.kinds(access.person(request)),
    }
    return render(request, "people/class.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Change its name and time zone."""
    group = access.still_open(access.led(request, pk))
    initial = {"name": group.name, "time_zone": group.time_zone}
    form = ClassForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.edit(group=group, **form.cleaned_data)
        return redirect(group)
    context = page_of(request, group) | {"form": form}
    return render(request, "people/class_edit.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def copy_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the class of the next term."""
    group = access.led(request, pk)
    access.beginner(request, group.kind)
    initial = {"name": group.name, "time_zone": group.time_zone}
    form = ClassForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        made = actions.copy(group=group, by=access.person(request), **form.cleaned_data)
        messages.success(request, f"“{made.name}” has begun. Now invite its students.")
        return redirect(made)
    context = page_of(request, group) | {"form": form}
    return render(request, "people/class_copy.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def archive_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it: it stays readable, and nobody joins."""
    group = access.led(request, pk)
    actions.archive(group=group)
    messages.success(request, f"“{group.name}” is archived. It stays readable; nobody joins any more.")
    return redirect(group)


@require_POST
@login_required
def reopen_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it again."""
    group = access.led(request, pk)
    actions.reopen(group=group)
    messages.success(request, f"“{group.name}” is open again.")
    return redirect(group)


def page_of(request: HttpRequest, group: Class) -> dict[str, Any]:
    """What each page of a class shows: the class, and what the visitor may do."""
    return {"group": group, "standing": access.standing(request.user, group)}
