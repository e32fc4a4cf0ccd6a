"""Marks on the page of the desk: everybody's and one's own, each once, and the words as they were."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.annotate.models import Annotation, Layer
from reader.desk.drawing import drawn_runs
from reader.library.models import Document
from reader.people.models import User
from tests import make
from tests.annotate.marked import mark, people, words_of
from tests.desk.pages import page
from tests.desk.pages import words_of as words_of_element
from tests.library.laid import Element, runs

pytestmark = pytest.mark.django_db

LONG = " ".join(make.sentence(n) for n in range(12))


@pytest.fixture
def text() -> Document:
    """A text with a title, a paragraph, a table and a note."""
    words = "The tide rose & fell."
    return make.document(
        make.parsed(
            "On Tides",
            make.paragraph(words, make.mark("1", words, 0)),
            make.paragraph(LONG),
            make.block("table", "Year\tHeight\n1900\tthree fathoms", header=1),
            notes=(make.note("1", "By word of mouth, and in writing."),),
        )
    )


def reading(person: User | None) -> Client:
    """The browser of this person, or of a stranger."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def marks(root: Element, annotation: Annotation) -> list[Element]:
    """The pieces of a mark on a page."""
    return [m for m in root.find("mark") if f"a{annotation.pk}" in m.attributes.get("data-range", "").split()]


def crowd(document: Document, readers: list[User]) -> None:
    """Enough marks on the long paragraph to draw it as density."""
    start, end = words_of(document, LONG)
    for place, reader in enumerate(readers):
        mark(document, start + 3 * place, end - 9 * place, reader)
        mark(document, start + 40, start + 90, reader)


@pytest.mark.parametrize("words", ["On Tides", "tide rose & fell", "Height", "word of mouth"])
def test_a_mark_is_seen_by_all_and_is_its_makers_own(text: Document, words: str) -> None:
    ann, ben = people(2)
    annotation = mark(text, *words_of(text, words), ann)
    before = runs(page(reading(None), f"/read/{text.slug}/"))
    for person, own in ((ann, True), (ben, False), (None, False)):
        root = page(reading(person), f"/read/{text.slug}/")
        (piece,) = marks(root, annotation)
        assert "".join(map(str, piece.content)) == words
        assert ("own" in piece.classes) is own
        assert {"range", "hue-1", "pattern-1", "kind-highlight"} <= set(piece.classes)
        assert runs(root) == before


def test_a_private_mark_is_on_its_makers_page_alone(text: Document) -> None:
    ann, ben = people(2)
    annotation = mark(text, 10, 20, ann, layer=Layer.objects.private_to(ann))
    assert marks(page(reading(ann), f"/read/{text.slug}/"), annotation)
    for person in (ben, None):
        assert not page(reading(person), f"/read/{text.slug}/").find("mark")


def test_ones_own_mark_lies_over_the_crowd_and_is_no_part_of_others_pages(text: Document) -> None:
    *others, ann = people(8)
    crowd(text, others)
    annotation = mark(text, *words_of(text, "tide mill"), ann)
    (piece,) = marks(page(reading(ann), f"/read/{text.slug}/"), annotation)
    assert {"own", "crowd"} <= set(piece.classes)
    root = page(reading(None), f"/read/{text.slug}/")
    assert root.find("mark", "crowd")
    assert not [piece for piece in root.find("mark") if "data-range" in piece.attributes]


def test_marks_stand_in_both_halves_with_ids_that_differ_between_texts(text: Document) -> None:
    (ann,) = people(1)
    other = make.document(title="Another")
    here, there = mark(text, 9, 20, ann), mark(other, 9, 20, ann)
    root = page(reading(None), f"/facing/{text.slug}/{other.slug}/")
    left, right = root.find("article", "leaf")
    assert (bool(marks(left, here)), bool(marks(left, there))) == (True, False)
    assert (bool(marks(right, here)), bool(marks(right, there))) == (False, True)


def test_a_part_of_a_long_text_comes_with_its_marks() -> None:
    document, (ann,) = make.document(make.book(600, 20)), people(1)
    assert document.current is not None
    chunk = document.current.chunks.order_by("-position")[0]
    inside = mark(document, chunk.start + 1, chunk.start + 30, ann)
    note = mark(document, *words_of(document, "Work 19"), ann)
    address = f"/read/{document.slug}/chunk/{chunk.position}/"
    for person in (ann, None):
        root = page(reading(person), address)
        assert marks(root, inside)
        assert marks(root, note)
        assert not page(reading(person), f"/read/{document.slug}/").find("mark")


