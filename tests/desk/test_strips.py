"""The strips at the edges of the leaves, without any script."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.annotate.models import Layer
from reader.compare.models import Pairing, Verdict
from reader.desk import strips, views
from reader.library.models import Document
from reader.people.models import Role
from tests import make
from tests.annotate.marked import mark
from tests.compare.claimed import claimed
from tests.compare.joining import pairing, parallel
from tests.desk.pages import assert_links_lead_somewhere, page, words_of
from tests.library.laid import Element

pytestmark = pytest.mark.django_db


def text(title: str, paragraphs: int = 6, **more: Any) -> Document:
    """A text of so many paragraphs."""
    return make.document(
        make.parsed(
            title, *(make.paragraph(make.sentence(number + len(title), 40)) for number in range(paragraphs))
        ),
        **more,
    )


def two(**more: Any) -> tuple[Document, Document, Pairing]:
    """Two texts that were compared."""
    one, other = text("On Tides"), text("On Salt and Weirs", **more)
    return one, other, pairing(one, other)


def strip(client: Client, address: str, side: str = "left") -> Element:
    """The strip of one side."""
    return next(
        nav for nav in page(client, address).find("nav", "strip") if nav.attributes["data-side"] == side
    )


def kinds(client: Client, address: str, side: str = "left") -> set[str]:
    """The kinds of things on a strip."""
    return {path.classes[0] for path in strip(client, address, side).find("path") if path.classes}


def stretches(client: Client, address: str, side: str = "left") -> list[str]:
    """What the links of a strip say."""
    return [words_of(link) for link in strip(client, address, side).find("a")]


def facing(one: Document, other: Document) -> str:
    """The address of two texts."""
    return f"/facing/{one.slug}/{other.slug}/"


def test_a_strip_says_where_the_parallels_are_and_where_the_other_is_silent(client: Client) -> None:
    one, other, of = two()
    parallel(of, 2, 5, "strong")
    parallel(of, 3, 1, "likely", "first")
    parallel(of, 6, 6, "faint")
    address = facing(one, other)
    assert kinds(client, address) == {"silent", "strong", "likely", "credited"}
    assert stretches(client, address) == [
        "¶ 1: the other is silent",
        "¶ 2: 1 parallel",
        "¶ 3: 1 parallel",
        *(f"¶ {number}: the other is silent" for number in (4, 5, 6)),
    ]
    assert stretches(client, address, "right")[0] == "¶ 1: 1 parallel"
    assert stretches(client, address, "right")[4] == "¶ 5: 1 parallel"
    turned = facing(other, one)
    assert stretches(client, turned, "right") == stretches(client, address, "left")


def test_of_texts_that_nobody_compared_no_silence_is_claimed(client: Client) -> None:
    one, other = text("On Tides"), text("On Salt")
    assert kinds(client, facing(one, other)) == set()
    assert stretches(client, facing(one, other)) == [f"¶ {number}" for number in range(1, 7)]
    of = pairing(one, other)
    Pairing.objects.filter(pk=of.pk).update(found_at=None, state="waiting", version=7)
    assert kinds(client, facing(one, other)) == set()


def test_its_links_lead_to_paragraphs_and_keep_the_other_half_where_it_is(client: Client) -> None:
    one, other, _ = two()
    address = f"{facing(one, other)}?left=p3&right=p5"
    links = strip(client, address).find("a")
    assert links[1].attributes["href"] == "?right=p5&left=p2#left-p2"
    links = strip(client, address, "right").find("a")
    assert links[1].attributes["href"] == "?left=p3&right=p2#right-p2"
    assert assert_links_lead_somewhere(client, address) > 20


def test_one_text_alone_has_a_strip_of_marks_claims_and_citations(client: Client) -> None:
    words = "The tide rose."
    tides = make.document(
        make.parsed(
            "On Tides",
            make.paragraph(words, make.mark("1", words, 0)),
            *(make.paragraph(make.sentence(number, 40)) for number in range(5)),
            notes=(make.note("1", "By word of mouth."),),
        )
    )
    salt = text("On Salt")
    address = f"/read/{tides.slug}/"
    assert kinds(client, address) == {"cites"}
    mark(tides, 60, 70, make.bob())
    strips.forget()
    assert kinds(client, address) == {"cites", "marks"}
    claimed((tides, words), (salt, make.sentence(7, 40)[:20]))
    strips.forget()
    assert kinds(client, address) == {"cites", "marks", "claims"}


def test_what_a_person_marks_alone_is_on_nobodys_strip(client: Client) -> None:
    tides = text("On Tides")
    mark(tides, 60, 70, make.bob(), layer=Layer.objects.private_to(make.bob()))
    client.force_login(make.bob())
    assert kinds(client, f"/read/{tides.slug}/") == set()


def test_a_claim_that_has_to_do_with_a_private_text_is_on_nobodys_strip(client: Client) -> None:
    tides, salt = text("On Tides"), text("On Salt", public=False, by=make.alice())
    claimed((tides, make.sentence(8, 40)[:20]), (salt, make.sentence(7, 40)[:20]), by=make.alice())
    assert "claims" not in kinds(client, f"/read/{tides.slug}/")


def test_a_strip_shows_what_stands_for_everybody_and_takes_no_persons_word(client: Client) -> None:
    one, other, of = two()
    found = parallel(of, 2, 5)
    client.force_login(make.bob())
    Verdict.objects.create(parallel=found, person=make.bob(), says="rejected")
    assert "strong" in kinds(client, facing(one, other))
    Verdict.objects.create(parallel=found, person=make.user("ines", role=Role.INSTRUCTOR), says="rejected")
    Pairing.objects.filter(pk=of.pk).update(version=99)
    assert "strong" not in kinds(client, facing(one, other))


def test_a_strip_asks_nothing_twice_within_its_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, of = two()
    parallel(of, 2, 5)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(facing(one, other)).status_code == 200
        return len(captured)

    first, warm = queries(), queries()
    assert warm < first
    # When its time is over, the marks and the claims of both texts, and nothing else.
    monkeypatch.setattr(strips, "monotonic", lambda: float(strips.FRESH))
    assert (queries(), queries()) == (warm + 4, warm)
    monkeypatch.setattr(views, "strips", lambda *_: "")
    assert warm == queries()


def test_a_strip_is_small_even_of_a_book_where_everything_is_everywhere(client: Client) -> None:
    book = make.document(make.book(2000, 500))
    other = text("On Salt")
    of = pairing(book, other)
    for number in range(1, 2000, 30):
        parallel(
            of,
            *((number, 3) if book.pk < other.pk else (3, number)),
            ("strong", "likely")[number % 2],
            "first",
        )
    for start in range(100, 60_000, 900):
        mark(book, start, start + 30, make.bob())
    html = client.get(facing(book, other)).content.decode()
    found = re.findall(r'<nav class="strip".*?</nav>', html, re.S)
    assert len(found) == 2
    assert max(map(len, found)) <= 4096
    assert 20 < found[0].count("<a ") <= 40


def test_an_old_revision_is_compared_with_nothing(client: Client) -> None:
    one, _, of = two()
    parallel(of, 2, 5)
    make.kept(make.parsed("On Tides", make.paragraph("Quite another text.")), revises=one)
    address = f"/read/{one.slug}/revisions/1/"
    assert kinds(client, address) == set()
    assert len(stretches(client, address)) == 6


def test_a_title_with_quotes_stands_in_its_name(client: Client) -> None:
    tides = make.document(title='"On" <Tides> & Weirs')
    assert strip(client, f"/read/{tides.slug}/").attributes["aria-label"] == 'All of "On" <Tides> & Weirs'


def test_a_text_without_numbered_paragraphs_has_none(client: Client) -> None:
    tides = make.document(make.parsed("On Tides", make.heading("Alone")))
    assert not page(client, f"/read/{tides.slug}/").find("nav", "strip")
