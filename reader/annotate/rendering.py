"""A reader's Markdown as safe HTML, rendered once, when it is saved."""

import re
import unicodedata
import xml.etree.ElementTree as etree
from typing import Any

import nh3
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

BODY_AT_MOST = 20_000
BRACKETS_AT_MOST = 200
LINES_AT_MOST = 2_000

_TAGS = set(
    "p br hr em strong s code pre blockquote ul ol li a h3 h4 h5 h6"
    " table thead tbody tr th td sup sub del".split()
)
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href", "title"}, "ol": {"start"}}
_ADDRESS = r"(?<![\w/@.])(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])"
_HEADING = re.compile(r"<(/?)h[12]\b")


class BodyRefused(ValueError):
    """A body that is not rendered; the message says what to do."""


class _Address(InlineProcessor):
    """An address written out is a link."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        link = etree.Element("a", {"href": m.group(1)})
        link.text = m.group(1)
        return link, m.start(0), m.end(0)


def check(body: str) -> None:
    """BodyRefused where render() would refuse it."""
    if len(body) > BODY_AT_MOST:
        raise BodyRefused(
            f"This is {len(body):,} characters long; up to {BODY_AT_MOST:,} are kept."
            " Shorten it, or part it in two."
        )
    # python-markdown needs time quadratic in unclosed brackets.
    if body.count("[") > BRACKETS_AT_MOST:
        raise BodyRefused(f"This has more than {BRACKETS_AT_MOST} opening brackets “[”. Take some out.")
    if body.count("\n") > LINES_AT_MOST:
        raise BodyRefused(f"This has more than {LINES_AT_MOST:,} lines. Shorten it, or part it in two.")


def render(body: str) -> str:
    """The HTML of a note; raw HTML in it is shown as it was typed. BodyRefused where it cannot be taken."""
    check(body)
    # Spaces without width, too, are nothing to read.
    if all(unicodedata.category(character)[0] in "CZ" for character in body):
        return ""
    try:
        laid = _markdown().convert(body)
    except RecursionError:
        raise BodyRefused(
            "Lists or quotations lie too deep in each other here. Let some of them out."
        ) from None
    html = _HEADING.sub(r"<\1h3", laid)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )


def _markdown() -> Markdown:
    """A parser of its own for each note: one keeps state, and threads would share it."""
    made = Markdown(extensions=["tables", "fenced_code", "sane_lists", "nl2br"], output_format="html")
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    address: Any = _Address(_ADDRESS, made)
    made.inlinePatterns.register(address, "address", 110)
    return made
