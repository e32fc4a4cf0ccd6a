"""A revision in chunks: nothing lost, nothing twice, nothing torn apart."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.ingest.parsed import Block, BlockKind, Figure, ListPlace, Mark, Note, Parsed, Span
from reader.library.blocks import ELSEWHERE
from reader.library.chunks import CHUNK_LENGTH, HEAD_END, LONGEST_PIECE, lay_chunks
from reader.library.lay import PREFIX
from reader.library.models import Chunk, Footnote, Paragraph
from reader.library.rows import build
from tests import make
from tests.library.laid import Element, hrefs, ids, read, runs


def chunks_of(parsed: Parsed) -> list[Chunk]:
    """The chunks of a text, its rows given keys as the database would."""
    rows = build(parsed)
    for kind in (rows.sections, rows.paragraphs, rows.footnotes, rows.citations):
        for key, row in enumerate(kind, 1):
            row.pk = key
    for citation in rows.citations:
        for name in ("paragraph", "footnote", "target"):
            setattr(citation, name, getattr(citation, name))
    return lay_chunks(rows.revision, rows.paragraphs, rows.footnotes, rows.citations, rows.sections)


def page_of(chunks: list[Chunk]) -> Element:
    """All chunks after each other, the head of the leaf first."""
    return read("".join(chunk.html.replace(HEAD_END, "") for chunk in chunks))


def laid(*body: Block, notes: tuple[Note, ...] = (), **facts: object) -> Element:
    """A text with these blocks, as a page."""
    return page_of(chunks_of(make.parsed("On Tides", *body, notes=notes, **facts)))


def item(text: str, ordinal: int, of: int, depth: int = 0, *, ordered: bool = False) -> Block:
    """An item of a list at a depth."""
    return make.block("item", text, place=ListPlace(of, ordered, ordinal, depth))


words = st.text(st.sampled_from("abc <&é\u0301漢😀\u05d0\u202e"), min_size=1, max_size=30)


@st.composite
def documents(draw: st.DrawFn) -> Parsed:
    """Any mixture of blocks, marks and notes."""
    notes_count = draw(st.integers(0, 4))
    body = []
    for _ in range(draw(st.integers(0, 8))):
        kind: BlockKind = draw(
            st.sampled_from(["heading", "paragraph", "item", "quote", "table", "caption", "author_note"])
        )
        text = draw(words)
        more: dict[str, Any] = {}
        if kind == "item":
            more["place"] = ListPlace(
                draw(st.integers(1, 3)), draw(st.booleans()), 1, draw(st.integers(0, 3))
            )
        if kind == "table":
            rows = draw(st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=3))
            text = "\n".join("\t".join(row) for row in rows)
            more["header"] = draw(st.integers(0, 2))
        if kind == "heading":
            more["level"] = draw(st.integers(1, 7))
            more["section"] = draw(st.booleans())
        if kind == "caption":
            more["figure"] = draw(st.integers(0, 1))
            more["part"] = draw(st.sampled_from(["caption", "source", ""]))
        marks = draw(
            st.lists(
                st.builds(
                    Mark,
                    st.sampled_from(["1", "*"]),
                    st.integers(0, len(text)),
                    st.just(0),
                    st.none() | st.integers(0, notes_count - 1) if notes_count else st.none(),
                ),
                max_size=3,
            )
        )
        spans = draw(
            st.lists(st.builds(Span, st.integers(0, 9), st.integers(0, 30), st.just("em")), max_size=2)
        )
        body.append(make.block(kind, text, marks=tuple(marks), spans=tuple(spans), **more))
    targets = st.none() | st.integers(0, max(notes_count - 1, 0))
    notes = tuple(
        Note(str(n), draw(words) + "\n" + draw(words), ((1, 1),), marks=(Mark("x", 1, 0, draw(targets)),))
        for n in range(notes_count)
    )
    return make.parsed("Any Text", *body, notes=notes, figures=(Figure(1, "alt"), Figure(0)))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(documents())
def test_every_block_and_note_stands_on_the_page_once_with_its_own_words(parsed: Parsed) -> None:
    rows = build(parsed)
    chunks = chunks_of(parsed)
    page = page_of(chunks)
    text = rows.revision.text
    expected: dict[int, str] = {}
    parted: list[Paragraph | Footnote] = [*rows.paragraphs, *rows.footnotes]
    for part in parted:
        here = part.start
        # A table's cells and a note's paragraphs are runs of their own; any other block is one.
        parts = "[\t\n]" if getattr(part, "kind", "table") == "table" else "$^"
        for piece in re.split(parts, text[part.start : part.end]):
            expected[here] = piece
            here += len(piece) + 1
    assert runs(page) == expected
    found = [(chunk, run) for chunk in chunks for run in chunk.runs]
    assert {start: text[start:end] for _, (start, end, _, _) in found} == expected
    for chunk, (start, _, begin, stop) in found:
        assert re.search(f' data-start="{start}"[^>]*>$', chunk.html[:begin])
        laid = chunk.html[begin:stop]
        assert runs(read(f'<p data-start="{start}">{laid}</p>')) == {start: expected[start]}
    assert len(ids(page)) == len(set(ids(page)))
    known = {f"#{name}" for name in ids(page)}
    for href in hrefs(page):
        assert href in known or f"#{href.partition('#')[2]}" in known


def test_a_short_text_is_one_chunk_with_the_head_before_it() -> None:
    (chunk,) = chunks_of(make.parsed("On Tides", make.paragraph("The tide rose.")))
    head, _, body = chunk.html.partition(HEAD_END)
    assert head == f'<h1 class="block title" id="{PREFIX}b0" data-start="0">On Tides</h1>\n'
    assert f'<div class="chunk" id="{PREFIX}c0" data-chunk="0" dir="ltr">' in body
    assert (chunk.position, chunk.start, chunk.first_number, chunk.last_number) == (0, 0, 1, 1)


def test_authors_that_the_text_itself_does_not_name_stand_in_the_head() -> None:
    (chunk,) = chunks_of(make.parsed("On Tides", authors=("Ann Ede", "Bo Fu")))
    assert '<p class="byline">Ann Ede, Bo Fu</p>' in chunk.html.partition(HEAD_END)[0]


def test_a_text_with_nothing_but_a_title_is_a_chunk_too() -> None:
    rows = build(replace(make.parsed("Alone"), blocks=(make.block("title", "Alone"),)))
    assert len(lay_chunks(rows.revision, [], [], [], [])) == 1


def test_a_book_is_cut_before_its_chapters() -> None:
    parsed = make.book(2000, 40)
    chunks = chunks_of(parsed)
    assert len(chunks) > 5
    for chunk in chunks[1:]:
        first = read(chunk.html).find("", "block")[0]
        assert first.tag == "h2"
    lengths = [chunk.end - chunk.start for chunk in chunks[:-1]]
    assert all(0.3 * CHUNK_LENGTH <= length <= 1.6 * CHUNK_LENGTH for length in lengths)
    assert [chunk.start for chunk in chunks[1:]] == [chunk.end for chunk in chunks[:-1]]


def test_a_book_without_chapters_is_cut_between_paragraphs() -> None:
    chunks = chunks_of(make.parsed("Long", *(make.paragraph(make.sentence(n, 60)) for n in range(400))))
    assert len(chunks) > 2
    assert [chunk.first_number for chunk in chunks[1:]] == [(c.last_number or 0) + 1 for c in chunks[:-1]]


def test_a_chunk_never_ends_with_a_heading() -> None:
    body: list[Block] = []
    for n in range(60):
        body += [make.heading(f"Part {n}"), make.heading(f"Detail {n}", 2)]
        body += [make.paragraph(make.sentence(n, 300))]
    for chunk in chunks_of(make.parsed("Long", *body)):
        assert read(chunk.html.partition(HEAD_END)[2] or chunk.html).find("", "block")[-1].tag == "p"


def test_a_list_longer_than_a_chunk_stays_whole() -> None:
    items = [make.item(make.sentence(n, 20), n + 1) for n in range(400)]
    before = [make.paragraph(make.sentence(n, 60)) for n in range(60)]
    chunks = chunks_of(make.parsed("Long", *before, *items, *before))
    with_items = [chunk for chunk in chunks if read(chunk.html).find("li", "block")]
    assert len(with_items) == 1
    assert CHUNK_LENGTH < with_items[0].end - with_items[0].start < LONGEST_PIECE


def test_a_list_longer_than_a_hundred_kilobytes_goes_on_in_the_next_chunk() -> None:
    items = [make.item(make.sentence(n, 60), n + 1) for n in range(600)]
    chunks = chunks_of(make.parsed("Long", *items))
    assert len(chunks) > 3
    second = read(chunks[1].html).find("ol", "list")[0]
    number = (chunks[0].last_number or 0) + 1
    assert second.attributes["start"] == str(number)
    assert len(page_of(chunks).find("li", "block")) == 600


def test_a_table_longer_than_a_hundred_kilobytes_goes_on_row_by_row() -> None:
    rows = ["Name\tYear", *(f"{make.sentence(n, 12)}\t{n}" for n in range(2500))]
    parsed = make.parsed("Long", make.block("table", "\n".join(rows), header=1))
    page = page_of(chunks_of(parsed))
    tables = page.find("table")
    assert len(tables) > 3
    assert len(page.find("tr")) == 2501
    assert len(page.find("th")) == 2
    assert [table.attributes.get("id") for table in tables[1:]] == [None] * (len(tables) - 1)


def test_a_paragraph_of_five_megabytes_is_cut_at_spaces_and_loses_nothing() -> None:
    text = "abcd " * 1_000_000
    parsed = make.parsed("Long", make.paragraph(text, make.mark("1", text[:30], None)))
    chunks = chunks_of(parsed)
    assert max(len(chunk.html) for chunk in chunks) < 200_000
    found = runs(page_of(chunks))
    found.pop(0)
    assert "".join(found[start] for start in sorted(found)) == text
    assert page_of(chunks).find("sup", "lonely")


def test_the_notes_of_a_chunk_stand_at_its_end_in_their_order() -> None:
    chunks = chunks_of(make.book(2000, 40))
    for chunk in chunks:
        notes = read(chunk.html).find("li", "note")
        assert [note.attributes["id"] for note in notes] == [f"{PREFIX}n{n + 1}" for n in chunk.notes]
        assert chunk.notes == sorted(chunk.notes)
    assert sorted(note for chunk in chunks for note in chunk.notes) == list(range(40))


def test_a_note_cited_again_in_another_chunk_is_reached_from_there_and_back() -> None:
    filler = [make.paragraph(make.sentence(n, 300)) for n in range(60)]
    again = make.paragraph("Again.", make.mark("1", "Again.", 0))
    parsed = make.parsed(
        "Long",
        make.paragraph("Once.", make.mark("1", "Once.", 0)),
        *filler,
        again,
        notes=(make.note("1", "The note."),),
    )
    chunks = chunks_of(parsed)
    assert f'href="{ELSEWHERE}n1#{PREFIX}n1"' in chunks[-1].html
    backs = read(chunks[0].html).find("a", "back")
    assert [back.attributes["href"] for back in backs] == [f"#{PREFIX}m1", f"{ELSEWHERE}m2#{PREFIX}m2"]
    assert [back.attributes["aria-label"] for back in backs] == [
        "Back to mark 1, 1 of 2",
        "Back to mark 1, 2 of 2",
    ]


def test_notes_that_nobody_cites_stand_in_the_last_chunk() -> None:
    filler = [make.paragraph(make.sentence(n, 300)) for n in range(60)]
    chunks = chunks_of(make.parsed("Long", *filler, notes=(make.note("1", "Alone."),)))
    assert [chunk.notes for chunk in chunks] == [[]] * (len(chunks) - 1) + [[0]]
    note = read(chunks[-1].html).find("li", "note")[0]
    assert note.find("span", "note-label")
    assert not note.find("a")


def test_notes_that_cite_each_other_in_a_circle_stand_once() -> None:
    notes = (
        Note("1", "See 2", ((1, 1),), marks=(Mark("2", 5, 0, 1),)),
        Note("2", "See 1", ((2, 2),), marks=(Mark("1", 5, 0, 0),)),
    )
    page = laid(make.paragraph("Said.", make.mark("1", "Said.", 0)), notes=notes)
    assert [note.attributes["id"] for note in page.find("li", "note")] == [f"{PREFIX}n1", f"{PREFIX}n2"]
    assert len(page.find("li", "note")[0].find("a", "back")) == 2


@pytest.mark.parametrize(
    ("words", "address", "shown"),
    [
        ("See https://example.org/tides.", "https://example.org/tides", "https://example.org/tides"),
        ("See the site.", "https://example.org/tides", "example.org/tides"),
        ("See the site.", "javascript:alert(1)", None),
        ("See the site.", "", None),
    ],
)
def test_the_address_of_what_a_note_cites_is_a_link(words: str, address: str, shown: str | None) -> None:
    note = laid(notes=(make.note("1", words, url=address),)).find("li", "note")[0]
    links = [(a.attributes["href"], "".join(map(str, a.content))) for a in note.find("a")]
    assert links == ([(address, shown)] if shown else [])


def test_a_link_that_the_note_has_is_not_doubled() -> None:
    url = "https://example.org/tides"
    note = replace(make.note("1", "See the site.", url=url), spans=(Span(8, 12, "link", url),))
    assert len(laid(notes=(note,)).find("li", "note")[0].find("a")) == 1


def test_a_mark_without_its_note_is_no_link() -> None:
    page = laid(make.paragraph("Said.", make.mark("7", "Said.", None)))
    (mark,) = page.find("", "mark")
    assert mark.tag == "sup"
    assert mark.attributes["title"] == "The text has no note 7"


def test_a_note_of_the_title_leads_to_the_first_chunk_from_wherever_the_page_is_open() -> None:
    title = make.block("title", "On Tides", marks=(Mark("*", 8, 0, 0),))
    parsed = replace(make.parsed("On Tides", notes=(make.note("*", "Thanks."),)), blocks=(title,))
    (chunk,) = chunks_of(parsed)
    head, _, body = chunk.html.partition(HEAD_END)
    assert f'href="{ELSEWHERE}n1#{PREFIX}n1"' in head
    assert f'class="back" role="doc-backlink" href="#{PREFIX}m1"' in body


@pytest.mark.parametrize(("level", "tag"), [(1, "h2"), (2, "h3"), (5, "h6"), (9, "h6")])
def test_headings_stand_below_the_title_by_their_level(level: int, tag: str) -> None:
    heading = laid(make.heading("Ebb", level)).find("", "heading")[0]
    assert heading.tag == tag
    assert heading.attributes["id"] == f"{PREFIX}s1"
    assert heading.attributes["data-level"] == str(level)


def test_lists_nest_by_depth_and_keep_their_numbers() -> None:
    page = laid(
        item("three", 3, 1, ordered=True),
        item("dot", 1, 2, 1),
        item("dot", 2, 2, 1),
        item("deep", 1, 3, 2),
        item("seven", 7, 1, ordered=True),
        item("other", 1, 4),
    )
    outer, dots, deep, other = page.find("", "list")
    assert (outer.tag, outer.attributes.get("start")) == ("ol", "3")
    assert [li.attributes.get("value") for li in outer.inside] == [None, "7"]
    assert outer.inside[0].inside[1:] == [dots]
    assert len(dots.inside) == 2
    assert dots.inside[1].inside[1:] == [deep]
    assert other.tag == "ul"


def test_an_items_own_words_are_a_run_beside_the_lists_in_it() -> None:
    (chunk,) = chunks_of(make.parsed("On Tides", item("one", 1, 1), item("two", 1, 2, 1)))
    assert (
        f'<ul class="list"><li class="block" id="{PREFIX}p1">'
        '<span class="words" data-start="9">one</span>\x06p1\x07'
        f'<ul class="list"><li class="block" id="{PREFIX}p2"><span class="words" data-start="13">two</span>'
    ) in chunk.html


def test_each_cell_of_a_table_is_a_run() -> None:
    page = laid(make.block("table", "Name\tYear\n\t1900", header=1))
    cells = [
        (cell.tag, cell.attributes["data-start"], cell.text)
        for cell in page.find("tr")
        for cell in cell.inside
    ]
    assert cells == [("th", "9", "Name"), ("th", "14", "Year"), ("td", "19", ""), ("td", "20", "1900")]
    assert "data-start" not in page.find("table")[0].attributes


def test_every_block_but_headings_and_every_note_has_a_place_to_annotate_it() -> None:
    words = "Said."
    parsed = make.parsed(
        "On Tides",
        make.heading("Ebb"),
        make.paragraph(words, make.mark("1", words, 0)),
        make.block("table", "a\tb"),
        make.block("caption", "A chart", figure=0, part="caption"),
        notes=(make.note("1", "Thanks."),),
        figures=(Figure(1),),
    )
    (chunk,) = chunks_of(parsed)
    assert re.findall("\x06(\\w+)\x07", chunk.html) == ["p1", "p2", "b4", "n1"]


def test_a_chunk_knows_between_which_offsets_its_notes_stand() -> None:
    parsed = make.book(2000, 40)
    rows = build(parsed)
    for chunk in chunks_of(parsed):
        notes = [note for note in rows.footnotes if note.position in chunk.notes]
        assert (chunk.note_start, chunk.note_end) == (notes[0].start, notes[-1].end)


def test_a_list_that_a_figure_interrupts_goes_on_counting() -> None:
    page = laid(
        make.item("one", 1),
        make.block("caption", "A chart", figure=0, part="caption"),
        make.item("two", 2),
        figures=(Figure(1),),
    )
    first, second = page.find("ol", "list")
    assert "start" not in first.attributes
    assert second.attributes["start"] == "2"


def test_a_table_has_its_head_rows_and_scrolls_by_keyboard() -> None:
    page = laid(make.block("table", "Name\tYear\nTide\t1900", header=1))
    heads = page.find("th")
    assert [head.attributes["scope"] for head in heads] == ["col", "col"]
    assert page.find("thead")
    assert page.find("div", "table")[0].attributes["tabindex"] == "0"
    assert len(page.find("tr")[1].find("td")) == 2


def test_a_mark_stands_in_the_cell_that_it_follows() -> None:
    marks = (Mark("1", 4, 0, None), Mark("2", 5, 0, None))
    cells = laid(make.block("table", "Name\tYear", marks=marks)).find("td")
    assert [[mark.attributes["id"][1:] for mark in cell.find("sup")] for cell in cells] == [["m1"], ["m2"]]


def test_a_figure_keeps_its_lines_and_the_place_of_its_picture() -> None:
    page = laid(
        make.paragraph("Before."),
        make.block("caption", "A chart", figure=0, part="caption"),
        make.block("caption", "By the author", figure=0, part="source"),
        make.paragraph("After."),
        figures=(Figure(1, alt="Ships & tides"),),
    )
    (figure,) = page.find("figure")
    assert [line.classes[-1] for line in figure.inside] == ["caption", "picture", "source"]
    assert figure.inside[1].content == ["[picture not in this copy: Ships & tides]"]
    assert figure.attributes["id"] == f"{PREFIX}f0"


def test_quotations_that_follow_each_other_are_one() -> None:
    page = laid(make.block("quote", "One."), make.block("quote", "Two."), make.paragraph("After."))
    (quote,) = page.find("blockquote")
    assert [line.text for line in quote.find("p")] == ["One.", "Two."]


def test_the_authors_note_stands_apart_with_its_heading() -> None:
    page = laid(
        make.paragraph("The end."),
        make.block("heading", "About the author", level=3, section=False),
        make.block("author_note", "She sails."),
        make.block("author_note", "She writes."),
    )
    (aside,) = page.find("aside", "author-note")
    assert [line.tag for line in aside.inside] == ["h2", "p", "p"]
    assert aside.inside[0].attributes["id"].startswith(f"{PREFIX}b")


def test_a_text_from_right_to_left_says_so_and_so_does_a_paragraph_against_it() -> None:
    page = laid(make.paragraph("שלום לכם"), make.paragraph("Then English."), language="he")
    assert page.find("div", "chunk")[0].attributes["dir"] == "rtl"
    assert [p.attributes.get("dir") for p in page.find("p", "block")] == [None, "ltr"]


def test_a_text_without_a_language_runs_as_its_words_do() -> None:
    page = laid(make.paragraph("مرحبا بكم"))
    assert page.find("div", "chunk")[0].attributes["dir"] == "rtl"


def test_chunks_know_their_paragraphs_sections_and_marks() -> None:
    chunks = chunks_of(make.book(2000, 40))
    assert chunks[0].first_section == 1
    for before, after in pairwise(chunks):
        assert after.first_number == (before.last_number or 0) + 1
        assert after.first_section == (before.last_section or 0) + 1
        assert (after.first_mark or 0) > (before.last_mark or 0)
    assert chunks[-1].last_section == 20


def test_a_chunk_that_begins_within_a_section_names_that_section() -> None:
    body = [make.heading("One"), *(make.paragraph(make.sentence(n, 300)) for n in range(60))]
    chunks = chunks_of(make.parsed("Long", *body))
    assert {(chunk.first_section, chunk.last_section) for chunk in chunks} == {(1, 1)}


def test_a_library_of_a_few_chunks_is_all_that_a_very_long_text_becomes() -> None:
    parsed = make.parsed("Long", *(make.paragraph("x" * 900) for _ in range(8000)))
    assert len(chunks_of(parsed)) <= 100
