"""Find words in a text whatever their case, accents, quotation marks and dashes. Pure."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

TERMS_AT_MOST = 10
AROUND = 70

_PART = re.compile(r'(-?)(?:"([^"]+)"?|([^\s"]+))')
_SINGLE = "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02bc\u0060\u00b4\uff07"
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_PLAIN = {**dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_DASHES, "-")}
# Stands for an accent that is a character of its own, which may come between any two letters.
_ACCENT = "\u0300"
# Below this class of combining lie signs that make another letter, as in Devanagari and Kana.
_ACCENTS_FROM = 10
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]"
)


@dataclass(frozen=True, slots=True)
class Query:
    """What to find, folded: every one of the words and phrases, and none of the unwanted."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A block that has all the words: its place among the blocks, and where in the text the first stands."""

    block: int
    start: int


def parse(words: str) -> Query:
    """The query that a reader typed: words, "phrases", and -words to leave out."""
    wanted: list[str] = []
    unwanted: list[str] = []
    typed = "".join('"' if fold_character(c) == '"' else c for c in words)
    for minus, phrase, word in _PART.findall(typed):
        term = " ".join(fold(phrase or word.replace("*", "")).replace(_ACCENT, "").split())
        if term:
            (unwanted if minus else wanted).append(term)
    return Query(tuple(dict.fromkeys(wanted))[:TERMS_AT_MOST], tuple(dict.fromkeys(unwanted))[:TERMS_AT_MOST])


def fold(text: str) -> str:
    """The text in small letters without accents, with plain quotation marks and dashes, as long as before."""
    return text.translate({ord(c): fold_character(c) for c in set(text)})


@lru_cache(maxsize=10_000)
def fold_character(character: str) -> str:
    """The one character that stands for this one and its like."""
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isspace():
        return " "
    if unicodedata.combining(character) >= _ACCENTS_FROM:
        return _ACCENT
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", character) if unicodedata.combining(c) < _ACCENTS_FROM
    )
    folded = (bare if len(bare) == 1 else character).lower()
    return folded if len(folded) == 1 else character


def spots(folded: str, term: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where the term stands in a folded text between start and end: at the beginning of a word."""
    end = len(folded) if end is None else end
    inside = term[:1].isalnum() and not _WITHOUT_SPACES.match(term)
    for here, there in _places(folded, term, start, end):
        if not (inside and here > 0 and folded[here - 1].isalnum()):
            yield here, there


def _places(folded: str, term: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if folded.find(_ACCENT, start, end) < 0:
        here = folded.find(term, start, end)
        while here >= 0:
            yield here, here + len(term)
            here = folded.find(term, here + len(term), end)
        return
    for match in _loose(term).finditer(folded, start, end):
        yield match.span()


@lru_cache(maxsize=100)
def _loose(term: str) -> re.Pattern[str]:
    return re.compile("".join(f"{re.escape(c)}{_ACCENT}*" for c in term))


def hits(folded: str, query: Query, starts: Sequence[int]) -> list[Hit]:
    """The blocks that have all of the query; starts are where the blocks begin, in order."""
    if not query.wanted or not starts:
        return []
    rarest = max(query.wanted, key=len)
    found: list[Hit] = []
    passed = -1
    for here, there in spots(folded, rarest):
        block = bisect_right(starts, here) - 1
        start, end = starts[max(block, 0)], block_end(folded, starts, block)
        if block <= passed or there > end:
            continue
        passed = block
        firsts = [next(spots(folded, term, start, end), None) for term in query.wanted]
        if None in firsts or any(next(spots(folded, term, start, end), None) for term in query.unwanted):
            continue
        found.append(Hit(block, min(first[0] for first in firsts if first)))
    return found


def block_end(text: str, starts: Sequence[int], block: int) -> int:
    """Where a block ends: before the newline that parts it from the next."""
    return starts[block + 1] - 1 if block + 1 < len(starts) else len(text)


def pieces(text: str, folded: str, query: Query, hit: Hit, block: range) -> list[tuple[str, bool]]:
    """The words around a hit in its block text[start:stop], those that were asked for marked by True."""
    start, stop = max(hit.start - AROUND, block.start), min(hit.start + 3 * AROUND, block.stop)
    if start > block.start:
        space = text.find(" ", start, hit.start)
        start = space + 1 if space >= 0 else start
    out = [("… " if start > block.start else "", False)]
    here = start
    for first, last in sorted(spot for term in query.wanted for spot in spots(folded, term, start, stop)):
        if first >= here:
            out += [(text[here:first], False), (text[first:last], True)]
            here = last
    out += [(text[here:stop], False), (" …" if stop < block.stop else "", False)]
    return [(words, asked) for words, asked in out if words]
