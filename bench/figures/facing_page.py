"""What the facing page of the two seeds costs the server."""

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.library import Library
from bench.server import Server


def measure(library: Library, server: Server) -> dict[str, float]:
    """CPU over the floor without and with an account, and the number of queries."""
    return {
        "facing_page_cpu_vs_floor": server.cpu_over_floor("facing", library.facing),
        "facing_page_signed_in_vs_floor": server.cpu_over_floor(
            "facing-signed-in", library.facing, library.cookie
        ),
        "facing_page_queries": most_queries(library),
    }


def most_queries(library: Library) -> int:
    """Database queries of the page: the most of seeds or book, signed in or not."""
    name, _, value = library.cookie["Cookie"].partition("=")
    reader = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    reader.cookies[name] = value
    anybody = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    paths = library.facing, library.facing_book
    return max(queries(client, path) for client in (anybody, reader) for path in paths)


def queries(client: Client, path: str) -> int:
    """Database queries of a page, caches warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(captured)
