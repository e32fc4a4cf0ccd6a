"""A text as terms: the stems of its words that have a meaning, each with where it stands. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from reader.compare.common import FUNCTION
from reader.compare.figured.counting import NUMBER, values
from reader.compare.stemming import stem

# An acronym with its dots, a number with its thousands, a word with its apostrophes.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
# Behind these a word is written with a capital in any case.
_BEGINS = re.compile(r"[.!?:\n“\"]")
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety".split()
)
# Stands for the key of any number until it has been read as a whole.
_A_NUMBER = "0"


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
    before = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start < before:
            continue
        word = match[0]
        key = key_of(word)
        if key is _A_NUMBER:
            end = _add_number(found, text, start, end, "en" if english else "de")
        elif not word.isascii() and _WITHOUT_SPACES.search(word):
            found += _pairs(word, start)
        elif key:
            found.append(Term(key, start, end, _is_name(word, text, before, start)))
        before = end
    return found


def _is_name(word: str, text: str, before: int, start: int) -> bool:
    """Whether a word has a capital although no sentence begins with it, or several."""
    if not word[0].isupper():
        return False
    return word[1:].isupper() or (before > 0 and not _BEGINS.search(text, before, start))


def _add_number(found: list[Term], text: str, start: int, end: int, language: str) -> int:
    """Add the number that begins here, in figures or words, or the ends of a range; give where it ends."""
    match = NUMBER.match(text, start)
    span = values(match, language) if match else None
    if match and span is None:
        # "Fifty-one to forty-nine" is no range.
        match = NUMBER.match(text[: match.end("first")], start)
        span = values(match, language) if match else None
    if match is None or span is None:
        found.append(Term(text[start:end].casefold(), start, end, False))
        return end
    end = max(end, match.end())
    found += [Term(_number(value), start, end, False) for value in dict.fromkeys(span)]
    return end


def _number(value: float) -> str:
    """One key for 51.3 and fifty-one, as people round it, and for 474 million and 474, as they go on."""
    rounded = f"{int(value) if value >= 10 else value:g}"
    digits = f"{int(value)}".rstrip("0")
    return digits if len(digits) > 2 else rounded


def _pairs(word: str, start: int) -> list[Term]:
    """The pairs of neighbouring characters of a word in a script without spaces."""
    if len(word) == 1:
        return [Term(word, start, start + 1, False)]
    return [Term(word[i : i + 2], start + i, start + i + 2, False) for i in range(len(word) - 1)]


@lru_cache(maxsize=1 << 16)
def _english(word: str) -> str:
    """The key of an English word; empty for one without a meaning of its own."""
    plain = folded(word)
    if plain[:1].isdecimal() or plain in _NUMBER_WORDS:
        return _A_NUMBER
    if word.isupper() and len(word) > 1:
        # An acronym, with dots or without.
        return word.replace(".", "")
    plain = plain.replace("’", "'")
    plain = plain.removesuffix("'s").split("'")[0]
    if plain in FUNCTION or len(plain) < 2:
        return ""
    return stem(plain)


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    """The key of a word of a language whose forms are not known: its first letters, if it is long."""
    plain = folded(word)
    if plain[:1].isdecimal():
        return _A_NUMBER
    plain = plain.replace("’", "'").rsplit("'", 1)[-1]
    if len(plain) < 3:
        return plain if len(plain) == 2 and not plain.isascii() else ""
    # Endings make the forms of a word in most languages.
    return plain[: max(4, len(plain) - 2)] if len(plain) > 5 else plain


def folded(word: str) -> str:
    """In small letters without accents."""
    word = word.casefold()
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
