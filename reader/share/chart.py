"""How much came on which day, as an SVG that the server makes. Pure: values in, a string out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape
from typing import NamedTuple

# Of a longer time a bar is a week.
DAYS_AT_MOST = 62
BARS_AT_MOST = 60
HIGH = 100
STEP = 12
GAP = 3
# Room for the words below and the highest number above.
FOOT = 18
HEAD = 14


class Bar(NamedTuple):
    """So many from a day on, to another one."""

    first: date
    last: date
    number: int

    @property
    def days(self) -> str:
        """In words."""
        return (
            written(self.first)
            if self.first == self.last
            else f"{written(self.first)} to {written(self.last)}"
        )


def bars(days: Iterable[date]) -> list[Bar]:
    """A bar a day from the first to the last of these, or a week where that is long; at most BARS_AT_MOST."""
    counts = Counter(days)
    if not counts:
        return []
    first, last = min(counts), max(counts)
    step = 1
    if (last - first).days >= DAYS_AT_MOST:
        step = 7
        first -= timedelta(days=first.weekday())
    found = []
    while first <= last:
        end = first + timedelta(days=step - 1)
        found.append(Bar(first, end, sum(counts[first + timedelta(days=day)] for day in range(step))))
        first = end + timedelta(days=1)
    return found[-BARS_AT_MOST:]


def drawn(of: Sequence[Bar], title: str, description: str) -> str:
    """The bars as an SVG; its colours are the style sheet's. A table says the same."""
    if not of:
        return ""
    most = max(bar.number for bar in of)
    wide = max(len(of) * STEP, 160)
    rects = "".join(_rect(place, bar, most) for place, bar in enumerate(of) if bar.number)
    base = HEAD + HIGH
    ends = f'<text x="0" y="{base + 14}">{written(of[0].first)}</text>'
    if len(of) > 1:
        ends += f'<text x="{wide}" y="{base + 14}" text-anchor="end">{written(of[-1].last)}</text>'
    return (
        f'<svg class="chart" viewBox="0 0 {wide} {base + FOOT}" preserveAspectRatio="xMinYMin"'
        ' role="img" aria-labelledby="chart-t chart-d">'
        f'<title id="chart-t">{escape(title)}</title><desc id="chart-d">{escape(description)}</desc>'
        f'<path class="chart-base" d="M0 {base}H{wide}"/><path class="chart-top" d="M0 {HEAD}H{wide}"/>'
        f'<text x="0" y="{HEAD - 3}">{most}</text>{rects}{ends}</svg>'
    )


def written(day: date) -> str:
    """A day without its year: the page says that elsewhere."""
    return f"{day.day} {day:%b}"


def _rect(place: int, bar: Bar, most: int) -> str:
    height = max(round(HIGH * bar.number / most), 1)
    return (
        f'<rect class="chart-bar" x="{place * STEP}" y="{HEAD + HIGH - height}" width="{STEP - GAP}"'
        f' height="{height}"><title>{bar.days}: {bar.number}</title></rect>'
    )
