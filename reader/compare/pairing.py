"""Two texts as a pair: made, held while it changes, and what is shown of it known to be stale."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from reader.compare.models import Pairing
from reader.library.models import Document
from reader.library.passages import Passage

BATCH = 500


def pair(one: Document, other: Document) -> Pairing:
    """The pairing of two texts, made where there is none. ValueError for a text and itself."""
    if one.pk == other.pk:
        raise ValueError("A text is not compared with itself.")
    first, second = sorted((one, other), key=lambda text: text.pk)
    return Pairing.objects.get_or_create(first=first, second=second)[0]


def hold(*pairings: int) -> dict[int, int | None]:
    """Hold the texts of pairings and then these to the end of the transaction; the texts' current revisions.

    Whoever revises, deletes or compares takes them in this order, too. Empty where no pairing is there.
    """
    ends = Pairing.objects.filter(pk__in=pairings).values_list("first", "second")
    texts = Document.objects.select_for_update(no_key=True).filter(
        pk__in={key for pair in ends for key in pair}
    )
    current: dict[int, int | None] = dict(texts.order_by("pk").values_list("pk", "current"))
    return current if hold_alone(pairings) else {}


def hold_alone(pairings: Sequence[int]) -> list[int]:
    """Hold these pairings without their texts, before any parallel of theirs; those that are there."""
    there = Pairing.objects.select_for_update(no_key=True).filter(pk__in=pairings)
    return list(there.order_by("pk").values_list("pk", flat=True))


def changed(pairing: int) -> None:
    """Say that what is shown of a pairing is another than before."""
    Pairing.objects.filter(pk=pairing).update(version=F("version") + 1)


def on_pairing_deleted(*, instance: Pairing, **_: Any) -> None:
    """Receive pre_delete of a pairing: the passages of its parallels go with it."""
    # Whoever judges one of them at this moment comes before or too late.
    hold_alone([instance.pk])
    ends = instance.parallels.values_list("first", "second")
    forget([key for pair in ends for key in pair])


def forget(passages: Sequence[int]) -> None:
    """Delete these passages, by their keys, and the parallels that they make."""
    for first in range(0, len(passages), BATCH):
        Passage.objects.filter(pk__in=passages[first : first + BATCH]).delete()
