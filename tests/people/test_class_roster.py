"""A list of names and addresses is pasted, looked at and kept: who is known is in, others are expected."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reader.people.class_models import ClassRole, Membership, RosterLine
from reader.people.models import User
from reader.people.roster import LINES_AT_MOST, NAME_AT_MOST, Line, read
from tests import make
from tests.people.classes import Taught, invited, taught
from tests.people.visits import content, signed_in

HOSTILE = "<script>alert(1)</script>"


def paste(one: Taught, lines: str, who: str = "instructor", **more: str) -> Any:
    """The answer to a pasted list."""
    return one.browser(who).post(f"/classes/{one.group.pk}/roster/", {"lines": lines, **more})


def keep(one: Taught, lines: str) -> None:
    """Put these on the roster."""
    assert paste(one, lines, keep="1").status_code == 302


def come(one: Taught, person: User) -> None:
    """Join by an invitation."""
    _, token = invited(one.group)
    client = signed_in(person)
    client.get(f"/join/{token}/")
    client.post("/join/class/")


def proved(person: User, address: str, *, verified: bool = True) -> User:
    """With an address, and whether mail to it has arrived."""
    EmailAddress.objects.create(user=person, email=address, verified=verified, primary=True)
    User.objects.filter(pk=person.pk).update(email=address)
    return person


@pytest.mark.parametrize(
    ("row", "name", "address"),
    [
        ("Tom Tull", "Tom Tull", ""),
        ("  Tom \t Tull ", "Tom Tull", ""),
        ("tom@example.org", "", "tom@example.org"),
        ("Tom.Tull+x@Example.ORG", "", "tom.tull+x@example.org"),
        ("Tom Tull <tom@example.org>", "Tom Tull", "tom@example.org"),
        ("Tom Tull<tom@example.org>,", "Tom Tull", "tom@example.org"),
        ('"Tull, Tom" <tom@example.org>', "Tull, Tom", "tom@example.org"),
        ("Tull, Tom", "Tull, Tom", ""),
        ("Tom Tull\ttom@example.org", "Tom Tull", "tom@example.org"),
        ("tom@example.org; Tom Tull", "Tom Tull", "tom@example.org"),
        ("Tom Tull (tom@example.org)", "Tom Tull", "tom@example.org"),
        ("<tom@example.org>", "", "tom@example.org"),
        ("李小龍", "李小龍", ""),
        ("Jürgen O’Tull-Ö", "Jürgen O’Tull-Ö", ""),
        ("T\u202eom", "Tom", ""),
        (HOSTILE, "script>alert(1)</script", ""),
    ],
)
def test_a_line_is_read_as_people_write_them(row: str, name: str, address: str) -> None:
    (line,) = read(row).lines
    assert (line.name, line.address) == (name, address)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("tom@", "no e-mail address"),
        ("tom@example", "no e-mail address"),
        ("Tom <tom@@example.org>", "no e-mail address"),
        ("@example.org", "no e-mail address"),
        ("a@example.org b@example.org", "two addresses"),
        ("a@b.example,c@d.example", "no e-mail address"),
        ("—", "neither a name nor an address"),
        ("<>", "neither a name nor an address"),
        ("x" * (NAME_AT_MOST + 1), "up to 120 characters"),
        ("x" * 250 + "@example.org", "no e-mail address"),
    ],
)
def test_a_line_that_says_nothing_clear_is_told(row: str, reason: str) -> None:
    roster = read(f"Tom Tull\n\n{row}\nNora")
    assert [(fault.number, reason in fault.reason) for fault in roster.faults] == [(3, True)]


def test_so_many_lines_and_no_more() -> None:
    rows = [f"student{number}@example.org" for number in range(LINES_AT_MOST)]
    assert len(read("\n\n".join(rows)).lines) == LINES_AT_MOST
    assert "These are 501 lines" in read("\n".join([*rows, "one more"])).faults[0].reason
    assert "Paste names" in read(" \n\t\n").faults[0].reason


def test_a_line_that_is_there_twice_counts_once() -> None:
    roster = read("Tom Tull\nNora <n@example.org>\ntom  tull\nN@EXAMPLE.org\nNora")
    assert [line.number for line in roster.lines] == [1, 2, 5]
    assert [line.number for line in roster.again] == [3, 4]


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_told(text: str) -> None:
    roster = read(text)
    for line in roster.lines:
        assert line.name or line.address
        assert len(line.name) <= NAME_AT_MOST
        assert len(line.key) <= 254
        assert isinstance(line, Line)
    assert len({line.key for line in roster.lines}) == len(roster.lines)
    assert roster.lines or roster.faults


@pytest.fixture
def one(db: None) -> Taught:
    """A class with one of each."""
    return taught()


def test_one_looks_before_anything_is_kept(one: Taught) -> None:
    make.user("nora")
    page = content(paste(one, "nora\nTom Tull\nsam\nrex\nTom Tull"))
    assert not RosterLine.objects.exists()
    for words in (
        "is in it at once, as <bdi>nora</bdi>",
        "has no account that is known by this: is expected",
        "is in it already, as <bdi>sam</bdi>",
        "was removed, and comes back as <bdi>rex</bdi>",
        "is here twice, and counts once",
    ):
        assert words in page
    found = re.search(r"<textarea name=\"lines\" hidden>\n(.*?)</textarea>", page, re.DOTALL)
    assert found
    keep(one, found[1])
    assert set(one.group.memberships.active().values_list("person__username", flat=True)) == {
        "ines",
        "ann",
        "sam",
        "nora",
        "rex",
    }
    waiting = RosterLine.objects.get(person=None)
    assert str(waiting) == "Tom Tull"
    assert "Tom Tull" in content(one.browser("assistant").get(f"/classes/{one.group.pk}/roster/"))


def test_bad_lines_are_told_and_nothing_is_kept_or_lost(one: Taught) -> None:
    for more in ({}, {"keep": "1"}):
        response = paste(one, f"Tom Tull\nnora@\n{HOSTILE}", **more)
        page = content(response)
        assert response.status_code == 422
        assert "Line 2, “<bdi>nora@</bdi>”: This is no e-mail address." in page
        assert f"Tom Tull\nnora@\n{HOSTILE.replace('<', '&lt;').replace('>', '&gt;')}</textarea>" in page
        assert not RosterLine.objects.exists()


def test_whoever_is_known_by_username_in_whatever_letters_is_in(one: Taught) -> None:
    make.user("nora")
    keep(one, "NORA")
    assert Membership.objects.active().get(person__username="nora").role == ClassRole.STUDENT
    assert RosterLine.objects.get().person == User.objects.get(username="nora")


@pytest.mark.usefixtures("mail")
def test_an_address_counts_once_it_is_proved(one: Taught) -> None:
    nora = proved(make.user("nora"), "Nora@example.org")
    eve = proved(make.user("eve"), "tom@example.org", verified=False)
    keep(one, "Nora Nield <nora@example.org>\nTom Tull <tom@example.org>")
    assert Membership.objects.active().filter(person=nora).exists()
    # Anybody can type somebody else's address.
    assert not Membership.objects.active().filter(person=eve).exists()
    come(one, eve)
    assert RosterLine.objects.get(address="tom@example.org").person is None
    EmailAddress.objects.update(verified=True)
    keep(one, "tom@example.org")
    assert RosterLine.objects.get(address="tom@example.org").person == eve


def test_an_address_that_the_staff_wrote_down_counts(one: Taught) -> None:
    nora = make.user("nora")
    User.objects.filter(pk=nora.pk).update(email="nora@example.org")
    keep(one, "nora@example.org")
    assert Membership.objects.active().filter(person=nora).exists()


def test_an_address_of_two_says_nothing(one: Taught) -> None:
    for name in ("nora", "nina"):
        User.objects.filter(pk=make.user(name).pk).update(email="n@example.org")
    keep(one, "n@example.org")
    assert RosterLine.objects.get().person is None


def test_an_account_that_is_switched_off_is_not_let_in(one: Taught) -> None:
    User.objects.filter(pk=make.user("nora").pk).update(is_active=False)
    keep(one, "nora")
    assert RosterLine.objects.get().person is None


@pytest.mark.parametrize("known_by", ["username", "name", "address"])
def test_who_waits_is_ticked_when_they_join(one: Taught, known_by: str) -> None:
    keep(one, "nora\nNora Nield\nNora <n@example.org>\nTom Tull")
    facts = {
        "username": {"username": "nora"},
        "name": {"username": "nn", "first_name": "Nora", "last_name": "Nield"},
        "address": {"username": "nn", "email": "N@example.org"},
    }[known_by]
    nora = User.objects.create_user(**facts)
    come(one, nora)
    expected = {"username": "nora", "name": "nora nield", "address": "n@example.org"}[known_by]
    assert [line.key for line in RosterLine.objects.filter(person=nora)] == [expected]
    assert RosterLine.objects.filter(person=None).count() == 3


def test_a_line_of_another_class_is_not_ticked(one: Taught) -> None:
    from tests.people.classes import begun

    other = begun(by=one.people["instructor"])
    RosterLine.objects.create(group=other, name="nora", key="nora")
    come(one, make.user("nora"))
    assert RosterLine.objects.get().person is None


def test_whoever_left_by_themselves_is_not_put_back(one: Taught) -> None:
    one.browser("student").post(f"/classes/{one.group.pk}/leave/", {"written": "named"})
    assert "has left by themselves as <bdi>sam</bdi>" in content(paste(one, "sam"))
    keep(one, "sam")
    assert not Membership.objects.active().filter(person=one.people["student"]).exists()
    come(one, one.people["student"])
    assert RosterLine.objects.get().person == one.people["student"]


def test_whoever_was_removed_long_ago_comes_back_by_the_roster(one: Taught) -> None:
    Membership.objects.filter(person=one.people["removed"]).update(
        joined_at=timezone.now() - timedelta(days=90), removed_at=timezone.now() - timedelta(days=60)
    )
    keep(one, "rex")
    assert one.browser("removed").get(f"/classes/{one.group.pk}/").status_code == 200


def test_the_roster_makes_nobody_less_than_they_are(one: Taught) -> None:
    keep(one, "ann\nines")
    assert one.membership("assistant").role == ClassRole.ASSISTANT
    assert one.membership("instructor").role == ClassRole.INSTRUCTOR


def test_an_instructor_says_who_somebody_is(one: Taught) -> None:
    keep(one, "Samuel Tull")
    line = RosterLine.objects.get()
    client, page = one.browser("instructor"), f"/classes/{one.group.pk}/roster/{line.pk}/match/"
    for name in ("charlie", "nobody", HOSTILE):
        response = client.post(page, {"username": name})
        assert response.status_code == 422
        assert "Nobody in it has the username" in content(response)
    assert client.post(page, {"username": " SAM "}).status_code == 302
    assert RosterLine.objects.filter(person=one.people["student"]).exists()
    client.post(page, {"username": ""})
    assert RosterLine.objects.filter(person=None).exists()
    client.post(page.replace("match", "remove"))
    assert not RosterLine.objects.exists()


def test_whoever_has_gone_is_not_shown_as_being_here(one: Taught) -> None:
    keep(one, "sam")
    one.browser("instructor").post(
        f"/classes/{one.group.pk}/members/{one.membership('student').pk}/remove/", {"written": "named"}
    )
    page = content(one.browser("instructor").get(f"/classes/{one.group.pk}/roster/"))
    assert "Expected" in page


def test_an_account_that_is_deleted_leaves_no_line(one: Taught) -> None:
    keep(one, "sam")
    one.browser("student").post("/account/delete/", {"password": "sesame"})
    assert not RosterLine.objects.exists()


def test_five_hundred_lines_ask_as_little_as_five(one: Taught, django_assert_max_num_queries: Any) -> None:
    rows = "\n".join(f"student{number}@example.org" for number in range(500))
    client, page = one.browser("instructor"), f"/classes/{one.group.pk}/roster/"
    with django_assert_max_num_queries(15):
        client.post(page, {"lines": rows})
    with django_assert_max_num_queries(25):
        client.post(page, {"lines": rows, "keep": "1"})
    assert RosterLine.objects.count() == 500


def test_no_mail_is_sent(one: Taught, mailoutbox: list[Any]) -> None:
    keep(one, "Tom Tull <tom@example.org>")
    assert mailoutbox == []
