"""A text as terms: the stems of its words that have a meaning, each with where it stands. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from reader.compare.common import FUNCTION
from reader.compare.stemming import stem

# An acronym with its dots, a number with its thousands, a word with its apostrophes.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_TEN = dict(
    zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13), strict=True)
)
_NUMBERS = {word: str(number) for word, number in _TEN.items()}


@dataclass(frozen=True, slots=True)
class Term:
    """A term where it stands: its key, its place in the text, whether it looks like a name."""

    key: str
    start: int
    end: int
    is_name: bool


def terms(text: str, *, english: bool) -> list[Term]:
    """The terms of a text in their order."""
    found: list[Term] = []
    key_of = _english if english else _plain
    sentence_begins = True
    before = 0
    for match in _WORD.finditer(text):
        between = text[before : match.start()]
        sentence_begins = sentence_begins or any(mark in between for mark in '.!?:\n“"')
        before = match.end()
        word = match[0]
        if _WITHOUT_SPACES.search(word):
            found += _pairs(word, match.start())
        elif key := key_of(word):
            is_name = (word[0].isupper() and not sentence_begins) or word[1:].isupper()
            found.append(Term(key, match.start(), match.end(), is_name))
        sentence_begins = False
    return found


def _pairs(word: str, start: int) -> list[Term]:
    """The pairs of neighbouring characters of a word in a script without spaces."""
    if len(word) == 1:
        return [Term(word, start, start + 1, False)]
    return [Term(word[i : i + 2], start + i, start + i + 2, False) for i in range(len(word) - 1)]


@lru_cache(maxsize=1 << 16)
def _english(word: str) -> str:
    """The key of an English word; empty for one without a meaning of its own."""
    plain = folded(word)
    if plain[:1].isdigit():
        return _number(plain)
    if word.isupper() and len(word) > 1:
        # An acronym, with dots or without.
        return word.replace(".", "")
    plain = plain.replace("’", "'")
    plain = plain.removesuffix("'s").split("'")[0]
    if plain in FUNCTION or len(plain) < 2:
        return ""
    return _NUMBERS.get(plain) or stem(plain)


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    """The key of a word of a language whose forms are not known: its first letters, if it is long."""
    plain = folded(word)
    if plain[:1].isdigit():
        return _number(plain)
    plain = plain.replace("’", "'").rsplit("'", 1)[-1]
    if len(plain) < 3:
        return plain if len(plain) == 2 and not plain.isascii() else ""
    # Endings make the forms of a word in most languages.
    return plain[: max(4, len(plain) - 2)] if len(plain) > 5 else plain


def _number(plain: str) -> str:
    return _THOUSANDS.sub("", plain)


def folded(word: str) -> str:
    """In small letters without accents."""
    word = word.casefold()
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
