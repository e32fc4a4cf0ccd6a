"""Making an account."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from reader.people.adapter import Adapter
from reader.people.models import Role, User
from tests import make
from tests.people.visits import GOOD, content, is_signed_in, sign_in, sign_up, signed_in

pytestmark = pytest.mark.django_db


def test_nora_signs_up_and_is_where_she_wanted_to_be() -> None:
    client = Client()
    response = sign_up(client, "nora", next="/read/tides/?left=p3&q=a%20b#left-p3")
    assert (response.status_code, response["Location"]) == (302, "/read/tides/?left=p3&q=a%20b#left-p3")
    assert is_signed_in(client)
    assert User.objects.get().role == Role.STUDENT


def test_of_two_who_take_a_name_in_the_same_moment_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    make.bob()
    monkeypatch.setattr(Adapter, "clean_username", lambda self, username, shallow=False: username)
    client = Client()
    response = client.post("/sign-up/?next=/help/", {"username": "bob", "password1": GOOD, "password2": GOOD})
    assert response["Location"] == "/sign-up/?next=/help/"
    assert "in the same moment" in content(client.get(response["Location"]))
    assert not is_signed_in(client)
    assert User.objects.count() == 1


def test_the_form_carries_the_wish_to_the_other_door() -> None:
    page = content(Client().get("/sign-in/?next=/add/%3Frevises%3D1"))
    assert 'href="/sign-up/?next=%2Fadd%2F%3Frevises%3D1"' in page
    assert 'name="next" value="/add/?revises=1"' in page


def test_nobody_makes_themselves_an_analyst_or_staff() -> None:
    sign_up(Client(), "nora", role="analyst", is_staff="on", is_superuser="on")
    nora = User.objects.get()
    assert (nora.role, nora.is_staff, nora.is_superuser) == (Role.STUDENT, False, False)


def test_sign_up_can_be_closed(settings: Settings) -> None:
    settings.READER_SIGN_UP = False
    settings.READER_CONTACT = "Ada in room 7"
    client = Client()
    assert "Ada in room 7" in content(client.get("/sign-up/"))
    sign_up(client, "nora")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("username", "said"),
    [
        ("", "required"),
        ("n" * 1000, "at most 150"),
        ("ß" * 100, "at most 150"),
        ("<b>nora</b>", "valid username"),
        ("nora\u202egnp", "valid username"),
        ("no ra", "valid username"),
        ("n\u200bora", "valid username"),
        ("nora\x00", "Null"),
        ("n\u043era", "one script"),
        ("\u0441\u043e\u0440", "Latin"),
        ("nora\u3164", "can be seen"),
        ("bob", "already"),
        ("BOB", "already"),
        ("ｂｏｂ", "already"),
        ("Demo-Student", "kept for trying"),
    ],
)
def test_a_name_that_would_mislead_is_refused_and_stays_in_the_form(username: str, said: str) -> None:
    make.bob()
    response = sign_up(Client(), username)
    assert response.status_code == 422
    assert said in content(response)
    assert "<b>nora" not in content(response)
    assert User.objects.count() == 1


@pytest.mark.parametrize("username", ["Нина", "Δήμητρα", "さくら", "김민수", "سارة", "josé.9@x+y-z_"])
def test_names_of_all_scripts_are_taken(username: str) -> None:
    client = Client()
    assert sign_up(client, username).status_code == 302
    assert is_signed_in(client)


@pytest.mark.parametrize("typed", ["nora", "NORA", "Nora", "ｎｏｒａ", " nora "])
def test_signing_in_does_not_mind_capitals(typed: str) -> None:
    sign_up(Client(), "Nora")
    assert User.objects.get().username == "nora"
    client = Client()
    sign_in(client, typed, "tide-mill-quay-9")
    assert is_signed_in(client)


@pytest.mark.parametrize("password", ["short", "12345678901", "password123", "nora-nora"])
def test_a_weak_password_is_refused(password: str) -> None:
    response = sign_up(Client(), "nora-nora", password)
    assert response.status_code == 422
    assert "errorlist" in content(response)


def test_no_mail_address_is_asked_for_where_no_mail_is_sent(mailoutbox: list[object]) -> None:
    assert 'name="email"' not in content(Client().get("/sign-up/"))
    sign_up(Client(), "nora", email="nora@tides.example")
    assert User.objects.get().email == ""
    assert not mailoutbox


def test_whoever_is_in_is_sent_on() -> None:
    client = signed_in(make.bob())
    for door in ("/sign-in/", "/sign-up/"):
        assert client.get(f"{door}?next=/help/")["Location"] == "/help/"
