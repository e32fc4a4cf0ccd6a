"""Keeping a text."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.ingest import parse_bytes
from reader.ingest.parsed import Parsed
from reader.library import actions
from reader.library.actions import NotKept, delete, keep
from reader.library.models import Chunk, Document, Footnote, Paragraph, Revision, Section, Work
from reader.library.rows import build
from reader.library.signals import revision_kept
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db

TABLES = (Document, Revision, Section, Paragraph, Footnote, Chunk, Work)


def library() -> dict[str, int]:
    """How many rows each table has."""
    return {model.__name__: model._default_manager.count() for model in TABLES}


@contextmanager
def listening(receiver: Callable[..., None]) -> Iterator[None]:
    """Hear of each revision that is kept."""
    revision_kept.connect(receiver)
    try:
        yield
    finally:
        revision_kept.disconnect(receiver)


def test_a_new_text_becomes_a_document_that_says_what_its_text_says() -> None:
    text = make.parsed(
        "On Tides", authors=("Ada Lomax",), published_on=date(1931, 2, 1), publication="Salt", language="en"
    )
    kept = make.kept(text)
    document = kept.revision.document
    assert kept.created
    assert (document.slug, document.current, kept.revision.number) == ("tides", kept.revision, 1)
    assert (document.title, document.authors, document.publication) == ("On Tides", ["Ada Lomax"], "Salt")
    assert document.published_on == date(1931, 2, 1)
    assert kept.revision.source_name == "text.md"


def test_every_block_and_note_is_a_range_of_the_text() -> None:
    words = "Salt is dear."
    text = make.parsed(
        "On Tides",
        make.heading("One"),
        make.paragraph(words, make.mark("1", words, 0)),
        make.item("first", 1),
        make.item("second", 2),
        notes=(make.note("1", "Ada Lomax, Salt."),),
    )
    revision = make.kept(text).revision
    revision.refresh_from_db()
    assert revision.length == len(revision.text)
    assert [revision.text[p.start : p.end] for p in revision.paragraphs.all()] == [
        b.text for b in text.blocks
    ]
    assert [p.number for p in revision.paragraphs.all()] == [None, None, 1, 2, 3]
    note = revision.footnotes.get()
    assert revision.text[note.start : note.end] == "Ada Lomax, Salt."
    citation = revision.citations.get()
    assert (citation.paragraph, citation.target, citation.offset) == (
        revision.paragraphs.get(number=1),
        note,
        13,
    )


def test_a_section_reaches_from_its_heading_to_the_next() -> None:
    text = make.parsed(
        "T",
        make.paragraph("before"),
        make.heading("One"),
        make.paragraph("in one"),
        make.heading("Two", level=2),
        make.paragraph("in two"),
        make.block("heading", "About the author", section=False),
        make.block("author_note", "She wrote."),
    )
    revision = make.kept(text).revision
    one, two = revision.sections.all()
    assert (one.title, one.level, two.title, two.level) == ("One", 1, "Two", 2)
    assert revision.text[one.start : one.end] == "One\nin one\n"
    assert revision.text[two.start :].startswith("Two\nin two")
    sections = {
        revision.text[p.start : p.end]: p.section for p in revision.paragraphs.select_related("section")
    }
    assert sections["before"] is None
    assert sections["in one"] == one
    assert sections["She wrote."] is None


def test_glued_marks_keep_their_order() -> None:
    words = "Twice."
    text = make.parsed(
        "T",
        make.paragraph(words, make.mark("2", words, 1, ordinal=1), make.mark("1", words, 0)),
        notes=(make.note("1", "a"), make.note("2", "b", line=3)),
    )
    citations = make.kept(text).revision.citations.all()
    assert [(c.label, c.position, c.ordinal) for c in citations] == [("1", 0, 0), ("2", 1, 1)]


def test_a_mark_in_a_note_comes_after_those_of_the_text() -> None:
    text = make.parsed(
        "T",
        make.paragraph("a", make.mark("1", "a", 0)),
        notes=(
            make.note("1", "see the next"),
            make.note("2", "b"),
        ),
    )
    text = Parsed(
        title=text.title,
        blocks=text.blocks,
        notes=(
            text.notes[0].__class__("1", "see", ((1, 1),), marks=(make.mark("2", "see", 1),)),
            text.notes[1],
        ),
    )
    inner = make.kept(text).revision.citations.get(position=1)
    assert (
        inner.paragraph,
        inner.footnote and inner.footnote.label,
        inner.target and inner.target.label,
    ) == (
        None,
        "1",
        "2",
    )


def test_the_same_bytes_twice_are_one_revision() -> None:
    first = make.kept(make.parsed())
    before = library()
    second = make.kept(make.parsed())
    assert (second.created, second.revision) == (False, first.revision)
    assert library() == before


def test_bytes_of_an_older_revision_are_known_too_and_change_nothing() -> None:
    old = make.kept(make.parsed(source_url="https://salt.example/a"), source=b"old")
    new = make.kept(make.parsed(source_url="https://salt.example/a"), source=b"new")
    again = make.kept(make.parsed(source_url="https://salt.example/a"), source=b"old")
    assert again.revision == old.revision
    document = Document.objects.get()
    assert document.current == new.revision


def test_a_changed_source_with_the_same_address_is_a_new_revision() -> None:
    first = make.kept(make.parsed("On Tides", source_url="https://www.salt.example/tides/"))
    second = make.kept(
        make.parsed("On Tides, Corrected", source_url="http://salt.example/tides?utm_source=x")
    )
    assert (second.created, second.doubts, second.revision.number) == (True, (), 2)
    assert second.revision.document == first.revision.document
    document = Document.objects.get()
    assert (document.title, document.current, document.slug) == (
        "On Tides, Corrected",
        second.revision,
        "tides",
    )


def test_the_old_revision_stays_as_it_was() -> None:
    first = make.kept(
        make.parsed("T", make.paragraph("Old words."), source_url="https://salt.example/t")
    ).revision
    make.kept(make.parsed("T", make.paragraph("New words."), source_url="https://salt.example/t"))
    first.refresh_from_db()
    assert first.text == "T\nOld words."
    assert first.paragraphs.count() == 2


def test_the_same_title_and_authors_is_a_new_revision_and_a_doubt() -> None:
    make.kept(make.parsed("On Tides", make.paragraph("a"), authors=("Ada Lomax",)))
    second = make.kept(make.parsed("On tides.", make.paragraph("b"), authors=("ADA LOMAX",)))
    assert second.revision.number == 2
    assert "On Tides" in second.doubts[0]
    assert second.revision.report["doubts"][-1]["message"] == second.doubts[0]


@pytest.mark.parametrize(
    "other",
    [
        {"authors": ("Ben Orme",)},
        {"authors": ()},
        {"authors": ("Ada Lomax",), "title": "On Weirs"},
        {"authors": ("Ada Lomax",), "source_url": "https://elsewhere.example/tides"},
    ],
)
def test_another_author_title_or_address_is_another_document(other: dict[str, Any]) -> None:
    make.document(make.parsed("On Tides"), authors=("Ada Lomax",), source_url="https://salt.example/tides")
    make.document(make.parsed("On Tides"), **other)
    assert Document.objects.count() == 2


def test_documents_of_one_title_get_names_of_their_own() -> None:
    slugs = [make.document(make.parsed("On Tides"), authors=(name,)).slug for name in ("A B", "C D", "E F")]
    assert slugs == ["tides", "tides-2", "tides-3"]


def test_a_text_can_be_said_to_revise_another() -> None:
    first = make.document(make.parsed("On Tides"))
    kept = make.kept(make.parsed("All New"), revises=first)
    assert (kept.revision.document, kept.revision.number, kept.doubts) == (first, 2, ())


def test_a_revision_that_does_not_repeat_its_address_keeps_it() -> None:
    first = make.document(make.parsed("On Tides", source_url="https://salt.example/tides"))
    revision = make.kept(make.parsed("On Tides", make.paragraph("New words.")), revises=first).revision
    assert revision.source_url == Document.objects.get().source_url == "https://salt.example/tides"


def test_a_digest_is_never_a_revision_of_its_original_nor_the_original_of_it() -> None:
    address = "https://salt.example/tides"
    original = make.document(make.parsed("On Tides"), authors=("Ada Lomax",), source_url=address)
    digest = make.document(
        make.parsed("On Tides"), authors=("Ada Lomax",), source_url=address, digest_of=address
    )
    assert original != digest
    assert digest.is_digest
    with pytest.raises(NotKept, match="digest"):
        make.kept(make.parsed("Whatever"), revises=digest)
    with pytest.raises(NotKept, match="digest"):
        make.kept(make.parsed("Whatever", digest_of=address), revises=original)
    assert Document.objects.count() == 2


def test_a_digest_of_a_text_without_address_is_known_by_what_it_says_of_its_original() -> None:
    document = make.document(extra=(("original.title", "Salt and Its Price"), ("licence", "CC0-1.0")))
    assert document.is_digest
    assert document.digest_of == "Salt and Its Price"


def test_nobody_revises_a_text_of_somebody_else(bob: User, alice: User) -> None:
    hers = make.document(make.parsed(source_url="https://salt.example/t"), by=alice)
    with pytest.raises(NotKept, match="not yours"):
        make.kept(make.parsed("Mine"), by=bob, revises=hers)
    his = make.document(make.parsed("Mine", source_url="https://salt.example/t"), by=bob)
    assert his != hers


def test_the_same_bytes_of_somebody_else_are_not_mine(bob: User, alice: User) -> None:
    make.document(by=alice, public=False)
    kept = make.kept(by=bob, public=False)
    assert kept.created
    assert kept.revision.document.owner == bob


def test_staff_find_the_bytes_that_others_kept(alice: User, bob: User) -> None:
    his = make.kept(by=bob)
    assert make.kept(by=alice).revision == his.revision


def test_a_revision_does_not_change_who_may_read(alice: User) -> None:
    make.document(make.parsed(source_url="https://salt.example/t"), by=alice, public=False)
    make.document(make.parsed("T2", source_url="https://salt.example/t"), by=alice, public=True)
    assert not Document.objects.get().is_public


def test_a_listener_hears_of_a_new_revision_when_all_is_written() -> None:
    heard: list[tuple[Revision, Revision | None, int]] = []

    def hear(revision: Revision, previous: Revision | None, **more: Any) -> None:
        heard.append(
            (
                revision,
                previous,
                revision.paragraphs.count() + Chunk.objects.filter(revision=revision).count(),
            )
        )

    with listening(hear):
        first = make.kept(make.parsed(source_url="https://salt.example/t")).revision
        make.kept(make.parsed(source_url="https://salt.example/t"))
        second = make.kept(make.parsed("New", source_url="https://salt.example/t")).revision
    assert heard == [(first, None, 3), (second, first, 3)]


def test_a_failure_leaves_the_library_exactly_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    make.document(make.citing("https://salt.example/t", "Before"))
    before = library(), list(Work.objects.values())
    text = make.citing("https://salt.example/t", "After", authors=("Ada Lomax",))

    def fail(*args: Any, **more: Any) -> None:
        raise RuntimeError("no")

    with listening(fail), pytest.raises(RuntimeError):
        make.kept(text)
    for step in ("lay_chunks", "match_works", "match_document"):
        with monkeypatch.context() as patch, pytest.raises(RuntimeError):
            patch.setattr(actions, step, fail)
            make.kept(text)
    assert (library(), list(Work.objects.values())) == before


def test_the_rows_tell_what_the_text_told() -> None:
    text = parse_bytes(b"# On Tides\n\nAda Lomax\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    rows = build(text)
    assert [p.kind for p in rows.paragraphs] == [b.kind for b in text.blocks]
    assert [p.ordinal for p in rows.paragraphs if p.kind == "item"] == [1, 2]
    assert next(p for p in rows.paragraphs if p.kind == "table").header == 1


def test_a_number_beyond_the_database_is_kept_as_the_highest() -> None:
    kept = make.kept(make.parsed("T", make.item("far", 10**20)))
    assert kept.revision.paragraphs.get(number=1).ordinal == 2**31 - 1


def test_a_long_label_and_language_are_cut_to_what_fits() -> None:
    text = make.parsed("T", notes=(make.note("*" * 90, "a"),), language="x" * 90)
    revision = make.kept(text).revision
    revision.refresh_from_db()
    assert (len(revision.footnotes.get().label), len(revision.language)) == (40, 20)


def test_a_text_with_every_script_is_kept_as_it_is() -> None:
    words = "שלום — 水曜日 — e\u0301 — 👩‍🚀 — 𝕊"
    revision = make.kept(make.parsed("T", make.paragraph(words))).revision
    revision.refresh_from_db()
    paragraph = revision.paragraphs.get(number=1)
    assert revision.text[paragraph.start : paragraph.end] == words


def queries_to_keep(text: Parsed) -> int:
    """Queries of keeping a text, less what bulk inserts need in batches."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        make.kept(text)
    batches = ("INSERT ", "IN (")
    return sum(1 for query in captured if not any(sign in query["sql"] for sign in batches))


def test_a_long_text_takes_no_more_queries_than_a_short_one_but_for_batches() -> None:
    assert queries_to_keep(make.book(paragraphs=1500, notes=700)) <= queries_to_keep(make.book(20, 2)) + 2


def test_a_deleted_document_takes_everything_with_it_but_the_works_of_others() -> None:
    make.document(make.citing("https://salt.example/shared", "Stays"))
    before = library()
    gone = make.document(make.citing("https://salt.example/shared", "Goes"))
    make.kept(make.parsed("Goes, without its notes"), revises=gone)
    make.kept(make.citing("https://salt.example/own", "Goes again"), revises=gone)
    delete(document=gone)
    assert library() == before
    assert Work.objects.get().url == "https://salt.example/shared"


def test_keep_takes_names_alone() -> None:
    with pytest.raises(TypeError):
        keep(make.parsed(), b"", "x", None)  # type: ignore[call-arg]
