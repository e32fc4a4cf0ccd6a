"""Two texts of the library on one subject, one of them citing the other."""

from typing import Any

from django.urls import reverse

from reader.compare.finding import find
from reader.compare.models import Pairing, Parallel
from reader.compare.pairing import pair
from reader.compare.reading import Row, pair_of
from reader.library.actions import keep
from reader.library.models import Document
from reader.library.querysets import Reader
from tests import make

ADDRESS = "https://example.org/on-salt"
# Paragraphs 1 to 4 of the cited text.
CITED = (
    "The salt monopoly made the harbour rich, because every barge paid a tenth of its cargo to the bailiff.",
    "Winter storms closed the northern channel for eleven weeks, and the pilots went home to their farms.",
    "The widow Agnes Tolland lent the council four hundred crowns at seven per cent to repair the sluice.",
    "Gulls nested in the ruined granary until the parish tore it down and sold the oak for ship timber.",
)
# Of the citing text, 2 says what 3 says above and cites it, 4 what 1 says there; 1 and 3 stand alone.
CITING = (
    "A town is more than its walls, and its archive is more than a heap of paper in a damp cupboard.",
    "For the repair of the sluice the council borrowed four hundred crowns from the widow Tolland.",
    "Nobody has counted the school books that were printed here, though the press stood for a century.",
    "Every barge had to give the bailiff a tenth of its cargo: on this monopoly of salt the town grew rich.",
)
CITING_PARAGRAPH, CITED_PARAGRAPH = 2, 3


def cited(*paragraphs: str) -> Any:
    """What is cited, as ingest gives it."""
    blocks = [make.paragraph(words) for words in paragraphs or CITED]
    return make.parsed("On Salt", *blocks, authors=("R. Marsh",), source_url=ADDRESS, language="en")


def citing(*paragraphs: str) -> Any:
    """What cites it, after its second paragraph."""
    words = paragraphs or CITING
    blocks = [
        make.paragraph(one, *([make.mark("1", one, 0)] if one == CITING[CITING_PARAGRAPH - 1] else []))
        for one in words
    ]
    return make.parsed(
        "A Town and its Paper",
        *blocks,
        notes=(make.note("1", f"R. Marsh, “On Salt”, {ADDRESS}.", url=ADDRESS),),
        authors=("L. Quill",),
        language="en",
    )


def texts(*, public: bool = True) -> tuple[Document, Document]:
    """(what cites, what is cited), kept in the library, and compared."""
    second = make.document(cited(), public=public)
    first = make.document(citing(), public=public)
    find(pair(first, second).pk)
    return first, second


def revise(document: Document, made: Any) -> None:
    """Keep this as the document's next revision, and compare it again."""
    keep(parsed=made, source=repr(made).encode(), name="text.md", by=None, revises=document)
    document.refresh_from_db()
    for pairing in Pairing.objects.of(document):
        find(pairing.pk)


def rows(user: Reader, left: Document, right: Document) -> list[Row]:
    """What stands for this person, left text first."""
    found = pair_of(left, right)
    return found.rows(user, found.parallels(user))


def joined(user: Reader, left: Document, right: Document) -> dict[tuple[int | None, int | None], Row]:
    """The same by the numbers of both paragraphs."""
    found = rows(user, left, right)
    # The first of those that join the same two is the best.
    return {(row.left.number, row.right.number): row for row in reversed(found)}


def between(left: Document, right: Document, one: int, other: int) -> Parallel:
    """The parallel of these paragraphs, whatever was said of it."""
    found = pair_of(left, right)
    for row in found.rows(make.alice(), Parallel.objects.with_verdicts(make.alice())):
        if (row.left.number, row.right.number) == (one, other):
            return Parallel.objects.get(pk=row.pk)
    raise AssertionError(f"no parallel of {one} and {other}")


def address(left: Document, right: Document, name: str = "parallels", *more: int) -> str:
    """The address of a page of the two."""
    return reverse(f"compare:{name}", args=[left.slug, right.slug, *more])
