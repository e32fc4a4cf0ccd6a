"""The reader's addresses, and bare views that answer with a ready page through the same middleware."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from reader.annotate.models import Meaning
from reader.desk import leaf, margin, views
from reader.desk.cards import Card
from reader.urls import urlpatterns as pages


@cache
def ready(name: str) -> bytes:
    """The page that the bench stored under this name."""
    return (Path(os.environ["BENCH_FOLDER"]) / f"{name}.html").read_bytes()


def floor(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a ready page."""
    return HttpResponse(ready(name))


def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row."""
    Meaning.objects.create(name=request.POST["name"])
    return HttpResponse("Done", status=201)


def plain(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Answer with the facing page as it would be without parallels, strips and claims.

    One request at a time: the parts are taken out of the modules while it is made.
    """
    cards = margin._cards
    parts: list[tuple[Any, str, Any]] = [
        (views, "gutter", nothing),
        (views, "strips", nothing),
        (leaf, "linked", unlinked),
        (margin, "_cards", lambda user, halves, note: without_claims(cards(user, halves, note))),
    ]
    kept = [(module, name, getattr(module, name)) for module, name, _ in parts]
    try:
        for module, name, part in parts:
            setattr(module, name, part)
        return views.facing(request, left, right)
    finally:
        for module, name, part in kept:
            setattr(module, name, part)


def nothing(*given: object) -> str:
    """Stand for a part that is not there."""
    return ""


def unlinked(user: object, halves: object, links: Any) -> tuple[None, Any]:
    """The links of notes as they are, without a pairing."""
    return None, links


def without_claims(found: dict[str, list[Card]]) -> dict[str, list[Card]]:
    """The cards of each half that are no claims."""
    return {side: [card for card in cards if card.kind != "claim"] for side, cards in found.items()}


urlpatterns = [
    path("__floor__/insert", insert),
    path("__plain__/<slug:left>/<slug:right>/", plain),
    path("__floor__/<slug:name>", floor),
    *pages,
]
