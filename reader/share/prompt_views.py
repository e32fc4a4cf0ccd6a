"""The pages of prompts: asking, answering, changing what is asked."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reader.annotate import actions as annotating
from reader.annotate.actions import NotDone
from reader.annotate.models import Annotation
from reader.annotate.placing import NotPlaced
from reader.annotate.rendering import BODY_AT_MOST, BodyRefused
from reader.annotate.said import say
from reader.desk.typed import is_token, lines
from reader.http import is_own_path, part_or_page, whole
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people import class_access
from reader.share import prompts, records
from reader.share import view_access as access
from reader.share.answers import answers
from reader.share.models import Asked, View
from reader.share.prompt_forms import NewPromptForm, PromptForm, chosen, initial
from reader.share.view_forms import zone_of
from reader.share.view_places import halves


@dataclass(frozen=True, slots=True)
class Found:
    """A prompt that somebody asks for, the view that it belongs to, and its passage."""

    asked: Asked
    view: View
    annotation: Annotation
    passage: Passage | None


def readable(request: HttpRequest, pk: int) -> Found:
    """The prompt, where this person sees the view that it belongs to, and may read its text; else 404."""
    return _found(request, pk, _view_of(request, pk))


def _view_of(request: HttpRequest, pk: int) -> View:
    """The view that a prompt, deleted or not, belongs to, where this person sees it; else 404."""
    view = View.objects.visible_to(request.user).filter(asked__prompt=pk).values_list("pk", flat=True).first()
    return access.readable(request, view or 0)


def _found(request: HttpRequest, pk: int, view: View) -> Found:
    asked = prompts.asked_of(view, request.user).filter(prompt=pk).first()
    if asked is None:
        raise Http404("There is no such prompt any more.")
    return Found(asked, view, asked.prompt.annotation, prompts.passages_of([pk]).get(pk))


def changeable(request: HttpRequest, pk: int) -> Found:
    """The prompt, where this person may change its view."""
    found = readable(request, pk)
    access.check_changeable(request, found.view)
    return found


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_prompt(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask something of a passage of a view's texts."""
    view = access.changeable(request, pk)
    texts = [half.document for half in halves(view, request.user) if half.document]
    if not texts:
        raise Http404("There is no text of this view that you may read.")
    values = request.POST if request.method == "POST" else request.GET
    problem = ""
    try:
        passage = chosen(values, texts)
    except NotPlaced as refused:
        passage, problem = None, str(refused)
    form = NewPromptForm(
        request.POST if request.method == "POST" else None,
        view=view,
        texts=texts,
        chosen=passage,
        initial=_named(request, texts),
    )
    if form.is_valid() and form.passage is not None and not problem:
        try:
            asked, change = prompts.ask(
                view=view,
                by=class_access.person(request),
                passage=form.passage,
                asking=form.asking(),
                token=_token(request),
            )
        except (prompts.NotAsked, NotPlaced) as refused:
            form.add_error(None, str(refused))
        else:
            say(request, change)
            return _after(request, view, asked)
    context = {
        "form": form,
        "view": view,
        "passage": passage,
        "values": values,
        "problem": problem,
        "token": _token(request) or uuid4().hex,
        "back": _own(values.get("back", "")),
    }
    return render(request, "share/prompt_new.html", context, status=422 if form.errors or problem else 200)


def _named(request: HttpRequest, texts: list[Document]) -> dict[str, str]:
    """The paragraph that the address names: the desk's own way to ask without a script."""
    at, slug = request.GET.get("at", "")[:12], request.GET.get("text", "")
    text = slug if slug in {text.slug for text in texts} else texts[0].slug
    return {"paragraph": at.removeprefix("p"), "text": text}


def _after(request: HttpRequest, view: View, asked: Asked) -> HttpResponse:
    """Back to the desk, at the prompt, where that was the way here; else to the view."""
    if _own(request.POST.get("back", "")):
        return redirect(_on_desk(view, asked.prompt_id))
    return redirect(f"{view.get_absolute_url()}#prompt-{asked.prompt_id}")


