"""From a file's bytes to Parsed. Pure Python: a module a format, then the steps of assemble.py."""

import re

from reader.ingest.assemble import Progress, assemble
from reader.ingest.decode import decode
from reader.ingest.markdown import Source, read_markdown
from reader.ingest.parsed import IngestError, Parsed

__all__ = ["IngestError", "Parsed", "Progress", "parse_bytes", "parse_text"]

SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"<sup>|<!--|<span id=|!\[|\]\(|\[\^[^\]\s]+\]"),
    re.compile(r"\*\*[^*\n]+\*\*"),
    re.compile(r"^\|.*\|\s*$", re.MULTILINE),
    re.compile(r"\A(?:---\n(?:.*\n)+?---\n|% .+\n% )"),
)


def parse_bytes(data: bytes, name: str = "", *, progress: Progress | None = None) -> Parsed:
    """Read a file. IngestError says what its owner can do where it is no text."""
    tell = progress or (lambda step, percent: None)
    tell("characters", 2)
    text, encoding, doubts = decode(data)
    return parse_text(text, name, encoding=encoding, doubts=doubts, progress=progress)


def parse_text(
    text: str,
    name: str = "",
    *,
    encoding: str = "utf-8",
    doubts: list[str] | None = None,
    progress: Progress | None = None,
) -> Parsed:
    """Read a text whose characters are known."""
    tell = progress or (lambda step, percent: None)
    tell("blocks", 5)
    source = read_markdown(text) if is_markdown(text) else read_plain(text)
    source.doubts[:0] = doubts or []
    return assemble(source, name=name, text=text, encoding=encoding, progress=progress)


def is_markdown(text: str) -> bool:
    """Whether the text carries Markdown's signs; by its signs and not its name, as converters name files as
    they like.
    """
    sample = text[:200_000]
    hits = [len(sign.findall(sample)) for sign in SIGNS]
    return bool(hits[0] or hits[4]) or sum(1 for hit in hits if hit) >= 2 or hits[1] >= 2 or hits[2] >= 3


def read_plain(text: str) -> Source:
    """Plain text, as it comes out of a PDF."""
    from reader.ingest.plain import read_plain as read

    return read(text)
