"""Which texts are compared: those that cite each other by themselves, others when somebody asks."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from reader.compare.finding import find
from reader.compare.models import Pairing
from reader.compare.pairing import pair
from reader.compare.tasks import find_in_background
from reader.library.models import Document, Footnote, Revision, WorkMatch

# A work that half of the library cites is compared with the first of these by itself, with others when asked.
PAIRED_AT_MOST = 40
# Words, and paragraphs, of the longer text: a few tenths of a second.
AT_ONCE_AT_MOST = 10_000
PARAGRAPHS_AT_ONCE = 500

State = Pairing.State


def on_revision_kept(*, revision: Revision, previous: Revision | None, **_: Any) -> None:
    """Receive library.signals.revision_kept: look for parallels with the texts that it has to do with."""
    document = revision.document
    for other in Document.objects.filter(pk__in=related(document), current__isnull=False):
        pair(document, other)
    wait(*Pairing.objects.of(document))


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
    texts = Document.objects.filter(pk__in=(one.pk, other.pk))
    most = texts.aggregate(words=Max("words"), paragraphs=Max("current__paragraphs__number"))
    if (most["words"] or 0) > AT_ONCE_AT_MOST or (most["paragraphs"] or 0) > PARAGRAPHS_AT_ONCE:
        wait(pairing)
    else:
        find(pairing.pk)
    pairing.refresh_from_db()
    return pairing


def wait(*pairings: Pairing) -> None:
    """Let the background worker look for their parallels once what is done now is kept; one query."""
    keys = [pairing.pk for pairing in pairings]
    Pairing.objects.filter(pk__in=keys).update(state=State.WAITING, error="", version=F("version") + 1)
    for key in keys:
        transaction.on_commit(partial(find_in_background.enqueue, key))
