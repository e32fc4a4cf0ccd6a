"""Pages on which somebody rewrites an annotation, answers it, and reads what it said before."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from reader.annotate import access, actions
from reader.annotate.actions import EditConflict
from reader.annotate.choosing import choices, layer_named, why_not_writable
from reader.annotate.codes import codes_chosen
from reader.annotate.history import versions
from reader.annotate.listing import light
from reader.annotate.models import Annotation, Change, Layer
from reader.annotate.moderating import hiding_of
from reader.annotate.relations import words_of
from reader.annotate.rendering import BODY_AT_MOST
from reader.desk.back import back_of
from reader.desk.changed import done, slug_of
from reader.desk.fields import fields
from reader.desk.kept import draft, let_go, to_sign_in
from reader.desk.making import meaning_of
from reader.desk.refusing import PROBLEMS, sign_in_first
from reader.desk.typed import NotTyped, Typed
from reader.http import part_or_page, wants_part, whole
from reader.library.querysets import Reader
from reader.people.models import User

REPLIES_ON_A_PAGE = 50
PASSAGES_SHOWN = 10
Kind = Annotation.Kind


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrite an annotation; what somebody else, or the same person elsewhere, wrote meanwhile is shown."""
    typed = Typed.of(request.POST)
    if not request.user.is_authenticated:
        return _sign_in(request, typed)
    annotation = access.own_in_trash(request, pk)
    if _is_asked(annotation):
        # It has more to it than words, and a page of its own.
        return HttpResponseRedirect(reverse("share:edit_prompt", args=[pk]))
    typed = draft(request) or typed.over(annotation, request.POST)
    if request.method != "POST":
        return _edit_form(request, annotation, typed)
    try:
        change = _edited(request, annotation, typed)
    except EditConflict as conflict:
        return _edit_form(request, annotation, typed, str(conflict), 409, conflict.current)
    except PROBLEMS as problem:
        return _edit_form(request, annotation, typed, str(problem), 422)
    let_go(request)
    return done(request, annotation, change, "It says this already.")


def _edited(request: HttpRequest, annotation: Annotation, typed: Typed) -> Change | None:
    by = access.person(request)
    typed.check()
    if annotation.deleted_at is not None:
        raise NotTyped("This was deleted meanwhile. Restore it first; what you typed stays here.")
    if typed.version is None:
        raise NotTyped("This form is not one of ours. Open the page again, and copy what you typed into it.")
    return actions.edit(
        annotation=annotation,
        by=by,
        version=typed.version,
        body=typed.body,
        kind=typed.kind,
        meaning=meaning_of(typed.meaning, by),
        codes=codes_chosen(by, typed.codes, typed.new_codes),
        layer=layer_named(typed.layer, by),
        relation=typed.relation,
    )[1]


def _is_asked(annotation: Annotation) -> bool:
    """Whether it is a prompt of a view that is there."""
    asked = Annotation.objects.filter(pk=annotation.pk, prompt__asked__view__deleted_at__isnull=True)
    return annotation.kind == Kind.PROMPT and asked.exists()


def _edit_form(
    request: HttpRequest,
    annotation: Annotation,
    typed: Typed,
    problem: str = "",
    status: int = 200,
    current: Annotation | None = None,
) -> HttpResponse:
    version = current.version if current else typed.version or annotation.version
    context = {
        **_about(request, annotation),
        **fields(request.user, typed, present=annotation.layer),
        "version": version,
        "problem": problem,
        "current": current,
        "deleted": annotation.deleted_at is not None,
    }
    return part_or_page(request, "desk/edit.html", "desk/_edit.html", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """An annotation with its replies; write another one."""
    annotation = access.thread(request, pk)
    typed = draft(request) or Typed.of(request.POST)
    typed = replace(typed, kind=Kind.REPLY)
    if request.method != "POST":
        if not wants_part(request) and _is_asked(annotation):
            return HttpResponseRedirect(reverse("share:prompt", args=[annotation.pk]))
        return _reply_form(request, annotation, typed)
    try:
        typed.check()
        if not request.user.is_authenticated:
            return _sign_in(request, typed)
        answer, change = actions.reply(
            to=annotation, by=access.person(request), body=typed.body, token=typed.token
        )
    except PROBLEMS as problem:
        return _reply_form(request, annotation, typed, str(problem), 422)
    let_go(request)
    return done(request, answer, change, "This was kept already.", status=201 if change else 200)


def _reply_form(
    request: HttpRequest, annotation: Annotation, typed: Typed, problem: str = "", status: int = 200
) -> HttpResponse:
    first = whole(request.GET.get("from")) or 0
    seen = Annotation.objects.replies_seen_by(request.user).with_bylines(request.user)
    rows = seen.filter(parent=annotation).select_related("author")
    replies = list(rows[first : first + REPLIES_ON_A_PAGE + 1])
    own = annotation.author_id is not None and annotation.author_id == request.user.pk
    context = {
        **_about(request, annotation),
        "typed": replace(typed, kind=Kind.REPLY),
        "token": typed.token or uuid4().hex,
        "replies": replies[:REPLIES_ON_A_PAGE],
        "more": first + REPLIES_ON_A_PAGE if len(replies) > REPLIES_ON_A_PAGE else 0,
        "hiding": hiding_of(annotation) if own else None,
        "own_question": own and annotation.kind == Kind.QUESTION,
        "own_layers": choices(request.user, annotation.layer) if own else (),
        "closed": closed(annotation.layer, request.user),
        "problem": problem,
    }
    return part_or_page(request, "desk/reply.html", "desk/_reply.html", context, status)


def closed(layer: Layer, user: Reader) -> str:
    """Why nobody answers here, or this person does not; nothing for somebody who may sign in yet."""
    return why_not_writable(layer, user) if isinstance(user, User) else ""


def _sign_in(request: HttpRequest, typed: Typed) -> HttpResponse:
    """To signing in, and back with what was typed; a script keeps that itself."""
    if request.method != "POST" or wants_part(request) or len(typed.body) > BODY_AT_MOST:
        return sign_in_first(request, request.path)
    return to_sign_in(request, request.path, typed)


def _about(request: HttpRequest, annotation: Annotation) -> dict[str, Any]:
    about = annotation.parent or annotation
    shown = about.pk
    targets = light(about.targets.select_related("passage__document", "passage__revision"))[:PASSAGES_SHOWN]
    return {
        "annotation": annotation,
        "passages": [target.passage for target in targets],
        "relation": words_of(about.relation),
        "silent": about.about_title,
        "back": back_of(request, slug_of(shown)).at(shown),
    }


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The wordings of an annotation, with what changed from one to the next; the last ones first."""
    annotation = access.readable(request, pk)
    skipped = whole(request.GET.get("from")) or 0
    shown = versions(annotation, request.user, skipped)[::-1]
    more = bool(shown) and shown[-1].number > 1
    context = {**_about(request, annotation), "versions": shown}
    context["following"] = skipped + len(shown) if more else None
    return part_or_page(request, "desk/history.html", "desk/_history.html", context)
