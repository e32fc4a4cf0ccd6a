"""What changed between two wordings, word by word. Pure."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

WORDS_AT_MOST = 4_000
WORDS_OF_EQUAL_WEIGHT = 1_000

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
    old_words: list[str] = []
    new_words: list[str] = []
    # From rare words where the wordings are long: a thousand times "a" and "b" would take half a minute.
    is_long = len(before) + len(after) > WORDS_OF_EQUAL_WEIGHT
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=is_long).get_opcodes():
        gap = tag == "equal" and not "".join(before[i1:i2]).strip()
        if tag != "equal" or (gap and i1 > 0 and i2 < len(before)):
            # A space between two changes belongs to both: "by lantern" for "without any" is one change.
            old_words += before[i1:i2]
            new_words += after[j1:j2]
            continue
        _change(found, old_words, new_words)
        old_words, new_words = [], []
        found.append(Piece("same", "".join(before[i1:i2])))
    _change(found, old_words, new_words)
    return found


def _change(found: list[Piece], old_words: list[str], new_words: list[str]) -> None:
    """Add what was put for what; spaces at the end that both have are no change."""
    tail: list[str] = []
    while old_words and new_words and old_words[-1] == new_words[-1]:
        tail.insert(0, old_words.pop())
        new_words.pop()
    head: list[str] = []
    while old_words and new_words and old_words[0] == new_words[0]:
        head.append(old_words.pop(0))
        new_words.pop(0)
    pieces = ("same", head), ("old", old_words), ("new", new_words), ("same", tail)
    found += [Piece(kind, "".join(words)) for kind, words in pieces if words]  # type: ignore[arg-type]
