"""The ledger of two texts: who sees which claims, sorted and narrowed how, and what it costs."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reader.annotate import actions
from reader.annotate.codes import codes_named
from reader.annotate.journal import Journal
from reader.annotate.many import New, keep_many
from reader.annotate.models import Annotation, Layer
from reader.compare.claims import claim
from reader.library.models import Document
from tests import make
from tests.compare.claimed import SALT, claimed, pair, passage
from tests.desk.pages import assert_links_lead_somewhere, page, words_of
from tests.library.laid import Element, ids

pytestmark = pytest.mark.django_db

LEFT, RIGHT = "lit before the tide", "No lantern was lit"


@pytest.fixture
def texts() -> tuple[Document, Document]:
    """Two public texts."""
    return pair()


def way(texts: tuple[Document, Document], query: str = "") -> str:
    """The ledger's address."""
    return f"/facing/{texts[0].slug}/{texts[1].slug}/claims/{query}"


def shown(root: Element) -> list[tuple[str, str, str]]:
    """Left passage, relation and right passage of each row, in order."""
    found = []
    for row in root.find("tbody", "claim"):
        cells = [row.find("td", f"col-{name}")[0] for name in ("left", "relation", "right")]
        ways = [cell.find("a") for cell in cells]
        found.append(
            tuple(words_of(way[0]) if way else words_of(cell) for way, cell in zip(ways, cells, strict=True))
        )
    return found  # type: ignore[return-value]


def some(texts: tuple[Document, Document]) -> list[Annotation]:
    """Three claims by three people, the first made about what comes last."""
    tides, salt = texts
    codes = codes_named(make.bob(), ["Board"])
    return [
        claimed((tides, "thirty petitions"), (salt, "twenty petitions"), codes=codes, body="Count *again*."),
        claimed((salt, RIGHT), (tides, LEFT), "qualifies", by=make.alice()),
        claimed((salt, "had been sold"), relation="silent", about=tides, by=make.user("dora")),
    ]


def test_the_empty_ledger_teaches_how_to_begin(client: Client, texts: tuple[Document, Document]) -> None:
    root = page(client, way(texts))
    words = words_of(root)
    assert "Nobody has claimed anything" in words and "Press c again" in words
    assert not root.find("form", "note-filter")
    assert_links_lead_somewhere(client, way(texts))


def test_each_row_has_both_passages_how_they_stand_and_why(
    client: Client, texts: tuple[Document, Document]
) -> None:
    first, *_ = some(texts)
    root = page(client, way(texts))
    assert shown(root) == [
        (LEFT, "is qualified by", RIGHT),
        ("thirty petitions", "contradicts", "twenty petitions"),
        ("silent", "is silent on", "had been sold"),
    ]
    [row] = [one for one in root.find("tbody") if one.attributes["id"] == f"claim-{first.pk}"]
    assert "Count again." in words_of(row) and row.find("em")
    assert "bob" in words_of(row) and "Board" in words_of(row) and "everybody" in words_of(row)


def test_the_ledger_reads_the_same_from_the_other_side(
    client: Client, texts: tuple[Document, Document]
) -> None:
    some(texts)
    rows = shown(page(client, way((texts[1], texts[0]))))
    assert sorted(rows) == [
        (RIGHT, "qualifies", LEFT),
        ("had been sold", "is met with silence in", "silent"),
        ("twenty petitions", "contradicts", "thirty petitions"),
    ]


def test_a_row_opens_both_halves_at_their_places(client: Client, texts: tuple[Document, Document]) -> None:
    made, *_ = some(texts)
    root = page(client, way(texts))
    [row] = [one for one in root.find("tbody") if one.attributes["id"] == f"claim-{made.pk}"]
    addresses = [one.attributes["href"] for one in row.find("a")]
    desk = f"/facing/{texts[0].slug}/{texts[1].slug}/?left=p2&right=p2"
    assert f"{desk}#left-p2" in addresses
    for side in ("left", "right"):
        assert f"{desk}&note={made.pk}#{side}-p2" in addresses
    opened = page(client, f"{desk}&note={made.pk}#right-p2")
    assert {f"left-a{made.pk}", f"right-a{made.pk}", "right-p2"} <= set(ids(opened))


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("left", LEFT),
        ("-left", "thirty petitions"),
        ("right", LEFT),
        ("-right", "thirty petitions"),
        ("relation", "thirty petitions"),
        ("-relation", "silent"),
        ("author", LEFT),
        ("-author", "silent"),
        ("made", "thirty petitions"),
        ("-made", "silent"),
        ("nonsense", LEFT),
    ],
)
def test_a_column_sorts(client: Client, texts: tuple[Document, Document], sort: str, first: str) -> None:
    some(texts)
    assert shown(page(client, way(texts, f"?sort={sort}")))[0][0] == first


