"""Find the numbers of a text that count or measure something, and what they count. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.compare.figured.counting import NUMBER, values
from reader.ingest.language import SMALL

# Round words: how near another number has to be to say the same, as a share of it.
_NEARLY, _BOUNDED = 0.1, 0.3

_ABOUT = re.compile(
    r"(?P<about>\b(?:about|approximately|around|some|roughly|nearly|almost|circa|ca\.?|estimated|close to"
    r"|rund|etwa|environ|unos|circa|ongeveer|cerca de)|[~≈])\s?$"
    r"|(?P<over>\b(?:over|more than|at least|above|upwards of|no fewer than|über|mehr als"
    r"|plus de|más de)|>)\s?$"
    r"|(?P<under>\b(?:under|fewer than|less than|up to|at most|as many as|below|no more than|bis zu"
    r"|weniger als)|<)\s?$",
    re.IGNORECASE,
)
_MORE_BEFORE = re.compile(r"\b(?:another|additional|further|extra)\s+(?:\w+\s+)?$", re.IGNORECASE)
_MORE_AFTER = re.compile(r"\s+(?:more|additional|further|extra|other|others|weitere)\b", re.IGNORECASE)
# Numbers that name a place in a text, or a thing, count nothing.
_REFERENCE = re.compile(
    r"(?:\b(?:p|pp|no|nos|nr|vol|ch|fig|art|sec|para|note|notes|page|pages|chapter|figure|table|section|article|item"
    r"|paragraph|part|volume|number|issue|resolution|line|room|step|phase|day|week|version|grade|group)\.?|[§#№&])\s*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[(]\s*$")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\w+", re.IGNORECASE)
_YEARLIKE = re.compile(r"(?:1\d|20|21)\d\d")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_GAP = re.compile(r"[\s\u00a0]+(?:[“\"‘']\s?)?")

# What ends a noun phrase in English: verbs, and the small words that lead on.
_ENDS = frozenset(
    "the a an is are was were be been being has have had do does did will would could can may might"
    " shall should must to by in at on for from with without and or but nor who whom which that whose"
    " where when while as than if into onto over under out up down off through per during since until"
    " after before about against between among amid because so not no now still already had remain"
    " remained went came took made said says it they he she we you i this these those there here also"
    " even yet both either each".split()
)
_LITTLE = frozenset("its his her their our your my of such very".split())
_PLURALS = frozenset(
    "men women people children troops personnel police feet teeth mice cattle staff clergy folk aircraft"
    " sheep fish series species infantry cavalry militia manpower percent dead wounded km kg m cm mm ha"
    " gw mw kw gwh mwh kwh gb mb tb".split()
)
_NO_PLURALS = re.compile(r"(?:ss|us|is|ous|’s|'s)$")
_CAPITAL_NOUNS = frozenset({"de", "lb"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A number at text[start:end], "about" included; words are those of what it counts, head is its noun.

    unit is "" for counts, "%", or the sign of a currency. bound is "=", "≈", ">" or "<". more: it comes on
    top of another number. phrase_end is where what it counts ends.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    bound: str
    more: bool
    head: str
    words: tuple[str, ...]
    phrase_end: int

    def agrees(self, other: "Counted") -> bool:
        """Whether both can be one number; one that comes on top of another agrees with its like only."""
        if self.more != other.more or self.unit != other.unit:
            return False
        (low, high), (least, most) = self._span(), other._span()
        return low <= most and least <= high

    def _span(self) -> tuple[float, float]:
        near = _NEARLY if self.bound == "≈" else 0
        below = _BOUNDED if self.bound == "<" else near
        above = _BOUNDED if self.bound == ">" else near
        return self.low * (1 - below), self.high * (1 + above)


def quantities(text: str, taken: Sequence[tuple[int, int]] = (), language: str = "en") -> list[Counted]:
    """The counts of a text, in order; taken are the places of its dates."""
    blocked = bytearray(len(text))
    for start, end in [*taken, *(match.span() for match in _ADDRESS.finditer(text))]:
        blocked[start:end] = b"\1" * (end - start)
    found: list[Counted] = []
    for match in NUMBER.finditer(text):
        start, end = match.span()
        if any(blocked[start:end]) or _is_label(match, text):
            continue
        span = values(match, language)
        if span is None or (span[1] <= 1 and not (match["money"] or match["part"])):
            continue
        found.append(_counted(match, text, span, found, language))
    return found


def _is_label(match: re.Match[str], text: str) -> bool:
    """Whether the number is that of an item, a page, a note or a year, and not one that counts."""
    start, end = match.span()
    before, after = text[max(0, start - 16) : start], text[end : end + 2]
    plain = match["first"].isdigit() and not match["money"] and not match["part"]
    if _REFERENCE.search(before) or (start == 0 and after[:1] in (".", ")")):
        return True
    if plain and _BRACKETED.search(before) and after[:1] in ("]", ")"):
        return True
    if plain and not match["last"] and _YEARLIKE.fullmatch(match["first"]):
        return not re.match(r"\s+[a-z]", text[end : end + 3])
    return False


def _counted(
    match: re.Match[str], text: str, span: tuple[float, float], before: list[Counted], language: str
) -> Counted:
    end = match.end()
    unit = "%" if match["part"] else (match["money"] or match["money2"] or "").strip()
    leading = _ABOUT.search(text, max(0, match.start() - 20), match.start())
    bound = next((sign for name, sign in _BOUNDS.items() if leading and leading[name]), "=")
    more = _MORE_AFTER.match(text, end)
    is_more = bool(more or _MORE_BEFORE.search(text, max(0, match.start() - 30), match.start()))
    words, phrase_end = _phrase(text, more.end() if more else end, language)
    head = _head(words, language)
    if not head and is_more:
        # "3,000 soldiers are on their way, and 10,000 more": of what was counted last.
        last = next((one for one in reversed(before) if one.head and one.unit == unit), None)
        head, words = (last.head, last.words) if last else ("", ())
    start = leading.start() if leading else match.start()
    return Counted(start, end, *span, unit, bound, is_more, head, words, phrase_end)


_BOUNDS = {"about": "≈", "over": ">", "under": "<"}


def _phrase(text: str, at: int, language: str) -> tuple[tuple[str, ...], int]:
    """The words of the noun phrase that begins here, and where it ends."""
    ends = _ENDS if language in ("", "en") else frozenset(SMALL.get(language, ()))
    words: list[str] = []
    end = at
    while len(words) < 6:
        gap = _GAP.match(text, at)
        word = _WORD.match(text, gap.end()) if gap else None
        if word is None:
            break
        plain = word[0].lower()
        at = word.end()
        if not words and plain in (*_LITTLE, "the", "these", "those", "les", "los", "die"):
            continue
        if plain in ends or plain in _LITTLE:
            break
        # "Soldiers confirmed": what was done to them is no part of their name.
        if words and re.search(r"(?:ed|ing)$", plain) and _is_plural(words[-1]):
            break
        words.append(word[0])
        end = at
        if language in ("", "en") and _is_plural(word[0]) and not _goes_on(text, at):
            break
    return tuple(words), end


def _goes_on(text: str, at: int) -> bool:
    """Whether a word in a plural is followed by another one that may be what is counted ("sales staff")."""
    gap = _GAP.match(text, at)
    word = _WORD.match(text, gap.end()) if gap else None
    return bool(word and _is_plural(word[0]) and word[0].lower() not in _ENDS)


def _is_plural(word: str) -> bool:
    plain = word.lower()
    return (
        plain.endswith(("men", "people"))
        or plain in _PLURALS
        or (len(plain) > 3 and plain.endswith("s") and not _NO_PLURALS.search(plain) and not word.isupper())
    )


def _head(words: tuple[str, ...], language: str) -> str:
    """The noun of what is counted; nothing where none can be told."""
    if not words:
        return ""
    if language in ("", "en"):
        return next((word for word in reversed(words) if _is_plural(word)), "")
    if language in _CAPITAL_NOUNS:
        return next((word for word in words if word[0].isupper()), "")
    return words[0]
