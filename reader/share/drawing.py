"""Whose marks the desk draws while a view is open: those of its layers, and one's own."""

from django.http import HttpRequest, HttpResponse

from reader.annotate.layer_models import Layer, Showing
from reader.desk.lens import keep_looking, look_at, looking_of
from reader.desk.reading import reading_of, remember
from reader.people.models import User
from reader.share.models import View
from reader.share.view_forms import CLASS, PUBLIC, TEACHING


def drawn(request: HttpRequest, view: View, response: HttpResponse) -> HttpResponse:
    """The way to the desk, which draws a view's layers alone as far as this person sees them; two queries."""
    seen = Layer.objects.visible_to(request.user).order_by("pk")
    there = list(seen.values_list("pk", "kind"))
    given = set(view.layers.values_list("pk", flat=True))
    # Somebody who has written nothing yet may have no layer of their own: no layer has the key 0.
    chosen = [pk for pk, kind in there if pk in given or kind == Layer.Kind.PRIVATE] or [0]
    look_at(request, None if len(chosen) == len(there) else chosen, len(there), by_view=True)
    if reading_of(request).marks != "all":
        remember(response, reading_of(request).changed({"marks": "all"}))
    return keep_looking(request, response)


def proposed(request: HttpRequest, person: User) -> list[str]:
    """The layers that a new view draws unless somebody says otherwise: those that are drawn at the desk now.

    A teaching layer that no class sees yet is not shown to one by the way.
    """
    looking = looking_of(request).layers
    own = Layer.objects.filter(kind=Layer.Kind.TEACHING, owner=person)
    taught = Showing.objects.filter(layer__owner=person).exists()
    if looking is None:
        return [CLASS, PUBLIC, *([TEACHING] if taught else [])]
    kinds = set(Layer.objects.filter(pk__in=looking).values_list("kind", flat=True))
    found = [kind for kind in (CLASS, PUBLIC) if kind in kinds]
    return [*found, *([TEACHING] if taught and own.filter(pk__in=looking).exists() else [])]
