"""Signing in and out."""

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db


def test_a_person_signs_in_and_goes_where_they_wanted() -> None:
    make.alice()
    client = Client()
    assert "Sign in" in client.get("/sign-in/?next=/add/").content.decode()
    response = client.post("/sign-in/", {"login": "alice", "password": "sesame", "next": "/add/"})
    assert (response.status_code, response["Location"]) == (302, "/add/")


def test_without_a_wish_they_go_to_the_shelf() -> None:
    make.bob()
    response = Client().post("/sign-in/", {"login": "bob", "password": "sesame"})
    assert response["Location"] == "/"


def test_a_wrong_password_is_told_and_opens_nothing() -> None:
    make.bob()
    client = Client()
    response = client.post("/sign-in/", {"login": "bob", "password": "wrong"})
    assert "do not belong together" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_is_sent_to_another_site() -> None:
    make.bob()
    sent = {"login": "bob", "password": "sesame", "next": "https://evil.example/"}
    assert Client().post("/sign-in/", sent)["Location"] == "/"


def test_signing_out_is_a_deed_not_a_link() -> None:
    client = Client()
    client.force_login(make.bob())
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_the_back_office_is_for_the_staff_and_deletes_no_texts() -> None:
    make.document()
    staff = make.user("root", staff=True)
    staff.is_superuser = True
    staff.save()
    client = Client()
    client.force_login(staff)
    for page in ("", "reader/document/", "reader/document/1/change/", "reader/work/", "reader/user/"):
        address = f"/admin/{page}".replace("/1/", f"/{make.document().pk}/")
        assert client.get(address).status_code == 200, address
    assert client.get("/admin/reader/document/add/").status_code == 403
    assert client.get(f"/admin/reader/document/{make.document().pk}/delete/").status_code == 403
    client.force_login(make.bob())
    assert client.get("/admin/").status_code == 302
