"""What stages above put above the leaves of a page that names a view; a page that names none pays nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.dispatch import Signal
from django.http import HttpRequest
from django.utils.safestring import SafeString

# request, view (the key that the address names) and slugs of the open texts. A receiver returns a Panel, or
# None where there is no such view for who asks.
panel_asked = Signal()


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands above the leaves, the links of its style and scripts, and attributes of the page's body."""

    html: SafeString
    head: SafeString
    attributes: SafeString


def panel(request: HttpRequest, view: int, slugs: Sequence[str]) -> Panel | None:
    """The panel of a view, above these texts; None where there is none for this reader."""
    answers: list[tuple[Any, Any]] = panel_asked.send(sender=Panel, request=request, view=view, slugs=slugs)
    return next((found for _, found in answers if isinstance(found, Panel)), None)
