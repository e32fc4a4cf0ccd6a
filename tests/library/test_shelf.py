"""The shelf."""

from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from reader.library.views import TEXTS_A_PAGE
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db

TIDES = "https://salt.example/tides"
HTMX = {"HX-Request": "true"}


def page(client: Client, address: str = "/", status: int = 200, **headers: str) -> str:
    """What a person sees there."""
    response = client.get(address, headers=headers)
    assert response.status_code == status
    return response.content.decode()


def test_an_empty_shelf_says_what_to_do(as_charlie: Client, as_bob: Client, as_alice: Client) -> None:
    assert "Sign in" in page(as_charlie)
    assert "staff" in page(as_bob)
    assert 'href="/add/"' in page(as_alice)
    assert 'href="/add/"' not in page(as_bob)


def test_the_shelf_tells_each_text_by_title_authors_year_publication_and_length(as_charlie: Client) -> None:
    make.document(
        make.parsed("On Tides", make.paragraph("word " * 690)),
        authors=("Ada Lomax", "Ben Orme"),
        publication="Salt",
        published_on=date(1931, 2, 1),
    )
    html = page(as_charlie)
    for told in ("On Tides", "Ada Lomax, Ben Orme", "Salt", "1931", "692 words, about 3 min", "/read/tides/"):
        assert told in html
    assert "Digest" not in html


def test_a_digest_is_signed(as_charlie: Client) -> None:
    make.document(make.parsed("In Short", digest_of=TIDES))
    assert "Digest" in page(as_charlie)


def test_two_texts_of_which_one_cites_the_other_are_offered_facing(as_charlie: Client) -> None:
    make.document(make.parsed("On Tides", source_url=TIDES))
    make.document(make.citing(TIDES))
    assert "/facing/answer/tides/" in page(as_charlie)


def test_a_private_text_stands_on_the_shelf_of_its_owner_alone(
    alice: User, bob: User, as_alice: Client, as_bob: Client, as_charlie: Client
) -> None:
    make.document(make.parsed("His Secret", source_url=TIDES), by=bob, public=False)
    make.document(make.citing(TIDES), public=True)
    assert "His Secret" in page(as_bob)
    assert "/facing/answer/his-secret/" in page(as_bob)
    assert "His Secret" in page(as_alice)  # staff
    html = page(as_charlie)
    assert "His Secret" not in html
    assert "his-secret" not in html


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tides", True),
        ("TIDES lomax", True),
        ("ségolène", True),
        ("Segolene 1931", True),
        ("salt", True),
        ("weirs", False),
        ("tides weirs", False),
        ("50%", False),
        ("_", False),
        ("O'Neil \"unbalanced", False),
        ("\x00tides", True),
    ],
)
def test_words_find_a_text_by_what_it_says_of_itself(words: str, found: bool, as_charlie: Client) -> None:
    make.document(
        make.parsed("On Tides"),
        authors=("Ségolène Lomax",),
        publication="Salt",
        published_on=date(1931, 2, 1),
    )
    response = as_charlie.get("/", {"q": words})
    assert response.status_code == 200
    assert ("/read/tides/" in response.content.decode()) is found


def test_htmx_gets_the_list_alone_from_the_same_address(as_charlie: Client) -> None:
    make.document(make.parsed("On Tides"))
    response = as_charlie.get("/", {"q": "tides"}, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "On Tides" in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_a_title_cannot_become_markup(as_charlie: Client) -> None:
    make.document(make.parsed("<script>alert(1)</script>", source_url=TIDES))
    make.document(make.citing(TIDES))
    assert "<script>alert" not in page(as_charlie)


def test_a_long_shelf_has_pages_and_its_filter_too(as_charlie: Client) -> None:
    for n in range(TEXTS_A_PAGE + 1):
        make.document(make.parsed(f"Tides {n:03}"))
    html = page(as_charlie, "/?q=tides")
    assert html.count('class="text-title"') == TEXTS_A_PAGE
    assert "?q=tides&amp;page=2" in html
    assert page(as_charlie, "/?q=tides&page=2").count('class="text-title"') == 1
    assert page(as_charlie, "/?page=nonsense").count('class="text-title"') == TEXTS_A_PAGE


def test_the_shelf_takes_the_same_queries_for_any_number_of_texts(
    as_bob: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        make.document(make.parsed(f"Text {n}", source_url=f"https://salt.example/{n}"))
        make.document(make.citing(f"https://salt.example/{n}", f"Answer {n}", authors=(str(n),)))
    with django_assert_max_num_queries(6) as captured:
        page(as_bob)
    # Whole texts and sources are large; a shelf needs neither.
    assert not any(
        '"text"' in query["sql"] or '"source"' in query["sql"] for query in captured.captured_queries
    )


def test_the_shelf_can_only_be_looked_at(as_alice: Client) -> None:
    assert as_alice.post("/").status_code == 405
