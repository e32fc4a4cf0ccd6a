"""Which texts are compared: those that cite each other by themselves, others when somebody asks."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from reader.compare.models import Pairing
from reader.compare.tasks import find_in_background
from reader.library.models import Document, Footnote, Revision, WorkMatch
from reader.library.passages import Passage

# A work that half of the library cites is compared with the first of these by itself, with others when asked.
PAIRED_AT_MOST = 40
BATCH = 500
# Words of the longer text: a few tenths of a second.
AT_ONCE_AT_MOST = 10_000

State = Pairing.State


def pair(one: Document, other: Document) -> Pairing:
    """The pairing of two texts, made where there is none. ValueError for a text and itself."""
    if one.pk == other.pk:
        raise ValueError("A text is not compared with itself.")
    first, second = sorted((one, other), key=lambda text: text.pk)
    return Pairing.objects.get_or_create(first=first, second=second)[0]


def on_revision_kept(*, revision: Revision, previous: Revision | None, **_: Any) -> None:
    """Receive library.signals.revision_kept: look for parallels with the texts that it has to do with."""
    document = revision.document
    for other in Document.objects.filter(pk__in=related(document), current__isnull=False):
        pair(document, other)
    for pairing in Pairing.objects.of(document):
        wait(pairing)


def related(document: Document) -> list[int]:
    """The documents that a text cites, and those whose current revisions cite it; by their keys."""
    cited = WorkMatch.objects.filter(
        work__footnotes__revision__document=document, document__isnull=False
    ).filter(work__footnotes__revision=F("work__footnotes__revision__document__current"))
    citing = Document.objects.filter(
        current__footnotes__work__matches__document=document,
    )
    keys = [
        *cited.order_by("document").values_list("document", flat=True).distinct()[:PAIRED_AT_MOST],
        *citing.order_by("pk").values_list("pk", flat=True).distinct()[:PAIRED_AT_MOST],
    ]
    return [key for key in dict.fromkeys(keys) if key != document.pk]


def pair_all() -> int:
    """Pair the texts of the library that cite each other and are not paired yet; how many pairs these are."""
    made = 0
    citing = Footnote.objects.filter(
        revision=F("revision__document__current"), work__matches__document__current__isnull=False
    )
    rows = citing.order_by().values_list("revision__document", "work__matches__document").distinct()
    known = set(Pairing.objects.values_list("first", "second"))
    for first, second in sorted({(min(row), max(row)) for row in rows if row[0] != row[1]} - known):
        wait(Pairing.objects.get_or_create(first_id=first, second_id=second)[0])
        made += 1
    return made


def look(one: Document, other: Document) -> Pairing:
    """Look for the parallels of two texts: at once where they are short, else in the background."""
    pairing = pair(one, other)
    words = Document.objects.filter(pk__in=(one.pk, other.pk)).aggregate(most=Max("words"))["most"] or 0
    if words > AT_ONCE_AT_MOST:
        wait(pairing)
    else:
        # Known here only: finding waits for pairs, and pairs for finding.
        from reader.compare.finding import find

        find(pairing.pk)
    pairing.refresh_from_db()
    return pairing


def wait(pairing: Pairing) -> None:
    """Let the background worker look for parallels once what is done now is kept."""
    Pairing.objects.filter(pk=pairing.pk).update(state=State.WAITING, error="", version=F("version") + 1)
    transaction.on_commit(lambda: find_in_background.enqueue(pairing.pk))


def hold(pairing: int) -> dict[int, int | None]:
    """Hold a pairing's texts and then itself to the end of the transaction; the texts' current revisions.

    Whoever revises, deletes or compares takes them in this order, too. Empty where it is gone.
    """
    ends = Pairing.objects.filter(pk=pairing).values_list("first", "second").first() or ()
    texts = Document.objects.select_for_update(no_key=True).filter(pk__in=ends)
    current: dict[int, int | None] = dict(texts.order_by("pk").values_list("pk", "current"))
    return current if hold_alone([pairing]) else {}


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
