"""How fast a converter's Markdown becomes a clean text."""

import time
from statistics import median

from bench.library import Library
from bench.server import Server
from bench.texts import converted
from reader.ingest import parse_bytes

SIZE = 2_000_000


def measure(library: Library, server: Server) -> dict[str, float]:
    """Megabytes a second, the median of three."""
    source = converted(SIZE).encode()
    return {"ingest_mb_per_s": len(source) / 1e6 / median(seconds(source) for _ in range(3))}


def seconds(source: bytes) -> float:
    """The time of reading it once."""
    began = time.perf_counter()
    parse_bytes(source, "survey.md")
    return time.perf_counter() - began
