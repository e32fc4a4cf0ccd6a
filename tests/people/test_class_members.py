"""Who is in a class changes: roles, leaving, removing, and taking a removal back."""

from datetime import timedelta
from typing import Any

import pytest
from django.dispatch import Signal
from django.test import Client
from django.utils import timezone

from reader.people import memberships
from reader.people.class_models import Class, ClassRole, Membership, Written
from reader.people.models import User
from reader.people.signals import left_class, returned_to_class
from tests import make
from tests.people.classes import Taught, begun, enrolled, taught
from tests.people.visits import content, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Taught:
    """A class with one of each."""
    return taught()


@pytest.fixture
def heard(request: pytest.FixtureRequest) -> list[tuple[str, str, str]]:
    """What the stages above were told: which signal, of whom, with which choice."""
    told: list[tuple[str, str, str]] = []

    def listen(name: str, signal: Signal) -> None:
        def hear(membership: Membership, choice: str, **more: Any) -> None:
            told.append((name, membership.person.username, str(choice)))

        signal.connect(hear, weak=False)
        request.addfinalizer(lambda: signal.disconnect(hear))

    listen("left", left_class)
    listen("returned", returned_to_class)
    return told


def page(one: Taught, who: str = "", verb: str = "") -> str:
    """The address of the members, or of what is done with one."""
    return f"/classes/{one.group.pk}/members/{one.membership(who).pk}/{verb}/" if who else (
        f"/classes/{one.group.pk}/members/"
    )  # fmt: skip


def send(client: Client, path: str, **sent: str) -> tuple[int, str]:
    """The status and the words of where a form leads."""
    response = client.post(path, sent, follow=True)
    return response.status_code, content(response)


def test_an_instructor_changes_a_role(one: Taught) -> None:
    client = one.browser("instructor")
    status, words = send(client, page(one, "student", "role"), role="assistant")
    assert (status, "sam: assistant now." in words) == (200, True)
    assert one.membership("student").role == ClassRole.ASSISTANT


@pytest.mark.parametrize("role", ["analyst", "owner", "", "INSTRUCTOR", "staff"])
def test_a_role_that_there_is_not_is_refused(one: Taught, role: str) -> None:
    status, words = send(one.browser("instructor"), page(one, "student", "role"), role=role)
    assert (status, "Choose one of the roles." in words) == (422, True)
    assert one.membership("student").role == ClassRole.STUDENT


@pytest.mark.parametrize("who", ["student", "assistant", "removed", "stranger"])
@pytest.mark.parametrize("whom", ["student", "assistant"])
def test_nobody_promotes_themselves_by_a_crafted_form(one: Taught, who: str, whom: str) -> None:
    before = one.membership(whom).role
    status, _ = send(one.browser(who), page(one, whom, "role"), role="instructor")
    assert status in (403, 404)
    assert one.membership(whom).role == before
    assert User.objects.get(pk=one.people[whom].pk).role == "student"


@pytest.mark.parametrize("verb", ["role", "remove"])
def test_the_last_who_leads_stays_until_somebody_else_does(one: Taught, verb: str) -> None:
    client, sent = one.browser("instructor"), {"role": "student", "written": "named"}
    status, words = send(client, page(one, "instructor", verb), **sent)
    assert (status, "keeps at least one instructor" in words) == (422, True)
    send(client, page(one, "assistant", "role"), role="instructor")
    status, _ = send(client, page(one, "instructor", verb), **sent)
    assert Membership.objects.leading().get(group=one.group).person == one.people["assistant"]


def test_the_last_who_leads_cannot_leave(one: Taught) -> None:
    path = f"/classes/{one.group.pk}/leave/"
    status, words = send(one.browser("instructor"), path, written="named")
    assert (status, "Make somebody else one first, or archive it." in words) == (422, True)


@pytest.mark.parametrize("choice", Written)
def test_whoever_leaves_chooses_what_becomes_of_what_they_wrote(
    one: Taught, heard: list[Any], choice: Written
) -> None:
    client, path = one.browser("student"), f"/classes/{one.group.pk}/leave/"
    asked = content(client.get(path))
    for offered in Written:
        assert offered.label in asked
    assert heard == []
    status, words = send(client, path, written=choice)
    assert (status, "You have left “On Tides”." in words) == (200, True)
    gone = one.membership("student")
    assert gone.left_at
    assert (gone.written, gone.removed_at) == (choice, None)
    assert heard == [("left", "sam", str(choice))]


@pytest.mark.parametrize("choice", Written)
def test_whoever_removes_somebody_chooses_too(one: Taught, heard: list[Any], choice: Written) -> None:
    client = one.browser("instructor")
    assert choice.label in content(client.get(page(one, "student", "remove")))
    send(client, page(one, "student", "remove"), written=choice)
    gone = one.membership("student")
    assert (gone.written, gone.removed_by, gone.left_at) == (choice, one.people["instructor"], None)
    assert heard == [("left", "sam", str(choice))]


