"""Signing in and out, and where one goes then."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from reader.people.models import User
from tests import make
from tests.people.visits import content, is_signed_in, sign_in, sign_up, signed_in

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example/",
    "https://testserver@evil.example/",
    "http://other.allowed.example/",
]


def test_a_person_signs_in_and_goes_where_they_wanted() -> None:
    make.alice()
    client = Client()
    assert "Sign in" in content(client.get("/sign-in/?next=/add/"))
    response = sign_in(client, "alice", next="/add/?revises=1#file")
    assert (response.status_code, response["Location"]) == (302, "/add/?revises=1#file")


def test_without_a_wish_they_go_to_the_shelf() -> None:
    make.bob()
    assert sign_in(Client(), "bob")["Location"] == "/"


def test_each_page_offers_to_sign_in_and_come_back_to_it() -> None:
    make.document()
    page = content(Client().get("/texts/tides/works/?q=a b&c"))
    assert 'href="/sign-in/?next=%2Ftexts%2Ftides%2Fworks%2F%3Fq%3Da%2520b%26c"' in page


def test_a_wrong_password_is_told_and_opens_nothing() -> None:
    make.bob()
    client = Client()
    response = sign_in(client, "bob", "wrong")
    assert response.status_code == 422
    assert "do not belong together" in content(response)
    assert not is_signed_in(client)


def test_a_name_that_nobody_has_is_answered_like_a_wrong_password() -> None:
    make.bob()
    answers = [content(sign_in(Client(), name, "wrong")) for name in ("bob", "bab")]
    assert answers[0].replace("bob", "bab").split("csrf")[0] == answers[1].split("csrf")[0]
    assert all("do not belong together" in answer for answer in answers)


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("hosts", [["testserver", "other.allowed.example"], ["*"]])
def test_nobody_is_sent_to_another_site(address: str, hosts: list[str], settings: Settings) -> None:
    settings.ALLOWED_HOSTS = hosts
    make.bob()
    assert sign_in(Client(), "bob", next=address)["Location"] == "/"
    assert sign_up(Client(), "nora", next=address)["Location"] == "/"
    assert signed_in(make.bob()).get("/sign-in/", {"next": address})["Location"] == "/"
    assert signed_in(make.bob()).post("/sign-out/", {"next": address})["Location"] == "/"


def test_the_key_of_the_session_is_another_one_after_signing_in() -> None:
    make.bob()
    client = Client()
    session = client.session
    session["known"] = "to somebody else"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before or ""
    sign_in(client, "bob")
    assert client.session.session_key != before


def test_a_person_who_is_switched_off_does_not_come_in() -> None:
    User.objects.filter(pk=make.bob().pk).update(is_active=False)
    client = Client()
    assert "do not belong together" in content(sign_in(client, "bob"))
    assert not is_signed_in(client)


def test_signing_out_is_a_deed_not_a_link() -> None:
    client = signed_in(make.bob())
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"
    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-up/", "/sign-out/", "/account/delete/"])
def test_no_form_is_taken_without_its_token(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.bob())
    assert client.post(address, {"login": "bob", "password": "sesame"}).status_code == 403
    assert User.objects.exists()


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-up/", "/account/"])
def test_pages_of_accounts_are_kept_by_no_cache_and_run_nothing_strange(address: str) -> None:
    client = signed_in(make.bob()) if address == "/account/" else Client()
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "style=" not in content(response)
    assert "onclick" not in content(response)


def test_the_cookie_of_the_session_is_out_of_reach_of_scripts() -> None:
    make.bob()
    cookie = sign_in(Client(), "bob").cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_back_office_is_for_the_staff_and_deletes_no_texts() -> None:
    make.document()
    staff = make.user("root", staff=True)
    staff.is_superuser = True
    staff.save()
    client = signed_in(staff)
    for page in ("", "reader/document/", "reader/document/1/change/", "reader/work/", "reader/user/"):
        address = f"/admin/{page}".replace("/1/", f"/{make.document().pk}/")
        assert client.get(address).status_code == 200, address
    assert client.get("/admin/reader/document/add/").status_code == 403
    assert client.get(f"/admin/reader/document/{make.document().pk}/delete/").status_code == 403
    assert signed_in(make.bob()).get("/admin/").status_code == 302


def test_the_back_office_has_no_door_of_its_own() -> None:
    make.alice()
    client = Client()
    response = client.post("/admin/login/?next=/admin/", {"username": "alice", "password": "sesame"})
    assert response["Location"] == "/sign-in/?next=%2Fadmin%2F"
    assert not is_signed_in(client)
    assert signed_in(make.bob()).get("/admin/login/").status_code == 403


def test_the_back_office_makes_no_second_bob_in_capitals() -> None:
    make.bob()
    client = signed_in(User.objects.create_superuser("root"))
    new = {"username": "BOB", "password1": "tide-mill-quay-9", "password2": "tide-mill-quay-9"}
    response = client.post("/admin/reader/user/add/", new | {"usable_password": "true"})
    assert response.status_code == 200
    assert "already exists" in content(response)
    client.post("/admin/reader/user/add/", new | {"usable_password": "true", "username": "Nora"})
    assert User.objects.get(username="nora").check_password("tide-mill-quay-9")


def test_the_staff_give_roles_and_passwords_in_the_back_office() -> None:
    staff = make.user("root", staff=True)
    User.objects.filter(pk=staff.pk).update(is_superuser=True)
    bob = make.bob()
    client = signed_in(staff)
    page = content(client.get(f"/admin/reader/user/{bob.pk}/change/"))
    assert 'name="role"' in page
    assert client.get(f"/admin/reader/user/{bob.pk}/password/").status_code == 200
    form = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": str(bob.pk)}
    client.post("/admin/reader/user/?q=bob", form | {"form-0-role": "analyst", "_save": "Save"})
    bob.refresh_from_db()
    assert bob.role == "analyst"
