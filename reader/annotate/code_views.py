"""The pages of codes: each verb of codes.py and recoding.py is a form that works without a script."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from reader.annotate import access, codes, recoding
from reader.annotate.actions import NotDone
from reader.annotate.code_pages import LOOKS, code_named, counted, told
from reader.annotate.listing import with_everything
from reader.annotate.models import Annotation, Code
from reader.annotate.naming import codes_of, tree, walk
from reader.annotate.said import say
from reader.http import whole
from reader.library.models import Document

PASSAGES_SHOWN = 50
TEXTS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """One code: what it means, the passages that have it, what can be done with it; or keep an edit."""
    return _edit_code(request, pk) if request.method == "POST" else _code(request, pk)


def _code(request: HttpRequest, pk: int, problem: str = "") -> HttpResponse:
    one = get_object_or_404(Code.objects.visible_to(request.user).select_related("codebook__owner"), pk=pk)
    nodes = counted(tree(one.codebook.codes.live()), request.user)
    node = next(node for node in walk(nodes) if node.code.pk == one.pk)
    passages = Annotation.objects.visible_to(request.user).filter(tags__code=one)
    context = {
        "code": one,
        "node": node,
        "parents": [other for other in walk(nodes) if other not in walk([node])],
        "others": [other for other in codes_of(request.user) if other.code.pk != one.pk],
        "annotations": list(
            with_everything(passages, request.user).order_by("-made_at", "-pk")[: PASSAGES_SHOWN + 1]
        ),
        "shown": PASSAGES_SHOWN,
        "texts": Document.objects.visible_to(request.user)
        .filter(current__isnull=False)
        .values_list("slug", "title")[:TEXTS_SHOWN],
        "is_own": one.codebook.owner_id == request.user.pk,
        "problem": problem,
        "typed": request.POST,
        **LOOKS,
    }
    return render(request, "annotate/code.html", context, status=422 if problem else 200)


@login_required
@told(_code)
def _edit_code(request: HttpRequest, pk: int) -> HttpResponse:
    values: dict[str, Any] = {
        name: request.POST[name].replace("\r\n", "\n")
        for name in ("name", "definition", "memo")
        if name in request.POST
    }
    for name in ("hue", "pattern"):
        if name in request.POST:
            values[name] = whole(request.POST[name]) or 0
    say(request, codes.edit_code(by=access.person(request), code=_own_code(request, pk), **values))
    return redirect("annotate:code", pk=pk)


@require_POST
@login_required
@told(_code)
def move_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a code below another one, or one place up or down among those beside it."""
    one = _own_code(request, pk)
    way = request.POST.get("way", "")
    beside = [other.pk for other in codes.siblings(one.codebook, one.parent)]
    if way in ("up", "down"):
        place = max(0, beside.index(one.pk) + (1 if way == "down" else -1))
        change = codes.move_code(by=access.person(request), code=one, parent=one.parent, place=place)
    else:
        parent = code_named(request, "parent", one.codebook)
        change = codes.move_code(by=access.person(request), code=one, parent=parent)
    say(request, change)
    return redirect(f"{one.codebook.get_absolute_url()}#code-{one.pk}")


@require_POST
@login_required
@told(_code)
def merge_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a code become part of another one."""
    one = _own_code(request, pk)
    into = Code.objects.writable_by(request.user).filter(pk=whole(request.POST.get("into")) or 0).first()
    if into is None:
        raise NotDone("Choose the code that it is merged into.")
    say(request, recoding.merge_codes(by=access.person(request), code=one, into=into))
    return redirect("annotate:code", pk=into.pk)


@require_POST
@login_required
@told(_code)
def split_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a code that takes the chosen passages."""
    one = _own_code(request, pk)
    chosen = [whole(key) or 0 for key in request.POST.getlist("annotation")[: PASSAGES_SHOWN + 1]]
    seen = Annotation.objects.visible_to(request.user).filter(pk__in=chosen).values_list("pk", flat=True)
    name = request.POST.get("split_name", "")
    made, change = recoding.split_code(by=access.person(request), code=one, name=name, annotations=list(seen))
    say(request, change)
    return redirect("annotate:code", pk=made.pk)


@require_POST
@login_required
def delete_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a code; the message takes it back."""
    one = _own_code(request, pk)
    say(request, codes.delete_code(by=access.person(request), code=one))
    return redirect(one.codebook)


def _own_code(request: HttpRequest, pk: int) -> Code:
    return get_object_or_404(
        Code.objects.writable_by(request.user).select_related("codebook", "parent"), pk=pk
    )
