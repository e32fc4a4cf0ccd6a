"""Where somebody was when they sent a form: the page of the desk, its halves, and the way back."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from reader.desk.half import OTHER, url
from reader.desk.places import anchor, opened_at
from reader.http import is_own_path, whole

ADDRESS_AT_MOST = 2_000
PAGES = ("desk:read", "desk:facing")


@dataclass(frozen=True, slots=True)
class Back:
    """A page of the desk with this text in one half; other is the slug in the other half, if any.

    view is the key of the view that it is opened with, if any.
    """

    slug: str
    side: str = "left"
    other: str = ""
    places: tuple[str, str] = ("", "")
    view: str = ""

    @property
    def path(self) -> str:
        """The page's address without its query; the list of notes where there is no text any more."""
        if not self.slug:
            return url("annotate:notes")
        if not self.other:
            return url("desk:read", self.slug)
        pair = (self.slug, self.other) if self.side == "left" else (self.other, self.slug)
        return url("desk:facing", *pair)

    @property
    def place(self) -> str:
        """The place at which this half is opened."""
        return self.places[0 if self.side == "left" else 1]

    @property
    def beside(self) -> str:
        """The place at which the other half is opened."""
        return self.places[1 if self.side == "left" else 0]

    def side_of(self, slug: str) -> str:
        """The half that shows this text: the other one where it is there, else this one."""
        return OTHER[self.side] if slug and slug == self.other else self.side

    def at(self, pk: int, place: str = "") -> str:
        """The page opened at this place, else as it was, with this annotation's card among those shown."""
        places = {OTHER[self.side]: self.beside, self.side: place or self.place}
        query = opened_at({**dict(sorted(places.items())), "view": self.view, "note": str(pk)})
        return f"{self.path}{query}#{self.side}-a{pk}"

    def query(self) -> str:
        """The page as it was."""
        places = dict(zip(("left", "right"), self.places, strict=True))
        query = opened_at({**places, "view": self.view})
        return self.path + (query if len(query) > 1 else "")


def back_of(request: HttpRequest, slug: str) -> Back:
    """The page of the desk that the request names, or comes from; the text alone where it is none."""
    for address in (request.POST.get("back"), request.GET.get("back"), request.headers.get("Referer")):
        if address and (found := _page(address[:ADDRESS_AT_MOST], slug)):
            return found
    return Back(slug)


def own_page(request: HttpRequest) -> str:
    """The page of this site that the form names to go back to, where that is not the desk itself."""
    address = own_address(request.POST.get("back", ""))
    try:
        match = resolve(urlsplit(address).path) if address else None
    except (Resolver404, ValueError):
        return ""
    return address if match and match.view_name not in PAGES else ""


def _page(address: str, slug: str) -> Back | None:
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    slugs = list(match.kwargs.values())
    if match.view_name not in PAGES or slug not in slugs:
        return None
    asked = parse_qs(parts.query)
    left, right = (anchor(asked.get(side, [""])[0]) for side in ("left", "right"))
    side = "left" if slugs[0] == slug else "right"
    other = next((each for each in slugs if each != slug), "")
    view = whole(asked.get("view", [""])[0])
    return Back(slug, side, other, (left, right), "" if view is None else str(view))


def own_address(address: str) -> str:
    """An address within this site, for a redirect; nothing where it leads elsewhere."""
    short = address[:ADDRESS_AT_MOST]
    return short if is_own_path(short) else ""
