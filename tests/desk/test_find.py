"""Finding words in the open texts, with and without scripts."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.desk.pages import assert_links_lead_somewhere, page, words_of
from tests.library.laid import hrefs

pytestmark = pytest.mark.django_db


def found(client: Client, address: str, words: str) -> list[str]:
    """The addresses of the places found."""
    answer = client.get(address, {"q": words})
    assert answer.status_code == 200
    root = page(client, answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"])
    return [href for href in hrefs(root.find("div", "found-list")[0]) if "#" in href]


def a_text() -> str:
    """The slug of a text with a word in each kind of place."""
    text = make.parsed(
        "A lantern title",
        make.heading("Lantern heading"),
        make.paragraph("The Lántern burns.", make.mark("1", "The", 0)),
        make.block("caption", "A lantern drawn", figure=0),
        make.item("lantern, an item", 1),
        notes=(make.note("1", "Of lanterns."),),
    )
    return make.document(text).slug


def test_words_are_found_in_title_headings_text_captions_and_notes(client: Client) -> None:
    slug = a_text()
    assert found(client, f"/read/{slug}/find/", "LANTERN") == [
        f"/read/{slug}/?left={anchor}#left-{anchor}" for anchor in ("b0", "s1", "p1", "b3", "p2", "n1")
    ]


def test_every_place_found_can_be_gone_to(client: Client) -> None:
    slug, other = a_text(), make.document(make.book(600, 10)).slug
    assert (
        assert_links_lead_somewhere(client, f"/facing/{slug}/{other}/find/?q=lantern&left=p1&right=s2") > 50
    )


def test_a_place_in_the_right_half_keeps_the_left_one_where_it_is(client: Client) -> None:
    left, right = make.document().slug, a_text()
    address = f"/facing/{left}/{right}/find/?left=p1&q=burns"
    links = hrefs(page(client, address).find("div", "found-list")[0])
    assert f"/facing/{left}/{right}/?left=p1&right=p1#right-p1" in links


def test_results_name_text_section_and_words_around(client: Client) -> None:
    root = page(client, f"/read/{a_text()}/find/?q=burns")
    (line,) = root.find("div", "found-list")[0].find("li")
    assert words_of(line) == "Lantern heading The Lántern burns."
    assert words_of(line.find("mark")[0]) == "burns"


def test_a_script_gets_the_list_alone(client: Client) -> None:
    address = f"/read/{a_text()}/find/?q=burns"
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div class="found-list" data-query="burns">')
    assert "HX-Request" in answer["Vary"]


def test_fifty_places_are_shown_and_all_are_counted(client: Client) -> None:
    text = make.document(make.parsed("Gulls", *(make.paragraph(f"A gull {n}.") for n in range(120))))
    root = page(client, f"/read/{text.slug}/find/?q=gull")
    assert len(root.find("div", "found-list")[0].find("li")) == 50
    assert "121 places for “gull”" in words_of(root)
    assert "And 71 more" in words_of(root)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Write what to find."),
        ("  ", "Write what to find."),
        ("whale", "Nothing found for “whale”."),
        ("-", "Nothing"),
    ],
)
def test_finding_nothing_is_said(client: Client, words: str, said: str) -> None:
    slug = a_text()
    answer = client.get(f"/read/{slug}/find/", {"q": words})
    assert said in answer.content.decode()


def test_a_query_of_any_length_and_signs_is_answered(client: Client) -> None:
    slug = a_text()
    for words in ("x" * 5000, "<script>", '"' * 99, "\x00", "(" * 150, "- " * 90, "a " * 100, "😀"):
        root = page(client, f"/read/{slug}/find/")
        answer = client.get(f"/read/{slug}/find/", {"q": words})
        assert answer.status_code == 200
        assert len(answer.content) < 20_000
        assert len(root.find("script")) == answer.content.decode().count("<script")


def test_a_book_takes_as_many_queries_as_a_leaflet(client: Client) -> None:
    counts: list[int] = []
    for text in (make.book(5, 1), make.book(2000, 50)):
        document = make.document(text, title=f"Book {len(counts)}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/read/{document.slug}/find/?q=tide")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8
