"""Two texts that were compared, and parallels of their paragraphs, made as the finding keeps them."""

from django.utils import timezone

from reader.compare.models import Pairing, Parallel
from reader.library.models import Document
from reader.library.passages import Passage


def pairing(one: Document, other: Document) -> Pairing:
    """The pairing of two texts in which the finding has found all that is there."""
    first, second = sorted((one, other), key=lambda text: text.pk)
    made, _ = Pairing.objects.get_or_create(first=first, second=second)
    made.state, made.found_at = Pairing.State.FOUND, timezone.now()
    made.version += 1
    made.save()
    made.parallels.all().delete()
    return made


def parallel(
    of: Pairing, first: int, second: int, strength: str = "strong", citing: str = "", **more: object
) -> Parallel:
    """A parallel of the first text's and the second text's paragraphs of these numbers."""
    ends = {"first": passage(of.first, first), "second": passage(of.second, second)}
    made = Parallel.objects.create(pairing=of, strength=strength, citing=citing, **ends, **more)
    Pairing.objects.filter(pk=of.pk).update(version=of.version + 1)
    of.refresh_from_db()
    return made


def passage(document: Document, number: int) -> Passage:
    """The whole of a paragraph of the current revision."""
    assert document.current is not None
    block = document.current.paragraphs.get(number=number)
    exact = document.current.text[block.start : block.end]
    return Passage.objects.create(
        document=document, revision=document.current, start=block.start, end=block.end, exact=exact
    )
