"""Prompts: questions tied to a passage, and who sees the answers when."""

from django.db import models
from django.db.models import Q

from reader.annotate.models import Annotation


class Prompt(models.Model):
    """When the replies to an annotation of the kind "prompt" are shown to peers, and whether with names.

    Those who lead or assist the class always see them; who wrote one always sees their own.
    """

    class Reveal(models.TextChoices):
        """From when on the answers of the others are seen."""

        NOW = "now", "at once"
        ANSWERED = "answered", "once one has answered"
        DATE = "date", "from a date on"

    annotation = models.OneToOneField(
        Annotation, primary_key=True, on_delete=models.CASCADE, related_name="prompt"
    )
    reveal = models.CharField(max_length=8, choices=Reveal, default=Reveal.ANSWERED)
    reveal_at = models.DateTimeField(
        null=True, blank=True, help_text="also those who have not answered see it then"
    )
    is_anonymous = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(reveal="date") | Q(reveal_at__isnull=False), name="prompt_has_its_date"
            ),
        )

    def __str__(self) -> str:
        return f"{self.annotation_id}: {self.get_reveal_display()}"


class Flag(models.Model):
    """That somebody asks those who lead a class, or the staff, to look at an annotation."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="flags")
    person = models.ForeignKey("reader.User", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "reader.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["annotation", "person"], condition=Q(settled_at__isnull=True), name="flag_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.annotation_id}"
