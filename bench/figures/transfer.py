"""What a first visit to the facing page transfers."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import brotli

from bench.library import Library
from bench.server import Answer, Server

LINKS = {"stylesheet", "modulepreload", "preload", "icon", "manifest"}
FONTS = (".woff2", ".woff", ".ttf", ".otf")
IN_CSS = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")
# What import() brings comes when a reader wants to mark something, not with the page.
IN_JS = re.compile(r"""(?:\bimport|\bfrom)\s*['"]([./][^'"]+)['"]""")


def measure(library: Library, server: Server) -> dict[str, float]:
    """Kilobytes (1,000 bytes) of the page and of all that it names, as compressed on the way; fonts apart."""
    sizes = visit(server, library.facing)
    return {"page_kb_compressed": sum(sizes.values()) / 1000}


def visit(server: Server, first: str) -> dict[str, int]:
    """Bytes transferred by path, for a page and what it links, to the last import."""
    sizes: dict[str, int] = {}
    waiting = [first]
    while waiting:
        path = waiting.pop()
        if path in sizes or path.endswith(FONTS):
            continue
        answer = server.page(path, {"Accept-Encoding": "gzip, br"})
        sizes[path] = len(answer.body)
        addresses = (urlsplit(urljoin(path, named)) for named in named_in(answer))
        waiting += [address.path for address in addresses if not address.scheme]
    return sizes


def named_in(answer: Answer) -> list[str]:
    """The addresses that a browser fetches because of this answer."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind == "text/html":
        page = Page()
        page.feed(unpacked(answer).decode())
        return page.addresses
    if kind == "text/css":
        return [url or imported for url, imported in IN_CSS.findall(unpacked(answer).decode())]
    if kind.endswith("javascript"):
        return IN_JS.findall(unpacked(answer).decode())
    return []


def unpacked(answer: Answer) -> bytes:
    """The body as it was before it was compressed."""
    match answer.headers.get("content-encoding"):
        case "gzip":
            return gzip.decompress(answer.body)
        case "br":
            return bytes(brotli.decompress(answer.body))
    return answer.body


class Page(HTMLParser):
    """Collects the addresses that a page makes its browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a start tag names."""
        values = dict(attrs)
        wanted = values.get("src") if tag in ("script", "img") else None
        if tag == "link" and LINKS & set((values.get("rel") or "").split()):
            wanted = values.get("href")
        if wanted:
            self.addresses.append(wanted)
