"""Every address of the site, for everybody whom it may meet, answers as docs/permissions.md says."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.permissions.table import Row, answer, rows
from tests.permissions.world import ALSO, SECRETS, World, world

pytestmark = pytest.mark.django_db

ROWS = rows()
SECTIONS = list(dict.fromkeys(row.section for row in ROWS))
WORDS = ("open", "other", "closed")
PART = {"HX-Request": "true"}
# Who asks for parts of pages, too.
PARTS = ("nobody", "student", "removed")


class Names(dict[str, Any]):
    """A value for every name, so that a row's address can be resolved without a world."""

    def __missing__(self, name: str) -> str:
        return "x" * 32 if name in WORDS or name.endswith(("_token", "_key")) else "1"


def patterns(of: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """(route, view) of every address, the back office's as one."""
    for one in (of or get_resolver()).url_patterns:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLPattern):
            yield route, one.callback
        elif one.namespace != "admin":
            yield from patterns(one, route)


def test_every_address_has_its_row() -> None:
    asked = {resolve(row.path.split("?")[0].format_map(Names())).route for row in ROWS}
    assert {route for route, _ in patterns()} - asked == set()


@pytest.mark.parametrize("section", SECTIONS)
def test_everybody_is_answered_as_the_table_says(section: str) -> None:
    made = world()
    wrong: list[str] = []
    for row in ROWS:
        if row.section == section:
            for who, expected in row.answers.items():
                wrong += asked(made, row, who, expected)
            if row.method == "GET" and section != "Links":
                wrong += asked(made, row, "live", row.answers["nobody"])
    assert wrong == []


def asked(made: World, row: Row, who: str, expected: str) -> Iterator[str]:
    """What is wrong with the answers to one of the people; whatever they did is taken back."""
    parts = row.method == "GET" and who in PARTS
    for headers in ({}, PART) if parts else ({},):
        said, words = sent(made, row, who, headers)
        if said != expected:
            yield f"{row} {headers} to {who}: {said}, not {expected}"
        also = ALSO.get(row.section, set()) if said == "yes" else set()
        for secret, may in SECRETS.items():
            if secret in words and who not in may and secret not in also:
                yield f"{row} {headers} tells {who} {secret}"


def sent(made: World, row: Row, who: str, headers: dict[str, str]) -> tuple[str, str]:
    """(the answer, all that it says) to one of the people."""
    client = made.browsers[who]
    cookies = SimpleCookie(client.cookies)
    path = row.path.format(**made.known)
    fields = dict(pair.split("=") for pair in row.sent.format(**made.known).split("&")) if row.sent else {}
    with transaction.atomic():
        response: Any = (client.get if row.method == "GET" else client.post)(path, fields, headers=headers)
        words = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer(response), f"{dict(response.headers)}{words.decode(errors='replace')}"


def test_other_methods_are_refused_to_everybody() -> None:
    made = world()
    wrong = []
    listed = {(row.path.split("?")[0], row.method) for row in ROWS}
    # allauth's forms take a PUT for a POST; an address with a secret is never answered with an error, which
    # would be logged.
    others = ("/account/", "/admin/", "/sign-", "/join/{", "/view/{")
    ours = {path for path, _ in listed if not path.startswith(others)}
    for path in sorted(ours):
        for method in ("GET", "POST", "PUT", "DELETE"):
            if (path, method) not in listed:
                with transaction.atomic():
                    response: Any = made.browsers["owner"].generic(method, path.format(**made.known))
                    transaction.set_rollback(True)
                if answer(response) not in ("403", "404", "405"):
                    wrong.append(f"{method} {path}: {response.status_code}")
    assert wrong == []
