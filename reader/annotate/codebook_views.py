"""The pages of codebooks: each verb is a form that works without a script."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.annotate import access, codes
from reader.annotate.actions import NotDone
from reader.annotate.code_pages import LOOKS, code_named, counted, told
from reader.annotate.codebook_csv import BYTES_AT_MOST, bring_codebook, write_codebook
from reader.annotate.models import Code, Codebook
from reader.annotate.naming import BadName, tree, walk
from reader.annotate.said import say


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
    top = counted(tree(one.codes.live()), request.user)
    context = {
        "codebook": one,
        "nodes": top,
        "all_nodes": walk(top),
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
        parent=code_named(request, "parent", one),
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


def _own_codebook(request: HttpRequest, pk: int) -> Codebook:
    return get_object_or_404(Codebook.objects.writable_by(request.user), pk=pk)
