"""Where a quote stands in a text: by its position, else by its words and what stands around them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text, with what stood before and after them, and where they stood; -1 where nobody knows."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Spot:
    """text[start:end]; doubt says, for a person, why it may be another place that is meant."""

    start: int
    end: int
    doubt: str = ""


def stands(text: str, quote: Quote) -> bool:
    """Whether the text has these words at this place, between those that the quote says, if it says any."""
    inside = quote.exact and 0 <= quote.start < quote.end <= len(text)
    there = inside and text[quote.start : quote.end] == quote.exact
    return bool(there) and _agreement(text, quote, quote.start) == 1


def locate(text: str, quote: Quote) -> Spot | None:
    """Where the quote stands; None where it does not, or in several places with nothing to choose by.

    Looks through the text unless the quote stands() where it says.
    """
    if stands(text, quote):
        return Spot(quote.start, quote.end)
    if not quote.exact.strip() and 0 <= quote.start < quote.end <= len(text):
        return Spot(quote.start, quote.end, "The file says where it is, but not which words it means.")
    spots = list(islice(_occurrences(text, quote.exact), LOOKED_AT))
    if len(spots) == 1:
        start, end = spots[0]
        if _agreement(text, quote, start) >= 0.5 or (not quote.prefix and not quote.suffix):
            return Spot(start, end)
        return Spot(start, end, "These words stand here only, but between other words than the file says.")
    return _chosen(text, quote, spots)


def _chosen(text: str, quote: Quote, spots: list[tuple[int, int]]) -> Spot | None:
    """The place of several that agrees best with what stands around the quote, then the nearest."""
    if not spots:
        return None
    agreements = [_agreement(text, quote, spot[0]) for spot in spots]
    best = max(agreements)
    among = [spot for spot, agreement in zip(spots, agreements, strict=True) if agreement == best]
    if len(among) == 1 and best == 1 and len(spots) < LOOKED_AT:
        return Spot(*among[0])
    if quote.start >= 0:
        start, end = min(among, key=lambda spot: abs(spot[0] - quote.start))
        return Spot(start, end, f"These words stand in {len(spots)} places; this one is the nearest.")
    if len(among) == 1 and best > 0:
        return Spot(*among[0], f"These words stand in {len(spots)} places; this one fits best.")
    return None


def _occurrences(text: str, exact: str) -> Iterator[tuple[int, int]]:
    """Where these words stand as they are; if nowhere, with other white space between them."""
    words = exact.split()
    if not words:
        return
    at = text.find(exact)
    if at < 0:
        yield from (match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text))
    while at >= 0:
        yield at, at + len(exact)
        at = text.find(exact, at + len(exact))


def _agreement(text: str, quote: Quote, start: int) -> float:
    """How much of what the quote says stands around it does so here, from 0 to 1; 1 where it says nothing."""
    before, after = _plain(quote.prefix), _plain(quote.suffix)
    asked = len(before) + len(after)
    if not asked:
        return 1.0
    end = start + len(quote.exact)
    here = _plain(text[max(0, start - 2 * len(quote.prefix) - 8) : start])
    there = _plain(text[end : end + 2 * len(quote.suffix) + 8])
    return (_shared(before[::-1], here[::-1]) + _shared(after, there)) / asked


def _shared(one: str, other: str) -> int:
    """How many characters the two begin with together."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _plain(words: str) -> str:
    return "".join(words.split())
