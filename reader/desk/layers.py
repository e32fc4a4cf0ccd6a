"""Whose marks the desk draws: the menu of its bar, and the page with the same and one's teaching layer."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reader.annotate.models import Annotation, Layer
from reader.annotate.showing import taught_in
from reader.desk.lens import keep_looking, look_at, looking_of
from reader.desk.reading import reading_of, remember
from reader.desk.refusing import sign_in_first
from reader.http import is_own_path, part_or_page, wants_part, whole
from reader.library.models import Document
from reader.people.models import User

LAYERS_AT_MOST = 200
Kind = Layer.Kind


@dataclass(frozen=True, slots=True)
class Line:
    """A layer in the menu: how many notes and marks it has on the texts at hand, and whether it is drawn."""

    pk: int
    name: str
    kind: str
    count: int
    drawn: bool


# Like the settings of reading: all that a forged request could change is what is drawn.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def layers(request: HttpRequest) -> HttpResponse:
    """The layers that this person sees, with counts; a form says which of them the desk draws."""
    if not isinstance(request.user, User):
        back = request.POST.get("back", "") or request.get_full_path()
        return sign_in_first(request, back if is_own_path(back) else "")
    if request.method == "POST":
        return _choose(request, request.user)
    slugs = [request.GET.get(side, "").replace("\x00", "") for side in ("left", "right")]
    texts = list(
        Document.objects.visible_to(request.user).filter(slug__in=slugs, current__isnull=False).only("title")
    )
    back = request.GET.get("back", "")
    found = lines(request, request.user, texts)
    context: dict[str, Any] = {
        "lines": found,
        "groups": [line for line in found if line.kind == Kind.CLASS],
        "has_teaching": any(line.kind == Kind.TEACHING for line in found),
        "texts": texts,
        "back": back if is_own_path(back) else "",
        "marks": reading_of(request).marks,
        "narrowed": looking_of(request).words,
    }
    if not wants_part(request):
        context["taught"] = taught_in(request.user)
    return part_or_page(request, "desk/layers.html", "desk/_layers.html", context)


def lines(request: HttpRequest, user: User, texts: list[Document]) -> list[Line]:
    """The layers that this person sees, the closest first; counted on these texts, or on all; two queries."""
    found = seen(user)
    there = Annotation.objects.visible_to(user).filter(parent__isnull=True)
    if texts:
        there = there.filter(passages__document__in=texts)
    counts = dict(there.order_by().values_list("layer").annotate(many=Count("pk", distinct=True)))
    drawn = looking_of(request).layers
    return [
        Line(one.pk, _name(one, user), one.kind, counts.get(one.pk, 0), drawn is None or one.pk in drawn)
        for one in found
    ]


def seen(user: User) -> list[Layer]:
    """The layers that this person sees: theirs, those of classes, what is taught, everybody's; one query."""
    order = {Kind.PRIVATE: 0, Kind.CLASS: 1, Kind.TEACHING: 2, Kind.PUBLIC: 3}
    rows = Layer.objects.visible_to(user).select_related("group", "owner")[:LAYERS_AT_MOST]
    return sorted(rows, key=lambda one: (order[Kind(one.kind)], _name(one, user)))


def _name(layer: Layer, user: User) -> str:
    if layer.kind != Kind.TEACHING:
        return layer.label
    own = layer.owner_id == user.pk
    return "Your teaching layer" if own else f"Taught by {layer.owner.name if layer.owner else ''}"


def _choose(request: HttpRequest, user: User) -> HttpResponse:
    """Keep what is to be drawn, and go back to where it is drawn."""
    there = {one.pk: one for one in seen(user)}
    show = request.POST.get("show", "")
    only = whole(show.removeprefix("only-")) if show.startswith("only-") else None
    marks, chosen = "all", list(there)
    if show in ("mine", "none"):
        marks = show
    elif only is not None and only in there:
        chosen = [only]
    elif show == "taught":
        chosen = [pk for pk, one in there.items() if one.kind == Kind.TEACHING]
    elif show != "all":
        named = {whole(key) for key in request.POST.getlist("layer")[:LAYERS_AT_MOST]}
        chosen = [pk for pk in there if pk in named]
        marks = "all" if chosen else "none"
    everything = not chosen or len(chosen) == len(there)
    look_at(request, None if everything else chosen, len(there))
    back = request.POST.get("back", "")
    response: HttpResponse = HttpResponseRedirect(back) if is_own_path(back) else redirect("desk:layers")
    remember(response, reading_of(request).changed({"marks": marks}))
    return keep_looking(request, response)
