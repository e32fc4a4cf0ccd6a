"""The pages of codebooks: each verb of codes.py and recoding.py is a form that works without a script."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.annotate import access, codes, recoding
from reader.annotate.actions import NotDone
from reader.annotate.codebook_csv import BYTES_AT_MOST, bring_codebook, write_codebook
from reader.annotate.listing import whole
from reader.annotate.models import HUES, PATTERNS, Annotation, Code, Codebook, Tag
from reader.annotate.naming import BadName, Node, codes_of, tree, walk
from reader.annotate.said import say
from reader.library.models import Document
from reader.library.querysets import Reader

PASSAGES_SHOWN = 50
TEXTS_SHOWN = 20
LOOKS = {"hues": range(1, HUES + 1), "patterns": range(1, PATTERNS + 1)}


class View(Protocol):
    """A view of one codebook or code."""

    def __call__(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer the request."""


def told(page: Callable[[HttpRequest, int, str], HttpResponse]) -> Callable[[View], View]:
    """A view that shows this page again, with what to do, where something cannot be done."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int) -> HttpResponse:
            try:
                return view(request, pk)
            except (NotDone, BadName) as problem:
                return page(request, pk, str(problem))

        return guarded

    return decorate


@require_http_methods(["GET", "HEAD", "POST"])
def codebooks(request: HttpRequest) -> HttpResponse:
    """The codebooks that one may see; begin one."""
    return _begin(request) if request.method == "POST" else _codebooks(request)


@login_required
def _begin(request: HttpRequest) -> HttpResponse:
    try:
        made, change = codes.add_codebook(by=access.person(request), name=request.POST.get("name", ""))
    except BadName as problem:
        return _codebooks(request, str(problem))
    say(request, change)
    return redirect(made)


def _codebooks(request: HttpRequest, problem: str = "") -> HttpResponse:
    seen = Codebook.objects.visible_to(request.user).select_related("owner")
    live = Code.objects.live().filter(codebook__in=seen).order_by()
    counts = dict(live.values_list("codebook").annotate(count=Count("pk")))
    context = {
        "codebooks": [(codebook, counts.get(codebook.pk, 0)) for codebook in seen],
        "problem": problem,
        "name": request.POST.get("name", ""),
        "most": BYTES_AT_MOST,
    }
    return render(request, "annotate/codebooks.html", context, status=422 if problem else 200)


@require_POST
@login_required
def import_codebook(request: HttpRequest) -> HttpResponse:
    """Begin a codebook with the codes of a table."""
    table = request.FILES.get("table")
    try:
        if table is None or not table.size:
            raise NotDone("Choose a table: a CSV file with a column “name”.")
        name = request.POST.get("name", "").strip() or (table.name or "Codes").rpartition(".")[0][:100]
        data = table.read(BYTES_AT_MOST + 1)
        made, change = bring_codebook(by=access.person(request), name=name or "Codes", data=data)
    except (NotDone, BadName) as problem:
        return _codebooks(request, str(problem))
    say(request, change)
    return redirect(made)


@require_safe
def codebook(request: HttpRequest, pk: int) -> HttpResponse:
    """One codebook: the tree of its codes, with how often each is used."""
    return _codebook(request, pk)


def _codebook(request: HttpRequest, pk: int, problem: str = "") -> HttpResponse:
    one = get_object_or_404(Codebook.objects.visible_to(request.user).select_related("owner"), pk=pk)
    top = _counted(tree(one.codes.live()), request.user)
    context = {
        "codebook": one,
        "nodes": top,
        "all_nodes": walk(top),
        "keys": _keys(request.user),
        "is_own": one.owner_id == request.user.pk,
        "problem": problem,
        "typed": request.POST,
        **LOOKS,
    }
    return render(request, "annotate/codebook.html", context, status=422 if problem else 200)


@require_POST
@login_required
@told(_codebook)
def edit_codebook(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a codebook; show it to everybody, or to its owner alone."""
    one = _own_codebook(request, pk)
    name, public = request.POST.get("name", ""), request.POST.get("public") == "1"
    say(request, codes.edit_codebook(by=access.person(request), codebook=one, name=name, is_public=public))
    return redirect(one)


