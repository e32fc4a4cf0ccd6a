"""What a note becomes on the page: Markdown of our few kinds, safe, and never slow."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate.rendering import BODY_AT_MOST, BodyRefused, render

ALLOWED = set(
    "p br hr em strong s code pre blockquote ul ol li a h3 h4 h5 h6"
    " table thead tbody tr th td sup sub del".split()
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """The elements of some HTML with their attributes."""
    reader = _Tags()
    reader.feed(html)
    reader.close()
    return reader.found


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Not *so*, **no**.", "<p>Not <em>so</em>, <strong>no</strong>.</p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("# Head", "<h3>Head</h3>"),
        ("<b>bold</b> & more", "<p>&lt;b&gt;bold&lt;/b&gt; &amp; more</p>"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_markdown_becomes_html(body: str, html: str) -> None:
    assert render(body) == html


def test_an_address_written_out_is_a_link_without_what_ends_the_sentence() -> None:
    ((_, attributes),) = [tag for tag in tags(render("See https://tides.example/a?b=1.")) if tag[0] == "a"]
    assert attributes["href"] == "https://tides.example/a?b=1"
    assert attributes["rel"] == "nofollow noopener noreferrer"


@pytest.mark.parametrize(
    "address", ["javascript:x", "data:text/html,x", "JaVaScRiPt:x", "//other", "vbscript:x"]
)
def test_an_address_that_runs_is_no_address(address: str) -> None:
    for _, attributes in tags(render(f"[x]({address}) <{address}>")):
        assert not (attributes.get("href") or "").lower().startswith(("javascript", "data", "vbscript"))


@pytest.mark.parametrize(
    "body",
    ["[" * 5_000, "a" * (BODY_AT_MOST + 1), "x\n" * 5_000, "1. " * 6_000, "a\n=\n" * 5_000],
    ids="brackets long lines deep headings".split(),
)
def test_what_would_take_seconds_is_refused_with_what_to_do(body: str) -> None:
    with pytest.raises(BodyRefused, match=r"Shorten|Take some out|part it|Let some"):
        render(body)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>&\"'[]()!*_`#-=\\:/ajs \n\x00"), max_size=120))
def test_no_words_make_an_element_that_is_not_ours(body: str) -> None:
    for tag, attributes in tags(render(body)):
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "title", "rel", "start"}
