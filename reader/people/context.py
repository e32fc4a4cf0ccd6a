"""What every template may need to know of people."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from reader.people.demo import NAMES


def context(request: HttpRequest) -> dict[str, Any]:
    """Whom to ask, and as whom the reader can be tried with one click: as nobody where DEBUG is off."""
    return {"contact": settings.READER_CONTACT, "try_as": NAMES.items() if settings.DEBUG else ()}
