"""The pages that a link gives, read without an account.

A token is exchanged at once for a cookie and an address without it. What does not open, for whatever reason,
leads to the same answer: nothing is decided at the token's own address, which a log would write down.
"""

from contextlib import suppress
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from reader.desk.reading import reading_of
from reader.people import limits
from reader.share import frozen, guest, links
from reader.share.giving import Given, given
from reader.share.guest import Opened
from reader.share.live import NoSuchPart, first_page, one_part
from reader.share.models import Link, SnapshotPart
from reader.share.tokens import digest_of, give_cookie
from reader.share.values import Copy, Sheet

WHAT = "view link"
GONE = "gone"
LIVE = "Kept up to date: what is changed or written later shows the next time that you open it."


@csrf_exempt  # It changes nothing, and a refusal would be logged with the address.
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange a token for a cookie, and go on at a clean address."""
    link = _link_of(request, token) if request.method in ("GET", "HEAD") else None
    response = HttpResponseRedirect(reverse("share:shared", args=[link.key if link else GONE]))
    if link:
        give_cookie(response, path=response.url, digest=link.digest, secure=settings.SESSION_COOKIE_SECURE)
        if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
            links.opened(link=link.pk)
    return _discreet(response)


def _link_of(request: HttpRequest, token: str) -> Link | None:
    """The link of a token, where it opens to this visitor; what does not is counted as a guess."""
    link = Link.objects.live().select_related("view").filter(digest=digest_of(token)).first()
    if link and (link.audience != Link.Audience.CLASS or guest.is_in(request, link.view.group_id)):
        return link
    # The address to which all that does not open leads asks for patience.
    with suppress(limits.TooMany):
        limits.failed(request, WHAT)
    return None


@require_safe
def shared(request: HttpRequest, key: str) -> HttpResponse:
    """What a link gives: its stored copy, or the view as it is now."""
    link = guest.opened(request, key)
    if link is None:
        return _not_given(request)
    if link.form == Link.Form.FROZEN and link.body is not None:
        return _page(request, link, link.title or "", link.body)
    view_and_given = _live(link)
    copy, sheets = first_page(*view_and_given, said=LIVE, base=request.path)
    return _page(request, link, copy["title"], frozen.page(copy, sheets))


@require_safe
def shared_part(request: HttpRequest, key: str, side: str, number: int) -> HttpResponse:
    """A part of a long text, counted from 1."""
    link = guest.opened(request, key)
    if link is None:
        return _not_given(request)
    try:
        if link.body is None:
            copy, sheet = _live_part(link, reverse("share:shared", args=[key]), side, number)
        else:
            copy, sheet = _frozen_part(link, side, number)
    except NoSuchPart:
        return _not_given(request)
    return _page(request, link, copy["title"], frozen.part(copy, sheet))


def _frozen_part(link: Opened, side: str, number: int) -> tuple[Copy, Sheet]:
    there = SnapshotPart.objects.filter(snapshot=link.pk, side=side, position=number - 1)
    row = there.values_list("snapshot__data", "data").first()
    if row is None:
        raise NoSuchPart
    return cast(Copy, row[0]), cast(Sheet, row[1])


def _live_part(link: Opened, base: str, side: str, number: int) -> tuple[Copy, Sheet]:
    view, gives = _live(link)
    return one_part(view, gives, said=LIVE, base=base, side=side, position=number - 1)


def _live(link: Opened) -> tuple[Any, Given]:
    there = Link.objects.select_related("view__left", "view__right", "view__group", "made_by").get(pk=link.pk)
    by = there.made_by
    if by is None:
        raise ValueError("A link is somebody's.")
    return there.view, given(there.view, by, audience=there.audience, names=there.names, others=there.others)


def _page(request: HttpRequest, link: Opened, title: str, body: str) -> HttpResponse:
    """The frame of today around a body, however old that is; it asks for nobody's account."""
    context = {
        "title": title,
        "giver": link.giver,
        "body": mark_safe(body),  # noqa: S308 - escaped where it is made
        "reading": reading_of(request),
        "head": _head() if settings.DEBUG else _head_once(),
    }
    return _discreet(HttpResponse(render_to_string("share/shared.html", context)))


def _not_given(request: HttpRequest) -> HttpResponse:
    """The one answer to all that does not open, whether it was there or not."""
    try:
        limits.check(request, WHAT)
    except limits.TooMany:
        return _discreet(limits.too_many(request))
    context = {"reading": reading_of(request), "head": _head() if settings.DEBUG else _head_once()}
    return _discreet(HttpResponse(render_to_string("share/not_given.html", context), status=404))


def _discreet(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by no search, and no other site is told where somebody came from."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _head() -> str:
    return render_to_string("share/_shared_head.html")


_head_once = lru_cache(maxsize=1)(_head)
