"""Layers: whose eyes annotations are for, and in which classes an instructor's layer is shown."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reader.annotate.layer_querysets import LayerQuerySet
from reader.library.models import Document
from reader.people.class_models import Class
from reader.people.class_models import Kind as GroupKind

NAME_AT_MOST = 120


def group_name(kind: str, name: str) -> str:
    """A class or team among the layers: no name of one can be taken for “Everybody”."""
    return f"{GroupKind(kind).label}: {name}"


class Layer(models.Model):
    """Whose eyes annotations are for: a person's own, a class's or team's, or everybody's.

    A teaching layer is one person's to write in, and is shown in the classes of its Showings.
    """

    class Kind(models.TextChoices):
        """The kinds of layer."""

        PRIVATE = "private", "Only you"
        CLASS = "class", "A class or team"
        TEACHING = "teaching", "Teaching"
        PUBLIC = "public", "Everybody"

    kind = models.CharField(max_length=8, choices=Kind)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="layers"
    )
    group = models.OneToOneField(Class, null=True, blank=True, on_delete=models.CASCADE, related_name="layer")
    name = models.CharField(max_length=NAME_AT_MOST, blank=True)

    # The layers that there are for everybody, whatever classes they are in.
    ALWAYS = (Kind.PRIVATE, Kind.PUBLIC)

    objects = LayerQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["owner"], condition=Q(kind="private"), name="layer_private_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(kind="teaching"), name="layer_teaching_once_a_person"
            ),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="public"), name="layer_public_once"),
            models.CheckConstraint(
                condition=Q(kind="class", group__isnull=False) | (~Q(kind="class") & Q(group__isnull=True)),
                name="layer_of_a_class",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.get_kind_display()

    @property
    def label(self) -> str:
        """For whose eyes it is: "Only you", "Class: On Tides", "Teaching" or "Everybody"."""
        return group_name(self.group.kind, self.group.name) if self.group else self.get_kind_display()

    @property
    def is_shared(self) -> bool:
        """Whether more than one person reads it, so that the page draws what is kept of it."""
        return self.kind != self.Kind.PRIVATE

    @property
    def key(self) -> str:
        """Its word in forms and addresses: "private", "public", "teaching", or "class-7" of class 7."""
        return f"{self.kind}-{self.group_id}" if self.group_id else self.kind


class Showing(models.Model):
    """That a teaching layer is shown in a class, to everybody who is in it."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="showings")
    group = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="showings")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["layer", "group"], name="showing_once"),)

    def __str__(self) -> str:
        return f"{self.layer_id} in {self.group_id}"


class LayerChoice(models.Model):
    """The layer that somebody last wrote in on a text: what its forms propose next time."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "document"], name="layer_choice_once_a_text"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.document_id}: {self.layer_id}"
