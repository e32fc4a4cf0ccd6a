"""The page of who says what in figures: who sees it, what it shows, and where it leads."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from reader.compare import facts_views
from reader.library.models import Document
from tests import make
from tests.compare.test_facts import ANSWER, LEDGER
from tests.desk.pages import assert_links_lead_somewhere, page, words_of
from tests.library.laid import Element

pytestmark = pytest.mark.django_db


def text(title: str, *paragraphs: str, public: bool = True) -> Document:
    """A text of alice's in English."""
    blocks = [make.paragraph(words) for words in paragraphs]
    return make.document(make.parsed(title, *blocks, language="en"), by=make.alice(), public=public)


def both() -> tuple[Document, Document]:
    """The ledger and the answer."""
    return text("Ledger", *LEDGER), text("Answer", *ANSWER)


def at(left: Document, right: Document, query: str = "") -> str:
    """The page's address."""
    return reverse("compare:facts", args=[left.slug, right.slug]) + query


def rows(root: Element) -> list[str]:
    """The words of each row of the table below its head."""
    [table] = root.find("table")
    return [words_of(row) for row in table.find("tr")[1:]]


def test_what_differs_stands_first_with_its_sentences(client: Client) -> None:
    shown = rows(page(client, at(*both())))
    assert shown[0].startswith("Different in the two 2")
    assert LEDGER[1] in shown[1] and ANSWER[1] in shown[1]
    assert "likely one thing" in shown[1]
    assert shown[3].startswith("Named in both 2")


def test_figures_of_one_sentence_are_marked_in_it_together(client: Client) -> None:
    root = page(client, at(*both(), "?kind=number"))
    assert [words_of(mark) for mark in root.find("mark")] == ["300 boats", "100 more", "Some 450 vessels"]


def test_every_link_leads_to_its_place(client: Client) -> None:
    left, right = both()
    assert assert_links_lead_somewhere(client, at(left, right)) > 15
    for side in ("left", "right"):
        place = f"/facing/{left.slug}/{right.slug}/?left=p2&amp;right=p2#{side}-p2"
        assert place in _source(client, at(left, right))


def test_one_kind_is_shown_alone_and_an_unknown_one_is_none(client: Client) -> None:
    left, right = both()
    assert len(rows(page(client, at(left, right, "?kind=date")))) == 2
    assert len(rows(page(client, at(left, right, "?kind=name")))) == 3
    assert len(rows(page(client, at(left, right, "?kind=odd")))) == 6


def test_names_of_one_text_alone_stand_under_a_fold(client: Client) -> None:
    left, right = (
        text("Left", "They love Wismar and Stralsund."),
        text("Right", "They fear Wismar and Rostock."),
    )
    [fold] = page(client, at(left, right)).find("details")
    assert words_of(fold).endswith("Only in Left 1 Stralsund Only in Right 1 Rostock")


def test_texts_with_nothing_in_common_say_so(client: Client) -> None:
    left, right = text("Left", "Gulls cried."), text("Right", "It rained.")
    assert "no date, number or name in common" in words_of(page(client, at(left, right)))
    assert "no dates in common" in words_of(page(client, at(left, right, "?kind=date")))


def test_a_text_that_is_somebody_elses_is_not_there(client: Client) -> None:
    left, right = text("Left", *LEDGER), text("Right", *ANSWER, public=False)
    for address in (at(left, right), at(right, left)):
        page(client, address, 404)
        client.force_login(make.bob())
        page(client, address, 404)
        client.force_login(make.alice())
        page(client, address)
        client.logout()


def test_a_text_is_not_compared_with_itself(client: Client) -> None:
    left, _ = both()
    page(client, at(left, left), 404)


def test_it_is_read_only(client: Client) -> None:
    assert client.post(at(*both())).status_code == 405


def test_markup_in_a_text_stays_words(client: Client) -> None:
    odd = "On 4 June 1703 the guild had a charter <script>alert(1)</script> & <b>salt</b>."
    source = _source(client, at(text("A <i>ledger</i>", odd), text("Answer", *ANSWER)))
    assert "&lt;script&gt;alert(1)" in source
    assert "<script>alert" not in source and "<i>ledger" not in source


def test_a_new_revision_is_looked_at_anew(client: Client) -> None:
    left, right = both()
    assert "August 1712" in _source(client, at(left, right))
    revised = make.parsed("Answer", make.paragraph(ANSWER[1].replace("1712", "1699")), language="en")
    make.kept(revised, by=make.alice(), revises=right)
    assert "August 1699" in _source(client, at(left, right))


def test_what_is_known_is_not_looked_for_again(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    left, right = both()
    client.get(at(left, right))
    with django_assert_max_num_queries(4):
        client.get(at(left, right))


def test_of_very_many_rows_the_first_are_shown_and_all_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts_views, "ROWS_AT_MOST", 1)
    shown = rows(page(client, at(*both())))
    assert [words for words in shown if "of which the first 1" in words] == [
        "Different in the two 2, of which the first 1",
        "Named in both 2, of which the first 1",
    ]


def _source(client: Client, address: str) -> str:
    return client.get(address).content.decode()
