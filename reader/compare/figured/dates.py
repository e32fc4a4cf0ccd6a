"""Find the dates that a text names, each as the first and the last day that it can mean. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from reader.ingest.dates import MONTH, MONTHS

# The year of a day or month that is named without one. A leap year, so that 29 February is a day.
ANY_YEAR = 4

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "end": (11, 12)}
_CENTURIES = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}

_Y = r"(?:1\d|20|21)\d\d"
_D = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?"
_DASH = r"(?:\s?[-–—]\s?|\s(?:to|and|until|bis|au|a|al|und|et|y)\s)"
_OF = r"\s+(?:of\s+|de\s+|del\s+)?"
_YEAR_AFTER = rf"(?:,?{_OF}(?P<{{}}>{_Y})(?!\d|[,.]\d))?"

_DATE = re.compile(
    rf"(?<![\w/.,€$£-])(?:"
    rf"(?P<iso>{_Y})[-/.](?P<isom>\d{{1,2}})[-/.](?P<isod>\d{{1,2}})"
    rf"|(?P<cy>{_Y})年(?:(?P<cm>\d{{1,2}})月(?:(?P<cd>\d{{1,2}})日)?)?"
    rf"|(?P<na>\d{{1,2}})[./](?P<nb>\d{{1,2}})[./](?P<ny>{_Y})"
    rf"|(?P<rd1>{_D})(?:{_OF}(?P<rm1>{MONTH})\.?)?{_DASH}(?P<rd2>{_D}){_OF}(?P<rm2>{MONTH})\b\.?"
    + _YEAR_AFTER.format("ry")
    + rf"|(?P<d>{_D}){_OF}(?P<dm>{MONTH})\b\.?"
    + _YEAR_AFTER.format("dy")
    + rf"|(?P<mm1>{MONTH})\b\.?(?:{_DASH}(?P<mm2>{MONTH})\b\.?)?,?{_OF}(?P<my>{_Y})(?!\d|[,.]\d)"
    rf"|(?P<em>{MONTH})\b\.?\s+(?P<ed1>{_D})(?:{_DASH}(?:(?P<em2>{MONTH})\b\.?\s+)?(?P<ed2>{_D}))?(?!\d|[,.]\d)"
    rf"(?:,?\s+(?P<ey>{_Y}))?(?!\d|[,.]\d)"
    rf"|(?P<season>spring|summer|autumn|fall|winter)(?:\s+of)?\s+(?P<sy>{_Y})(?:[/–-]\d\d)?"
    rf"|(?P<part>early|mid|late|end)(?:\s+(?:of|in)\s+|\s+|-)(?P<py>{_Y})"
    rf"|(?P<decade>(?:1\d|20)\d)0['’]?s"
    rf"|(?P<century>1\d|2[01]|{'|'.join(_CENTURIES)})(?:th|st)?(?:\s+|-)century"
    rf"|(?P<y1>{_Y})(?:[-–—]|\s(?:to|and|until|bis|a|au)\s)(?P<y2>{_Y}|\d\d)"
    rf"|(?P<y>{_Y})"
    rf")(?!\w|[-/]\d|[.,]\d)",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    r"\b(?:in|by|since|until|from|during|last|next|early|late|mid|before|after|of|this)[\s-]"
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?!\s+\d|['’]s?\s*\d)"
)
# Before a number of four figures these say that it is a year, whatever follows.
_TIMELY = re.compile(
    r"\b(?:in|since|by|until|till|during|before|after|year|years|circa|ca|early|late|mid|en|im|seit|bis|nach"
    r"|dans|depuis|nel|dal|desde|em|sinds)\.?[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_THINGS = re.compile(r"\s+(?:[a-z-]+\s+)?(?!(?:wa|i|ha|it|a|thi|doe)s\b)[a-z]*(?:s|men|people)\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at text[start:end]: the days from first to last, in ANY_YEAR where the text gives no year."""

    start: int
    end: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it can mean."""
        return (self.last - self.first).days + 1

    @property
    def has_year(self) -> bool:
        """Whether the text gives its year."""
        return self.first.year != ANY_YEAR

    def meets(self, other: "Dated") -> bool:
        """Whether both can mean one day; where one has no year, whether its days are days of the other."""
        if self.has_year != other.has_year:
            if max(self.days, other.days) > 31:
                return False
            own, theirs = self._in_any_year(), other._in_any_year()
            return own[0] <= theirs[1] and theirs[0] <= own[1]
        return self.first <= other.last and other.first <= self.last

    def _in_any_year(self) -> tuple[date, date]:
        return self.first.replace(year=ANY_YEAR), self.last.replace(year=ANY_YEAR)


def dates(text: str, language: str = "en") -> list[Dated]:
    """The dates of a text, in order; what can mean several days in different months is passed over."""
    found = []
    for match in _DATE.finditer(text):
        try:
            days = _days(match, text, language)
        except ValueError:
            continue
        if days is not None and days[0] <= days[1]:
            found.append(Dated(match.start(), match.end(), *days))
    for match in _MONTH_ALONE.finditer(text):
        start, end = match.span("month")
        if not any(start < one.end and one.start < end for one in found):
            found.append(Dated(start, end, *_month(ANY_YEAR, MONTHS[match["month"].lower()])))
    return sorted(found, key=lambda one: one.start)


_Days = tuple[date, date]


def _days(match: re.Match[str], text: str, language: str) -> _Days | None:
    """The first and the last day; ValueError where the calendar has no such day."""
    kind = match.lastgroup or ""
    for name, read in _READINGS.items():
        if match[name]:
            return read(match)
    if kind in ("y", "y1", "y2"):
        return _years(match, text)
    return _of_month(match, language)


def _of_month(match: re.Match[str], language: str) -> _Days | None:
    if match["rd1"]:
        year, last = _year(match["ry"]), _number(match["rm2"])
        first = _number(match["rm1"]) if match["rm1"] else last
        return date(year, first, _day(match["rd1"])), date(year, last, _day(match["rd2"]))
    written, day, month = match["dy"] or match["ey"], match["d"] or match["ed1"], match["dm"] or match["em"]
    # "You may 20 times": a month without a year is written with a capital where months are.
    if not written and language in ("", "en", "de") and month[0].islower():
        return None
    first_day = date(_year(written), _number(month), _day(day))
    if match["ed2"]:
        last = _number(match["em2"] or month)
        return first_day, date(_year(written), last, _day(match["ed2"]))
    return first_day, first_day


def _iso(match: re.Match[str]) -> _Days:
    day = date(int(match["iso"]), int(match["isom"]), int(match["isod"]))
    return day, day


def _chinese(match: re.Match[str]) -> _Days:
    year = int(match["cy"])
    if not match["cm"]:
        return date(year, 1, 1), date(year, 12, 31)
    if not match["cd"]:
        return _month(year, int(match["cm"]))
    day = date(year, int(match["cm"]), int(match["cd"]))
    return day, day


def _numeric(match: re.Match[str]) -> _Days | None:
    """03/04/2024 could be two days and is none; with points the day stands first."""
    first, second, year = int(match["na"]), int(match["nb"]), int(match["ny"])
    if "." in match[0] or first > 12 or first == second:
        day = date(year, second, first)
    elif second > 12:
        day = date(year, first, second)
    else:
        return None
    return day, day


def _months(match: re.Match[str]) -> _Days:
    year, first = int(match["my"]), _number(match["mm1"])
    last = _number(match["mm2"]) if match["mm2"] else first
    return _month(year, first)[0], _month(year, last)[1]


def _season(match: re.Match[str]) -> _Days:
    first, last = _SEASONS[match["season"].lower()]
    year = int(match["sy"])
    # "Winter 2023" is the one that begins or the one that ends in that year.
    start = date(year, 1, 1) if last > 12 else date(year, first, 1)
    return start, _month(year + (last > 12), (last - 1) % 12 + 1)[1]


def _part(match: re.Match[str]) -> _Days:
    first, last = _PARTS[match["part"].lower()]
    return date(int(match["py"]), first, 1), _month(int(match["py"]), last)[1]


def _decade(match: re.Match[str]) -> _Days:
    year = int(match["decade"]) * 10
    # "The 1900s" are mostly the century.
    return date(year, 1, 1), date(year + (99 if year % 100 == 0 and year < 2000 else 9), 12, 31)


def _century(match: re.Match[str]) -> _Days:
    named = match["century"].lower()
    century = _CENTURIES.get(named) or int(named)
    return date(century * 100 - 99, 1, 1), date(century * 100, 12, 31)


_READINGS: dict[str, Callable[[re.Match[str]], _Days | None]] = {
    "iso": _iso,
    "cy": _chinese,
    "na": _numeric,
    "mm1": _months,
    "season": _season,
    "part": _part,
    "decade": _decade,
    "century": _century,
}


def _years(match: re.Match[str], text: str) -> _Days | None:
    """A year, or from year to year; a number of four figures that counts things is none."""
    if match["y1"]:
        first, second = int(match["y1"]), match["y2"]
        last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
        return (date(first, 1, 1), date(last, 12, 31)) if last > first else None
    timely = _TIMELY.search(text, max(0, match.start() - 16), match.start())
    if not timely and _THINGS.match(text, match.end()):
        return None
    return date(int(match["y"]), 1, 1), date(int(match["y"]), 12, 31)


def _month(year: int, month: int) -> _Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(written: str | None) -> int:
    return int(written) if written else ANY_YEAR


def _number(month: str) -> int:
    return MONTHS[month.lower()]


def _day(written: str) -> int:
    found = re.match(r"\d+", written)
    return int(found[0]) if found else 0
