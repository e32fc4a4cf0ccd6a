"""How often somebody may guess. Failures are counted in the database, so that all workers share the count."""

import ipaddress
from datetime import UTC, datetime
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from reader.people.class_models import Tries

STRETCH = 600
# A lecture hall sits behind one address, and mistypes; a code still stands for a hundred thousand million.
PER_ADDRESS = 300
PER_ACCOUNT = 10
FORGOTTEN_AT_ONCE = 500


class TooMany(Exception):
    """Somebody guessed too often."""


class Whom(NamedTuple):
    """Whose failures are counted, as a digest, and how many they may have in a stretch."""

    digest: str
    most: int


def check(request: HttpRequest, what: str) -> None:
    """TooMany where this visitor has failed too often at this in the present stretch."""
    most = {one.digest: one.most for one in _whom(request, what)}
    counts = Tries.objects.filter(whom__in=most, until=_until()).values_list("whom", "count")
    if any(count >= most[digest] for digest, count in counts):
        raise TooMany


def failed(request: HttpRequest, what: str) -> None:
    """Count a failure of this visitor; TooMany where it was one too many."""
    until = _until()
    # Both are counted, also where the first is over.
    numbers = [(_count(one.digest, until), one.most) for one in _whom(request, what)]
    if any(number == 1 for number, _ in numbers):
        _forget_before(until)
    if any(number > most for number, most in numbers):
        raise TooMany


def too_many(request: HttpRequest) -> HttpResponse:
    """The page that asks for patience."""
    seconds = max(1, int((_until() - timezone.now()).total_seconds()))
    response = render(request, "429.html", {"wait": "ten minutes"}, status=429)
    response["Retry-After"] = str(seconds)
    return response


@transaction.atomic
def _count(digest: str, until: datetime) -> int:
    """Count one more, and give its number: who counts in the same moment waits, and gets the next."""
    Tries.objects.bulk_create([Tries(whom=digest, until=until)], ignore_conflicts=True)
    row = Tries.objects.filter(whom=digest, until=until)
    row.update(count=F("count") + 1)
    return row.values_list("count", flat=True).get()


def _forget_before(until: datetime) -> None:
    """Delete what was counted in stretches that are over, a few at a time and always in the same order."""
    old = (
        Tries.objects.filter(until__lt=until).order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]
    )
    Tries.objects.filter(pk__in=list(old)).delete()


def _whom(request: HttpRequest, what: str) -> list[Whom]:
    whom = [Whom(_digest(f"{what} address {_network(request)}"), PER_ADDRESS)]
    if request.user.is_authenticated:
        whom.append(Whom(_digest(f"{what} account {request.user.pk}"), PER_ACCOUNT))
    return whom


def _digest(whom: str) -> str:
    """Nobody's address stands in the table."""
    return salted_hmac("reader.people.limits", whom, algorithm="sha256").hexdigest()


def _network(request: HttpRequest) -> str:
    """The visitor's address; of IPv6 the half that one household or server has to itself."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _until() -> datetime:
    """When the present stretch ends."""
    now = int(timezone.now().timestamp())
    return datetime.fromtimestamp(now - now % STRETCH + STRETCH, UTC)
