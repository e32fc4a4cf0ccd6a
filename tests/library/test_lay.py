"""A text laid as HTML: the same words, well-formed, with its marks where they stand."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.parsed import Span, SpanKind
from reader.library.lay import PREFIX, CitationMark, lay

KINDS: list[SpanKind] = ["em", "strong", "code", "sub", "sup", "strike", "underline", "link"]
HREFS = ["https://example.org/a?b=1&c=2", "mailto:a@example.org", "javascript:alert(1)", "", 'http://x/"><b>']


class Reading(HTMLParser):
    """Read HTML back: its text without citation marks, the labels in order, and whether it nests rightly."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.labels: list[tuple[int, str]] = []
        self.open: list[str] = []
        self.in_mark = False
        self.attributes: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))
        if tag == "br":
            self.text += "\n"
            return
        assert not (tag == "a" and "a" in self.open), "a link stands in a link"
        self.open.append(tag)
        if "mark" in (dict(attrs).get("class") or "").split() and tag != "mark":
            self.in_mark = True
            self.labels.append((len(self.text), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag
        self.in_mark = False

    def handle_data(self, data: str) -> None:
        if self.in_mark:
            offset, label = self.labels[-1]
            self.labels[-1] = (offset, label + data)
        else:
            self.text += data


def read(html: str) -> Reading:
    """The HTML read to its end."""
    reading = Reading()
    reading.feed(html)
    reading.close()
    assert reading.open == []
    return reading


def tags(html: str) -> list[str]:
    """The names of the elements in order."""
    return [tag for tag, _ in read(html).attributes]


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32)] + ["\x7f"])
    | st.sampled_from("\n\t&<>\"'\ufeff\u0301\u05d0\u6f22\U0001f600 "),
    max_size=60,
).map(lambda text: text.replace("\ufffe", "").replace("\uffff", ""))
offsets = st.integers(0, 64)
spans = st.builds(Span, offsets, offsets, st.sampled_from(KINDS), st.sampled_from(HREFS))
marks = st.builds(
    CitationMark,
    offsets,
    st.integers(0, 3),
    st.sampled_from(["1", "23", "*", "<"]),
    st.just("m1"),
    st.sampled_from(["", "#n1"]),
)


@given(texts, st.lists(spans, max_size=6), st.lists(marks, max_size=5))
def test_every_text_comes_back_whole_from_balanced_html(
    text: str, some: list[Span], calls: list[CitationMark]
) -> None:
    calls = [call for call in calls if call.offset <= len(text)]
    reading = read(lay(text, some, calls))
    assert reading.text == text
    expected = sorted(calls, key=lambda call: (call.offset, call.ordinal))
    assert reading.labels == [(call.offset, call.label) for call in expected]


@given(texts, st.lists(spans, max_size=4), offsets, offsets)
def test_a_piece_of_a_text_is_laid_like_the_whole(text: str, some: list[Span], start: int, end: int) -> None:
    assert read(lay(text, some, start=start, end=end)).text == text[start:end]


def test_markup_that_crosses_is_cut_where_it_crosses() -> None:
    html = lay("one two three", [Span(0, 7, "em"), Span(4, 13, "strong")])
    assert html == "<em>one <strong>two</strong></em><strong> three</strong>"


def test_a_mark_stands_after_the_word_that_it_follows_and_outside_its_emphasis() -> None:
    html = lay("a word.", [Span(2, 6, "em")], [CitationMark(6, 0, "8", "m8", f"#{PREFIX}n8")])
    assert html == (
        f'a <em>word</em><a class="mark" id="{PREFIX}m8" href="#{PREFIX}n8" role="doc-noteref"'
        ' aria-label="Note 8">8</a>.'
    )


def test_glued_marks_keep_their_order_whatever_order_they_are_given_in() -> None:
    glued = [CitationMark(3, n, str(n), f"m{n}", "#n") for n in (2, 0, 1)]
    assert [label for _, label in read(lay("abc", (), glued)).labels] == ["0", "1", "2"]


def test_a_mark_inside_a_link_parts_the_link() -> None:
    html = lay(
        "far away", [Span(0, 8, "link", "https://example.org/")], [CitationMark(3, 0, "1", "m1", "#n1")]
    )
    assert tags(html) == ["a", "a", "a"]
    assert html.count('href="https://example.org/"') == 2


def test_a_mark_without_its_note_says_so_and_leads_nowhere() -> None:
    html = lay("abc", (), [CitationMark(3, 0, "12", "m3")])
    assert html == f'abc<sup class="mark lonely" id="{PREFIX}m3" title="The text has no note 12">12</sup>'


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "java\nscript:x", "data:text/html,x", "//example.org", "/admin", "", "#x"]
)
def test_a_link_that_leads_to_no_web_page_is_shown_as_text(href: str) -> None:
    assert lay("here", [Span(0, 4, "link", href)]) == "here"


def test_a_link_to_another_site_tells_it_nothing() -> None:
    html = lay("here", [Span(0, 4, "link", 'https://example.org/?a="&b')])
    assert html == '<a href="https://example.org/?a=&quot;&amp;b" rel="noopener noreferrer">here</a>'


def test_of_two_links_over_each_other_the_outer_one_stands() -> None:
    html = lay("abcd", [Span(0, 4, "link", "https://a.example/"), Span(1, 3, "link", "https://b.example/")])
    assert tags(html) == ["a"]


def test_a_line_break_of_the_source_stays_one() -> None:
    assert lay("a\nb") == "a<br>b"


def test_characters_that_html_cannot_hold_are_shown_as_such_and_forge_nothing() -> None:
    assert lay(f"a{PREFIX}b\x00c\ud800d\r") == "a\ufffdb\ufffdc\ufffdd\ufffd"


def test_markup_in_the_words_stays_words() -> None:
    assert lay("<b>&amp;</b>") == "&lt;b&gt;&amp;amp;&lt;/b&gt;"
