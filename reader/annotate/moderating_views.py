"""Pages on which somebody flags an annotation, and on which those who look after it hide it or leave it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reader.annotate import access, moderating
from reader.annotate.actions import NotDone
from reader.annotate.listing import light
from reader.annotate.models import Annotation, Change
from reader.annotate.prompt_models import Flag
from reader.annotate.said import say
from reader.http import is_own_path


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask those who look after an annotation to look at it, or take that back."""
    annotation, by = access.readable(request, pk), access.person(request)
    if problem := moderating.why_not_flag(annotation, by):
        raise PermissionDenied(problem)
    why = request.POST.get("why", "").replace("\x00", "")
    if request.method != "POST":
        return _flag_form(request, annotation)
    try:
        if request.POST.get("withdraw"):
            say(request, moderating.unflag(annotation=annotation, by=by))
        else:
            change = moderating.flag(annotation=annotation, by=by, why=why)
            if change is None:
                messages.info(request, "You have flagged it already.")
            say(request, change)
    except NotDone as reason:
        return _flag_form(request, annotation, why, str(reason), 422)
    return redirect(_back(request, annotation))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then take an annotation out of others' sight."""
    annotation, by = _cared_for(request, pk), access.person(request)
    if problem := moderating.why_not_hide(annotation, by):
        raise PermissionDenied(problem)
    why = request.POST.get("why", "").replace("\x00", "")
    if request.method != "POST":
        return _hide_form(request, annotation)
    try:
        change = moderating.hide(annotation=annotation, by=by, why=why)
    except NotDone as reason:
        return _hide_form(request, annotation, why, str(reason), 422)
    return _done(request, annotation, change, "It is hidden already.")


@require_POST
@login_required
def unhide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an annotation again."""
    annotation, by = _cared_for(request, pk), access.person(request)
    if problem := moderating.why_not_restore(annotation, by):
        raise PermissionDenied(problem)
    return _done(request, annotation, moderating.unhide(annotation=annotation, by=by), "It is not hidden.")


@require_POST
@login_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave an annotation as it is, though it was flagged."""
    annotation, by = _cared_for(request, pk), access.person(request)
    try:
        change = moderating.settle(annotation=annotation, by=by)
    except NotDone as reason:
        raise PermissionDenied(str(reason)) from reason
    return _done(request, annotation, change, "Nobody flags it any more.")


def _cared_for(request: HttpRequest, pk: int) -> Annotation:
    """The annotation, where this person looks after it; 403 where they may only read it."""
    rows = moderating.in_care_of(request.user).select_related("layer__group", "author", "hidden_by", "parent")
    if found := rows.filter(pk=pk).first():
        return found
    get_object_or_404(Annotation.objects.visible_to(request.user), pk=pk)
    raise PermissionDenied("Only those who look after this may hide it or show it: you may flag it.")


def _flag_form(
    request: HttpRequest, annotation: Annotation, why: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    by = access.person(request)
    mine = Flag.objects.filter(annotation=annotation, person=by, settled_at=None).first()
    context = _about(request, annotation) | {
        "mine": mine,
        "why": why,
        "problem": problem,
        "cares": moderating.cares_for(by, annotation),
    }
    return render(request, "annotate/flag.html", context, status=status)


def _hide_form(
    request: HttpRequest, annotation: Annotation, why: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    context = _about(request, annotation) | {
        "flags": Flag.objects.filter(annotation=annotation, settled_at=None).select_related("person"),
        "replies": annotation.replies.live().count(),
        "why": why,
        "problem": problem,
    }
    return render(request, "annotate/hide.html", context, status=status)


def _about(request: HttpRequest, annotation: Annotation) -> dict[str, Any]:
    of = annotation.parent or annotation
    targets = light(of.targets.select_related("passage__document", "passage__revision"))[:3]
    return {
        "annotation": annotation,
        "group": annotation.layer.group,
        "passages": [target.passage for target in targets],
        "most": moderating.WHY_AT_MOST,
        "back": _back(request, annotation),
    }


def _done(
    request: HttpRequest, annotation: Annotation, change: Change | None, otherwise: str
) -> HttpResponse:
    if change is None:
        messages.info(request, otherwise)
    say(request, change)
    back = request.POST.get("back", "")
    return redirect(back if is_own_path(back) else moderation_of(annotation))


def moderation_of(annotation: Annotation) -> str:
    """The page of those who look after it."""
    group = annotation.layer.group_id
    return reverse("share:moderation", args=[group]) if group else reverse("share:public_moderation")


def _back(request: HttpRequest, annotation: Annotation) -> str:
    given = request.POST.get("back", "") or request.GET.get("back", "")
    return (
        given if is_own_path(given) else reverse("desk:reply", args=[annotation.parent_id or annotation.pk])
    )
