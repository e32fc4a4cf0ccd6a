"""Somebody begins a class, and looks at it."""

from typing import Any

import pytest
from django.test import Client

from reader.people.class_models import Class, ClassRole, Membership
from reader.people.models import Role
from tests import make
from tests.people.classes import begun, enrolled, taught
from tests.people.visits import content, signed_in

pytestmark = pytest.mark.django_db

CLASS = {"kind": "class", "name": "On Tides", "time_zone": "Europe/Berlin"}


def test_an_instructor_begins_a_class_and_leads_it() -> None:
    ines = make.user("ines", role=Role.INSTRUCTOR)
    client = signed_in(ines)
    assert "Begin a class" in content(client.get("/classes/"))
    response = client.post("/classes/new/", CLASS)
    group = Class.objects.get()
    assert response["Location"] == f"/classes/{group.pk}/invitations/"
    assert (group.name, group.kind, group.time_zone) == ("On Tides", "class", "Europe/Berlin")
    assert Membership.objects.get().role == ClassRole.INSTRUCTOR
    assert "On Tides" in content(client.get("/classes/"))
    assert client.get(f"/classes/{group.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("role", "staff", "kinds"),
    [
        (Role.STUDENT, False, []),
        (Role.ANALYST, False, ["team"]),
        (Role.INSTRUCTOR, False, ["class"]),
        (Role.STUDENT, True, ["class", "team"]),
    ],
)
def test_who_begins_what(role: Role, staff: bool, kinds: list[str]) -> None:
    client = signed_in(make.user("dora", role=role, staff=staff))
    assert client.get("/classes/new/").status_code == (200 if kinds else 403)
    for kind in ("class", "team"):
        status = client.post("/classes/new/", CLASS | {"kind": kind}).status_code
        assert status == (302 if kind in kinds else 422 if kinds else 403)
    assert sorted(Class.objects.values_list("kind", flat=True)) == kinds


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "\u200b—"},
        {"name": "x" * 121},
        {"time_zone": "Middle/Earth"},
        {"time_zone": "../../etc/passwd"},
        {"kind": "club"},
    ],
)
def test_a_class_that_makes_no_sense_is_refused_with_what_was_typed(wrong: dict[str, str]) -> None:
    client = signed_in(make.user("ines", role=Role.INSTRUCTOR))
    response = client.post("/classes/new/", CLASS | wrong)
    assert response.status_code == 422
    assert "errorlist" in content(response)
    assert not Class.objects.exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"role": Role.INSTRUCTOR}, "Begin one for a course"),
        ({"role": Role.ANALYST}, "A team is where analysts"),
        ({"role": Role.STUDENT}, "writes a code on the board"),
    ],
)
def test_the_empty_page_says_what_to_do_by_role(facts: dict[str, Any], words: str) -> None:
    page = content(signed_in(make.user("dora", **facts)).get("/classes/"))
    assert "You are in no class yet." in page
    assert words in page


def test_the_way_to_the_classes_stands_on_each_page_of_who_has_an_account() -> None:
    assert 'href="/classes/"' in content(signed_in(make.bob()).get("/"))
    assert 'href="/classes/"' not in content(Client().get("/"))


def test_dates_are_those_of_the_classs_time_zone() -> None:
    from datetime import UTC, datetime

    ines = make.user("ines", role=Role.INSTRUCTOR)
    for zone, day in (("Pacific/Auckland", "1 January 2027"), ("America/New_York", "31 December 2026")):
        group = begun(by=ines, zone=zone)
        Class.objects.filter(pk=group.pk).update(made_at=datetime(2026, 12, 31, 12, 30, tzinfo=UTC))
        assert day in content(signed_in(ines).get(f"/classes/{group.pk}/"))


def test_a_time_zone_that_nobody_knows_any_more_breaks_no_page() -> None:
    one = taught()
    Class.objects.update(time_zone="Atlantic/Atlantis")
    for path in ("", "members/", "roster/", "invitations/", "edit/"):
        assert one.browser("instructor").get(f"/classes/{one.group.pk}/{path}").status_code == 200


def test_its_name_and_time_zone_can_be_changed() -> None:
    one = taught()
    client, page = one.browser("instructor"), f"/classes/{one.group.pk}/edit/"
    assert "On Tides" in content(client.get(page))
    client.post(page, {"name": " On   Salt ", "time_zone": "Asia/Tokyo"})
    one.group.refresh_from_db()
    assert (one.group.name, one.group.time_zone) == ("On Salt", "Asia/Tokyo")


def test_a_student_sees_who_teaches_and_not_who_learns() -> None:
    one = taught()
    enrolled(one.group, make.user("tom"))
    page = content(one.browser("student").get(f"/classes/{one.group.pk}/"))
    assert "ines" in page
    assert "ann" in page
    assert "tom" not in page
    for path in ("members/", "roster/", "invitations/", "edit/"):
        assert f'/classes/{one.group.pk}/{path}"' not in page
