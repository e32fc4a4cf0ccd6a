"""English words by family: "dependence" and "depends", "diversify" and "diversification" have one stem. Pure.

Suffixes come off again and again, the longest first, while enough of the word is left; then the ends that
change between verb and noun ("defend", "defensive") are spelt alike. Far-reaching on purpose: a stem is only
evidence here.
"""

from functools import lru_cache

from reader.compare.english import APART, IRREGULAR, RESPELT, SUFFIXES

_SUFFIXES = {suffix: (least, instead) for least, instead, suffixes in SUFFIXES for suffix in suffixes.split()}
_LONGEST = max(map(len, _SUFFIXES))
_WORD_OF = {form: words.split()[0] for words in IRREGULAR.split("; ") for form in words.split()[1:]}
STEPS = 4


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of an English word in small letters without accents."""
    word = _WORD_OF.get(word, word)
    if len(word) < 4 or not word.isascii():
        return word
    if word in APART:
        return _singular(word)
    for step in range(STEPS):
        shorter = _without_suffix(word, plural=step == 0)
        if shorter == word:
            break
        word = shorter
    return _respelt(word)


def _without_suffix(word: str, *, plural: bool) -> str:
    """The word without its longest suffix, if enough is left of it; only a whole word has a plural."""
    for length in range(min(_LONGEST, len(word) - 2), 0, -1):
        suffix, left = word[-length:], word[:-length]
        least, instead = _SUFFIXES.get(suffix, (length + len(left), ""))
        if len(left) >= least and any(vowel in left for vowel in "aeiouy") and _fits(left, suffix, plural):
            return _single(left + instead)
    return word


def _fits(left: str, suffix: str, plural: bool) -> bool:
    """Whether these letters are a suffix after what is left."""
    if suffix == "s":
        return plural and left[-1] not in "sui"
    if suffix in ("y", "ly"):
        return (
            left[-1] not in "aeiou" and not left.endswith(("p", "pp", "pl")) and left + suffix != "multiply"
        )
    return True


def _single(word: str) -> str:
    """Without the consonant that was doubled before a suffix."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls" else word


def _respelt(word: str) -> str:
    """A stem as its whole family spells it."""
    for length in (5, 4, 3, 2):
        if len(word) > length + 1 and word[-length:] in RESPELT:
            return word[:-length] + RESPELT[word[-length:]]
    return word[:-1] + "i" if word.endswith("y") else word


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("us", "ss", "ics", "news")) else word
