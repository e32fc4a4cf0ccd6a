"""A class ends and goes on: archived, brought back, copied, or left by who deletes the account."""

from typing import Any

import pytest

from reader.people import classes
from reader.people.class_models import Class, ClassRole, Invitation, Kind, Membership, RosterLine
from reader.people.models import Role, User
from reader.people.signals import class_copied
from tests import make
from tests.people.classes import Taught, begun, enrolled, invited, taught
from tests.people.visits import content, signed_in

pytestmark = pytest.mark.django_db

COPY = {"name": "On Tides, spring", "time_zone": "Asia/Tokyo"}


@pytest.fixture
def one() -> Taught:
    """A class with one of each."""
    return taught()


def roles(group: Class) -> dict[str, str]:
    """Who is in it as what."""
    return dict(group.memberships.active().values_list("person__username", "role"))


def test_an_archived_class_is_out_of_the_way_and_comes_back(one: Taught) -> None:
    client = one.browser("instructor")
    page = content(client.post(f"/classes/{one.group.pk}/archive/", follow=True))
    assert "It stays readable; nobody joins any more." in page
    assert "Bring it back" in page
    assert "Archived" in content(one.browser("student").get("/classes/"))
    page = content(client.post(f"/classes/{one.group.pk}/reopen/", follow=True))
    assert "Archive it" in page
    assert Class.objects.get().archived_at is None


def test_whoever_wants_to_may_leave_an_archived_class(one: Taught) -> None:
    classes.archive(group=one.group)
    one.browser("student").post(f"/classes/{one.group.pk}/leave/", {"written": "named"})
    assert one.membership("student").left_at


def test_an_invitation_opens_again_with_the_class(one: Taught) -> None:
    _, token = invited(one.group)
    client = one.browser("stranger")
    for close, status in ((True, 404), (False, 200)):
        (classes.archive if close else classes.reopen)(group=one.group)
        client.get(f"/join/{token}/")
        assert client.get("/join/class/").status_code == status


def test_a_copy_has_who_teaches_and_nothing_of_the_students(one: Taught) -> None:
    invited(one.group)
    RosterLine.objects.create(group=one.group, name="Tom", key="tom")
    told: list[tuple[Class, Class, dict[str, str]]] = []

    def hear(source: Class, copy: Class, **more: Any) -> None:
        told.append((source, copy, roles(copy)))

    class_copied.connect(hear)
    client = one.browser("instructor")
    assert 'value="On Tides"' in content(client.get(f"/classes/{one.group.pk}/copy/"))
    response = client.post(f"/classes/{one.group.pk}/copy/", COPY)
    class_copied.disconnect(hear)
    made = Class.objects.latest("pk")
    assert response["Location"] == made.get_absolute_url()
    assert (made.name, made.time_zone, made.kind) == (COPY["name"], COPY["time_zone"], "class")
    assert roles(made) == {"ines": "instructor", "ann": "assistant"}
    assert not Invitation.objects.filter(group=made).exists()
    assert not RosterLine.objects.filter(group=made).exists()
    assert told == [(one.group, made, roles(made))]
    assert set(roles(one.group)) == {"ines", "ann", "sam"}


def test_an_archived_class_is_copied_too(one: Taught) -> None:
    classes.archive(group=one.group)
    one.browser("instructor").post(f"/classes/{one.group.pk}/copy/", COPY)
    assert Class.objects.latest("pk").archived_at is None


def test_a_copy_is_begun_by_who_may_begin_a_class(one: Taught) -> None:
    """Zoe leads this class, but is no instructor in the library."""
    zoe = make.user("zoe", role=Role.ANALYST)
    enrolled(one.group, zoe, ClassRole.INSTRUCTOR)
    client, path = signed_in(zoe), f"/classes/{one.group.pk}/copy/"
    assert path not in content(client.get(f"/classes/{one.group.pk}/"))
    assert client.post(path, COPY).status_code == 403
    assert Class.objects.count() == 1


def test_what_the_staff_copies_is_led_by_who_led_it(one: Taught) -> None:
    one.browser("staff").post(f"/classes/{one.group.pk}/copy/", COPY)
    assert roles(Class.objects.latest("pk")) == {"ines": "instructor", "ann": "assistant"}


def test_a_copy_of_a_class_that_nobody_leads_any_more_is_led_by_who_makes_it(one: Taught) -> None:
    Membership.objects.filter(group=one.group).exclude(role=ClassRole.STUDENT).delete()
    one.browser("staff").post(f"/classes/{one.group.pk}/copy/", COPY)
    assert roles(Class.objects.latest("pk")) == {"alice": "instructor"}


def delete(user: User) -> str:
    """Delete the account; what the page said beforehand."""
    client = signed_in(user)
    page = content(client.get("/account/delete/"))
    client.post("/account/delete/", {"password": "sesame"})
    assert not User.objects.filter(pk=user.pk).exists()
    return page


def test_a_class_goes_to_its_assistant_when_who_led_it_deletes_the_account(one: Taught) -> None:
    enrolled(one.group, make.user("bea"), ClassRole.ASSISTANT)
    page = delete(one.people["instructor"])
    assert "The class “On Tides”, which you lead alone, goes to its assistant ann." in page
    assert roles(one.group) == {"ann": "instructor", "bea": "assistant", "sam": "student"}
    assert Class.objects.get().archived_at is None


def test_without_an_assistant_it_is_archived(one: Taught) -> None:
    Membership.objects.filter(role=ClassRole.ASSISTANT).delete()
    page = delete(one.people["instructor"])
    assert "is archived: its members can still read it. Else make somebody instructor of it first." in page
    assert Class.objects.get().archived_at
    assert one.browser("student").get(f"/classes/{one.group.pk}/").status_code == 200


def test_with_another_who_leads_it_goes_on(one: Taught) -> None:
    enrolled(one.group, make.user("zoe"), ClassRole.INSTRUCTOR)
    page = delete(one.people["instructor"])
    assert "You leave 1 class or team." in page
    assert "On Tides" not in page
    assert roles(one.group) == {"zoe": "instructor", "ann": "assistant", "sam": "student"}


def test_a_team_whose_analyst_leaves_is_archived_not_given_to_a_student() -> None:
    dora = make.user("dora", role=Role.ANALYST)
    team = begun(by=dora, name="Coders", kind=Kind.TEAM)
    enrolled(team, make.user("sam"))
    assert "The team “Coders”, which you lead alone, is archived" in delete(dora)
    assert Class.objects.get().archived_at
    assert roles(team) == {"sam": "student"}


def test_a_student_leaves_all_classes_with_the_account(one: Taught) -> None:
    assert "You leave 1 class or team." in delete(one.people["student"])
    assert "sam" not in roles(one.group)


def test_an_archived_class_stays_archived_and_is_told_of_once(one: Taught) -> None:
    Membership.objects.filter(role=ClassRole.ASSISTANT).delete()
    classes.archive(group=one.group)
    when = Class.objects.get().archived_at
    page = delete(one.people["instructor"])
    assert page.count("On Tides") == 1
    assert Class.objects.get().archived_at == when
