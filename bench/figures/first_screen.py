"""Whether a book opens as fast as an essay."""

from statistics import median

from django.urls import reverse

from bench.library import Library
from bench.server import Server

TIMES = 101


def measure(library: Library, server: Server) -> dict[str, float]:
    """The desk of two megabytes over the desk of an essay: first byte to last, medians of many in turns."""
    paths = [reverse("desk:read", args=[slug]) for slug in (library.book, library.left)]
    for path in paths:
        server.seconds(path)
    seconds = [[server.seconds(path) for path in paths] for _ in range(TIMES)]
    book, essay = (median(column) for column in zip(*seconds, strict=True))
    return {"book_first_screen_vs_essay": book / essay}
