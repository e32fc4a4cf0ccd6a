"""Views of texts, prepared for a class or given by link; what is kept of a frozen one; who has read what."""

import uuid
from datetime import UTC, date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reader.annotate.models import Layer
from reader.annotate.prompt_models import Prompt
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.class_models import NAME_AT_MOST, Class
from reader.share.querysets import LinkQuerySet, ViewQuerySet


class View(models.Model):
    """One or two texts, opened at a place, with some layers, an introduction, and prompts.

    That of a class stands in its reading plan by position, and members see it once it is shown. introduction
    is Markdown, html what is shown of it. filters narrow what is drawn: {"kinds": [...]}.
    version counts the edits, so that two people who edit at once are told.
    """

    group = models.ForeignKey(Class, null=True, blank=True, on_delete=models.CASCADE, related_name="views")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="views"
    )
    title = models.CharField(max_length=NAME_AT_MOST)
    introduction = models.TextField(blank=True)
    html = models.TextField(blank=True)
    left = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    left_place = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    right_place = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    layers = models.ManyToManyField(Layer, blank=True, related_name="views")
    filters: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ViewQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page, from which the desk opens."""
        return reverse("share:view", args=[self.pk])


class Asked(models.Model):
    """A prompt of a view; its annotation lies in the layer of the view's class."""

    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="asked")
    prompt = models.OneToOneField(Prompt, on_delete=models.CASCADE, related_name="asked")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.view_id}: {self.prompt_id}"


class Link(models.Model):
    """A way to a view for those who have it; the token itself is kept nowhere.

    key stands in the clean address, and opens nothing. revision of the view's text is the current one, unless
    the link is frozen: then its Snapshot is shown. It opens as long as whoever made it may give the view.
    """

    class Form(models.TextChoices):
        """Whether it follows the view."""

        LIVE = "live", "Live"
        FROZEN = "frozen", "Frozen"

    class Audience(models.TextChoices):
        """Whom it opens to."""

        CLASS = "class", "The class"
        ANYONE = "anyone", "Anyone who has the link"

    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="links")
    form = models.CharField(max_length=6, choices=Form)
    audience = models.CharField(max_length=6, choices=Audience, default=Audience.ANYONE)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    names = models.BooleanField(default=False, help_text="whether it shows who wrote what")
    others = models.BooleanField(
        default=False, help_text="whether it gives to anyone what others than its maker wrote in classes"
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_form_display()} link to {self.view}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it opens, as the clock of the class is; none where it has no end."""
        zone = self.view.group.zone if self.view.group else UTC
        return (
            (self.expires_at - timedelta(microseconds=1)).astimezone(zone).date() if self.expires_at else None
        )

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()


class Snapshot(models.Model):
    """The stored copy of a frozen link: what it is made of, and the page's HTML made from that.

    data is a share.values Copy as JSON; body is its first page, made anew where a note is withdrawn. left and
    right are the texts that were copied: whoever gave them may have lost the right to.
    """

    link = models.OneToOneField(Link, primary_key=True, on_delete=models.CASCADE, related_name="snapshot")
    left = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()
    title = models.CharField(max_length=NAME_AT_MOST)
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    body = models.TextField()

    def __str__(self) -> str:
        return f"{self.title}, {self.taken_at}"


class SnapshotPart(models.Model):
    """One chunk of a text in a snapshot: data is a share.values Sheet as JSON."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="parts")
    side = models.CharField(max_length=5)
    position = models.PositiveIntegerField()
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        ordering = ("snapshot", "side", "position")
        constraints = (
            models.UniqueConstraint(fields=["snapshot", "side", "position"], name="snapshot_part_once"),
        )

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.side} {self.position}"


class Frozen(models.Model):
    """That an annotation is in a snapshot, and since when no more than a place-holder of it is.

    annotation and layer are keys and no references: the copy outlives them, and asks nothing of the live
    tables. places are the parts that have it, as [side, position].
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="frozen")
    annotation = models.BigIntegerField(db_index=True)
    layer = models.BigIntegerField(default=0)
    places: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["snapshot", "annotation"], name="frozen_once_a_snapshot"),
        )

    def __str__(self) -> str:
        return f"{self.annotation} in {self.snapshot_id}"


class ReadingRecord(models.Model):
    """That a member of a class opened a view; finished_at: since when they say that they have read it."""

    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="records")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["view", "person"], name="reading_record_once"),
            models.CheckConstraint(condition=Q(opened__gte=1), name="reading_record_opened"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} read {self.view_id}"
