"""The second step at sign-in: an authenticator app, and recovery codes for when it is not at hand."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from reader.people.models import User
from tests import make
from tests.people.visits import content, is_signed_in, sign_in, signed_in

pytestmark = pytest.mark.django_db

PAGES = "/account/two-factor/"


def code_now(secret: str) -> str:
    """What the app shows, so many steps of half a minute from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def switched_on(client: Client) -> tuple[str, list[str]]:
    """Switch it on, as bob does; his secret and recovery codes."""
    sign_in(client, "bob")
    asked = client.get(f"{PAGES}app/")
    assert asked["Location"].startswith("/account/confirm/?next=")
    back = client.post(asked["Location"], {"password": "sesame"})
    page = content(client.get(back["Location"]))
    found = re.search(r'class="secret">(\w+)<', page)
    assert found
    assert "data:image/svg+xml;base64," in page
    secret = found[1]
    kept = client.post(f"{PAGES}app/", {"code": code_now(secret)}, follow=True)
    codes = re.findall(r"<code>(\d+)</code>", content(kept))
    assert len(codes) == 10
    return secret, codes


@pytest.fixture
def bob(db: None) -> User:
    """He has an account."""
    return make.bob()


def second_step(code: str, **more: str) -> tuple[Client, Any]:
    """Sign in by password and this code, in a fresh browser; the browser and the last answer."""
    client = Client()
    first = sign_in(client, "bob", **more)
    assert not is_signed_in(client)
    assert first["Location"].startswith(f"{PAGES}sign-in/")
    return client, client.post(first["Location"], {"code": code})


def forget_used_codes() -> None:
    """Let a code be used again, as half a minute later another one is."""
    from django.core.cache import cache

    cache.clear()


def test_the_password_alone_opens_nothing_and_the_code_leads_where_one_wanted(bob: User) -> None:
    secret, _ = switched_on(Client())
    forget_used_codes()
    client, response = second_step(code_now(secret), next="/help/?x=1#keys")
    assert is_signed_in(client)
    assert response["Location"] == "/help/?x=1#keys"


def test_a_wrong_code_is_told_and_opens_nothing(bob: User) -> None:
    switched_on(Client())
    client, response = second_step("000000x")
    assert response.status_code == 422
    assert "ncorrect code" in content(response)
    assert not is_signed_in(client)
    assert client.get("/account/").status_code == 302


def test_a_form_without_a_code_is_answered_and_opens_nothing(bob: User) -> None:
    switched_on(Client())
    client = Client()
    first = sign_in(client, "bob")
    assert client.post(first["Location"], {}).status_code in (200, 422)
    assert not is_signed_in(client)


def test_a_recovery_code_opens_once(bob: User) -> None:
    _, codes = switched_on(Client())
    client, _ = second_step(codes[0])
    assert is_signed_in(client)
    client, _ = second_step(codes[0])
    assert not is_signed_in(client)
    client, _ = second_step(codes[1])
    assert is_signed_in(client)


def test_codes_cannot_be_guessed_one_after_the_other(bob: User) -> None:
    secret, _ = switched_on(Client())
    client = Client()
    door = sign_in(client, "bob")["Location"]
    for guess in range(6):
        answer = client.post(door, {"code": f"x{guess}"})
    assert "Too many attempts" in content(answer)
    assert "Too many attempts" in content(client.post(door, {"code": code_now(secret)}))
    assert not is_signed_in(client)


def test_it_is_switched_off_with_the_password_only(bob: User) -> None:
    client = Client()
    switched_on(client)
    other = signed_in(bob)
    assert other.post(f"{PAGES}app/remove/").status_code == 302
    assert Authenticator.objects.filter(user=bob, type="totp").exists()
    client.post(f"{PAGES}app/remove/")
    assert not Authenticator.objects.exists()
    client = Client()
    sign_in(client, "bob")
    assert is_signed_in(client)


def test_new_recovery_codes_replace_the_old_ones(bob: User) -> None:
    client = Client()
    _, codes = switched_on(client)
    assert "stop working" in content(client.get(f"{PAGES}codes/new/"))
    new = content(client.post(f"{PAGES}codes/new/", follow=True))
    assert codes[0] not in new
    assert codes[0] not in content(client.get(f"{PAGES}codes/download/"))
    client, _ = second_step(codes[0])
    assert not is_signed_in(client)


def test_the_account_says_whether_it_is_on(bob: User) -> None:
    client = Client()
    sign_in(client, "bob")
    assert "Off." in content(client.get("/account/"))
    switched_on(client := Client())
    assert "On." in content(client.get("/account/"))
    assert "10 recovery codes" in content(client.get(PAGES))


@pytest.mark.parametrize(
    "page", ["", "app/", "app/remove/", "codes/", "codes/new/", "codes/download/", "confirm/"]
)
def test_strangers_are_sent_to_sign_in(page: str) -> None:
    assert Client().get(f"{PAGES}{page}")["Location"].startswith("/sign-in/?next=")


def test_the_back_office_asks_for_it_too() -> None:
    make.alice()
    User.objects.filter(username="alice").update(username="bob")
    switched_on(Client())
    client = Client()
    sign_in(client, "bob", next="/admin/")
    assert client.get("/admin/").status_code == 302
