"""The page about a text, and what its owner does there."""

from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from reader.ingest.parsed import Doubt, Removed, Sewn
from reader.library.models import Document
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db

TIDES = "https://salt.example/tides"


@pytest.fixture
def his(bob: User) -> Document:
    """A private text of bob's."""
    return make.document(make.parsed("His Text", source_url=TIDES), by=bob, public=False)


def test_it_tells_the_facts_and_the_revisions(as_charlie: Client) -> None:
    text = make.document(
        make.parsed("On Tides", removed=(Removed("7", "page number", (3, 3)),)),
        authors=("Ada Lomax",),
        published_on=date(1931, 2, 1),
        publication="Salt",
        source_url=TIDES,
    )
    html = as_charlie.get(f"/texts/{text.slug}/").content.decode()
    for told in (
        "On Tides",
        "Ada Lomax",
        "1 February 1931",
        "Salt",
        TIDES,
        "1 removed",
        "/texts/tides/revisions/1/",
    ):
        assert told in html
    assert "Delete" not in html


def test_a_revision_tells_what_its_import_did(as_charlie: Client) -> None:
    make.document(
        make.parsed(
            "On Tides",
            removed=(Removed("Salt <b>7</b>", "running head", (3, 3)),),
            sewn=(Sewn(1, ((2, 2), (5, 6))),),
            doubts=(Doubt("Note 4 has no mark.", (9, 9)),),
        )
    )
    html = as_charlie.get("/texts/tides/revisions/1/").content.decode()
    for told in ("Salt &lt;b&gt;7", "running head", "Paragraph 1", "5–6", "Note 4 has no mark."):
        assert told in html
    assert as_charlie.get("/texts/tides/revisions/2/").status_code == 404


@pytest.mark.parametrize("address", ["", "works/", "revisions/1/", "delete/"])
def test_a_private_text_is_not_there_for_a_stranger(address: str, his: Document, as_charlie: Client) -> None:
    assert as_charlie.get(f"/texts/{his.slug}/{address}").status_code == 404
    assert as_charlie.get(f"/texts/nothing/{address}").status_code == 404


@pytest.mark.parametrize("address", ["", "works/", "revisions/1/", "delete/"])
def test_its_owner_and_the_staff_see_it(
    address: str, his: Document, as_bob: Client, as_alice: Client
) -> None:
    for client in (as_bob, as_alice):
        assert client.get(f"/texts/{his.slug}/{address}").status_code == 200


def test_a_public_text_can_be_read_but_not_changed_by_others(
    alice: User, as_bob: Client, as_charlie: Client
) -> None:
    text = make.document(by=alice)
    for client in (as_bob, as_charlie):
        assert client.get(f"/texts/{text.slug}/delete/").status_code == 403
        assert client.post(f"/texts/{text.slug}/delete/").status_code == 403
        assert client.post(f"/texts/{text.slug}/publish/", {"public": "0"}).status_code == 403
    text.refresh_from_db()
    assert text.is_public


def test_its_owner_publishes_it_and_takes_it_back(his: Document, as_bob: Client, as_charlie: Client) -> None:
    address = f"/texts/{his.slug}/"
    assert as_bob.post(f"{address}publish/", {"public": "1"}, follow=True).redirect_chain == [(address, 302)]
    assert as_charlie.get(address).status_code == 200
    as_bob.post(f"{address}publish/", {"public": "0"})
    assert as_charlie.get(address).status_code == 404
    assert as_bob.get(f"{address}publish/").status_code == 405


def test_before_it_is_deleted_the_page_tells_what_goes(his: Document, as_bob: Client) -> None:
    make.kept(make.parsed("His Text", make.paragraph("More.")), revises=his)
    make.document(make.citing(TIDES, "Somebody's Answer"))
    html = as_bob.get(f"/texts/{his.slug}/delete/").content.decode()
    assert "2 revisions" in html
    assert "Somebody&#x27;s Answer" in html
    assert Document.objects.count() == 2


def test_deleting_takes_it_from_the_shelf_and_says_so(his: Document, as_bob: Client) -> None:
    response = as_bob.post(f"/texts/{his.slug}/delete/", follow=True)
    assert "is deleted" in response.content.decode()
    assert not Document.objects.exists()


def test_works_are_told_by_where_they_are(as_charlie: Client) -> None:
    make.document(make.parsed("On Tides", source_url=TIDES))
    words = "So."
    make.document(
        make.parsed(
            "An Answer",
            make.paragraph(words, *(make.mark(str(n), words, n - 1, n - 1) for n in (1, 2, 3, 4))),
            notes=(
                make.note("1", "Tides", url=TIDES, title="On Tides"),
                make.note("2", "Weirs", url="https://weir.example/", title="On Weirs", authors=("Ben Orme",)),
                make.note("3", "Weirs again", url="https://weir.example/"),
                make.note("4", "She lives in the north."),
            ),
        )
    )
    html = as_charlie.get("/texts/answer/works/").content.decode()
    here, _, rest = html.partition("Elsewhere")
    elsewhere, _, unread = rest.partition("Notes in which no work was found")
    assert "On Tides" in here
    assert "/facing/answer/tides/?left=m1#left-m1" in here
    assert "On Weirs" in elsewhere
    assert "Ben Orme" in elsewhere
    assert elsewhere.count('href="/read/answer/?left=m') == 2
    assert "She lives in the north." in unread


def test_the_cited_text_tells_who_cites_it_and_where(as_charlie: Client) -> None:
    make.document(make.parsed("On Tides", source_url=TIDES))
    make.document(make.citing(TIDES))
    for page in ("", "works/"):
        html = as_charlie.get(f"/texts/tides/{page}").content.decode()
        assert "Cited by" in html
        assert "/read/answer/?left=m1#left-m1" in html
        assert "/facing/answer/tides/?left=m1#left-m1" in html


def test_no_page_tells_a_stranger_of_private_texts(alice: User, as_charlie: Client) -> None:
    make.document(make.parsed("Open Tides", source_url=TIDES))
    make.document(make.citing(TIDES, "Secret Answer"), by=alice, public=False)
    make.document(
        make.parsed("Secret Salt", source_url="https://salt.example/secret"), by=alice, public=False
    )
    make.document(make.citing("https://salt.example/secret", "Open Answer"))
    for slug in ("open-tides", "open-answer"):
        for page in (f"/texts/{slug}/", f"/texts/{slug}/works/", f"/read/{slug}/"):
            html = as_charlie.get(page).content.decode()
            assert "Secret" not in html, page
            assert "secret-" not in html, page
            assert "Cited by" not in html, page


def test_a_text_with_no_notes_says_so(as_charlie: Client) -> None:
    text = make.document()
    assert "has no notes" in as_charlie.get(f"/texts/{text.slug}/works/").content.decode()


def test_works_of_a_long_text_take_the_queries_of_a_short_one(
    as_charlie: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.document(make.book(paragraphs=200, notes=90))
    with django_assert_max_num_queries(8):
        assert as_charlie.get("/texts/long-book/works/").content.decode().count("Note ") >= 90
    with django_assert_max_num_queries(4):
        as_charlie.get("/texts/long-book/")


def test_an_address_that_is_no_web_address_is_no_link(as_charlie: Client) -> None:
    text = make.document(make.parsed("T", source_url="javascript:alert(1)", digest_of="javascript:alert(2)"))
    assert 'href="javascript' not in as_charlie.get(f"/texts/{text.slug}/").content.decode()
