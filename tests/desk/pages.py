"""Pages of the desk as a browser without scripts sees them."""

from urllib.parse import urljoin, urlsplit

from django.test import Client

from tests.library.laid import Element, hrefs, ids, read


def page(client: Client, address: str, status: int = 200) -> Element:
    """The page at this address, well-formed, its ids each there once."""
    answer = client.get(address.partition("#")[0])
    assert answer.status_code == status, f"{address} answered {answer.status_code}"
    root = read(answer.content.decode())
    names = ids(root)
    assert len(names) == len(set(names)), f"twice: {sorted({n for n in names if names.count(n) > 1})}"
    return root


def assert_links_lead_somewhere(client: Client, address: str) -> int:
    """Every link of the page within this site is answered, and what it names after # is there; how many."""
    root = page(client, address)
    followed = 0
    for href in hrefs(root):
        if urlsplit(href).netloc or href.startswith(("mailto:", "/static/", "data:")):
            continue
        target = urljoin(address, href)
        there = root if href.startswith("#") else page(client, target)
        name = urlsplit(target).fragment
        assert not name or name in ids(there), f"{address} links to {href}, where nothing is called {name}"
        followed += 1
    return followed


def words_of(element: Element) -> str:
    """All the words of an element and of what is in it."""
    return " ".join("".join(_words(element)).split())


def _words(element: Element) -> list[str]:
    return [
        word for each in element.content for word in (_words(each) if isinstance(each, Element) else [each])
    ]