def test_an_old_revision_is_read_with_the_marks_that_stood_on_it(text: Document) -> None:
    ann, ben = people(2)
    kept = mark(text, *words_of(text, LONG[:50]), ann)
    lost = mark(text, *words_of(text, "three fathoms"), ann)
    make.kept(make.parsed("On Tides", make.paragraph("Anew."), make.paragraph(LONG)), revises=text)
    address = f"/read/{text.slug}/revisions/1/"
    for person in (ann, ben, None):
        root = page(reading(person), address)
        assert [bool(marks(root, each)) for each in (kept, lost)] == [True, True]
        assert ("own" in marks(root, kept)[0].classes) is (person == ann)
        now = page(reading(person), f"/read/{text.slug}/")
        assert [bool(marks(now, each)) for each in (kept, lost)] == [True, False]
    (line,) = root.find("p", "old")
    assert words_of_element(line).startswith("Revision 1: an older state of this text")
    assert line.find("a")[0].attributes["href"] == f"/read/{text.slug}/"


def test_an_old_revision_of_a_book_brings_its_own_parts() -> None:
    document, (ann,) = make.document(make.book(600, 20)), people(1)
    assert document.current is not None
    chunk = document.current.chunks.order_by("-position")[0]
    annotation = mark(document, chunk.start + 1, chunk.start + 30, ann)
    make.kept(make.parsed("Anew", make.paragraph("All is new.")), revises=document)
    root = page(reading(None), f"/read/{document.slug}/revisions/1/")
    asked = root.find("div", "waiting")[-1].attributes["hx-get"]
    for person in (ann, None):
        assert marks(page(reading(person), asked), annotation)
        there = page(reading(person), f"/read/{document.slug}/revisions/1/?left=c{chunk.position}")
        assert marks(there, annotation)


def test_the_current_revision_has_one_address_and_what_is_not_there_has_none(text: Document) -> None:
    answer = reading(None).get(f"/read/{text.slug}/revisions/1/?left=p1")
    assert (answer.status_code, answer["Location"]) == (302, f"/read/{text.slug}/?left=p1")
    page(reading(None), f"/read/{text.slug}/revisions/7/", 404)
    make.kept(make.parsed("On Tides", make.paragraph("Anew.")), revises=text)
    text.is_public = False
    text.save(update_fields=["is_public"])
    page(reading(None), f"/read/{text.slug}/revisions/1/", 404)
    page(reading(make.bob()), f"/read/{text.slug}/chunk/0/?revision=1", 404)


def test_the_title_keeps_its_mark_wherever_the_text_is_open() -> None:
    document, (ann,) = make.document(make.book(600, 20)), people(1)
    annotation = mark(document, 2, 11, ann)
    assert marks(page(reading(None), f"/read/{document.slug}/?left=p500"), annotation)


def test_the_runs_that_a_mark_touches_are_drawn_as_on_the_page(text: Document) -> None:
    *others, ann = people(8)
    crowd(text, others)
    places = words_of(text, "fell")[0], words_of(text, "Height")[1]
    mark(text, *places, ann)
    for person in (ann, others[0]):
        html = reading(person).get(f"/read/{text.slug}/").content.decode()
        found = drawn_runs(person, text.current_id or 0, [places])
        assert len(found) == 4
        for run in found:
            drawn = re.sub("\x01", "left-", run.html)
            assert f' data-start="{run.start}">{drawn}<' in html.replace(f"{drawn}<noscript", f"{drawn}<")


@pytest.mark.parametrize("signed_in", [False, True])
def test_marks_cost_the_same_few_queries_however_many_there_are(text: Document, signed_in: bool) -> None:
    readers = people(8)
    other = make.document(title="Another")
    client = reading(readers[0] if signed_in else None)
    address = f"/facing/{text.slug}/{other.slug}/"

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    mark(text, *words_of(text, "tide rose"), readers[1], kind="note", body="Twice a day.")
    before = queries()
    assert before <= (10 if signed_in else 7)
    crowd(text, readers)
    mark(other, 9, 20, readers[0])
    assert queries() == before


def test_the_page_grows_with_the_text_and_not_with_its_marks(text: Document) -> None:
    readers = people(30)
    crowd(text, readers[:10])
    few = len(reading(None).get(f"/read/{text.slug}/").content)
    crowd(text, readers[10:])
    for reader in readers:
        crowd(text, [reader])
    many = len(reading(None).get(f"/read/{text.slug}/").content)
    # Of the words of the paragraph each fourth at most begins a stretch of density.
    assert many - few < len(LONG.split()) / 4 * len('<mark class="crowd level-4"></mark>')
