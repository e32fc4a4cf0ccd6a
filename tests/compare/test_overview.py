"""All of two texts in tables: what lies in which paragraph."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.annotate.models import Layer
from reader.compare import overview_views
from reader.compare.models import Pairing
from reader.compare.overview import first_words
from reader.library.models import Document
from tests import make
from tests.annotate.marked import mark
from tests.annotate.marked import words_of as place_of
from tests.compare.claimed import claimed
from tests.compare.joining import pairing, parallel
from tests.desk.pages import assert_links_lead_somewhere, page, words_of
from tests.library.laid import Element

pytestmark = pytest.mark.django_db

TIDES = "https://quay.example/tides"


def two(**more: Any) -> tuple[Document, Document, Pairing]:
    """On Tides of four paragraphs under two headings, and An Answer of three, which cites it once."""
    tides = make.document(
        make.parsed(
            "On Tides",
            make.paragraph("The tide rose over the quay."),
            make.heading("Flood"),
            make.paragraph("Nobody had paid for the oil."),
            make.paragraph("The board met in March."),
            make.heading("Ebb"),
            make.paragraph("Thirty petitions lay before it."),
            source_url=TIDES,
        )
    )
    cited = "It has been said before."
    answer = make.document(
        make.parsed(
            "An Answer",
            make.paragraph("There was a lantern."),
            make.paragraph(cited, make.mark("1", cited, 0)),
            make.paragraph("The sluice stood open."),
            notes=(make.note("1", f"See {TIDES}.", url=TIDES),),
        ),
        **more,
    )
    return tides, answer, pairing(tides, answer)


def address(tides: Document, answer: Document) -> str:
    """The overview of both."""
    return f"/facing/{tides.slug}/{answer.slug}/overview/"


def table(root: Element, which: int) -> list[list[str]]:
    """The words of the rows of a text's table."""
    return [
        [words_of(cell) for cell in row.inside]
        for row in root.find("table", "overview")[which].find("tr")[1:]
    ]


def test_every_paragraph_has_a_row_under_its_heading_with_all_that_lies_in_it(client: Client) -> None:
    tides, answer, of = two()
    parallel(of, 2, 2, "strong", "second")
    parallel(of, 2, 3, "likely")
    parallel(of, 4, 1, "faint")
    mark(tides, *place_of(tides, "The board met"), make.bob())
    claimed((tides, "The board"), (answer, "The sluice"))
    root = page(client, address(tides, answer))
    silent = "the other is silent"
    assert table(root, 0) == [
        ["1", "The tide rose over the quay.", silent, "", "", ""],
        ["Flood"],
        ["2", "Nobody had paid for the oil.", "¶ 2 strong, credited¶ 3 likely", "", "", ""],
        ["3", "The board met in March.", silent, "1", "1", ""],
        ["Ebb"],
        ["4", "Thirty petitions lay before it.", silent, "", "", ""],
    ]
    assert table(root, 1) == [
        ["1", "There was a lantern.", silent, "", "", ""],
        ["2", "It has been said before.", "¶ 2 strong, credited", "", "", "1 (1 of the other)"],
        ["3", "The sluice stood open.", "¶ 2 likely", "", "1", ""],
    ]


def test_the_summary_says_what_share_has_a_parallel_and_where_the_other_is_silent_longest(
    client: Client,
) -> None:
    tides, answer, of = two()
    parallel(of, 2, 2, "strong", "second")
    parallel(of, 2, 3, "likely")
    root = page(client, address(tides, answer))
    rows = [
        [words_of(cell) for cell in row.inside] for row in root.find("table", "overview-sum")[0].find("tr")
    ]
    assert rows[1] == ["On Tides", "4", "1 (25%)", "paragraphs 3–4"]
    assert rows[2] == ["An Answer", "3", "2 (67%)", "paragraph 1"]
    said = "2 parallels, strong, likely or drawn by a reader: 1 with a citation of the other text, 1 without."
    assert said in words_of(root)


def test_every_link_opens_both_texts_at_their_places(client: Client) -> None:
    tides, answer, of = two()
    parallel(of, 4, 3)
    where = address(tides, answer)
    links = page(client, where).find("table", "overview")[0].find("a")
    assert links[-1].attributes["href"] == f"/facing/{tides.slug}/{answer.slug}/?left=p4&right=p3#left-p4"
    links = page(client, where).find("table", "overview")[1].find("a")
    assert links[-1].attributes["href"] == f"/facing/{tides.slug}/{answer.slug}/?right=p3&left=p4#right-p3"
    assert_links_lead_somewhere(client, where)


