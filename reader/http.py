"""The one place that knows HTMX's headers, how it is served, and what to believe of addresses."""

from typing import Any

from django.core.servers.basehttp import WSGIRequestHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

NUMBER_AT_MOST = 2**31 - 1


def send_at_once() -> None:
    """Let Django's own server send the body of an answer without waiting, 40 ms, for word of its header.

    That is Nagle's algorithm (RFC 896) meeting delayed acknowledgements (RFC 1122); gunicorn
    turns it off by itself.
    """
    WSGIRequestHandler.disable_nagle_algorithm = True


class HtmxHttpRequest(HttpRequest):
    """A request as our middleware leaves it."""

    htmx: HtmxDetails


def is_own_path(address: str) -> bool:
    """Whether an address that came with a request is a path of this site, so that one may be sent there."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def whole(value: str | None) -> int | None:
    """The whole number that a form or an address names, where every column of ours can hold it."""
    if not value or len(value) > 10 or not (value.isascii() and value.isdigit()):
        return None
    return number if (number := int(value)) <= NUMBER_AT_MOST else None


def wants_part(request: HttpRequest) -> bool:
    """Whether HTMX asks for a part; boosted and history-restoring requests want the whole page."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def part_or_page(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Answer the same URL with the part for HTMX, with the page that includes it for everybody else."""
    response = render(request, part if wants_part(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
