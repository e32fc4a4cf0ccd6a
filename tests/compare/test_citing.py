"""Which texts of the library cite which."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from reader.compare import citing_views
from reader.compare.citing_graph import ROW, Graph, graph, shortened
from reader.library.models import Document
from tests import make
from tests.desk.pages import assert_links_lead_somewhere, page, words_of

ADDRESS = "https://quay.example/{}"


def titled(*edges: tuple[str, str]) -> Graph:
    """The drawing of these citations, each of one note; a text's title is its key."""
    return graph({key: key for edge in edges for key in edge}, dict.fromkeys(edges, 1))


def order(drawing: Graph) -> list[str]:
    """The texts from above."""
    return [row.key for row in drawing.rows]


def test_a_text_stands_above_those_that_it_cites() -> None:
    drawing = titled(("c", "b"), ("b", "a"), ("c", "a"))
    assert order(drawing) == ["c", "b", "a"]
    assert [(line.citing, line.cited) for line in drawing.lines] == [("c", "b"), ("c", "a"), ("b", "a")]
    assert [bool(row.arrow) for row in drawing.rows] == [False, True, True]


def test_texts_that_cite_each_other_are_drawn_with_a_line_either_way() -> None:
    drawing = titled(("a", "b"), ("b", "a"))
    assert order(drawing) == ["a", "b"]
    assert len({line.path for line in drawing.lines}) == 2
    assert all(row.arrow for row in drawing.rows)


def test_a_text_that_cites_itself_alone_is_not_drawn() -> None:
    assert titled(("a", "a")) == graph({}, {})


def test_what_hangs_together_stands_together_the_most_first() -> None:
    drawing = titled(("x", "y"), ("a", "b"), ("b", "c"), ("q", "b"))
    assert order(drawing) == ["a", "q", "b", "c", "x", "y"]


def test_lines_to_different_texts_share_no_lane_where_they_pass_each_other() -> None:
    drawing = titled(("a", "y"), ("b", "z"), ("c", "y"), ("d", "z"), ("a", "z"))
    lanes = {line.cited: line.x for line in drawing.lines}
    assert lanes["y"] != lanes["z"]
    side_by_side = titled(("a", "b"), ("x", "y"))
    assert len({line.x for line in side_by_side.lines}) == 1


def test_two_hundred_texts_are_drawn_and_the_most_connected_of_more() -> None:
    edges = [(f"t{n:03}", f"t{n - step:03}") for n in range(300) for step in (1, 7) if n >= step]
    edges += [(f"t{n:03}", "t150") for n in range(151, 300)]
    drawing = graph({f"t{n:03}": f"t{n:03}" for n in range(300)}, dict.fromkeys(edges, 2), at_most=200)
    assert len(drawing.rows) == 200
    assert drawing.left_out == 100
    assert "t150" in order(drawing)
    assert drawing.height < 201 * ROW
    assert drawing.width < 1000
    assert len({row.y for row in drawing.rows}) == 200


def test_a_long_title_is_cut_where_it_stops_fitting() -> None:
    assert shortened("Short") == "Short"
    assert len(shortened("word " * 30)) <= 40
    assert len(shortened("湾" * 30)) <= 20


def library(*cites: tuple[str, str], **private: str) -> dict[str, Document]:
    """Texts by name, each citing those that are named beside it; owners: alice, of what is private."""
    names = dict.fromkeys(name for pair in reversed(cites) for name in reversed(pair))
    kept = {}
    for name in names:
        cited = [other for one, other in cites if one == name]
        words = f"{name} says so."
        kept[name] = make.document(
            make.parsed(
                f"Text {name}",
                make.paragraph(words, *(make.mark(str(n + 1), words, n, n) for n in range(len(cited)))),
                notes=tuple(
                    make.note(str(n + 1), f"See {ADDRESS.format(other)}.", url=ADDRESS.format(other))
                    for n, other in enumerate(cited)
                ),
                source_url=ADDRESS.format(name),
            ),
            by=make.alice() if name in private else None,
            public=name not in private,
        )
    return kept


pytestmark = pytest.mark.django_db


