"""The page of what highlights may mean."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from reader.annotate import access, meanings
from reader.annotate.actions import NotDone
from reader.annotate.code_pages import LOOKS
from reader.annotate.models import Annotation, Meaning
from reader.annotate.naming import BadName
from reader.annotate.said import say


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def all_meanings(request: HttpRequest) -> HttpResponse:
    """What one's highlights may mean; add a meaning of one's own."""
    if request.method != "POST":
        return _page(request)
    name, hue, pattern = _typed(request)
    try:
        _, change = meanings.add_meaning(by=access.person(request), name=name, hue=hue, pattern=pattern)
    except (NotDone, BadName) as problem:
        return _page(request, str(problem))
    say(request, change)
    return redirect("annotate:meanings")


@require_POST
@login_required
def edit_meaning(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a meaning of one's own, or give it another look."""
    meaning = get_object_or_404(Meaning, owner=request.user, pk=pk)
    name, hue, pattern = _typed(request)
    try:
        change = meanings.edit_meaning(
            by=access.person(request), meaning=meaning, name=name, hue=hue, pattern=pattern
        )
    except (NotDone, BadName) as problem:
        return _page(request, str(problem), pk)
    say(request, change)
    return redirect("annotate:meanings")


@require_POST
@login_required
def delete_meaning(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a meaning of one's own away."""
    meaning = get_object_or_404(Meaning, owner=request.user, pk=pk)
    try:
        say(request, meanings.delete_meaning(by=access.person(request), meaning=meaning))
    except NotDone as problem:
        return _page(request, str(problem), pk)
    return redirect("annotate:meanings")


def _typed(request: HttpRequest) -> tuple[str, int, int]:
    numbers = [request.POST.get(name, "") for name in ("hue", "pattern")]
    hue, pattern = (int(number) if number in set("123456789") else 0 for number in numbers)
    return request.POST.get("name", ""), hue, pattern


def _page(request: HttpRequest, problem: str = "", at: int = 0) -> HttpResponse:
    own = Annotation.objects.live().filter(author=request.user.pk, meaning__isnull=False).order_by()
    counts = dict(own.values_list("meaning").annotate(count=Count("pk")))
    rows = [(meaning, counts.get(meaning.pk, 0)) for meaning in Meaning.objects.for_choice(request.user)]
    context = {
        "everybodys": [row for row in rows if row[0].owner_id is None],
        "own": [row for row in rows if row[0].owner_id is not None],
        "problem": problem,
        "at": at,
        "typed": request.POST,
        **LOOKS,
    }
    return render(request, "annotate/meanings.html", context, status=422 if problem else 200)