@require_POST
@login_required
def delete_codebook(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a codebook away with its codes; the message takes it back."""
    one = _own_codebook(request, pk)
    say(request, codes.delete_codebook(by=access.person(request), codebook=one))
    return redirect("annotate:codebooks")


@require_POST
@login_required
@told(_codebook)
def add_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a code."""
    one = _own_codebook(request, pk)
    made, change = codes.add_code(
        by=access.person(request),
        codebook=one,
        name=request.POST.get("name", ""),
        parent=_code_named(request, "parent", one),
        **({"definition": words} if (words := request.POST.get("definition", "")) else {}),
    )
    say(request, change)
    return redirect(f"{one.get_absolute_url()}#code-{made.pk}")


@require_safe
def export_codebook(request: HttpRequest, pk: int) -> HttpResponse:
    """The codebook as a table."""
    one = get_object_or_404(Codebook.objects.visible_to(request.user), pk=pk)
    name = slugify(one.name) or "codebook"
    return HttpResponse(
        write_codebook(tree(one.codes.live())),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """One code: what it means, the passages that have it, what can be done with it; or keep an edit."""
    return _edit_code(request, pk) if request.method == "POST" else _code(request, pk)


def _code(request: HttpRequest, pk: int, problem: str = "") -> HttpResponse:
    one = get_object_or_404(Code.objects.visible_to(request.user).select_related("codebook__owner"), pk=pk)
    nodes = _counted(tree(one.codebook.codes.live()), request.user)
    node = next(node for node in walk(nodes) if node.code.pk == one.pk)
    passages = Annotation.objects.visible_to(request.user).filter(tags__code=one)
    context = {
        "code": one,
        "node": node,
        "parents": [other for other in walk(nodes) if other not in walk([node])],
        "others": [other for other in codes_of(request.user) if other.code.pk != one.pk],
        "annotations": list(whole(passages).order_by("-made_at", "-pk")[: PASSAGES_SHOWN + 1]),
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
            values[name] = _number(request.POST[name])
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
        parent = _code_named(request, "parent", one.codebook)
        change = codes.move_code(by=access.person(request), code=one, parent=parent)
    say(request, change)
    return redirect(f"{one.codebook.get_absolute_url()}#code-{one.pk}")


@require_POST
@login_required
@told(_code)
def merge_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a code become part of another one."""
    one = _own_code(request, pk)
    into = Code.objects.writable_by(request.user).filter(pk=_number(request.POST.get("into", ""))).first()
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
    chosen = [_number(key) for key in request.POST.getlist("annotation")[: PASSAGES_SHOWN + 1]]
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


def _own_codebook(request: HttpRequest, pk: int) -> Codebook:
    return get_object_or_404(Codebook.objects.writable_by(request.user), pk=pk)


def _own_code(request: HttpRequest, pk: int) -> Code:
    return get_object_or_404(
        Code.objects.writable_by(request.user).select_related("codebook", "parent"), pk=pk
    )


def _code_named(request: HttpRequest, field: str, within: Codebook) -> Code | None:
    """The code of this codebook that the form's field names; None for the top."""
    words = request.POST.get(field, "")
    if not words:
        return None
    found = within.codes.live().filter(pk=_number(words)).first()
    if found is None:
        raise NotDone("The code that it was to lie below is no longer there: choose another one.")
    return found


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 19 else 0


def _counted(top: list[Node], user: Reader) -> list[Node]:
    """The tree with how many annotations that this person may see have each code; one query."""
    keys = [node.code.pk for node in walk(top)]
    seen = Tag.objects.filter(code__in=keys, annotation__in=Annotation.objects.visible_to(user)).order_by()
    counts = Counter(dict(seen.values_list("code").annotate(count=Count("pk"))))
    for node in reversed(walk(top)):
        node.count = counts[node.code.pk]
        node.count_below = sum(child.count + child.count_below for child in node.children)
    return top


def _keys(user: Reader) -> dict[int, int]:
    """The keys 1 to 9 of the codes that they set at the desk."""
    if not user.is_authenticated:
        return {}
    return {node.code.pk: key for key, node in enumerate(codes_of(user)[:9], 1)}
