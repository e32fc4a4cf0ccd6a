"""Reading one text, and two facing, without any script."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.ingest.parsed import Figure
from reader.library.models import Document, Revision
from tests import make
from tests.desk.pages import assert_links_lead_somewhere, page, words_of
from tests.library.laid import hrefs, ids, read, runs

pytestmark = pytest.mark.django_db

TIDES = "https://example.org/tides"


def two() -> tuple[Document, Document]:
    """An answer that cites a text, and the text, each with some of everything."""
    text = make.parsed(
        "On Tides",
        make.heading("Flood"),
        make.paragraph("The tide rose.", make.mark("1", "The tide rose.", 0)),
        make.item("first", 1),
        make.item("second", 2),
        make.block("table", "Year\tHeight\n1900\t3", header=1),
        make.block("caption", "A chart", figure=0, part="caption"),
        notes=(make.note("1", "By word of mouth."),),
        figures=(Figure(1),),
        authors=("Ann Ede", "Bo Fu"),
        published_on=date(2024, 11, 5),
        publication="The Quay",
        source_url=TIDES,
    )
    tides = make.document(text)
    return make.document(make.citing(TIDES)), tides


def queries(client: Client, address: str) -> int:
    """How often the page asks the database."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_two_texts_lie_open_side_by_side(client: Client) -> None:
    left, right = two()
    root = page(client, f"/facing/{left.slug}/{right.slug}/")
    assert [leaf.attributes["id"] for leaf in root.find("article", "leaf")] == ["left", "right"]
    assert words_of(root.find("title")[0]) == "An Answer · On Tides · Facing Pages"
    assert [words_of(h1) for h1 in root.find("h1")] == ["An Answer", "On Tides"]


def test_one_text_alone_is_the_same_page_with_one_half(client: Client) -> None:
    root = page(client, f"/read/{two()[1].slug}/")
    assert [leaf.attributes["id"] for leaf in root.find("article", "leaf")] == ["left"]
    assert root.find("body")[0].attributes["data-halves"] == "1"


def test_a_text_facing_itself_is_read_alone(client: Client) -> None:
    slug = two()[0].slug
    answer = client.get(f"/facing/{slug}/{slug}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/read/{slug}/")


def test_every_link_of_two_facing_texts_leads_somewhere(client: Client) -> None:
    left, right = two()
    assert assert_links_lead_somewhere(client, f"/facing/{left.slug}/{right.slug}/?left=p1&right=s1") > 20
    assert assert_links_lead_somewhere(client, f"/read/{left.slug}/") > 5


def test_a_note_opens_the_text_that_it_cites_in_the_other_half(client: Client) -> None:
    answer, tides = two()
    link = page(client, f"/read/{answer.slug}/").find("a", "facing")[0]
    assert words_of(link) == "Open facing: On Tides"
    assert link.attributes["href"] == f"/facing/{answer.slug}/{tides.slug}/?left=n1#left-n1"
    other = make.document(title="A Third")
    link = page(client, f"/facing/{other.slug}/{answer.slug}/").find("a", "facing")[0]
    assert link.attributes["href"] == f"/facing/{tides.slug}/{answer.slug}/?right=n1#right-n1"


def test_a_note_that_cites_the_facing_text_leads_to_its_head(client: Client) -> None:
    answer, tides = two()
    link = page(client, f"/facing/{tides.slug}/{answer.slug}/").find("a", "facing")[0]
    assert (words_of(link), link.attributes["href"]) == ("In the facing text", "#left")


def test_a_text_that_is_not_yours_is_neither_offered_nor_found(client: Client) -> None:
    answer, tides = two()
    tides.is_public = False
    tides.save()
    root = page(client, f"/read/{answer.slug}/")
    assert not root.find("a", "facing")
    assert "On Tides" not in words_of(page(client, f"/read/{answer.slug}/facing/"))
    for address in (
        f"/read/{tides.slug}/",
        f"/facing/{answer.slug}/{tides.slug}/",
        f"/read/{tides.slug}/chunk/0/",
        f"/read/{answer.slug}/chunk/0/?beside={tides.slug}",
        f"/read/{tides.slug}/find/?q=tide",
        f"/facing/{answer.slug}/{tides.slug}/find/?q=tide",
        f"/read/{tides.slug}/facing/",
        f"/read/{tides.slug}/contents/",
    ):
        root = page(client, address, 404)
        assert "On Tides" not in words_of(root)
        assert "The tide rose." not in words_of(root)
    client.force_login(make.alice())
    assert page(client, f"/read/{answer.slug}/").find("a", "facing")