def _on_desk(view: View, pk: int) -> str:
    """The way to the desk with this view, opened at a prompt."""
    return f"{reverse('share:open_view', args=[view.pk])}?note={pk}"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prompt(request: HttpRequest, pk: int) -> HttpResponse:
    """A prompt, one's own answer, and those of the others once they are shown; answer it."""
    found = readable(request, pk)
    if request.method != "POST":
        return _page(request, found)
    if found.view.group is not None:
        class_access.still_open(found.view.group)
    body = lines(request.POST.get("body", ""))
    try:
        _, change = annotating.reply(
            to=found.annotation, by=class_access.person(request), body=body, token=_token(request)
        )
    except (NotDone, BodyRefused) as problem:
        return _page(request, found, body[: BODY_AT_MOST + 1], str(problem))
    messages.success(request, "Your answer is kept." if change else "Your answer was kept already.")
    return redirect(f"{request.path}#answers")


def _page(request: HttpRequest, found: Found, body: str = "", problem: str = "") -> HttpResponse:
    view = found.view
    records.opened(view, request.user)
    there = answers(found.annotation, request.user, whole(request.GET.get("from")) or 0)
    leads = access.leads(request.user, view)
    is_open = view.group is None or view.group.archived_at is None
    context: dict[str, Any] = {
        "view": view,
        "zone": zone_of(view.group),
        "annotation": found.annotation,
        "prompt": found.asked.prompt,
        "passage": found.passage,
        "desk": _on_desk(view, found.annotation.pk),
        "answers": there,
        "may_answer": is_open and view.group is not None and view.shown_at is not None,
        "may_change": leads and is_open,
        "token": _token(request) or uuid4().hex,
        "body": body,
        "problem": problem,
        "following": there.first + len(there.others),
    }
    status = 422 if problem else 200
    return part_or_page(request, "share/prompt.html", "share/_answers.html", context, status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_prompt(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is asked; who else changed it meanwhile is told of."""
    found = changeable(request, pk)
    if request.method != "POST":
        form = PromptForm(view=found.view, initial=initial(found.asked))
        return _edit_form(request, found, form)
    form = PromptForm(request.POST, view=found.view)
    version = whole(request.POST.get("version"))
    if not form.is_valid() or version is None:
        return _edit_form(request, found, form, status=422)
    try:
        change = prompts.edit(
            asked=found.asked, by=class_access.person(request), version=version, asking=form.asking()
        )
    except prompts.EditConflict as conflict:
        return _edit_form(request, found, form, conflict, 409)
    except prompts.NotAsked as problem:
        form.add_error("body", str(problem))
        return _edit_form(request, found, form, status=422)
    say(request, change)
    return redirect("share:prompt", pk)


def _edit_form(
    request: HttpRequest,
    found: Found,
    form: PromptForm,
    conflict: prompts.EditConflict | None = None,
    status: int = 200,
) -> HttpResponse:
    typed = whole(request.POST.get("version"))
    now = conflict.current.version if conflict else found.annotation.version if typed is None else typed
    context = {
        "form": form,
        "view": found.view,
        "annotation": found.annotation,
        "passage": found.passage,
        "version": now,
        "conflict": conflict,
    }
    return render(request, "share/prompt_edit.html", context, status=status)


@require_POST
@login_required
def move_prompt(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a prompt up or down among those of its view."""
    found = changeable(request, pk)
    prompts.move(asked=found.asked, step=-1 if request.POST.get("to") == "up" else 1)
    return redirect(f"{found.view.get_absolute_url()}#prompt-{pk}")


@require_POST
@login_required
def delete_prompt(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a prompt; what answers it lies in the trash with it, and comes back with it."""
    found = changeable(request, pk)
    say(request, annotating.delete(annotation=found.annotation, by=class_access.person(request)))
    return redirect(found.view)


@require_POST
@login_required
def restore_prompt(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a deleted prompt back."""
    one = _view_of(request, pk)
    gone = prompts.deleted_of(one).filter(prompt=pk).first()
    if gone is None or not access.leads(request.user, one):
        raise Http404("There is no such prompt any more.")
    access.check_changeable(request, one)
    say(
        request,
        annotating.restore(annotation=gone.prompt.annotation, by=class_access.person(request)),
    )
    return redirect(one)


def _token(request: HttpRequest) -> str:
    """The token of the form that was sent; none where it is not one of ours."""
    token = request.POST.get("token", "")
    return token if is_token(token) else ""


def _own(address: str) -> str:
    """An address within this site."""
    return address if is_own_path(address) else ""