@pytest.mark.parametrize("choice", ["", "burn", "NAMED"])
def test_without_a_choice_nobody_goes(one: Taught, heard: list[Any], choice: str) -> None:
    assert send(one.browser("student"), f"/classes/{one.group.pk}/leave/", written=choice)[0] == 422
    assert send(one.browser("instructor"), page(one, "student", "remove"), written=choice)[0] == 422
    assert Membership.objects.active().filter(person=one.people["student"]).exists()
    assert heard == []


def test_a_removal_is_taken_back_for_thirty_days(one: Taught, heard: list[Any]) -> None:
    client = one.browser("instructor")
    restore = page(one, "removed", "restore")
    assert "rex" in content(client.get(page(one)))
    back = one.membership("removed")
    Membership.objects.filter(pk=back.pk).update(removed_at=timezone.now() - timedelta(days=31))
    assert "rex" not in content(client.get(page(one)))
    assert client.post(restore).status_code == 404
    Membership.objects.filter(pk=back.pk).update(removed_at=timezone.now() - timedelta(days=29))
    status, words = send(client, restore)
    assert (status, "rex is back." in words) == (200, True)
    back.refresh_from_db()
    assert (back.removed_at, back.removed_by, back.written, back.role) == (None, None, "", "student")
    assert heard == [("returned", "rex", "named")]
    assert one.browser("removed").get(f"/classes/{one.group.pk}/").status_code == 200
    assert client.post(restore).status_code == 404


def test_whoever_left_by_themselves_is_not_brought_back_over_their_head(one: Taught) -> None:
    send(one.browser("student"), f"/classes/{one.group.pk}/leave/", written="named")
    client = one.browser("instructor")
    assert client.post(page(one, "student", "restore")).status_code == 404
    assert "sam" not in content(client.get(page(one)))


def test_whoever_takes_themselves_out_is_not_sent_to_a_page_that_they_may_not_see(one: Taught) -> None:
    client = one.browser("instructor")
    send(client, page(one, "assistant", "role"), role="instructor")
    status, words = send(client, page(one, "instructor", "remove"), written="named")
    assert (status, "ines is out of “On Tides”." in words) == (200, True)


def test_members_are_found_by_words_of_their_names(one: Taught) -> None:
    User.objects.filter(username="sam").update(first_name="Samuel", last_name="Tull")
    client = one.browser("assistant")
    for words, found in (("tull", ["Samuel Tull"]), ("AN", ["ann"]), ("sam el", ["Samuel Tull"]), ("x", [])):
        part = content(client.get(page(one), {"q": words}, headers={"HX-Request": "true"}))
        assert "<html" not in part
        names = [name for name in ("ines", "ann", "Samuel Tull") if f"<bdi>{name}</bdi>" in part]
        assert names == found
    assert "Nobody in it has such a name." in content(client.get(page(one), {"q": "x"}))


@pytest.mark.parametrize("path", ["", "members/", "roster/", "invitations/"])
def test_a_page_asks_no_more_of_a_class_of_three_hundred(
    one: Taught, path: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client, address = one.browser("instructor"), f"/classes/{one.group.pk}/{path}"
    with django_assert_max_num_queries(15) as few:
        client.get(address)
    people = User.objects.bulk_create(User(username=f"student{number}") for number in range(300))
    Membership.objects.bulk_create(
        Membership(group=one.group, person=person, role=ClassRole.STUDENT) for person in people
    )
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(address)


def test_many_members_are_shown_by_pages(one: Taught) -> None:
    people = User.objects.bulk_create(User(username=f"student{number:03}") for number in range(120))
    Membership.objects.bulk_create(
        Membership(group=one.group, person=person, role=ClassRole.STUDENT) for person in people
    )
    client = one.browser("instructor")
    first, second = (content(client.get(page(one), {"page": number})) for number in "12")
    assert "student000" in first
    assert "student119" not in first
    assert "student119" in second
    assert client.get(page(one), {"page": "x"}).status_code == 200


def test_two_memberships_of_one_person_at_once_cannot_be() -> None:
    group, sam = begun(by=make.user("ines")), make.user("sam")
    assert enrolled(group, sam) == enrolled(group, sam)
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(group=group, person=sam, role=ClassRole.STUDENT)


def test_somebody_else_who_acted_first_is_told(one: Taught) -> None:
    membership = one.membership("student")
    memberships.leave(membership=one.membership("student"), choice=Written.TAKEN)
    with pytest.raises(memberships.Stuck, match="not in it any more"):
        memberships.remove(membership=membership, by=one.people["instructor"], choice=Written.NAMED)
    assert one.membership("student").written == Written.TAKEN


def test_the_staff_may_help_a_class_that_they_are_not_in(one: Taught) -> None:
    client = one.browser("staff")
    assert "You are not in it, and may change it." in content(client.get(f"/classes/{one.group.pk}/"))
    assert "On Tides" in content(client.get("/classes/"))
    send(client, page(one, "student", "role"), role="instructor")
    assert one.membership("student").role == ClassRole.INSTRUCTOR
    assert not Class.objects.of(one.people["staff"]).exists()


def test_a_stranger_learns_of_no_class(one: Taught) -> None:
    words = content(signed_in(one.people["stranger"]).get("/classes/"))
    assert "On Tides" not in words
