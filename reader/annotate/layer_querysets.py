"""Which layers there are for whom: the one rule of who sees what is written in a class."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from reader.library.querysets import Reader
from reader.people.class_models import Class, ClassRole, Membership
from reader.people.lens import Lens, layers_of

if TYPE_CHECKING:
    from reader.annotate.layer_models import Layer
    from reader.people.models import User


class LayerQuerySet(models.QuerySet["Layer"]):
    """Layers, by who may see them; all of them are made on first use."""

    def public(self) -> "Layer":
        """Everybody's."""
        return self.get_or_create(kind="public", owner=None)[0]

    def private_to(self, user: "User") -> "Layer":
        """This person's own."""
        return self.get_or_create(kind="private", owner=user)[0]

    def teaching_of(self, user: "User") -> "Layer":
        """The one that this person shows in classes."""
        return self.get_or_create(kind="teaching", owner=user)[0]

    def of_class(self, group: Class) -> "Layer":
        """A class's or team's."""
        return self.get_or_create(kind="class", group=group)[0]

    def visible_to(self, user: Reader) -> "LayerQuerySet":
        """Everybody's, a person's own, those of their classes, and what instructors show there.

        Through a Lens: what a link gives, or those of these that are chosen.
        """
        chosen = layers_of(user)
        if isinstance(user, Lens) and user.is_given:
            return self.filter(pk__in=chosen or ())
        seen = Q(kind="public")
        if user.is_authenticated:
            from reader.annotate.layer_models import Showing

            shown = Showing.objects.filter(layer=OuterRef("pk"), group__in=groups_of(user))
            seen |= Q(owner=user.pk) | Q(kind="class", group__in=groups_of(user))
            seen |= Q(Exists(shown), kind="teaching")
        return self.filter(seen) if chosen is None else self.filter(seen, pk__in=chosen)

    def writable_by(self, user: Reader) -> "LayerQuerySet":
        """Those that this person may write in: everybody's, their own, and of the classes that are open."""
        if not user.is_authenticated:
            return self.none()
        open_to = Membership.objects.active().filter(person=user.pk, group__archived_at__isnull=True)
        return self.filter(
            Q(kind="public") | Q(owner=user.pk) | Q(kind="class", group__in=open_to.values("group"))
        )


def groups_of(user: Reader) -> "models.QuerySet[Membership, int]":
    """The classes that this person is in, as keys for a subquery."""
    return Membership.objects.active().filter(person=user.pk).order_by().values_list("group", flat=True)


def groups_known_to(user: Reader) -> "models.QuerySet[Membership, int]":
    """The classes in which this person sees who wrote what, and when: those that they lead or assist."""
    knowing = Q(role=ClassRole.INSTRUCTOR) | Q(role=ClassRole.ASSISTANT) | Q(role=ClassRole.ANALYST)
    there = Membership.objects.active().filter(knowing, person=user.pk)
    return there.order_by().values_list("group", flat=True)
