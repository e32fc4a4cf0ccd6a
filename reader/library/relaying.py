"""Lay kept texts again, after the laying changed."""

from django.db import models, transaction

from reader.library.chunks import LAYOUT, lay_chunks
from reader.library.models import Chunk, Revision


def outdated() -> "models.QuerySet[Revision]":
    """The revisions of which a chunk was laid by an older laying than this one."""
    return Revision.objects.filter(models.Exists(_old(models.OuterRef("pk")))).order_by("pk")


@transaction.atomic
def lay_again(*, revision: Revision) -> None:
    """Lay the chunks of a revision anew from its tables."""
    # Two servers that start at once: the second waits, and finds nothing amiss in doing it again.
    kept = Revision.objects.select_for_update().defer("source").get(pk=revision.pk)
    chunks = lay_chunks(
        kept,
        list(kept.paragraphs.all()),
        list(kept.footnotes.all()),
        list(kept.citations.all()),
        list(kept.sections.all()),
    )
    kept.chunks.all().delete()
    Chunk.objects.bulk_create(chunks)


def _old(revision: models.OuterRef) -> "models.QuerySet[Chunk]":
    return Chunk.objects.filter(revision=revision, layout__lt=LAYOUT)
