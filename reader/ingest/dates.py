"""Dates as people print them, when they can mean one day only."""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner enero ene janvier gennaio",
            "february feb februar febrero février febbraio",
            "march mar märz marzo mars",
            "april apr abril avril aprile abr",
            "may mai mayo maggio",
            "june jun juni junio juin giugno",
            "july jul juli julio juillet luglio",
            "august aug agosto août",
            "september sep sept septiembre septembre settembre",
            "october oct oktober octubre octobre ottobre okt",
            "november nov noviembre novembre",
            "december dec dezember diciembre décembre dicembre dez dic",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    rf"(?<![\w/-])(?:"
    rf"(?P<iso>\d{{4}})[-/.](?P<isom>\d{{1,2}})[-/.](?P<isod>\d{{1,2}})"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th|º|\.)?\s+(?:de\s+|of\s+)?(?P<m1>{MONTH})\.?,?\s+(?:de\s+|del\s+)?(?P<y1>\d{{4}})"
    rf"|(?P<m2>{MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    rf"|(?P<cy>\d{{4}})年(?P<cm>\d{{1,2}})月(?P<cd>\d{{1,2}})日"
    rf"|(?P<a>\d{{1,2}})[./](?P<b>\d{{1,2}})[./](?P<y3>\d{{4}})"
    rf")(?!\w)",
    re.IGNORECASE,
)


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first full date in a text with its place; 03/04/2024 could be two days and is passed over."""
    for found in DATE.finditer(text):
        day = _day(found)
        if day is not None:
            return day, found.start(), found.end()
    return None


def parse_date(text: str) -> date | None:
    """The one date that a text gives, or None."""
    found = find_date(text)
    return found[0] if found else None


def _day(found: re.Match[str]) -> date | None:
    try:
        if found["iso"]:
            return date(int(found["iso"]), int(found["isom"]), int(found["isod"]))
        if found["cy"]:
            return date(int(found["cy"]), int(found["cm"]), int(found["cd"]))
        if found["d1"]:
            return date(int(found["y1"]), MONTHS[found["m1"].lower()], int(found["d1"]))
        if found["d2"]:
            return date(int(found["y2"]), MONTHS[found["m2"].lower()], int(found["d2"]))
        first, second, year = int(found["a"]), int(found["b"]), int(found["y3"])
        if first > 12 or first == second or "." in found[0]:
            return date(year, second, first)
        return date(year, first, second) if second > 12 else None
    except ValueError:
        return None
