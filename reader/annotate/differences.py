"""What changed between two wordings, word by word, at a bounded cost. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal, NamedTuple

WORDS_AT_MOST = 4_000
WORDS_OF_EQUAL_WEIGHT = 1_000
# Pairs of equal words that are looked at for two wordings, and for all of a page: some 50 and 500 ms.
PAIRS_AT_MOST = 100_000
PAIRS_OF_A_PAGE = 1_000_000

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """A stretch that both wordings have, or the old or the new one alone."""

    kind: Literal["same", "old", "new"]
    words: str


class Work:
    """How many pairs of words may still be looked at: one for all that a page compares."""

    def __init__(self, pairs: int = PAIRS_OF_A_PAGE) -> None:
        self.pairs = pairs


class _TooMuch(Exception):
    """Two wordings that would take too long to compare."""


class _Matcher(SequenceMatcher[str]):
    """Looks for equal words, and gives up where that takes more than it may.

    Spaces belong to the words beside them: half of all pairs would be pairs of spaces.
    """

    def __init__(self, before: Sequence[str], after: Sequence[str], work: Work) -> None:
        is_long = len(before) + len(after) > WORDS_OF_EQUAL_WEIGHT
        # From rare words where the wordings are long.
        super().__init__(str.isspace, before, after, autojunk=is_long)
        self._work, self._left = work, min(work.pairs, PAIRS_AT_MOST)
        times = Counter({word: len(places) for word, places in self.b2j.items()})  # type: ignore[attr-defined]
        self._until = list(accumulate((1 + times[word] for word in before), initial=0))

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None):  # type: ignore[no-untyped-def]
        """Look at the pairs of a stretch; how many these are is known beforehand."""
        pairs = self._until[-1 if ahi is None else ahi] - self._until[alo]
        if pairs > self._left:
            raise _TooMuch
        self._left -= pairs
        self._work.pairs -= pairs
        return super().find_longest_match(alo, ahi, blo, bhi)


def differences(old: str, new: str, work: Work | None = None) -> list[Piece]:
    """The pieces of both wordings in reading order, an old one before what took its place.

    "same" and "old" together spell the old wording, "same" and "new" the new one. Of wordings that would take
    too long to compare all is one change that stands between their equal beginnings and ends; very long ones
    are not compared.
    """
    if old == new:
        return [Piece("same", old)] if old else []
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > WORDS_AT_MOST:
        return [Piece(kind, words) for kind, words in (("old", old), ("new", new)) if words]  # type: ignore[arg-type]
    found: list[Piece] = []
    old_words: list[str] = []
    new_words: list[str] = []
    try:
        steps = _Matcher(before, after, work or Work()).get_opcodes()
    except _TooMuch:
        steps = [("replace", 0, len(before), 0, len(after))]
    for tag, i1, i2, j1, j2 in steps:
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
