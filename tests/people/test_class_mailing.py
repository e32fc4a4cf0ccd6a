"""Those who are expected are mailed an invitation, where the library sends mail and somebody says so."""

import re
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from reader.people import classes, mailing
from reader.people.class_models import Invitation, Membership, RosterLine
from tests import make
from tests.people.classes import Taught, taught
from tests.people.visits import content, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Taught:
    """A class that expects three people, two of them with an address."""
    made = taught()
    lines = "Tom Tull <tom@example.org>\nnora@example.org\nPip Piper"
    made.browser("instructor").post(f"/classes/{made.group.pk}/roster/", {"lines": lines, "keep": "1"})
    return made


def send(one: Taught, who: str = "instructor") -> Any:
    """The answer to the button."""
    return one.browser(who).post(f"/classes/{one.group.pk}/roster/mail/", follow=True)


def test_without_a_mail_server_there_is_no_such_button(one: Taught, mailoutbox: list[Any]) -> None:
    assert "Mail an invitation" not in content(
        one.browser("instructor").get(f"/classes/{one.group.pk}/roster/")
    )
    assert send(one).status_code == 404
    assert mailoutbox == []


@pytest.mark.usefixtures("mail")
def test_each_gets_a_link_that_says_who_came(one: Taught, mailoutbox: list[Any]) -> None:
    page = f"/classes/{one.group.pk}/roster/"
    assert "Mail an invitation to 2 of them" in content(one.browser("instructor").get(page))
    assert mailoutbox == []
    assert "2 invitations will be mailed." in content(send(one))
    letters = {letter.to[0]: letter.body for letter in mailoutbox}
    assert set(letters) == {"tom@example.org", "nora@example.org"}
    assert mailoutbox[0].subject == "Invitation to “On Tides”"
    letter = letters["tom@example.org"]
    assert letter.startswith("Tom Tull,\n\nines invites you to the class “On Tides”.")
    found = re.search(r"http://testserver(/join/\S+/)\n", letter)
    assert found
    client = signed_in(make.user("tt"))
    client.get(found[1])
    client.post("/join/class/")
    assert RosterLine.objects.get(person__username="tt").address == "tom@example.org"
    other = signed_in(make.user("eve"))
    other.get(found[1])
    assert other.get("/join/class/").status_code == 404
    assert "/join/" not in content(one.browser("instructor").get(page))


@pytest.mark.usefixtures("mail")
def test_nobody_is_mailed_twice_a_day(one: Taught, mailoutbox: list[Any]) -> None:
    send(one)
    assert "0 invitations" in content(send(one))
    assert len(mailoutbox) == 2
    Invitation.objects.update(made_at=timezone.now() - timedelta(hours=25))
    send(one)
    assert len(mailoutbox) == 4
    # The letter of before opens no more.
    assert Invitation.objects.live().count() == 2


@pytest.mark.usefixtures("mail")
def test_who_is_here_already_is_not_mailed(one: Taught, mailoutbox: list[Any]) -> None:
    RosterLine.objects.filter(address="tom@example.org").update(person=one.people["student"])
    send(one)
    assert [letter.to for letter in mailoutbox] == [["nora@example.org"]]


@pytest.mark.usefixtures("mail")
def test_whoever_is_taken_off_the_roster_does_not_come_in_by_the_letter(
    one: Taught, mailoutbox: list[Any]
) -> None:
    send(one)
    for line in RosterLine.objects.all():
        one.browser("instructor").post(f"/classes/{one.group.pk}/roster/{line.pk}/remove/")
    assert not Invitation.objects.exists()


@pytest.mark.usefixtures("mail")
def test_a_letter_that_is_not_taken_can_be_sent_again(
    one: Taught, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as patch:
        patch.setattr(mailing, "send_mail", refuse)
        send(one)
    assert not Invitation.objects.exists()
    send(one)
    assert len(mailoutbox) == 2


@pytest.mark.usefixtures("mail")
def test_only_who_leads_an_open_class_sends_mail(one: Taught, mailoutbox: list[Any]) -> None:
    assert [send(one, who).status_code for who in ("student", "assistant", "stranger")] == [403, 403, 404]
    classes.archive(group=one.group)
    assert send(one).status_code == 403
    assert mailoutbox == []
    assert Membership.objects.active().count() == 3
