"""Addresses of the pages of two texts, and of the desk with both opened at their places."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse


@lru_cache(maxsize=512)
def ways(left: str, right: str) -> dict[str, str]:
    """The desk and the pages that compare these two texts, by name."""
    pages = {"desk": "desk:facing"} | {
        page: f"compare:{page}" for page in ("parallels", "claims", "facts", "overview")
    }
    return {page: reverse(name, args=[left, right]) for page, name in pages.items()}


def at(slug: str, other: str, *, left: str = "", right: str = "", eye: str = "left") -> str:
    """The desk with both texts opened at these anchors ("p11"); the eye is led to one side, if it has one."""
    places = {side: place for side, place in (("left", left), ("right", right)) if place}
    address = reverse("desk:facing", args=[slug, other])
    if not places:
        return address
    side = eye if eye in places else next(iter(places))
    return f"{address}?{urlencode(places)}#{side}-{places[side]}"
