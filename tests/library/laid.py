"""Read laid HTML back as a browser would: ids, links, and the text of every block."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_ANNOTATE = re.compile("\x06\\w+\x07")
VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Element:
    """An element of the page; words are those of a run, without what has the class "mark"."""

    tag: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)
    content: "list[Element | str]" = field(default_factory=list)

    @property
    def inside(self) -> "list[Element]":
        """The elements right in it."""
        return [each for each in self.content if isinstance(each, Element)]

    @property
    def classes(self) -> list[str]:
        """The names in its class."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """The text of a run, or of the runs in it one after the other."""
        return "".join([*self.words, *(each.text for each in self.inside)])

    def find(self, tag: str, name: str = "") -> "list[Element]":
        """The elements in it with this tag and class, in order."""
        return [e for e in self.all() if (not tag or e.tag == tag) and (not name or name in e.classes)]

    def all(self) -> "list[Element]":
        """Every element in it, in order."""
        return [each for child in self.inside for each in (child, *child.all())]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag == "br":
            self._add("\n")
        if tag not in VOID:
            assert not (tag == "a" and any(e.tag == "a" for e in self.open)), "a link stands in a link"
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)
        self._add(data)

    def _add(self, words: str) -> None:
        for element in reversed(self.open):
            if ("mark" in element.classes and element.tag != "mark") or "card" in element.classes:
                return
            if "data-start" in element.attributes:
                assert sum("data-start" in each.attributes for each in self.open) == 1, "a run in a run"
                element.words.append(words)
                return


def read(html: str) -> Element:
    """The HTML as a tree; it has to be well-formed."""
    reader = _Reader()
    reader.feed(_ANNOTATE.sub("", html))
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].tag}> is not closed"
    return reader.root


def runs(root: Element) -> dict[int, str]:
    """The text of every words run by where it begins in the revision."""
    found: dict[int, str] = {}
    for element in root.all():
        if "data-start" in element.attributes and "card" not in element.classes:
            start = int(element.attributes["data-start"])
            assert start not in found, f"two runs begin at {start}"
            found[start] = element.text
    return found


def ids(root: Element) -> list[str]:
    """Every id in order."""
    return [e.attributes["id"] for e in root.all() if "id" in e.attributes]


def hrefs(root: Element) -> list[str]:
    """Every address in order."""
    return [e.attributes["href"] for e in root.all() if "href" in e.attributes]
