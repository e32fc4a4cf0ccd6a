"""The one place that knows HTMX's headers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """A request as our middleware leaves it."""

    htmx: HtmxDetails


def is_own_path(address: str) -> bool:
    """Whether an address that came with a request is a path of this site, so that one may be sent there."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


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
