"""What somebody typed while signed out, kept in the session until they are back at the form."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from reader.desk.refusing import sign_in_first
from reader.desk.typed import Typed

DRAFT = "draft"


def to_sign_in(request: HttpRequest, path: str, typed: Typed, **query: str) -> HttpResponse:
    """To signing in, and from there to the form at this path, filled in as it was."""
    # The offsets say where it is; a long quote is no business of the session.
    request.session[DRAFT] = {"path": path, "typed": replace(typed, exact="").as_dict()}
    asked = {name: value for name, value in query.items() if value}
    return sign_in_first(request, f"{path}?{urlencode({**asked, DRAFT: '1'})}")


def draft(request: HttpRequest) -> Typed | None:
    """What was typed into the form at this address before signing in, where the address asks for it."""
    found = request.session.get(DRAFT) if DRAFT in request.GET else None
    return Typed.kept(found["typed"]) if found and found["path"] == request.path else None


def let_go(request: HttpRequest) -> None:
    """The draft was kept as an annotation."""
    request.session.pop(DRAFT, None)