@pytest.mark.parametrize("part", ["chunk/0", "contents"])
def test_no_text_stands_beside_that_has_a_nul_for_a_name(client: Client, part: str) -> None:
    answer, _ = two()
    page(client, f"/read/{answer.slug}/{part}/?beside=%00", 404)


def test_a_private_text_that_cites_this_one_is_not_named(client: Client) -> None:
    answer, tides = two()
    assert "Cited by An Answer" in words_of(page(client, f"/read/{tides.slug}/"))
    answer.is_public = False
    answer.save()
    assert "An Answer" not in words_of(page(client, f"/read/{tides.slug}/"))


def test_a_reader_finds_what_a_stranger_does_not(client: Client) -> None:
    mine = make.document(by=make.bob(), public=False, title="My Own")
    page(client, f"/read/{mine.slug}/", 404)
    client.force_login(make.bob())
    page(client, f"/read/{mine.slug}/")
    client.force_login(make.user("charlie"))
    page(client, f"/read/{mine.slug}/", 404)


def test_the_head_says_where_the_text_appeared(client: Client) -> None:
    tides = two()[1]
    leaf = page(client, f"/read/{tides.slug}/").find("article", "leaf")[0]
    assert words_of(leaf.find("p", "published")[0]) == "The Quay, 5 November 2024, example.org/tides"
    assert leaf.attributes["data-authors"] == "Ann Ede, Bo Fu"
    assert leaf.attributes["data-date"] == "5 November 2024"
    assert leaf.attributes["data-address"] == TIDES


def test_a_digest_says_that_it_is_one_and_of_what(client: Client) -> None:
    original = {
        "title": "The Long Tide",
        "authors": "Ann Ede, Bo Fu",
        "publication": "The Quay",
        "date": "2024-11-05",
        "address": TIDES,
    }
    extra = tuple((f"original.{name}", value) for name, value in original.items())
    text = make.document(title="Digest", digest_of=TIDES, extra=extra)
    said = words_of(page(client, f"/read/{text.slug}/").find("p", "digest")[0])
    assert said == (
        "A digest in other words, not the original: “The Long Tide” by Ann Ede, Bo Fu, The Quay, "
        "5 November 2024, example.org/tides"
    )


@pytest.mark.parametrize(("of", "said"), [(TIDES, "example.org/tides"), ("The Long Tide", "“The Long Tide”")])
def test_a_digest_without_facts_names_what_it_knows(client: Client, of: str, said: str) -> None:
    text = make.document(title="Digest", digest_of=of)
    line = words_of(page(client, f"/read/{text.slug}/").find("p", "digest")[0])
    assert line == f"A digest in other words, not the original: {said}"


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_long_text_takes_as_many_queries_as_a_short_one(client: Client, signed_in: bool) -> None:
    if signed_in:
        client.force_login(make.bob())
    cited = make.document(title="On Tides", source_url=TIDES)
    short = make.document(make.book(5, 1))
    long = make.document(make.book(3000, 100), title="Another")
    for address in ("/read/{}/", f"/facing/{cited.slug}/{{}}/"):
        for text in (short, long):
            # What a process keeps of a text is read once.
            client.get(address.format(text.slug))
        few, many = queries(client, address.format(short.slug)), queries(client, address.format(long.slug))
        assert few == many <= 10


def test_a_book_of_three_thousand_paragraphs_is_a_page_of_bounded_size(client: Client) -> None:
    book = make.document(make.book(10_000, 500))
    length = Revision.objects.get(document=book).length
    answer = client.get(f"/facing/{book.slug}/{make.document(make.book(5, 1)).slug}/")
    assert length > 1_500_000
    assert len(answer.content) < 250_000
    chunk = client.get(f"/read/{book.slug}/chunk/3/")
    assert len(chunk.content) < 80_000


def test_three_thousand_headings_do_not_make_a_page_of_contents(client: Client) -> None:
    body = []
    for number in range(3_000):
        body.append(make.heading(f"Heading {number}", 1 if number % 30 == 0 else 2))
        body.append(make.paragraph(f"Words {number}."))
    text = make.document(make.parsed("Headings", *body))
    address = f"/read/{text.slug}/"
    contents = page(client, address).find("nav", "contents")[0]
    assert len(contents.find("li")) == 100
    assert {line.attributes["data-level"] for line in contents.find("li")} == {"1"}
    assert len(client.get(address).content) < 250_000
    rest = contents.find("a", "all-contents")[0].attributes["href"]
    everything = page(client, rest)
    assert words_of(everything.find("li")[1]) == "Heading 1"
    assert len(everything.find("li")) == 500
    (following,) = [a for a in everything.find("a") if a.attributes.get("rel") == "next"]
    last = page(client, following.attributes["href"]).find("nav", "contents")[0].find("a")[-1]
    assert words_of(last) == "Heading 999"
    where = page(client, last.attributes["href"])
    assert "left-s1000" in ids(where)


