"""Places in texts: what annotations, and all that joins texts, point to."""

from django.db import models
from django.db.models import F, Q

from reader.library.models import Document, Revision

CONTEXT = 32


class Passage(models.Model):
    """A place in a text, and where it is now: revision.text[start:end], in code points.

    Believed only where the text there equals exact; prefix and suffix are the CONTEXT characters around it.
    When the text is revised the row moves to the new revision, and a FormerPlace keeps where it was.
    Where the document was deleted, both keys are empty and was_in is its title.
    """

    class State(models.TextChoices):
        """How it came to where it is."""

        KEPT = "kept", "in its place"
        CHANGED = "changed", "its wording was changed: a person confirms"
        UNPLACED = "unplaced", "no longer in the text: it stays on the revision that had it"
        LEFT = "left", "left on an older revision by a person"

    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="passages"
    )
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="passages"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.KEPT)
    was_in = models.TextField(blank=True)
    noted = models.BooleanField(
        default=False, help_text="something was once written here for others: a card may stand beside it"
    )

    class Meta:
        ordering = ("revision", "start", "end", "pk")
        constraints = (models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_range_forward"),)
        indexes = (
            models.Index(fields=["revision", "start"], name="passage_start"),
            # A few notes among ten thousand highlights are found without looking at these.
            models.Index(fields=["revision", "start"], condition=Q(noted=True), name="passage_noted"),
        )

    def __str__(self) -> str:
        return self.exact if len(self.exact) <= 80 else f"{self.exact[:79].rstrip()}…"

    @property
    def title(self) -> str:
        """The title of its text as the revision has it on which it stands: a later one may be hidden."""
        return self.revision.title if self.revision else self.was_in


class FormerPlace(models.Model):
    """Where a passage was in an older revision, so that the revision stays readable with its marks."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="former_places")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="former_places")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)

    class Meta:
        ordering = ("revision", "start", "end", "pk")
        constraints = (
            models.UniqueConstraint(fields=["passage", "revision"], name="former_place_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="former_place_range_forward"),
        )
        indexes = (models.Index(fields=["revision", "start"], name="former_place_start"),)

    def __str__(self) -> str:
        return f"{self.passage} in {self.revision}"