def rows(client: Client, address: str = "/citing/") -> list[list[str]]:
    """The rows of the table."""
    table = page(client, address).find("table")
    return [[words_of(cell) for cell in row.inside] for row in table[0].find("tr")[1:]] if table else []


def test_the_page_draws_and_tells_who_cites_whom(client: Client) -> None:
    library(("Answer", "Tides"), ("Answer", "Tides"), ("Answer", "Mills"))
    assert rows(client) == [["Text Answer", "Text Mills", "3"], ["Text Answer", "Text Tides", "1 2"]]
    assert_links_lead_somewhere(client, "/citing/")


def test_a_note_leads_to_its_mark_with_both_texts_open(client: Client) -> None:
    texts = library(("Answer", "Tides"))
    link = page(client, "/citing/").find("a", "note-link")[0]
    answer, tides = texts["Answer"].slug, texts["Tides"].slug
    assert link.attributes["href"] == f"/facing/{answer}/{tides}/?left=m1#left-m1"


def test_a_private_text_is_neither_drawn_nor_counted_for_others(client: Client) -> None:
    library(("Answer", "Tides"), ("Secret", "Tides"), ("Answer", "Secret"), Secret="alice")
    root = page(client, "/citing/")
    assert "Secret" not in words_of(root)
    assert "Of the 2 texts that you may read, 2 cite one another" in words_of(root)
    client.force_login(make.bob())
    assert "Secret" not in words_of(page(client, "/citing/"))
    client.force_login(make.alice())
    assert len(rows(client)) == 3


def test_of_a_text_only_what_is_around_it_is_drawn(client: Client) -> None:
    texts = library(("A", "B"), ("B", "C"), ("C", "D"), Secret="alice")
    assert rows(client, f"/citing/?of={texts['B'].slug}") == [
        ["Text A", "Text B", "1"],
        ["Text B", "Text C", "1"],
    ]
    page(client, "/citing/?of=nowhere", 404)


def test_of_a_text_that_is_not_yours_nothing_is_said(client: Client) -> None:
    texts = library(("A", "Secret"), Secret="alice")
    page(client, f"/citing/?of={texts['Secret'].slug}", 404)


@pytest.mark.parametrize("texts", [0, 1, 2])
def test_a_library_without_citations_says_so(client: Client, texts: int) -> None:
    for number in range(texts):
        make.document(title=f"Text {number}")
    root = page(client, "/citing/")
    assert not root.find("svg")
    assert ("None of the 2 texts" if texts == 2 else "two texts") in words_of(root)


def test_the_page_asks_no_more_for_many_texts(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    library(*((f"T{n}", f"T{n + 1}") for n in range(12)))
    with django_assert_num_queries(2):
        assert client.get("/citing/").status_code == 200


def test_a_text_that_cites_another_often_names_its_first_notes(client: Client) -> None:
    make.document(make.parsed("Cited", source_url="https://e.example/cited"))
    words = "So it is said."
    marks = [make.mark(str(number + 1), words, number, number) for number in range(23)]
    notes = [make.note(mark.label, "There.", url="https://e.example/cited") for mark in marks]
    make.document(make.parsed("Citing", make.paragraph(words, *marks), notes=tuple(notes)))
    root = page(client, "/citing/")
    (row,) = [row for row in root.find("tr") if row.find("td")]
    assert len(row.find("a", "note-link")) == 20
    assert "and 3 more" in words_of(row)
    assert words_of(root.find("a", "line")[0]).startswith("Citing cites Cited, in 23 notes")


def test_where_all_texts_cite_all_some_are_drawn() -> None:
    titles = {f"t{n}": f"T{n}" for n in range(150)}
    counts = {(one, other): 1 for one in titles for other in titles if one != other}
    drawing = citing_views._drawing(titles, counts)
    assert 0 < len(drawing.lines) <= citing_views.LINES_AT_MOST
    assert len(drawing.rows) + drawing.left_out == 150


def test_shelf_and_text_lead_to_it(client: Client) -> None:
    text = library(("A", "B"))["A"]
    assert 'href="/citing/"' in client.get("/").content.decode()
    assert f'href="/citing/?of={text.slug}"' in client.get(f"/texts/{text.slug}/").content.decode()