def test_a_book_opens_at_the_place_that_the_address_names(client: Client) -> None:
    book = make.document(make.book(3000, 100))
    address = f"/read/{book.slug}/"
    for place in ("p2500", "s20", "n90", "m90", "c3", "b0"):
        assert f"left-{place}" in ids(page(client, f"{address}?left={place}"))
    figures = [make.block("caption", "Chart", figure=0), *make.book(1500, 0).blocks]
    other = make.document(make.parsed("Figures", *figures[::-1], figures=(Figure(1),)))
    for place in ("f0", f"b{len(figures)}"):
        assert f"left-{place}" in ids(page(client, f"/read/{other.slug}/?left={place}"))


@pytest.mark.parametrize(
    "place", ["", "p", "p0", "p99999999", "x3", "p-1", "p１", "<b>", "c999", "m9999", "b9999", "f9"]
)
def test_a_place_that_there_is_not_opens_the_beginning(client: Client, place: str) -> None:
    book = make.document(make.book(600, 10))
    answer = client.get(f"/read/{book.slug}/", {"left": place})
    assert answer.status_code == 200
    assert 'id="left-p1"' in answer.content.decode()


def test_a_book_can_be_read_to_its_end_by_plain_links(client: Client) -> None:
    book = make.document(make.book(1200, 30))
    address = f"/read/{book.slug}/"
    seen: dict[int, str] = {}
    for _ in range(20):
        root = page(client, address)
        seen |= runs(root)
        waiting = [w for w in root.find("div", "waiting") if words_of(w).startswith("Read on")]
        if not waiting:
            break
        address = f"/read/{book.slug}/{waiting[0].find('a')[0].attributes['href']}"
    assert seen == runs(page(client, f"/read/{book.slug}/?whole=1"))
    text = Revision.objects.get(document=book).text
    assert "\n".join(seen[start] for start in sorted(seen)) == text


def test_the_links_of_a_book_lead_somewhere_from_its_middle(client: Client) -> None:
    filler = [make.paragraph(make.sentence(n, 300)) for n in range(90)]
    first = make.paragraph("Once.", make.mark("1", "Once.", 0))
    again = make.paragraph("Again.", make.mark("1", "Again.", 0))
    body = [make.heading("One"), first, *filler[:45], make.heading("Two"), *filler[45:], again]
    text = make.document(make.parsed("Long", *body, notes=(make.note("1", "The note."),)))
    answer = two()[0]
    for query in ("", "?left=c2", "?left=c4", "?whole=1"):
        assert assert_links_lead_somewhere(client, f"/facing/{text.slug}/{answer.slug}/{query}") > 15


def test_a_waiting_part_arrives_as_it_would_stand_in_the_page(client: Client) -> None:
    book = make.document(make.book(3000, 100))
    whole = page(client, f"/read/{book.slug}/?whole=1")
    waiting = page(client, f"/read/{book.slug}/").find("div", "waiting")[0]
    number = waiting.attributes["data-chunk"]
    part = read(client.get(waiting.attributes["hx-get"]).content.decode())
    (there,) = [c for c in whole.find("div", "chunk") if c.attributes["data-chunk"] == number]
    assert runs(part) == runs(there)
    assert ids(part)[0] == f"left-c{number}" == waiting.attributes["id"]
    first, last = waiting.attributes["data-numbers"].split("-")
    assert {f"left-p{first}", f"left-p{last}"} <= set(ids(part))
    assert client.get(f"/read/{book.slug}/chunk/999/").status_code == 404
    right = client.get(f"/read/{book.slug}/chunk/0/?side=right").content.decode()
    assert 'id="right-c0"' in right
    assert "\x01" not in right and "\x05" not in right and "\x02" not in right


def test_the_first_part_of_a_text_does_not_bring_its_head_again(client: Client) -> None:
    book = make.document(make.book(600, 10))
    assert "<h1" not in client.get(f"/read/{book.slug}/chunk/0/").content.decode()


