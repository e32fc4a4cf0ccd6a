"""A text as words, with where each begins and ends: what two wordings are compared by.

A word is a run of letters and digits with its combining marks; in scripts without spaces, it is a
character with its marks. An emoji is a word, and so is a whole address. Punctuation is none: it goes with
the words that it touches.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

Range = tuple[int, int]

# Thai, Lao, Burmese, Khmer; radicals, Kana, Han. Korean has spaces.
_SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_SYMBOL = "\u2190-\u2bff\U0001f000-\U0001faff"
_FLAG = "\U0001f1e6-\U0001f1ff"
_SOFT_HYPHEN = "\u00ad"
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: text[starts[i]:ends[i]] is the word numbered keys[i]; case does not count."""

    starts: list[int]
    ends: list[int]
    keys: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def touched(self, start: int, end: int) -> Range:
        """Which words have a character in text[start:end], as a range of their numbers."""
        return bisect_left(self.ends, start + 1), bisect_left(self.starts, end)


class Vocabulary:
    """Numbers words: the same number for the same word in all texts that it splits."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._seen: dict[str, int] = {}

    def split(self, text: str) -> Words:
        """The words of the text."""
        starts, ends, keys = [], [], []
        seen = self._seen
        for match in _pattern().finditer(text):
            start, end = match.span()
            starts.append(start)
            ends.append(end)
            word = match[0]
            key = seen.get(word)
            if key is None:
                key = seen[word] = self._numbers.setdefault(folded(word), len(self._numbers))
            keys.append(key)
        return Words(starts, ends, keys)

    def spellings(self) -> list[str]:
        """The words by their numbers, folded."""
        return list(self._numbers)


def folded(word: str) -> str:
    """A word without case, soft hyphens and the shape of its apostrophes."""
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFKC", word.replace(_SOFT_HYPHEN, "").replace("’", "'"))
    return plain.casefold() or word


def is_joined(text: str, at: int) -> bool:
    """Whether text[at] belongs to the character before it, so that nothing may be cut there."""
    return 0 < at < len(text) and (
        text[at] == _JOINER or text[at - 1] == _JOINER or unicodedata.category(text[at])[0] == "M"
    )


@cache
def _pattern() -> re.Pattern[str]:
    marks = _marks()
    letter = rf"[^\W_{_SINGLE}]"
    symbol = rf"[{_SYMBOL}][{marks}\U0001f3fb-\U0001f3ff]*"
    return re.compile(
        # An address is one word, and so is a number, a date, a time.
        rf"https?://[^\s<>\"“”]*[^\W_]/?|[0-9]++(?:[.,:/–-][0-9]++)*+(?![\w{marks}])"
        rf"|[A-Za-z0-9]++(?:['’][A-Za-z0-9]++)*+(?![\w{marks}{_SOFT_HYPHEN}])"
        rf"|[{_FLAG}]{{2}}"
        rf"|{symbol}(?:{_JOINER}{symbol})*"
        rf"|[{_SINGLE}][{marks}]*"
        rf"|{letter}(?:{letter}|[{marks}{_SOFT_HYPHEN}{_JOINER}\u200c])*(?:['’]{letter}(?:{letter}|[{marks}])*)*"
    )


def _marks() -> str:
    """The combining marks as the inside of a character class. Looks through two planes, some 20 ms."""
    ranges: list[list[int]] = []
    for code in [*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)]:
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
