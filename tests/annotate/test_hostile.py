"""Whatever is written in a note, what comes out has no element, attribute or address that could do harm."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate.rendering import BRACKETS_AT_MOST, render
from tests.browser.vectors import ALL, MARKDOWN

TAGS = set(
    "p br hr em strong s code pre blockquote ul ol li a table thead tbody tr th td sup sub del".split()
)
TAGS |= {f"h{level}" for level in range(3, 7)}
ATTRIBUTES = {"href", "title", "rel", "start"}
SIGNS = "< > \" ' ` & / \\ * _ [ ] ( ) # ! | ~ = : ; {{ }} \n \n\n \t &lt; &#60; \x00 \u202e \ufeff a b 1."
PIECES = [*ALL, *SIGNS.split(" ")]


class Found(HTMLParser):
    """The elements and attributes of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.odd: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        """Note what no note has."""
        self.odd.append(data)

    def handle_decl(self, decl: str) -> None:
        """Note what no note has."""
        self.odd.append(decl)

    handle_pi = unknown_decl = handle_comment


def assert_harmless(html: str) -> None:
    found = Found(html)
    assert found.tags <= TAGS
    assert {name for name, _ in found.attributes} <= ATTRIBUTES
    assert not found.odd
    for name, value in found.attributes:
        assert name != "href" or ":" not in value or value.lower().startswith(("http:", "https:", "mailto:"))


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=12).map("".join))
def test_no_mixture_of_hostile_words_becomes_more_than_text(body: str) -> None:
    if body.count("[") <= BRACKETS_AT_MOST:
        assert_harmless(render(body))


def test_each_vector_alone_is_only_shown() -> None:
    for vector in ALL:
        assert_harmless(render(vector))


def test_html_that_somebody_types_is_shown_as_it_was_typed() -> None:
    assert render("<script>ran()</script>") == "<p>&lt;script&gt;ran()&lt;/script&gt;</p>"


def test_there_are_enough_vectors_to_mean_something() -> None:
    assert len(set(ALL)) >= 100
    assert len(MARKDOWN) >= 25
