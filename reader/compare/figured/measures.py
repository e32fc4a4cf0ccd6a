"""Shares in words, and nouns that measure: a fifth is 20 per cent, 24 months are two years. Pure."""

import re
from collections.abc import Iterator

_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "second": 2, "fourth": 4,
}  # fmt: skip
_COUNTS = {
    word: value
    for value, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)
} | {"twelve": 12, "twenty": 20, "fifty": 50, "hundred": 100, "a": 1, "half": 1}

_NTH = "fifth|sixth|seventh|eighth|ninth|tenth"
_COUNT = "one|two|three|four|five|six|seven|eight|nine"
# "A fifth" is a share where one of these stands behind it or before it, else it may come after the fourth.
_BEHIND = re.compile(r"\s+(?:of|more|less|fewer|as)\b|\s*[,.;:)]|$")
_BEFORE = re.compile(r"\b(?:by|about|nearly|almost|over|than) $")
_SHARE = re.compile(
    rf"\b(?P<some>(?:{_COUNT})[\s-](?:halves|thirds|quarters|(?:{_NTH})s))\b"
    rf"|\b(?P<one>(?:an?|one)\s(?:third|quarter|{_NTH}))\b"
    rf"|\b(?<!and a )(?P<half>half)\b(?=\s+(?:of|the|its|their|his|her|our|as)\b)"
    rf"|(?P<ratio>\b(?:{_COUNT}|\d{{1,3}})\s(?:in|out\sof)\s(?:(?:every|each)\s)?"
    rf"(?:{_COUNT}|ten|twelve|twenty|fifty|a\shundred|\d{{1,3}})\b)(?!\s*(?:the|a|%|per)\b)"
    rf"|\bevery\s(?P<every>second|third|fourth|{_NTH})\b(?!\s(?:day|week|month|year|time|hour|minute|night)\b)",
    re.IGNORECASE,
)

_UNITS_OF: dict[str, dict[str, float]] = {
    "time": {
        "second seconds": 1 / 86400, "minute minutes": 1 / 1440, "hour hours": 1 / 24, "day days": 1,
        "week weeks": 7, "month months": 30.4, "year years": 365, "decade decades": 3650,
        "century centuries": 36500,
    },
    "length": {
        "mm millimetre millimetres": 1e-3, "cm centimetre centimetres centimeters": 0.01,
        "m metre metres meter meters": 1, "km kilometre kilometres kilometer kilometers": 1000,
        "foot feet": 0.3048, "yard yards": 0.9144, "mile miles": 1609,
    },
    "weight": {
        "gram grams": 1e-3, "kg kilo kilos kilogram kilograms": 1, "pound pounds": 0.4536,
        "tonne tonnes ton tons": 1000,
    },
    "degree": {"degree degrees": 1},
    "times": {"times": 1},
}  # fmt: skip
# A noun that measures: its family, and how much of the family's first unit it is.
MEASURES = {
    word: (family, factor)
    for family, units in _UNITS_OF.items()
    for words, factor in units.items()
    for word in words.split()
}
FAMILIES = frozenset(_UNITS_OF)


def shares(text: str) -> Iterator[tuple[int, int, float]]:
    """The shares that a text has in words: where they stand, and how much they are in per cent."""
    for match in _SHARE.finditer(text):
        start, end = match.span()
        if match["one"] and not (_BEHIND.match(text, end) or _BEFORE.search(text, max(0, start - 8), start)):
            continue
        if (value := _value(match)) <= 100:
            yield start, end, value


def _value(match: re.Match[str]) -> float:
    words = re.split(r"[\s-]+", match[0].lower())
    if match["half"]:
        return 50.0
    if match["every"]:
        return 100.0 / _PARTS[words[1]]
    if match["ratio"]:
        last = words[-1]
        whole = _COUNTS.get(last) or int(last)
        of_them = _COUNTS.get(words[0]) or int(words[0])
        return 100.0 * of_them / whole if whole else 0.0
    part = words[1].removesuffix("s").replace("halve", "half")
    return 100.0 * _COUNTS.get(words[0], 1) / _PARTS[part]
