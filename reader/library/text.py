"""The canonical text of a document: what every offset of the library counts in."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from reader.ingest.parsed import Parsed

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Canonical:
    """A document as one text; each range is that of a block or note, in the order of Parsed."""

    text: str
    blocks: tuple[Range, ...]
    notes: tuple[Range, ...]


def canonical(parsed: Parsed) -> Canonical:
    """Title, by-line, blocks and footnotes in order, joined by newlines; offsets are code points."""
    pieces = [block.text for block in parsed.blocks] + [note.text for note in parsed.notes]
    ranges = tuple(_ranges(pieces))
    return Canonical("\n".join(pieces), ranges[: len(parsed.blocks)], ranges[len(parsed.blocks) :])


def count_words(text: str) -> int:
    """Words by white space; a run of Han, Kana or Hangul counts as one word for every two characters."""
    return sum(1 + _wide(word) // 2 for word in text.split())


def folded(text: str) -> str:
    """A text without case, accents and control characters, to look for words in."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c) and (c.isprintable() or c.isspace()))


def _ranges(pieces: Iterable[str]) -> Iterable[Range]:
    start = 0
    for piece in pieces:
        yield start, start + len(piece)
        start += len(piece) + 1


def _wide(word: str) -> int:
    # Scripts without spaces begin here; everything that Latin, Greek, Arabic … need lies below.
    return sum(1 for character in word if character >= "\u2e80") if not word.isascii() else 0
