"""What somebody typed while signed out, kept in the session until they are back at the form."""

from typing import Any, Protocol
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from reader.desk.refusing import sign_in_first
from reader.desk.typed import Typed

DRAFT = "draft"


class Keepable(Protocol):
    """What somebody typed into one of the forms."""

    def as_dict(self) -> dict[str, Any]:
        """The values as JSON has them."""


def to_sign_in(request: HttpRequest, path: str, typed: Keepable, **query: str) -> HttpResponse:
    """To signing in, and from there to the form at this path, filled in as it was."""
    request.session[DRAFT] = {"path": path, "typed": typed.as_dict()}
    asked = {name: value for name, value in query.items() if value}
    return sign_in_first(request, f"{path}?{urlencode({**asked, DRAFT: '1'})}")


def draft(request: HttpRequest) -> Typed | None:
    """What was typed into the form at this address before signing in, where the address asks for it."""
    found = drafted(request)
    return Typed.kept(found) if found else None


def drafted(request: HttpRequest) -> dict[str, Any] | None:
    """The same as its as_dict() gave it."""
    found = request.session.get(DRAFT) if DRAFT in request.GET else None
    return found["typed"] if found and found["path"] == request.path else None


def let_go(request: HttpRequest) -> None:
    """The draft was kept as an annotation."""
    request.session.pop(DRAFT, None)