def test_of_texts_that_were_not_compared_no_silence_is_claimed(client: Client) -> None:
    tides, answer, of = two()
    Pairing.objects.filter(pk=of.pk).update(found_at=None, state="waiting")
    root = page(client, address(tides, answer))
    assert "are being looked for" in words_of(root)
    assert "silent" not in words_of(root)
    assert not root.find("table", "overview-sum")
    of.delete()
    assert "have not been compared" in words_of(page(client, address(tides, answer)))


def test_a_private_text_has_no_overview_for_others(client: Client) -> None:
    tides, answer, of = two(public=False, by=make.alice())
    parallel(of, 1, 1)
    assert "lantern" not in words_of(page(client, address(tides, answer), 404))
    assert "lantern" not in words_of(page(client, address(answer, tides), 404))
    client.force_login(make.bob())
    page(client, address(tides, answer), 404)
    client.force_login(make.alice())
    page(client, address(tides, answer))


def test_a_private_mark_is_counted_for_its_author_alone(client: Client) -> None:
    tides, answer, _ = two()
    own = Layer.objects.private_to(make.bob())
    mark(tides, *place_of(tides, "The board met"), make.bob(), layer=own)
    client.force_login(make.user("charlie"))
    assert table(page(client, address(tides, answer)), 0)[3][3] == ""
    client.force_login(make.bob())
    assert table(page(client, address(tides, answer)), 0)[3][3] == "1"


def test_a_text_is_not_compared_with_itself(client: Client) -> None:
    tides, _, _ = two()
    page(client, address(tides, tides), 404)


def test_a_mark_over_several_paragraphs_counts_in_each(client: Client) -> None:
    tides, answer, _ = two()
    start, end = place_of(tides, "Nobody")[0], place_of(tides, "The board met")[1]
    mark(tides, start, end, make.bob())
    assert [row[3] for row in table(page(client, address(tides, answer)), 0) if len(row) > 1] == [
        "",
        "1",
        "1",
        "",
    ]


@pytest.mark.parametrize(
    ("number", "rows"),
    [("1", [["1", "2"]]), ("2", [["3", "4"]]), ("3", [["1", "2"]]), ("4", [["3"]]), ("x", [["1", "2"]])],
)
def test_books_are_told_on_several_pages_left_before_right(
    client: Client, monkeypatch: pytest.MonkeyPatch, number: str, rows: list[list[str]]
) -> None:
    monkeypatch.setattr(overview_views, "ROWS_A_PAGE", 2)
    tides, answer, _ = two()
    root = page(client, f"{address(tides, answer)}?page={number}")
    shown = [[row[0] for row in table(root, which) if len(row) > 1] for which in range(len(rows))]
    assert shown == rows
    assert len(root.find("table", "overview")) == len(rows)
    title = "On Tides" if number in "12x" else "An Answer"
    assert words_of(root.find("h2")[0]) == title


def test_a_page_may_end_one_text_and_begin_the_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview_views, "ROWS_A_PAGE", 3)
    tides, answer, _ = two()
    root = page(client, f"{address(tides, answer)}?page=2")
    assert [[row[0] for row in table(root, which)] for which in (0, 1)] == [["Ebb", "4"], ["1", "2"]]


def test_a_text_without_paragraphs_leaves_a_table_out(client: Client) -> None:
    tides, _, _ = two()
    bare = make.document(make.parsed("Bare", make.heading("Alone")))
    empty = make.document(make.parsed("Empty", make.heading("Nothing")))
    assert len(page(client, address(tides, bare)).find("table", "overview")) == 1
    assert "Neither text has a numbered paragraph" in words_of(page(client, address(bare, empty)))


def test_the_page_asks_no_more_for_more(client: Client) -> None:
    tides, answer, of = two()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(tides, answer)).status_code == 200
        return len(captured)

    few = queries()
    for first in (1, 2, 3, 4):
        for second in (1, 2, 3):
            parallel(of, first, second, "likely")
    mark(tides, *place_of(tides, "The board met"), make.bob())
    assert queries() == few <= 16


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Short.", "Short."),
        ("word " * 40, "word " * 17 + "word…"),
        ("湾" * 100, "湾" * 90 + "…"),
        ("a  b\nc", "a b c"),
        ("", ""),
    ],
)
def test_a_row_begins_with_as_many_words_as_fit(text: str, words: str) -> None:
    assert first_words(text) == words
