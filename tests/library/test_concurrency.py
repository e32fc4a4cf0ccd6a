"""Two people in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from reader.ingest.parsed import Parsed
from reader.library.actions import Kept, keep
from reader.library.models import Document, Revision, Work
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

Result = TypeVar("Result")


def at_once(*acts: Callable[[], Result]) -> list[Result]:
    """What acts give that begin in the same moment, each with a connection of its own."""
    barrier = Barrier(len(acts))

    def act(one: Callable[[], Result]) -> Result:
        barrier.wait()
        try:
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def keeping(text: Parsed, source: bytes) -> Callable[[], Kept]:
    """The act of keeping a text."""
    return lambda: keep(parsed=text, source=source, name="t.md", by=None)


def test_the_same_bytes_kept_at_once_are_one_revision() -> None:
    text = make.citing("https://salt.example/a")
    kept = at_once(*[keeping(text, b"same")] * 4)
    assert sorted(one.created for one in kept) == [False, False, False, True]
    assert len({one.revision.pk for one in kept}) == 1
    assert Revision.objects.count() == 1


def test_two_states_of_one_document_kept_at_once_are_two_revisions() -> None:
    make.document(make.parsed(source_url="https://salt.example/t"))
    texts = [make.parsed(f"State {n}", source_url="https://salt.example/t") for n in range(3)]
    at_once(*[keeping(text, text.title.encode()) for text in texts])
    document = Document.objects.get()
    assert sorted(document.revisions.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert document.current is not None
    assert document.current.number == 4


def test_texts_of_one_title_kept_at_once_get_names_of_their_own() -> None:
    texts = [make.parsed("On Tides", authors=(f"Author {n}",)) for n in range(3)]
    at_once(*[keeping(text, repr(text).encode()) for text in texts])
    assert sorted(Document.objects.values_list("slug", flat=True)) == ["tides", "tides-2", "tides-3"]


def test_texts_kept_at_once_that_cite_one_work_share_it() -> None:
    texts = [make.citing("https://salt.example/shared", f"Text {n}", authors=(f"A{n}",)) for n in range(4)]
    at_once(*[keeping(text, repr(text).encode()) for text in texts])
    assert Work.objects.get().footnotes.count() == 4
