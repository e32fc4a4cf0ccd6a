"""What changed between two wordings, word by word. Pure."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

WORDS_AT_MOST = 4_000

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """A stretch that both wordings have, or the old or the new one alone."""

    kind: Literal["same", "old", "new"]
    words: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces of both wordings in reading order, an old one before what took its place.

    "same" and "old" together spell the old wording, "same" and "new" the new one. Very long wordings are not
    compared.
    """
    if old == new:
        return [Piece("same", old)] if old else []
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > WORDS_AT_MOST:
        return [Piece(kind, words) for kind, words in (("old", old), ("new", new)) if words]  # type: ignore[arg-type]
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(found, "same", before[i1:i2])
        else:
            _add(found, "old", before[i1:i2])
            _add(found, "new", after[j1:j2])
    return found


def _add(found: list[Piece], kind: Literal["same", "old", "new"], words: Sequence[str]) -> None:
    if words:
        found.append(Piece(kind, "".join(words)))
