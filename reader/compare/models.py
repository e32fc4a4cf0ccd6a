"""What joins two texts: the parallels found or drawn between them, and what people say of these."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reader.compare.querysets import PairingQuerySet, ParallelQuerySet
from reader.library.models import Document, Revision
from reader.library.passages import Passage


class Pairing(models.Model):
    """Two texts that are compared; first is the one that came into the library earlier.

    The revisions are those that its parallels were last found on; version counts what changes in them, so
    that what was made of them is known to be stale.
    """

    class State(models.TextChoices):
        """How far the finding has come."""

        WAITING = "waiting", "waiting for its turn"
        FOUND = "found", "found"
        FAILED = "failed", "failed"

    first = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pairings_as_first")
    second = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pairings_as_second")
    first_revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    second_revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    error = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    found_at = models.DateTimeField(null=True, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="pairing_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pairing_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class Parallel(models.Model):
    """A passage of the first text and one of the second that say the same thing.

    Found ones carry a score from 0 to 1, what it means in words (strength), and the words that made it. Those
    that a person drew have neither; replaces names the found one that was set right. citing says which of the
    two passages cites the other's text, if one does.
    """

    class Strength(models.TextChoices):
        """What a score means."""

        STRONG = "strong", "strong"
        LIKELY = "likely", "likely"
        FAINT = "faint", "faint"
        DRAWN = "drawn", "drawn by a reader"

    class Citing(models.TextChoices):
        """Which passage cites the other text."""

        NEITHER = "", "neither"
        FIRST = "first", "the first"
        SECOND = "second", "the second"

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="parallels")
    first = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="parallels_as_first")
    second = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="parallels_as_second")
    strength = models.CharField(max_length=6, choices=Strength)
    score = models.FloatField(default=0)
    evidence: "models.JSONField[list[Any], list[Any]]" = models.JSONField(default=list, blank=True)
    citing = models.CharField(max_length=6, choices=Citing, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="parallels"
    )
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ParallelQuerySet.as_manager()

    class Meta:
        ordering = ("pairing", "-score", "pk")

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.strength}"


class Verdict(models.Model):
    """What a person says of a parallel: that it is one, or that it is none.

    An analyst's, an instructor's or the staff's counts for everybody, a student's for themselves.
    """

    class Says(models.TextChoices):
        """The two verdicts."""

        CONFIRMED = "confirmed", "confirmed"
        REJECTED = "rejected", "rejected"

    parallel = models.ForeignKey(Parallel, on_delete=models.CASCADE, related_name="verdicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="verdicts")
    says = models.CharField(max_length=9, choices=Says)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("parallel", "pk")
        constraints = (models.UniqueConstraint(fields=["parallel", "person"], name="verdict_once"),)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.says}"
