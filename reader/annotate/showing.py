"""In which of the classes that somebody leads their teaching layer is shown."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from reader.annotate import access
from reader.annotate.layer_models import Layer, Showing
from reader.annotate.signals import showings_changed
from reader.http import whole
from reader.people.class_models import Class
from reader.people.models import User

AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Taught:
    """A class that one leads, and whether one's teaching layer is shown there."""

    pk: int
    name: str
    shown: bool


def taught_in(user: User) -> list[Taught]:
    """The classes that this person leads; two queries."""
    shown = set(Showing.objects.filter(layer__owner=user).values_list("group", flat=True))
    led = Class.objects.led_by(user).order_by("name", "pk").values_list("pk", "name")[:AT_MOST]
    return [Taught(pk, name, pk in shown) for pk, name in led]


@transaction.atomic
def show_in(*, by: User, groups: Collection[int]) -> None:
    """Show the teaching layer in those of these classes that this person leads, and in no other of theirs."""
    layer = Layer.objects.teaching_of(by)
    led = set(Class.objects.led_by(by).values_list("pk", flat=True))
    layer.showings.exclude(group__in=led & set(groups)).delete()
    Showing.objects.bulk_create(
        [Showing(layer=layer, group_id=pk) for pk in sorted(led & set(groups))], ignore_conflicts=True
    )
    showings_changed.send(sender=Layer, layer=layer)


@require_POST
@login_required
def showings(request: HttpRequest) -> HttpResponse:
    """Keep in which classes one's teaching layer is shown."""
    keys = [key for words in request.POST.getlist("class")[:AT_MOST] if (key := whole(words)) is not None]
    by = access.person(request)
    show_in(by=by, groups=keys)
    count = Showing.objects.filter(layer__owner=by).count()
    where = "in no class" if not count else f"in {count} class{'' if count == 1 else 'es'}"
    messages.success(request, f"Your teaching layer is shown {where}.")
    return redirect("desk:layers")
