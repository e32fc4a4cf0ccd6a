"""Who may do what with annotations. Fetching is permission; a stranger gets 404."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from reader.annotate.models import Annotation, Change
from reader.people.models import User

WITH = ("layer__group", "author", "meaning", "parent__author")


def person(request: HttpRequest) -> User:
    """Who asks; 403 without an account."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied("Sign in first.")


def readable(request: HttpRequest, pk: int) -> Annotation:
    """The annotation, where this person may read it."""
    found = Annotation.objects.visible_to(request.user).with_bylines(request.user)
    return get_object_or_404(found.select_related(*WITH), pk=pk)


def thread(request: HttpRequest, pk: int) -> Annotation:
    """The annotation, or what it answers; who wrote a reply may not be one of those who may read that now."""
    annotation = readable(request, pk)
    return readable(request, annotation.parent_id) if annotation.parent_id else annotation


def own(request: HttpRequest, pk: int) -> Annotation:
    """The annotation, where it is this person's own; 403 where they may only read it."""
    annotation = readable(request, pk)
    if annotation.author_id is None or annotation.author_id != request.user.pk:
        raise PermissionDenied("This was written by somebody else: you may answer it, but not change it.")
    return annotation


def own_in_trash(request: HttpRequest, pk: int) -> Annotation:
    """The annotation, also where it lies in the trash, where it is this person's own."""
    there = Annotation.objects.writable_by(request.user).with_bylines(request.user)
    return there.select_related(*WITH).filter(pk=pk).first() or own(request, pk)


def own_change(request: HttpRequest, pk: int) -> Change:
    """Something that this person did."""
    change = Change.objects.of(request.user).filter(pk=pk).first()
    if change is None:
        raise Http404("There is no such change of yours.")
    return change
