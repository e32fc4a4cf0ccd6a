"""What ten thousand marks cost: the page that shows them, and one mark more."""

from itertools import count

from django.urls import reverse

from bench.annotations import marked, stretches
from bench.library import Library, signed_in_cookie, with_token
from bench.server import Server

FEW, MANY = 100, 10_000
ROUNDS, WRITES = 10, 40


def measure(library: Library, server: Server) -> dict[str, float]:
    """CPU and bytes of a page with MANY marks over one with FEW; CPU of one mark more over a bare insert."""
    few, many = (reverse("desk:read", args=[marked(count).slug]) for count in (FEW, MANY))
    sizes = [len(server.page(path, library.cookie).body) for path in (few, many)]
    spent = server.cpu_of(lambda: server.page(few, library.cookie), lambda: server.page(many, library.cookie))
    return {
        "page_cpu_10000_vs_100": spent[1] / spent[0],
        "page_bytes_10000_vs_100": sizes[1] / sizes[0],
        "create_vs_floor": create_vs_floor(server),
    }


def create_vs_floor(server: Server) -> float:
    """The server's CPU for one highlight more on the text with MANY marks, over that for a bare insert."""
    text = marked(MANY)
    places = stretches(text.text, seed=MANY + 1)
    names = map(str, count())
    headers = with_token(signed_in_cookie("writer"))
    path = reverse("desk:annotate", args=[text.slug])

    def create() -> None:
        start, end = next(places)
        form = {
            "revision": str(text.number),
            "start": str(start),
            "end": str(end),
            "exact": text.text[start:end],
            "kind": "highlight",
            "layer": "public",
            "token": f"bench-{next(names)}",
            "back": reverse("desk:read", args=[text.slug]),
        }
        server.post(path, form, {**headers, "HX-Request": "true"})

    def insert() -> None:
        server.post("/__floor__/insert", {"name": f"bench {next(names)}"}, headers)

    spent = server.cpu_of(create, insert, rounds=ROUNDS, batch=WRITES)
    return spent[0] / spent[1]