def test_whole_gives_every_part(client: Client) -> None:
    book = make.document(make.book(3000, 100))
    (link,) = page(client, f"/read/{book.slug}/?left=p4").find("a", "whole")
    assert link.attributes["href"] == "?left=p4&whole=1"
    root = page(client, f"/read/{book.slug}/?whole=1")
    assert not root.find("a", "whole")
    assert not root.find("div", "waiting")
    assert len(root.find("p", "block")) == 3000
    assert len(root.find("li", "note")) == 100


def test_no_sign_of_the_stored_html_is_left_on_a_page(client: Client) -> None:
    left, right = two()
    book = make.document(make.book(600, 10))
    for address in (
        f"/facing/{left.slug}/{right.slug}/",
        f"/read/{book.slug}/",
        f"/read/{book.slug}/?whole=1",
    ):
        content = client.get(address).content.decode()
        assert not set(content) & set(map(chr, [*range(9), *range(14, 32)]))


def test_swapping_keeps_each_text_at_its_place(client: Client) -> None:
    left, right = two()
    root = page(client, f"/facing/{left.slug}/{right.slug}/?left=p1&right=s1")
    swap = root.find("a", "bar-swap")[0].attributes["href"]
    assert swap == f"/facing/{right.slug}/{left.slug}/?left=s1&right=p1"


def test_closing_and_widening_keep_the_place(client: Client) -> None:
    left, right = two()
    leaves = page(client, f"/facing/{left.slug}/{right.slug}/?left=p1&right=s1").find("article", "leaf")
    assert leaves[0].find("a", "close")[0].attributes["href"] == f"/read/{right.slug}/?left=s1"
    assert leaves[0].find("a", "widen")[0].attributes["href"] == f"/read/{left.slug}/?left=p1"
    assert leaves[1].find("a", "close")[0].attributes["href"] == f"/read/{left.slug}/?left=p1"
    assert leaves[1].find("a", "widen")[0].attributes["href"] == f"/read/{right.slug}/?left=s1"


def test_texts_of_all_scripts_are_read_as_they_are(client: Client) -> None:
    words = ["שלום 😀 לכם", "漢字とかな", "e\u0301tude \U0001f469\u200d\U0001f680", "a\u202eb"]
    text = make.document(make.parsed("שלום", *map(make.paragraph, words), language="he"))
    leaf = page(client, f"/read/{text.slug}/").find("article", "leaf")[0]
    assert (leaf.attributes["lang"], leaf.attributes["dir"]) == ("he", "rtl")
    assert [p.text for p in leaf.find("p", "block")] == words


def test_a_name_full_of_signs_breaks_nothing(client: Client) -> None:
    title = '<script>alert("1")</script> & \'x\' "y"'
    facts: dict[str, Any] = {
        "authors": (title,),
        "publication": title,
        "source_url": f"javascript:{title}",
        "language": '"><b>',
    }
    one = make.document(make.parsed(title, **facts))
    two = make.document(make.citing(TIDES, f"{title} again", authors=(title,)))
    root = page(client, f"/facing/{one.slug}/{two.slug}/")
    assert len(root.find("script")) == 2
    assert root.find("article")[0].attributes["data-title"] == title
    assert not any(href.startswith("javascript") for href in hrefs(root))


def test_a_title_longer_than_a_page_is_told_once(client: Client) -> None:
    title = "Tides and " * 2000
    text = make.document(make.parsed(title))
    answer = client.get(f"/facing/{text.slug}/{two()[0].slug}/")
    assert answer.content.decode().count("Tides and " * 100) <= 2 * 20
    assert len(answer.content) < 80_000


def test_a_page_holds_nothing_that_our_security_policy_forbids(client: Client) -> None:
    left, right = two()
    root = page(client, f"/facing/{left.slug}/{right.slug}/")
    for element in root.all():
        assert "style" not in element.attributes
        assert not any(name.startswith("on") for name in element.attributes)
        assert element.tag != "script" or "src" in element.attributes
    config = next(m for m in root.find("meta") if m.attributes.get("name") == "htmx-config")
    assert json.loads(config.attributes["content"])["allowEval"] is False


def test_a_text_without_a_kept_revision_is_not_there(client: Client) -> None:
    empty = Document.objects.create(slug="empty", title="Empty", is_public=True)
    page(client, f"/read/{empty.slug}/", 404)


def test_a_visitor_without_an_account_gets_no_cookie(client: Client) -> None:
    assert not client.get(f"/read/{two()[0].slug}/").cookies
