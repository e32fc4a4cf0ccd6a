"""What the pages of codebooks and codes share: telling what is wrong, counting, and reading forms."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Protocol

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from reader.annotate.actions import NotDone
from reader.annotate.models import HUES, PATTERNS, Annotation, Code, Codebook, Tag
from reader.annotate.naming import BadName, Node, walk
from reader.http import whole
from reader.library.querysets import Reader

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


def counted(top: list[Node], user: Reader) -> list[Node]:
    """The tree with how many annotations that this person may see have each code; one query."""
    keys = [node.code.pk for node in walk(top)]
    seen = Tag.objects.filter(code__in=keys, annotation__in=Annotation.objects.visible_to(user)).order_by()
    counts = Counter(dict(seen.values_list("code").annotate(count=Count("pk"))))
    for node in reversed(walk(top)):
        node.count = counts[node.code.pk]
        node.count_below = sum(child.count + child.count_below for child in node.children)
    return top


def code_named(request: HttpRequest, field: str, within: Codebook) -> Code | None:
    """The code of this codebook that the form's field names; None for the top."""
    words = request.POST.get(field, "")
    if not words:
        return None
    found = within.codes.live().filter(pk=whole(words) or 0).first()
    if found is None:
        raise NotDone("The code that it was to lie below is no longer there: choose another one.")
    return found
