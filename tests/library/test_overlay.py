"""Ranges drawn over a laid run: its words and markup stay, and each range covers what it should."""

from collections import defaultdict
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.parsed import Span
from reader.library.lay import PREFIX, CitationMark, lay
from reader.library.overlay import Range, overlay, text_of
from tests.library.test_lay import marks, read, spans, texts

START = 1000
IDS = ["", "a1", "a2", "a3"]

offsets = st.integers(-4, 64).map(lambda offset: START + offset)
ranges = st.builds(
    Range,
    offsets,
    offsets,
    st.sampled_from(IDS),
    st.sampled_from(["range own hue-1", "crowd level-2", "range"]),
    st.booleans(),
    st.booleans(),
)


class Drawn(HTMLParser):
    """Read a drawn run back: which <mark> covers each of its code points, and what stands in its tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[tuple[int, int, dict[str, str]]] = []
        self.outside: list[str] = []
        self.here = START

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._cover(1)
            return
        assert not (tag in ("a", "mark") and tag in [name for name, _ in self.open]), f"<{tag}> in <{tag}>"
        self.open.append((tag, attributes))
        if tag != "mark":
            self.outside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not any("mark" in attrs.get("class", "").split() for tag, attrs in self.open if tag != "mark"):
            self._cover(len(data))

    def _cover(self, count: int) -> None:
        for tag, attributes in self.open:
            if tag == "mark":
                self.pieces.append((self.here, self.here + count, attributes))
        self.here += count


def drawn(html: str, over: list[Range]) -> Drawn:
    """The run with the ranges over it, read to its end."""
    reader = Drawn()
    reader.feed(overlay(html, START, over))
    reader.close()
    assert reader.open == []
    return reader


@given(texts, st.lists(spans, max_size=5), st.lists(marks, max_size=4), st.lists(ranges, max_size=6))
def test_what_was_laid_stays_and_each_range_covers_its_own_characters(
    text: str, some: list[Span], calls: list[CitationMark], over: list[Range]
) -> None:
    html = lay(text, some, calls)
    before, after = read(html), read(overlay(html, START, over))
    assert (after.text, after.labels) == (before.text, before.labels)
    reader = drawn(html, over)
    assert reader.outside == [tag for tag, _ in before.attributes if tag != "br"]
    covered: dict[str, set[int]] = defaultdict(set)
    classes: dict[int, set[str]] = defaultdict(set)
    for start, end, attributes in reader.pieces:
        for place in range(start, end):
            classes[place] |= set(attributes["class"].split())
            for id in attributes.get("data-range", "").split():
                covered[id].add(place)
    whole = range(START, START + len(text))
    for id in IDS[1:]:
        assert covered[id] == {at for at in whole if any(r.start <= at < r.end for r in over if r.id == id)}
    for at in whole:
        assert classes[at] == {c for r in over if r.start <= at < r.end for c in r.classes.split()}


@given(texts, st.lists(spans, max_size=4), st.lists(marks, max_size=3), st.lists(ranges, max_size=5))
def test_each_range_begins_once_and_ends_once_and_only_where_it_does(
    text: str, some: list[Span], calls: list[CitationMark], over: list[Range]
) -> None:
    over = [r._replace(id=f"a{index}") for index, r in enumerate(over)]
    pieces = drawn(lay(text, some, calls), over).pieces
    end = START + len(text)
    first = [(id, start) for start, _, attrs in pieces for id in attrs.get("data-first", "").split()]
    last = [(id, end) for _, end, attrs in pieces for id in attrs.get("data-last", "").split()]
    assert sorted(first) == sorted(
        (r.id, r.start) for r in over if r.first and START <= r.start < min(r.end, end)
    )
    assert sorted(last) == sorted(
        (r.id, r.end) for r in over if r.last and max(START, r.start) < r.end <= end
    )
    for _, _, attributes in pieces:
        assert ("tabindex" in attributes) == ("data-first" in attributes)


@given(texts, st.lists(spans, max_size=4), st.lists(marks, max_size=3))
def test_the_words_of_a_run_are_read_back_from_its_html(
    text: str, some: list[Span], calls: list[CitationMark]
) -> None:
    assert text_of(lay(text, some, calls)) == text


def test_two_ranges_over_each_other_are_seen_as_two() -> None:
    html = overlay("abcdef", 0, [Range(0, 4, "a1", "range x"), Range(2, 6, "a2", "range y")])
    assert html == (
        '<mark class="range x" data-range="a1" data-first="a1" tabindex="0">ab</mark>'
        '<mark class="range x y" data-range="a1 a2" data-first="a2" tabindex="0" data-last="a1">cd</mark>'
        '<mark class="range y" data-range="a2" data-last="a2">ef</mark>'
    )


def test_a_crowd_has_no_names_and_no_focus() -> None:
    assert overlay("abc", 0, [Range(1, 2, "", "crowd level-3")]) == 'a<mark class="crowd level-3">b</mark>c'


def test_a_crowd_and_a_reader_on_the_same_words_are_both_seen() -> None:
    html = overlay("abc", 0, [Range(0, 3, "", "crowd level-2"), Range(1, 2, "a1", "range own hue-3")])
    assert '<mark class="crowd level-2 range own hue-3" data-range="a1" data-first="a1"' in html


def test_a_range_that_goes_on_elsewhere_begins_and_ends_there() -> None:
    html = overlay("abc", 7, [Range(7, 10, "a1", "range", first=False, last=False)])
    assert html == '<mark class="range" data-range="a1">abc</mark>'


def test_a_citation_mark_parts_a_range_and_is_not_drawn_over() -> None:
    laid = lay("a word.", (), [CitationMark(6, 0, "8", "m8", f"#{PREFIX}n8")])
    html = overlay(laid, 0, [Range(2, 7, "a1", "range")])
    assert html.startswith(
        'a <mark class="range" data-range="a1" data-first="a1" tabindex="0">word</mark><a '
    )
    assert html.endswith('8</a><mark class="range" data-range="a1" data-last="a1">.</mark>')


def test_emphasis_inside_a_range_keeps_its_element() -> None:
    html = overlay("a <em>b</em>c", 0, [Range(0, 4, "a1", "range")])
    assert html == (
        '<mark class="range" data-range="a1" data-first="a1" tabindex="0">a </mark>'
        '<em><mark class="range" data-range="a1">b</mark></em>'
        '<mark class="range" data-range="a1" data-last="a1">c</mark>'
    )


def test_an_escaped_character_and_a_line_break_count_one() -> None:
    html = overlay("&lt;&amp;<br>x", 0, [Range(1, 3, "", "crowd level-1")])
    assert html == '&lt;<mark class="crowd level-1">&amp;<br></mark>x'


@pytest.mark.parametrize(
    "nothing", [Range(2, 2, "a1", "range"), Range(3, 1, "a1", "range"), Range(-4, 0, "a1")]
)
def test_an_empty_range_is_not_drawn(nothing: Range) -> None:
    assert overlay("abc", 0, [nothing]) == "abc"


def test_a_name_that_is_none_cannot_break_out() -> None:
    assert '"><b>' not in overlay("abc", 0, [Range(0, 2, 'a"><b>', 'x"><b>')])