def test_the_head_of_a_column_turns_its_order_and_keeps_the_filter(
    client: Client, texts: tuple[Document, Document]
) -> None:
    some(texts)
    root = page(client, way(texts, "?q=petitions&sort=author"))
    heads = {one.attributes["class"]: one for one in root.find("th")}
    assert heads["col-author"].attributes["aria-sort"] == "ascending"
    assert heads["col-author"].find("a")[0].attributes["href"] == way(texts, "?q=petitions&sort=-author")
    assert heads["col-left"].find("a")[0].attributes["href"] == way(texts, "?q=petitions")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("relation=qualifies", 1),
        ("relation=cites", 0),
        ("relation=nonsense", 3),
        ("person=alice", 1),
        ("q=again", 1),
        ("q=lantern", 1),
        ("q=sold", 1),
        ("layer=public", 3),
        ("layer=private", 0),
        ("code=999999999999", 3),
        ("kind=note", 3),
        ("page=99", 3),
        ("q=%00", 3),
    ],
)
def test_the_ledger_is_narrowed(
    client: Client, texts: tuple[Document, Document], query: str, count: int
) -> None:
    some(texts)
    assert len(shown(page(client, way(texts, f"?{query}")))) == count


def test_a_tag_narrows_to_what_has_it(client: Client, texts: tuple[Document, Document]) -> None:
    made, *_ = some(texts)
    code = made.codes.get()
    assert len(shown(page(client, way(texts, f"?code={code.pk}")))) == 1
    # By its link in the row.
    assert f'href="{way(texts)}?code={code.pk}"' in client.get(way(texts)).content.decode()


def test_htmx_gets_the_table_alone(client: Client, texts: tuple[Document, Document]) -> None:
    some(texts)
    answer = client.get(way(texts, "?relation=silent"), headers={"HX-Request": "true"})
    words = answer.content.decode()
    assert "<html" not in words and words.count('class="claim ') == 1
    assert "HX-Request" in answer["Vary"]


def test_each_sees_what_they_may(client: Client, texts: tuple[Document, Document]) -> None:
    some(texts)
    claimed((texts[0], LEFT), (texts[1], RIGHT), "agrees", public=False)
    assert len(shown(page(client, way(texts)))) == 3
    client.force_login(make.bob())
    assert len(shown(page(client, way(texts)))) == 4
    client.force_login(make.alice())
    assert len(shown(page(client, way(texts)))) == 3


def test_claims_about_other_texts_are_not_in_it(client: Client, texts: tuple[Document, Document]) -> None:
    other = make.document(make.parsed("On Moons", make.paragraph("No lantern was lit on the moon.")))
    claimed((texts[0], LEFT), (other, RIGHT))
    claimed((texts[0], LEFT), relation="silent", about=other)
    assert not shown(page(client, way(texts)))
    assert len(shown(page(client, way((texts[0], other))))) == 2


def test_a_stranger_gets_nothing_of_a_private_text(client: Client) -> None:
    texts = pair(public=False)
    client.force_login(make.user("charlie"))
    for address in (way(texts), way((texts[0], texts[0])), f"{way(texts)}export.csv"):
        assert client.get(address).status_code == 404
    client.force_login(make.alice())
    assert client.get(way(texts)).status_code == 200


def test_a_passage_that_was_revised_away_is_shown_with_its_old_words(
    client: Client, texts: tuple[Document, Document]
) -> None:
    made = claimed((texts[0], "thirty petitions"), (texts[1], "twenty petitions"))
    make.kept(make.parsed("On Salt", make.paragraph(SALT)), revises=texts[1])
    root = page(client, way(texts))
    assert shown(root) == [("thirty petitions", "contradicts", "twenty petitions")]
    assert "no longer in the text: revision 1" in words_of(root)
    [old] = root.find("td", "col-right")[0].find("a")
    assert f"left-a{made.pk}" in ids(page(client, old.attributes["href"]))
    [desk] = root.find("td", "col-relation")[0].find("a")
    assert desk.attributes["href"] == f"/facing/{texts[0].slug}/{texts[1].slug}/?left=p2#left-p2"


