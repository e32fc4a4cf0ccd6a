"""Guessing at invitations ends soon, for an account and for an address, whichever process it is tried at."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from reader.people import limits
from reader.people.class_models import Invitation, Tries
from tests import make
from tests.people.classes import begun, invited
from tests.people.visits import content, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stretch that does not end while a test goes on."""
    until = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr(limits, "_until", lambda: until)


def guess(client: Client, **more: Any) -> int:
    """The status of a code that nobody gave."""
    return int(client.post("/join/", {"code": "BCDF-GHJK"}, **more).status_code)


def code_of(uses: int = 5) -> str:
    """A code that opens."""
    return invited(begun(by=make.user("ines")), form=Invitation.Form.CODE, uses=uses)[1]


def test_an_account_guesses_ten_times() -> None:
    code = code_of()
    bob, page = make.bob(), "/join/"
    # From wherever: each try comes from another address.
    tries = [guess(signed_in(bob), REMOTE_ADDR=f"10.0.0.{number}") for number in range(12)]
    assert tries == [404] * 10 + [429] * 2
    response = signed_in(bob).post(page, {"code": code}, REMOTE_ADDR="10.0.1.1")
    assert response.status_code == 429
    assert "Too many attempts" in content(response)
    assert "ten minutes" in content(response)
    assert 1 <= int(response["Retry-After"]) <= 600
    assert signed_in(make.user("nora")).post(page, {"code": code}).status_code == 302


def test_an_address_guesses_so_often_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 4)
    code = code_of()
    assert [guess(Client()) for _ in range(6)] == [404] * 4 + [429] * 2
    assert Client().post("/join/", {"code": code}).status_code == 429
    assert Client().post("/join/", {"code": code}, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_links_are_guessed_no_more_often_than_codes() -> None:
    client, statuses = signed_in(make.bob()), []
    for number in range(12):
        client.get(f"/join/{number:032}/")
        statuses.append(client.get("/join/class/").status_code)
    assert statuses == [404] * 10 + [429] * 2


def test_a_house_of_ipv6_addresses_counts_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 3)
    house = [guess(Client(), REMOTE_ADDR=f"2001:db8:1:2:{number:x}::1") for number in range(5)]
    assert house == [404] * 3 + [429] * 2
    assert guess(Client(), REMOTE_ADDR="2001:db8:1:3::1") == 404
    assert guess(Client(), REMOTE_ADDR="::ffff:10.0.0.1") == 404


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 3)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # What the visitor says of their own way counts for nothing.
    seen = [guess(Client(), HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 192.0.2.7") for number in range(5)]
    assert seen == [404] * 3 + [429] * 2
    assert guess(Client(), HTTP_X_FORWARDED_FOR="192.0.2.7, 10.0.0.1") == 404


def test_what_succeeds_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 1)
    code = code_of(uses=30)
    for number in range(20):
        client = signed_in(make.user(f"student{number}"))
        assert client.post("/join/", {"code": code})["Location"] == "/join/class/"
        assert client.post("/join/class/")["Location"].startswith("/classes/")
    assert not Tries.objects.exists()
    assert Invitation.objects.get().used == 20


def test_a_new_stretch_begins_anew_and_the_old_one_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    bob = make.bob()
    assert [guess(signed_in(bob)) for _ in range(11)][-1] == 429
    later = timezone.now() + timedelta(minutes=15)
    monkeypatch.setattr(limits, "_until", lambda: later)
    assert guess(signed_in(bob)) == 404
    assert set(Tries.objects.values_list("until", flat=True)) == {later}


def test_nobodys_address_is_written_down() -> None:
    guess(signed_in(make.bob()), REMOTE_ADDR="192.0.2.77")
    assert Tries.objects.count() == 2
    assert "192.0.2" not in str(list(Tries.objects.values()))
