"""Replies to what a person wrote, or took part in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from reader.annotate.bylines import is_named
from reader.annotate.models import Notice, Target
from reader.http import whole
from reader.library.prepared import NUMBERS, Prepared
from reader.library.querysets import Reader
from reader.people.models import User

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some notices, the newest first; older is where the next page begins, 0 on the last."""

    notices: list[Notice]
    older: int = 0


def unread(user: Reader) -> int:
    """How many replies a person has not seen; one query, none for somebody without an account."""
    if not user.is_authenticated:
        return 0
    rows = _UNREAD.rows(user, [])
    return int(rows[0][0]) if rows else 0


def _unread(user: Reader, values: Sequence[int]) -> "QuerySet[Any, Any]":
    new = Notice.objects.of(user).filter(read_at__isnull=True).order_by()
    return new.values("person").annotate(new=Count("pk")).values_list("new")


# Every page asks it, and building it takes longer than all else.
_UNREAD = Prepared(_unread, NUMBERS)


def context(request: HttpRequest) -> dict[str, object]:
    """What templates need to show that count: {{ unread }} asks for it where it stands, and nowhere else."""
    return {"unread": lambda: unread(request.user)}


def page(user: User, before: str) -> Page:
    """The notices older than this one, with the replies and what they answer; three queries."""
    rows = Notice.objects.of(user)
    if (last := whole(before)) is not None:
        rows = rows.filter(pk__lt=last)
    targets = Target.objects.select_related("passage__document").defer("passage__document__finding")
    rows = rows.select_related("reply__author", "reply__parent__author").prefetch_related(
        Prefetch("reply__parent__targets", targets)
    )
    named = rows.annotate(reply_is_named=is_named(user, "reply__"))
    found = list(named.order_by("-pk")[: PAGE + 1])
    for notice in found:
        notice.reply.is_named = notice.reply_is_named  # type: ignore[attr-defined]
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0)


def mark_read(notices: Sequence[Notice]) -> None:
    """Let these be read; those shown as new stay new on the page at hand."""
    new = [notice.pk for notice in notices if notice.read_at is None]
    if new:
        Notice.objects.filter(pk__in=new).update(read_at=timezone.now())
