"""Which layers a reader lets the desk draw, kept in a cookie; what they see anyway is only narrowed by it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reader.desk.reading import YEAR
from reader.library.querysets import Reader
from reader.people.lens import Lens

COOKIE = "layers"
# A cookie is to stay small.
CHOSEN_AT_MOST = 60

_VALUE = re.compile(r"([0-9]{1,10})_([0-9]{1,4})_([0-9]{1,10}(?:\.[0-9]{1,10})*)(_view)?")


@dataclass(frozen=True, slots=True)
class Looking:
    """The keys of the layers that are drawn, of so many; None: all of them.

    by_view: that a view chose them, whose choice ends with it.
    """

    layers: tuple[int, ...] | None = None
    of: int = 0
    by_view: bool = False

    @property
    def words(self) -> str:
        """What the bar says, such as "2 of 4"; nothing where everything is drawn."""
        return "" if self.layers is None else f"{len(self.layers)} of {max(self.of, len(self.layers))}"


def looking_of(request: HttpRequest) -> Looking:
    """What the request's cookie says, where it is this reader's; no query."""
    found: Looking | None = getattr(request, "looking", None)
    if found is None:
        match = _VALUE.fullmatch(request.COOKIES.get(COOKIE, ""))
        found = Looking()
        # Another account in the same browser chose for itself.
        if match and match[1] == str(request.user.pk):
            keys = [int(key) for key in match[3].split(".")[:CHOSEN_AT_MOST]]
            layers = tuple(dict.fromkeys(key for key in keys if key < 2**31))
            found = Looking(layers, int(match[2]), bool(match[4]))
        request.looking = found  # type: ignore[attr-defined]
    return found


def reader_of(request: HttpRequest) -> Reader:
    """Who reads, through a Lens where only some layers are to be drawn; no query."""
    looking, user = looking_of(request), request.user
    if looking.layers is None:
        return user
    return Lens(user.pk, user.is_authenticated, user.is_staff, layers=looking.layers)


def look_at(
    request: HttpRequest, layers: Iterable[int] | None, of: int = 0, *, by_view: bool = False
) -> None:
    """Let only these layers be drawn from now on, of so many, or all; keep_looking() tells the browser."""
    chosen = None if layers is None else tuple(dict.fromkeys(layers))[:CHOSEN_AT_MOST]
    request.looking = Looking(chosen or None, of, by_view)  # type: ignore[attr-defined]


def look_without_view(request: HttpRequest) -> bool:
    """Let all be drawn where a view that is no longer open chose otherwise; whether one did."""
    ended = looking_of(request).by_view
    if ended:
        look_at(request, None)
    return ended


def see(request: HttpRequest, layer: int | None) -> None:
    """Let this layer be drawn, too: who has just written in it, or followed a link there, looks for it."""
    looking = looking_of(request)
    if layer is not None and looking.layers is not None and layer not in looking.layers:
        request.looking = replace(looking, layers=(*looking.layers, layer))  # type: ignore[attr-defined]


def keep_looking(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with a cookie for what is looked at by now, where that is something else than before."""
    looking = looking_of(request)
    value = ""
    if looking.layers is not None:
        keys = ".".join(map(str, looking.layers))
        value = f"{request.user.pk}_{looking.of}_{keys}{'_view' if looking.by_view else ''}"
    if value != request.COOKIES.get(COOKIE, ""):
        if value:
            response.set_cookie(
                COOKIE, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        elif COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
    return response
