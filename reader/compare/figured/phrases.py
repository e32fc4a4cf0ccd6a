"""The noun phrase behind a number: what it counts. Pure."""

import re

from reader.ingest.language import SMALL

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_GAP = re.compile(r"[\s\u00a0]+(?:[“\"‘']\s?)?")

# What ends a noun phrase in English: verbs, and the small words that lead on.
_ENDS = frozenset(
    "the a an is are was were be been being has have had having do does did will would can could may might"
    " shall should must to by in at on for from with without and or but nor who whom which that whose where"
    " when while as than if into onto over under out up down off through per during since until after before"
    " about against between among amid because so not no now still already remain remained went came took"
    " made said says it they he she we you i this these those there here also even yet both either each ago"
    " later old long high deep wide away earlier apart others".split()
)
_LITTLE = frozenset("its his her their our your my of such very".split())
_ARTICLES = frozenset("the these those les los die".split())
_PLURALS = frozenset(
    "men women people children troops personnel police feet teeth mice cattle staff clergy folk aircraft"
    " sheep fish series species infantry cavalry militia manpower percent dead wounded km kg m cm mm ha gw"
    " mw kw gwh mwh kwh gb mb tb".split()
)
_NO_PLURALS = re.compile(r"(?:ss|us|is|ous|’s|'s)$")
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_LONGEST = 6


def phrase(text: str, at: int, language: str) -> tuple[tuple[str, ...], int]:
    """The words of the noun phrase that begins here, and where it ends."""
    ends = _ENDS if language in ("", "en") else frozenset(SMALL.get(language, ()))
    words: list[str] = []
    end = at
    while len(words) < _LONGEST:
        gap = _GAP.match(text, at)
        word = _WORD.match(text, gap.end()) if gap else None
        if word is None:
            break
        plain = word[0].lower()
        at = word.end()
        if not words and (plain in _LITTLE or plain in _ARTICLES):
            continue
        if plain in ends or plain in _LITTLE:
            break
        # "Soldiers confirmed": what was done to them is no part of their name.
        if words and plain.endswith(("ed", "ing")) and _is_plural(words[-1]):
            break
        words.append(word[0])
        end = at
        if _is_head(word[0], language) and not (language in ("", "en") and _goes_on(text, at)):
            break
    return tuple(words), end


def head_of(words: tuple[str, ...], language: str) -> str:
    """The noun of a phrase; nothing where none can be told."""
    if not words:
        return ""
    if language in ("", "en"):
        return next((word for word in reversed(words) if _is_plural(word)), "")
    if language in _CAPITAL_NOUNS:
        return next((word for word in words if word[0].isupper()), "")
    return words[0]


def _is_head(word: str, language: str) -> bool:
    """Whether a phrase may end with this word; where nothing else is known, its first word is its noun."""
    if language in ("", "en"):
        return _is_plural(word)
    return word[0].isupper() if language in _CAPITAL_NOUNS else True


def _goes_on(text: str, at: int) -> bool:
    """Whether a word in a plural is followed by another one that may be what is counted ("sales staff")."""
    gap = _GAP.match(text, at)
    word = _WORD.match(text, gap.end()) if gap else None
    return bool(word and _is_plural(word[0]) and word[0].lower() not in _ENDS)


def _is_plural(word: str) -> bool:
    plain = word.lower()
    if plain.endswith(("men", "people")) or plain in _PLURALS:
        return True
    return len(plain) > 3 and plain.endswith("s") and not _NO_PLURALS.search(plain) and not word.isupper()
