"""The door by which the reader is tried with one click; it is there only while DEBUG is on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django.fixtures import Settings

from reader.people import demo
from reader.people.models import Role, User
from tests import make
from tests.people.visits import content, is_signed_in, sign_in, sign_up

pytestmark = pytest.mark.django_db

ROLES = list(Role)
WITHOUT_DEBUG = """
import django, json
django.setup()
from django.urls import get_resolver, resolve, Resolver404
from django.conf import settings
names = [name for name in get_resolver().reverse_dict]
try:
    found = resolve("/try/student/").view_name
except Resolver404:
    found = None
people = get_resolver().namespace_dict["people"][1].reverse_dict
print(json.dumps([found, "try_role" in people, settings.AUTHENTICATION_BACKENDS]))
"""


@pytest.fixture
def debug(settings: Settings) -> None:
    """A server in DEBUG, as `make run` starts it."""
    settings.DEBUG = True
    settings.ROOT_URLCONF = "tests.people.demo_urls"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("debug")
def test_one_click_lets_a_visitor_be_anybody_of_the_three(role: Role) -> None:
    client = Client()
    assert client.post(f"/try/{role}/", {"next": "/help/?a=b"})["Location"] == "/help/?a=b"
    page = content(client.get("/account/"))
    assert demo.NAMES[role] in page
    assert role.label in page
    assert ('href="/add/"' in content(client.get("/"))) is (role != Role.STUDENT)
    client.post("/sign-out/")
    client.post(f"/try/{role}/")
    assert User.objects.count() == 1


@pytest.mark.parametrize("page", ["/", "/sign-in/"])
@pytest.mark.usefixtures("debug")
def test_the_shelf_and_the_sign_in_page_offer_it(page: str) -> None:
    offered = content(Client().get(page))
    for words in ("Try as a student", "Try as an analyst", "Try as an instructor"):
        assert words in offered
    client = Client()
    client.post("/try/student/")
    assert "Try as" not in content(client.get("/"))


@pytest.mark.usefixtures("debug")
def test_it_is_a_form_with_a_token_for_these_three_alone() -> None:
    make.user("root", staff=True)
    client = Client()
    assert client.get("/try/student/").status_code == 405
    for role in ("staff", "root", "admin", "STUDENT"):
        assert client.post(f"/try/{role}/").status_code == 404
    assert Client(enforce_csrf_checks=True).post("/try/student/").status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example", "/\\evil.example", "help"])
@pytest.mark.usefixtures("debug")
def test_it_leads_nobody_elsewhere(wish: str) -> None:
    assert Client().post("/try/student/", {"next": wish})["Location"] == "/"


def test_without_debug_there_is_no_such_address() -> None:
    for role in Role:
        demo.person(role)
    client = Client()
    for role in Role:
        assert client.get(f"/try/{role}/").status_code == 404
        assert client.post(f"/try/{role}/").status_code == 404
    for page in ("/", "/sign-in/"):
        assert "Try as" not in content(client.get(page))
    with pytest.raises(NoReverseMatch):
        reverse("people:try_role", args=["student"])
    assert not is_signed_in(client)


def test_a_server_with_the_settings_of_production_routes_no_such_address(tmp_path: Path) -> None:
    env = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "reader.settings",
        "SECRET_KEY": "a-key-for-this-test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/reader.sqlite3",
    }
    for debug, expected in (
        ("0", '[null, false, ["django.contrib.auth.backends.ModelBackend"]]'),
        ("1", '["people:try_role", true, '),
    ):
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_DEBUG], env=env | {"DEBUG": debug}, capture_output=True, text=True
        )
        assert done.stdout.startswith(expected), done.stderr


def test_the_door_itself_refuses_where_somebody_routed_it_without_debug(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.people.demo_urls"
    client = Client()
    assert client.post("/try/student/").status_code == 404
    assert not is_signed_in(client)


def test_whoever_came_in_by_it_is_out_when_debug_is_switched_off(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.people.demo_urls"
    settings.DEBUG = True
    client = Client()
    client.post("/try/instructor/")
    assert client.get("/add/").status_code == 200
    settings.DEBUG = False
    assert SESSION_KEY in client.session
    assert client.get("/account/").status_code == 302
    assert client.get("/add/").status_code == 403


def test_nobody_signs_in_as_one_of_them_with_a_password_or_takes_the_name() -> None:
    for role in Role:
        demo.person(role)
    for password in ("", "!", "sesame", "demo-student"):
        client = Client()
        sign_in(client, "demo-student", password)
        assert not is_signed_in(client)
    User.objects.all().delete()
    assert sign_up(Client(), "demo-student").status_code == 422


@pytest.mark.usefixtures("debug")
def test_their_accounts_have_no_password_to_change_and_no_second_step_to_switch_on() -> None:
    client = Client()
    client.post("/try/student/")
    page = content(client.get("/account/"))
    assert "/account/password/" not in page
    assert "/account/two-factor/" not in page
    for address in ("/account/password/", "/account/two-factor/app/", "/account/confirm/"):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
