"""Passwords: changed, forgotten, and not to be guessed."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from reader.people.models import User
from tests import make
from tests.people.visits import GOOD, content, is_signed_in, sign_in, sign_up, signed_in

pytestmark = pytest.mark.django_db

FORGOTTEN = "/account/password/forgotten/"
BOBS = "bob@tides.example"


@pytest.fixture
def bob(db: None) -> User:
    """He has an account with a mail address."""
    bob = make.bob()
    User.objects.filter(pk=bob.pk).update(email=BOBS)
    EmailAddress.objects.create(user=bob, email=BOBS, verified=True, primary=True)
    return bob


def link_in(mail: EmailMessage) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://testserver(/\S+)", str(mail.body))
    assert found, mail.body
    return found[1]


def test_a_password_is_changed_and_other_browsers_are_signed_out(bob: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, "bob")
    sign_in(elsewhere, "bob")
    new = {"oldpassword": "sesame", "password1": GOOD, "password2": GOOD}
    assert here.post("/account/password/", new)["Location"] == "/account/"
    assert "Your password is changed" in content(here.get("/account/"))
    assert elsewhere.get("/account/").status_code == 302
    assert not bob.check_password(GOOD)
    bob.refresh_from_db()
    assert bob.check_password(GOOD)


def test_the_present_password_is_needed(bob: User) -> None:
    response = signed_in(bob).post(
        "/account/password/", {"oldpassword": "wrong", "password1": GOOD, "password2": GOOD}
    )
    assert response.status_code == 422
    assert "not your present password" in content(response)


def test_where_no_mail_is_sent_the_page_says_whom_to_ask(
    bob: User, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.READER_CONTACT = "Ada in room 7"
    client = Client()
    assert "Ada in room 7" in content(client.get(FORGOTTEN))
    client.post(FORGOTTEN, {"email": BOBS})
    assert not mailoutbox
    for page in ("/account/password/sent/", "/account/email/", "/account/password/1-abc/"):
        assert signed_in(bob).get(page).status_code == 404


def test_a_mail_leads_to_a_new_password(bob: User, mail: None, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    assert client.post(FORGOTTEN, {"email": BOBS.upper()})["Location"] == "/account/password/sent/"
    assert mailoutbox[0].to == [BOBS]
    form = client.get(link_in(mailoutbox[0]), follow=True)
    address = form.redirect_chain[-1][0]
    assert "set-password" in address
    assert client.post(address, {"password1": GOOD, "password2": GOOD}).status_code == 302
    sign_in(client, "bob", GOOD)
    assert is_signed_in(client)
    assert "used up" in content(Client().get(link_in(mailoutbox[0]), follow=True))


def test_nobody_learns_who_has_an_account(bob: User, mail: None, mailoutbox: list[EmailMessage]) -> None:
    known, unknown = (
        Client().post(FORGOTTEN, {"email": address}, follow=True) for address in (BOBS, "no@tides.example")
    )
    assert content(known) == content(unknown)
    assert [message.to for message in mailoutbox] == [[BOBS]]
    assert sign_up(Client(), "nora", email=BOBS).status_code == 302
    assert sign_up(Client(), "nina", email="no@tides.example").status_code == 302


def test_an_address_taken_by_somebody_else_brings_them_no_password_of_his(
    bob: User, mail: None, mailoutbox: list[EmailMessage]
) -> None:
    sign_up(Client(), "nora", email=BOBS)
    mailoutbox.clear()
    Client().post(FORGOTTEN, {"email": BOBS})
    assert "bob" in str(mailoutbox[0].body)
    assert "nora" not in str(mailoutbox[0].body)


def test_an_address_is_changed_with_the_password_and_a_link(
    bob: User, mail: None, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    sign_in(client, "bob")
    asked = client.post("/account/email/", {"email": "bob@salt.example", "action_add": ""})
    assert asked["Location"].startswith("/account/confirm/")
    client.post(asked["Location"], {"password": "sesame"})
    client.post("/account/email/", {"email": "bob@salt.example", "action_add": ""})
    assert "waits for you" in content(client.get("/account/email/"))
    link = link_in(next(message for message in mailoutbox if message.to == ["bob@salt.example"]))
    assert "bob@salt.example" in content(client.get(link))
    client.post(link)
    bob.refresh_from_db()
    assert bob.email == "bob@salt.example"
    assert "bob@salt.example" in content(client.get("/account/"))


def test_a_name_cannot_be_tried_for_ever_however_it_is_written(bob: User) -> None:
    for name in ("bob", "BOB", "bOb", "ｂｏｂ", "Bob"):
        sign_in(Client(), name, "wrong")
    client = Client()
    assert "Too many attempts" in content(sign_in(client, "bob"))
    assert not is_signed_in(client)
    make.user("nora")
    sign_in(client, "nora")
    assert is_signed_in(client)


def test_a_machine_that_asks_too_often_is_told_to_wait(bob: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "signup": "1/m/ip"}
    for _ in range(3):
        response = sign_in(Client(), "bob", "wrong")
    assert response.status_code == 429
    assert "Wait a minute" in content(response)
    sign_up(Client(), "nora")
    assert sign_up(Client(), "nina").status_code == 429


def test_signing_in_well_is_not_counted(bob: User) -> None:
    for _ in range(8):
        client = Client()
        sign_in(client, "bob")
        assert is_signed_in(client)