def test_several_passages_stand_in_one_row(client: Client, texts: tuple[Document, Document]) -> None:
    ends = [passage(texts[0], LEFT), passage(texts[0], "thirty petitions"), passage(texts[1], RIGHT)]
    claim(by=make.bob(), passages=ends, relation="extends", layer=Layer.objects.public())
    [left] = page(client, way(texts)).find("td", "col-left")
    assert [words_of(one) for one in left.find("a")] == [LEFT, "thirty petitions"]


def test_hostile_words_are_shown_as_they_are(client: Client, texts: tuple[Document, Document]) -> None:
    evil = "<script>alert(1)</script> & “<b>”"
    claimed((texts[0], LEFT), (texts[1], RIGHT), body=evil, codes=codes_named(make.bob(), [evil]))
    root = page(client, way(texts))
    assert words_of(root.find("div", "words")[0]) == evil
    assert not [one for one in root.find("script") if words_of(one)]


def many(texts: tuple[Document, Document], count: int) -> None:
    """So many claims of bob's."""
    news = []
    codes = codes_named(make.bob(), ["Tide"])
    for number in range(count):
        ends = [passage(texts[0], LEFT), passage(texts[1], RIGHT)]
        news.append(
            New(
                Layer.objects.public(),
                "claim",
                ends,
                codes,
                relation="cites",
                body=f"{number}.",
                html=f"<p>{number}.</p>",
            )
        )
    keep_many(Journal(make.bob(), "import"), news)


def test_the_cost_does_not_grow_with_the_claims(
    client: Client, texts: tuple[Document, Document], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(texts, 60)
    with django_assert_max_num_queries(9):
        root = page(client, way(texts))
    assert len(shown(root)) == 50
    assert "1–50 of 60" in words_of(root)
    assert len(shown(page(client, way(texts, "?page=2")))) == 10
    with django_assert_max_num_queries(8):
        assert len(rows(client, texts)) == 60


def rows(client: Client, texts: tuple[Document, Document], query: str = "") -> list[dict[str, str]]:
    """The table that one takes away."""
    answer = client.get(f"{way(texts)}export.csv{query}")
    assert answer["Content-Type"].startswith("text/csv")
    words = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(words, newline="")))


def test_the_table_to_take_away_has_the_same_rows_in_the_same_order(
    client: Client, texts: tuple[Document, Document]
) -> None:
    first, *_ = some(texts)
    actions.reply(to=first, by=make.alice(), body="Indeed.")
    found = rows(client, texts)
    told = [
        (row["left_passage"] or "silent", row["relation"], row["right_passage"] or "silent") for row in found
    ]
    assert told == shown(page(client, way(texts)))
    facts: dict[str, Any] = found[1]
    assert (facts["left_place"], facts["why"], facts["author"], facts["tags"], facts["replies"]) == (
        "p2",
        "Count *again*.",
        "bob",
        "Board",
        "1",
    )
    assert facts["link"] == f"http://testserver/annotations/{first.pk}/"
    assert len(rows(client, texts, "?relation=silent")) == 1


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_of_it_is_a_formula(client: Client, texts: tuple[Document, Document], words: str) -> None:
    claimed((texts[0], LEFT), (texts[1], RIGHT), body=words)
    assert rows(client, texts)[0]["why"] == f"'{words}"


def test_what_is_deleted_leaves_the_ledger(client: Client, texts: tuple[Document, Document]) -> None:
    made = claimed((texts[0], LEFT), (texts[1], RIGHT))
    actions.delete(annotation=made, by=make.bob())
    assert not shown(page(client, way(texts)))
    assert not Annotation.objects.visible_to(AnonymousUser()).exists()


def test_the_pages_of_a_pair_lead_to_each_other(client: Client, texts: tuple[Document, Document]) -> None:
    some(texts)
    [bar] = page(client, way(texts)).find("nav", "ways")
    facing = way(texts).removesuffix("claims/")
    ways = {one.attributes["href"] for one in bar.find("a")}
    assert {facing, f"{facing}parallels/", f"{facing}facts/", f"{facing}overview/"} <= ways
