"""What is done with an annotation that is there: edit, delete, restore, answer, move; and undo."""

from functools import wraps
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from reader.annotate import access, actions, journal, moving
from reader.annotate.choosing import layer_named
from reader.desk.back import own_address
from reader.desk.changed import done, turned
from reader.desk.refusing import PROBLEMS, refused, sign_in_first
from reader.http import whole


class Act(Protocol):
    """A view of one annotation, or of one change."""

    def __call__(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer the request."""


def by_somebody(view: Act) -> Act:
    """A view for people with an account alone; what cannot be done is told."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request, own_address(request.POST.get("back", "")))
        try:
            return view(request, pk)
        except PROBLEMS as problem:
            return refused(request, str(problem))

    return guarded


@require_POST
@by_somebody
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an annotation into the trash."""
    annotation = access.own(request, pk)
    change = actions.delete(annotation=annotation, by=access.person(request))
    return done(request, annotation, change, "It lies in the trash already.")


@require_POST
@by_somebody
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an annotation out of the trash."""
    annotation = access.own_in_trash(request, pk)
    change = actions.restore(annotation=annotation, by=access.person(request))
    return done(request, annotation, change, "It is there already.")


@require_POST
@by_somebody
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a question as answered, by the reply that the form names; or as open again."""
    question = access.own(request, pk)
    reply = whole(request.POST.get("reply"))
    change = actions.answer(
        question=question,
        by=access.person(request),
        reply=access.readable(request, reply) if reply else None,
        answered=request.POST.get("answered", "1") != "0",
    )
    return done(request, question, change, "It is so already.")


@require_POST
@by_somebody
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an annotation, with its replies, to another layer."""
    annotation = access.own(request, pk)
    by = access.person(request)
    layer = layer_named(request.POST.get("layer", "")[:20], by)
    change = actions.move(annotation=annotation, by=by, layer=layer)
    return done(request, annotation, change, "It is there already.")


@require_POST
@by_somebody
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy an annotation, without its replies, into another layer."""
    annotation = access.thread(request, access.own(request, pk).pk)
    by = access.person(request)
    layer = layer_named(request.POST.get("layer", "")[:20], by)
    made, change = moving.copy_notes(by=by, annotations=[annotation.pk], layer=layer)
    return done(request, made[0], change, "", status=201)


@require_POST
@by_somebody
def undo_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back something that this person did."""
    change = journal.undo(change=access.own_change(request, pk), by=access.person(request))
    return turned(request, change, "Undone")


@require_POST
@by_somebody
def redo_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Do again what this person took back."""
    change = journal.redo(change=access.own_change(request, pk), by=access.person(request))
    return turned(request, change, "Done again")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the last thing that this person did."""
    last = journal.last_change(request.user)
    return undo_change(request, last.pk) if last else _nothing(request, "There is nothing to undo.")


@require_POST
def redo(request: HttpRequest) -> HttpResponse:
    """Do again the last thing that this person took back."""
    following = journal.next_change(request.user)
    if following is None:
        return _nothing(request, "There is nothing to do again.")
    return redo_change(request, following.pk)


def _nothing(request: HttpRequest, said: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return sign_in_first(request, own_address(request.POST.get("back", "")))
    return refused(request, said)
