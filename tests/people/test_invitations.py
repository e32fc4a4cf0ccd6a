"""Somebody is invited into a class, by a link or by a code on the board."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reader.people import classes, invitations
from reader.people.class_models import ClassRole, Invitation, Membership
from reader.people.models import User
from reader.people.quiet import HideSecrets
from tests import make
from tests.people.classes import Taught, invited, taught
from tests.people.visits import content, sign_in, sign_up, signed_in

pytestmark = pytest.mark.django_db

NOT_VALID = "This invitation is not valid any more"


@pytest.fixture
def one() -> Taught:
    """A class with one of each."""
    return taught()


def tomorrow() -> str:
    """A day that has not come yet, wherever the class is."""
    return f"{timezone.now() + timedelta(days=2):%Y-%m-%d}"


def form(**more: str) -> dict[str, str]:
    """What is typed to invite students by a link."""
    return {"form": "link", "role": "student", "until": tomorrow(), "uses": "3", **more}


def make_one(taught: Taught, who: str = "instructor", **more: str) -> tuple[int, str]:
    """The status of the answer to that form, and the secret in it."""
    page = f"/classes/{taught.group.pk}/invitations/"
    response = taught.browser(who).post(page, form(**more))
    found = re.search(r'/join/([\w-]{20,})/"|class-code">([A-Z0-9-]+)<', content(response))
    return response.status_code, (found[1] or found[2]) if found else ""


def test_a_link_leads_a_stranger_to_the_question_and_into_the_class(one: Taught) -> None:
    status, token = make_one(one)
    assert status == 201
    client = one.browser("stranger")
    response = client.get(f"/join/{token}/")
    assert response["Location"] == "/join/class/"
    page = content(client.get("/join/class/"))
    assert "Join <bdi>On Tides</bdi>?" in page
    assert "<bdi>ines</bdi> invites you to" in page
    assert "a student in it" in page
    assert not Membership.objects.active().filter(person=one.people["stranger"]).exists()
    response = client.post("/join/class/")
    assert response["Location"] == f"/classes/{one.group.pk}/"
    assert one.membership("stranger").role == ClassRole.STUDENT
    assert Invitation.objects.get().used == 1


def test_a_code_is_typed_as_it_comes(one: Taught) -> None:
    status, code = make_one(one, form="code")
    assert status == 201
    assert re.fullmatch(r"[BCDFGHJKMNPQRTVWXZ346789]{4}-[BCDFGHJKMNPQRTVWXZ346789]{4}", code)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        client = signed_in(make.user(f"u{User.objects.count()}"))
        assert client.post("/join/", {"code": typed})["Location"] == "/join/class/"


def test_whoever_has_no_account_makes_one_on_the_way(one: Taught) -> None:
    _, token = invited(one.group)
    client = Client()
    client.get(f"/join/{token}/")
    page = content(client.get("/join/class/"))
    assert "/sign-up/?next=/join/class/" in page
    assert sign_up(client, "nora", next="/join/class/")["Location"] == "/join/class/"
    client.post("/join/class/")
    assert Membership.objects.active().filter(person__username="nora").exists()


def test_whoever_signs_in_on_the_way_lands_on_the_question(one: Taught) -> None:
    _, token = invited(one.group)
    make.user("nora")
    client = Client()
    client.get(f"/join/{token}/")
    assert client.post("/join/class/")["Location"] == "/sign-in/?next=/join/class/"
    assert sign_in(client, "nora", next="/join/class/")["Location"] == "/join/class/"
    assert "Join <bdi>On Tides</bdi>?" in content(client.get("/join/class/"))


def gone(one: Taught, how: str) -> str:
    """The secret of a link that does not open any more, or never did."""
    made, token = invited(one.group, uses=1)
    kept = Invitation.objects.filter(pk=made.pk)
    if how == "expired":
        kept.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "used up":
        kept.update(used=1)
    elif how == "revoked":
        invitations.revoke(invitation=made)
    elif how == "archived":
        classes.archive(group=one.group)
    return {"guessed": "A" * 32, "cut": token[:-1], "long": token * 50}.get(how, token)


@pytest.mark.parametrize("how", ["expired", "used up", "revoked", "archived", "guessed", "cut", "long"])
def test_what_does_not_open_says_always_the_same(one: Taught, how: str) -> None:
    token = gone(one, how)
    client = one.browser("stranger")
    pages = []
    for ask in (client.get, client.post):
        client.get(f"/join/{token}/")
        response = ask("/join/class/")
        assert response.status_code == 404
        pages.append(content(response))
    assert NOT_VALID in pages[0]
    assert "On Tides" not in pages[0]
    assert "ines" not in pages[0]
    assert not Membership.objects.active().filter(person=one.people["stranger"]).exists()


def test_all_that_does_not_open_gives_the_very_same_page(one: Taught) -> None:
    client = one.browser("stranger")
    pages = set()
    for how in ("expired", "revoked", "guessed", "used up"):
        client.get(f"/join/{gone(one, how)}/")
        page = content(client.get("/join/class/"))
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    client.post("/join/", {"code": "BCDF-GHJK"})
    assert len(pages) == 1


def test_a_removed_member_comes_in_by_no_invitation(one: Taught) -> None:
    _, token = invited(one.group)
    client = one.browser("removed")
    client.get(f"/join/{token}/")
    for ask in (client.get, client.post):
        client.get(f"/join/{token}/")
        response = ask("/join/class/")
        assert response.status_code == 404
        assert NOT_VALID in content(response)


def test_whoever_is_in_already_is_told_so_and_takes_no_place(one: Taught) -> None:
    made, token = invited(one.group, uses=1)
    client = one.browser("student")
    for _ in range(2):
        client.get(f"/join/{token}/")
        response = client.get("/join/class/", follow=True)
        assert "You are in “On Tides” already." in content(response)
        invitations.revoke(invitation=made)
    assert Invitation.objects.get().used == 0
    client.get(f"/join/{token}/")
    assert "already" in content(client.post("/join/class/", follow=True))


def test_an_invitation_makes_nobody_more_than_they_are(one: Taught) -> None:
    _, token = invited(one.group, role=ClassRole.INSTRUCTOR)
    client = one.browser("student")
    client.get(f"/join/{token}/")
    client.post("/join/class/")
    assert one.membership("student").role == ClassRole.STUDENT


def test_a_form_that_is_sent_twice_joins_once(one: Taught) -> None:
    _, token = invited(one.group)
    client = one.browser("stranger")
    client.get(f"/join/{token}/")
    client.post("/join/class/")
    assert client.post("/join/class/")["Location"] == "/classes/"
    assert Invitation.objects.get().used == 1
    assert Membership.objects.active().filter(person=one.people["stranger"]).count() == 1


def test_whoever_left_comes_back_by_an_invitation(one: Taught) -> None:
    _, token = invited(one.group)
    client = one.browser("student")
    client.post(f"/classes/{one.group.pk}/leave/", {"written": "named"})
    assert client.get(f"/classes/{one.group.pk}/").status_code == 404
    client.get(f"/join/{token}/")
    client.post("/join/class/")
    assert client.get(f"/classes/{one.group.pk}/").status_code == 200
    assert Membership.objects.filter(person=one.people["student"]).count() == 2


def test_only_the_answer_that_makes_it_knows_the_secret(one: Taught) -> None:
    for way in ("link", "code"):
        _, secret = make_one(one, form=way)
        assert secret
        assert secret not in content(one.browser("instructor").get(f"/classes/{one.group.pk}/invitations/"))
        row = Invitation.objects.values().first()
        assert row
        assert secret not in str(row)
        assert len(row["digest"]) == 64


def test_the_secret_is_in_no_session_log_or_referer(one: Taught, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    _, token = invited(one.group, uses=1)
    for path in (f"/join/{token}/", f"/join/{token}", f"/join/{token}x", f"/join/{token}/?a=b"):
        client = Client(enforce_csrf_checks=True)
        for send in (client.get, client.head, client.post, client.put, client.delete):
            response = send(path)
            assert response["Location"] == "/join/class/"
            assert response["Referrer-Policy"] == "no-referrer"
            assert "no-store" in response["Cache-Control"]
            assert token not in content(response)
        assert token not in str(dict(client.session))
        assert token not in content(client.get("/join/class/"))
    assert token not in caplog.text


def test_what_a_server_would_log_of_an_address_has_no_secret_in_it() -> None:
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, '"%(m)s %(U)s" %(s)s', None, None)
    record.args = {"m": "GET", "U": "/join/c2VjcmV0LXRva2Vu?a=b", "s": 302}
    assert HideSecrets().filter(record)
    assert record.getMessage() == '"GET /join/…?a=b" 302'
    for name in ("gunicorn.access", "django.server"):
        assert any(isinstance(one, HideSecrets) for one in logging.getLogger(name).filters)


@pytest.mark.parametrize(
    "wrong",
    [
        {"uses": "0"},
        {"uses": "1001"},
        {"uses": "-1"},
        {"uses": "many"},
        {"until": "2020-01-01"},
        {"until": "9999-12-31"},
        {"until": "someday"},
        {"role": "staff"},
        {"role": "analyst"},
        {"role": ""},
        {"form": "pigeon"},
        {"form": "code", "role": "instructor"},
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(one: Taught, wrong: dict[str, str]) -> None:
    assert make_one(one, **wrong) == (422, "")
    assert not Invitation.objects.exists()


def test_assistants_invite_students_and_revoke_such_invitations_alone(one: Taught) -> None:
    assert make_one(one, "assistant")[0] == 201
    assert make_one(one, "assistant", role="assistant")[0] == 422
    assert make_one(one, "assistant", role="instructor")[0] == 422
    student = Invitation.objects.get()
    instructor, _ = invited(one.group, role=ClassRole.INSTRUCTOR)
    client, page = one.browser("assistant"), f"/classes/{one.group.pk}/invitations/"
    assert client.post(f"{page}{instructor.pk}/revoke/").status_code == 404
    assert client.post(f"{page}{student.pk}/revoke/").status_code == 302
    assert Invitation.objects.get(revoked_at__isnull=True) == instructor


def test_an_invitation_of_another_class_is_not_revoked_from_here(one: Taught) -> None:
    other = classes.make(kind="class", name="Other", time_zone="UTC", by=make.user("otto"))
    theirs, _ = invited(other)
    path = f"/classes/{one.group.pk}/invitations/{theirs.pk}/revoke/"
    assert one.browser("instructor").post(path).status_code == 404
    assert Invitation.objects.live().exists()


def test_the_last_day_is_a_day_of_the_class(one: Taught) -> None:
    made, _ = invited(one.group)
    # Midnight in Berlin, where the class is, after the tenth.
    Invitation.objects.update(expires_at=datetime(2026, 12, 10, 23, tzinfo=UTC))
    made.refresh_from_db()
    assert f"{made.last_day}" == "2026-12-10"
    make_one(one, until=tomorrow())
    assert f"{Invitation.objects.latest('pk').last_day}" == tomorrow()


@pytest.mark.parametrize("act", ["remove", "leave", "demote", "delete"])
def test_invitations_of_whom_is_no_longer_trusted_open_no_more(one: Taught, act: str) -> None:
    zoe = make.user("zoe")
    membership = Membership.objects.create(group=one.group, person=zoe, role=ClassRole.INSTRUCTOR)
    _, by_zoe = invited(one.group, by=zoe, role=ClassRole.INSTRUCTOR)
    _, by_ines = invited(one.group)
    page = f"/classes/{one.group.pk}/members/{membership.pk}/"
    if act == "remove":
        one.browser("instructor").post(f"{page}remove/", {"written": "named"})
    elif act == "demote":
        one.browser("instructor").post(f"{page}role/", {"role": "assistant"})
    elif act == "leave":
        signed_in(zoe).post(f"/classes/{one.group.pk}/leave/", {"written": "named"})
    else:
        signed_in(zoe).post("/account/delete/", {"password": "sesame"})
    client = one.browser("stranger")
    client.get(f"/join/{by_zoe}/")
    assert client.get("/join/class/").status_code == 404
    client.get(f"/join/{by_ines}/")
    assert client.get("/join/class/").status_code == 200
