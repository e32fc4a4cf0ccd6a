"""Find the numbers of a text that count or measure something, and what they count. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.compare.figured.counting import NUMBER, values
from reader.compare.figured.measures import MEASURES, shares
from reader.compare.figured.phrases import head_of, phrase

# How near another number has to be to agree with a round one, and with one that is a bound, as a share of it.
_NEARLY, _BOUNDED = 0.1, 0.3
# A smaller number that counts nothing one can name is mostly a name itself: "the 22", "a quarter to nine".
_BARE = 1000

_ABOUT = re.compile(
    r"(?P<about>\b(?:about|approximately|around|some|roughly|nearly|almost|circa|ca\.?|estimated|close to"
    r"|rund|etwa|environ|unos|circa|ongeveer|cerca de)|[~≈])\s?$"
    r"|(?P<over>\b(?:over|more than|at least|above|upwards of|no fewer than|über|mehr als"
    r"|plus de|más de)|>)\s?$"
    r"|(?P<under>\b(?:under|fewer than|less than|up to|at most|as many as|below|no more than|bis zu"
    r"|weniger als)|<)\s?$",
    re.IGNORECASE,
)
_BOUNDS = {"about": "≈", "over": ">", "under": "<"}
_MORE_BEFORE = re.compile(r"\b(?:another|additional|further|extra)\s+(?:\w+\s+)?$", re.IGNORECASE)
_MORE_AFTER = re.compile(r"\s+(?:more|additional|further|extra|other|others|weitere)\b", re.IGNORECASE)
# Numbers that name a place in a text, or a thing, count nothing.
_REFERENCE = re.compile(
    r"(?:\b(?:p|pp|no|nos|nr|vol|ch|fig|art|sec|para|note|notes|page|pages|chapter|figure|table|section|article"
    r"|item|paragraph|part|volume|number|issue|resolution|line|lines|route|routes|room|step|phase|day|week"
    r"|version|grade|group)\.?|[§#№&])\s*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[(]\s*$")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\w+", re.IGNORECASE)
_MAY_HAVE_ADDRESS = re.compile(r"@|://|www\.|doi:", re.IGNORECASE)
_YEARLIKE = re.compile(r"(?:1\d|20|21)\d\d")
_OF_NEXT = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|its\s+|their\s+|some\s+|about\s+|all\s+|these\s+)?")
_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|us|which|whom)\b")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number at text[start:end], "about" included; words are those of what it counts, head is its noun.

    unit is "" for counts, "%", or the sign of a currency. bound is "=", "≈", ">" or "<". more: it comes on
    top of another number. phrase_end is where what it counts ends. scale is how much of the first unit of its
    family the noun is, where it measures.
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

    @property
    def scale(self) -> float:
        """How much of the first unit of its family the noun is; 1 where it does not measure."""
        known = MEASURES.get(self.head.lower())
        return known[1] if known else 1.0

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest that it says, in the first unit of its family."""
        return self.low * self.scale, self.high * self.scale

    def agrees(self, other: "Counted") -> bool:
        """Whether both can be one number; one that comes on top of another agrees with its like only."""
        if self.more != other.more or self.unit != other.unit:
            return False
        # "Up to 40" and "up to 43" are not one bound.
        loose = self.bound != other.bound
        (low, high), (least, most) = self._reach(loose=loose), other._reach(loose=loose)
        return low <= most and least <= high

    def _reach(self, *, loose: bool) -> tuple[float, float]:
        low, high = self.span
        # Months and years are as long as the calendar likes.
        near = _NEARLY if self.bound == "≈" else 0.02 if self.scale != 1 else 0
        below = _BOUNDED if self.bound == "<" and loose else near
        above = _BOUNDED if self.bound == ">" and loose else near
        return low * (1 - below), high * (1 + above)


def quantities(text: str, taken: Sequence[tuple[int, int]] = (), language: str = "en") -> list[Counted]:
    """The counts of a text, in order; taken are the places of its dates."""
    blocked = bytearray(len(text))
    addresses = _ADDRESS.finditer(text) if _MAY_HAVE_ADDRESS.search(text) else ()
    for start, end in [*taken, *(match.span() for match in addresses)]:
        blocked[start:end] = b"\1" * (end - start)
    found: list[Counted] = []
    if language in ("", "en"):
        for start, end, value in shares(text):
            if not any(blocked[start:end]):
                one = _counted((start, end), text, (value, value), "%", [], language)
                # Whoever says "a fifth" rounds.
                found.append(replace(one, bound="≈") if one.bound == "=" else one)
                blocked[start:end] = b"\1" * (end - start)
    for match in _numbers(text):
        if any(blocked[match.start() : match.end()]) or _is_label(match, text):
            continue
        span = values(match, language)
        unit = "%" if match["part"] else (match["money"] or match["money2"] or "").strip()
        if span is None or (span[1] <= 1 and not unit):
            continue
        found.append(_counted(match.span(), text, span, unit, found, language))
    found.sort(key=lambda one: one.start)
    following: list[Counted | None] = [*found[1:], None]
    named = [_with_next(one, other, text) for one, other in zip(found, following, strict=False)]
    return [one for one in named if _tells(one, text)]


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The numbers of a text; "fifty-one to forty-nine" is no range, but two of them."""
    at = 0
    while match := NUMBER.search(text, at):
        if match["last"] and values(match, "en") is None:
            match = NUMBER.match(text, match.start(), match.end("first")) or match
        yield match
        at = max(match.end(), at + 1)


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
    place: tuple[int, int],
    text: str,
    span: tuple[float, float],
    unit: str,
    before: list[Counted],
    language: str,
) -> Counted:
    start, end = place
    leading = _ABOUT.search(text, max(0, start - 20), start)
    bound = next((sign for name, sign in _BOUNDS.items() if leading and leading[name]), "=")
    more = _MORE_AFTER.match(text, end) if unit != "%" else None
    is_more = bool(more or _MORE_BEFORE.search(text, max(0, start - 30), start))
    words, phrase_end = phrase(text, more.end() if more else end, language)
    # "Every third customer": one of them stands for all.
    each = unit == "%" and text[start : start + 5].lower() == "every"
    head = words[0] if each and words else head_of(words, language)
    if not head and is_more:
        # "3,000 soldiers are on their way, and 10,000 more": of what was counted last.
        last = next((one for one in reversed(before) if one.head and one.unit == unit), None)
        head, words = (last.head, last.words) if last else ("", ())
    if not head:
        words, phrase_end = (), more.end() if more else end
    start = leading.start() if leading else start
    return Counted(start, end, *span, unit, bound, is_more, head, words, phrase_end)


def _with_next(one: Counted, following: Counted | None, text: str) -> Counted:
    """ "46 of some 200 shops": of what the next number counts."""
    if one.head or following is None or not _OF_NEXT.fullmatch(text, one.end, following.start):
        return one
    return replace(one, head=following.head, words=following.words)


def _tells(one: Counted, text: str) -> bool:
    """Whether a number counts something that has a name, is in a unit, or large enough to tell by itself."""
    return bool(one.head or one.unit or one.high >= _BARE or _OF_THEM.match(text, one.end))
