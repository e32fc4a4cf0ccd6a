"""By which link somebody comes, and whether it opens to them: asked anew for every page."""

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.lookups import Exact
from django.http import HttpRequest

from reader.desk.cards import name_of
from reader.library.prepared import WORDS, Prepared
from reader.library.querysets import Reader
from reader.people.class_models import Membership
from reader.share.models import Link
from reader.share.tokens import COOKIE, proves


class Opened(NamedTuple):
    """A link that opens; of a frozen one the title and the body of its copy, else None."""

    pk: int
    key: uuid.UUID | str
    form: str
    audience: str
    digest: str
    made_by: int
    group: int | None
    title: str | None
    body: str | None
    names: bool
    first_name: str
    last_name: str
    username: str

    @property
    def giver(self) -> str:
        """The name of whoever made it; nothing where it tells no names."""
        return name_of(self.first_name, self.last_name, self.username) if self.names else ""


def opened(request: HttpRequest, key: str) -> Opened | None:
    """The link of this key, where it opens to this visitor; one query, more for who has no cookie."""
    number = key_of(key)
    rows = _BY_KEY.rows(None, [number.hex]) if number else []
    link = Opened(*rows[0]) if rows else None
    return link if link is not None and is_for(request, link) else None


def key_of(key: str) -> uuid.UUID | None:
    """The key in an address; nothing where it is none, or is not written as we write it."""
    try:
        found = uuid.UUID(key)
    except ValueError:
        return None
    return found if str(found) == key else None


def is_for(request: HttpRequest, link: Opened) -> bool:
    """Whether it opens to this visitor: to the class, or to who had the token; and to who made it."""
    if link.audience == Link.Audience.CLASS:
        return is_in(request, link.group) or _made_by(request, link)
    return proves(request.COOKIES.get(COOKIE), link.digest) or _made_by(request, link)


def _made_by(request: HttpRequest, link: Opened) -> bool:
    return request.user.is_authenticated and request.user.pk == link.made_by


def is_in(request: HttpRequest, group: int | None) -> bool:
    """Whether this visitor is in the class."""
    if group is None or not request.user.is_authenticated:
        return False
    return Membership.objects.active().filter(group=group, person=request.user.pk).exists()


def _by_key(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    # As text: what stands for the key in a statement built beforehand is none.
    there = Link.objects.live().filter(Exact(F("key"), Value(values[0], TextField())))
    return there.order_by().values_list(
        "pk",
        "key",
        "form",
        "audience",
        "digest",
        "made_by",
        "view__group",
        "snapshot__title",
        "snapshot__body",
        "names",
        "made_by__first_name",
        "made_by__last_name",
        "made_by__username",
    )


_BY_KEY = Prepared(_by_key, WORDS)
