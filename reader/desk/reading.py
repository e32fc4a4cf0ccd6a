"""How a reader likes to read: theme, size, measure, leading and whose marks, kept in a cookie."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

COOKIE = "reading"
YEAR = 365 * 24 * 60 * 60

CHOICES = {
    "theme": {"auto": "Auto", "paper": "Paper", "sepia": "Sepia", "night": "Night"},
    "size": {"1": "Smaller", "2": "Medium", "3": "Large", "4": "Larger", "5": "Largest"},
    "measure": {"1": "Narrow", "2": "Medium", "3": "Wide", "4": "Wider"},
    "leading": {"1": "Tight", "2": "Medium", "3": "Open", "4": "Airy"},
    "marks": {"all": "Everybody’s", "mine": "My own", "none": "None"},
}
LEGENDS = {
    "theme": "Colours",
    "size": "Text size",
    "measure": "Line length",
    "leading": "Line height",
    "marks": "Marks and notes",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The settings of a reader; in the cookie as "theme.size.measure.leading.marks"."""

    theme: str = "auto"
    size: str = "2"
    measure: str = "2"
    leading: str = "2"
    marks: str = "all"

    def cookie(self) -> str:
        """The value of the cookie."""
        return ".".join((self.theme, self.size, self.measure, self.leading, self.marks))

    def changed(self, values: Mapping[str, str]) -> "Reading":
        """These settings with those of the values (a form's) that are known choices."""
        return replace(self, **{name: values[name] for name in CHOICES if values.get(name) in CHOICES[name]})


def reading_of(request: HttpRequest) -> Reading:
    """The settings in the request's cookie; whatever is no known choice is the default."""
    value = request.COOKIES.get(COOKIE)
    return _read(value) if value else Reading()


@lru_cache(maxsize=256)
def _read(value: str) -> Reading:
    return Reading().changed(dict(zip(CHOICES, value.split("."), strict=False)))


def remember(response: HttpResponse, reading: Reading) -> None:
    """Keep the settings for a year."""
    response.set_cookie(
        COOKIE, reading.cookie(), max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


@lru_cache(maxsize=64)
def settings_fields(reading: Reading, *, marks: bool = True) -> str:
    """The fields of the settings form, with the present choices checked; without marks they are elsewhere."""
    groups = [
        (
            name,
            LEGENDS[name],
            [(value, label, getattr(reading, name) == value) for value, label in of.items()],
        )
        for name, of in CHOICES.items()
        if marks or name != "marks"
    ]
    return render_to_string("desk/_reading_fields.html", {"groups": groups})


def context(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: the reader's settings and the head of the page."""
    return {"reading": reading_of(request), "page_head": _head() if settings.DEBUG else _head_once()}


def _head() -> str:
    return render_to_string("_head.html")


_head_once = lru_cache(maxsize=1)(_head)
