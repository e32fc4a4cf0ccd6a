"""Many people in the same moment, each on a connection of their own: no error, and the numbers are right."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from reader.people import limits, memberships
from reader.people.class_models import Class, ClassRole, Invitation, Membership, Tries, Written
from reader.people.invitations import NotInvited, digest_of_token
from reader.people.models import Role, User
from tests import make
from tests.library.test_concurrency import at_once
from tests.people.classes import begun, enrolled, invited
from tests.people.visits import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 30
STUDENTS = 60


@pytest.fixture(autouse=True)
def no_attempts_yet(transactional_db: None) -> None:
    """The cache's table is none of Django's models, so that no test empties it."""
    cache.clear()


@pytest.fixture
def group() -> Class:
    """A class."""
    return begun(by=make.user("ines", role=Role.INSTRUCTOR))


def students(count: int) -> list[User]:
    """People with accounts."""
    return User.objects.bulk_create(User(username=f"student{number}") for number in range(count))


def joining(people: list[User], token: str) -> Callable[[], list[str]]:
    """The act of some people, one after the other, who open a link and join, or hear that it is too late."""
    clients = [signed_in(person) for person in people]

    def act() -> list[str]:
        results = []
        for client in clients:
            client.get(f"/join/{token}/")
            if client.get("/join/class/").status_code == 200:
                answer = client.post("/join/class/")
                results.append("in" if answer.status_code == 302 else f"{answer.status_code}")
            else:
                results.append("404")
        return results

    return act


def test_sixty_students_join_at_once(group: Class) -> None:
    _, token = invited(group, uses=STUDENTS)
    people = students(STUDENTS)
    acts = [joining(people[start::THREADS], token) for start in range(THREADS)]
    statuses = Counter(status for each in at_once(*acts) for status in each)
    assert statuses == {"in": STUDENTS}
    assert Membership.objects.active().filter(group=group).count() == STUDENTS + 1
    assert Invitation.objects.get().used == STUDENTS


def test_of_forty_who_want_ten_places_ten_get_one(group: Class) -> None:
    _, token = invited(group, uses=10)
    acts = [joining([person], token) for person in students(40)]
    statuses = Counter(status for each in at_once(*acts) for status in each)
    assert statuses == {"in": 10, "404": 30}
    assert Membership.objects.active().filter(group=group, role=ClassRole.STUDENT).count() == 10
    assert Invitation.objects.get().used == 10


def test_of_those_who_pass_the_question_no_more_come_in_than_there_are_places(group: Class) -> None:
    """Past the page that looks first: the place itself is taken by one statement."""
    _, token = invited(group, uses=3)
    digest = digest_of_token(token)

    def act(person: User) -> Callable[[], bool]:
        def come() -> bool:
            try:
                return memberships.join(person=person, digest=digest)[1]
            except NotInvited:
                return False

        return come

    assert sum(at_once(*[act(person) for person in students(20)])) == 3
    assert Invitation.objects.get().used == 3


def test_one_person_in_many_windows_joins_once(group: Class) -> None:
    _, token = invited(group, uses=20)
    (person,) = students(1)
    digest = digest_of_token(token)
    acts: list[Callable[[], Any]] = [lambda: memberships.join(person=person, digest=digest)] * 8
    assert sum(is_new for _, is_new in at_once(*acts)) == 1
    assert Membership.objects.filter(person=person).count() == 1
    assert Invitation.objects.get().used == 1


@pytest.mark.parametrize("way", ["leave", "remove", "demote"])
def test_two_who_lead_cannot_both_go_in_the_same_moment(group: Class, way: str) -> None:
    ines = Membership.objects.get(group=group)
    zoe = enrolled(group, make.user("zoe"), ClassRole.INSTRUCTOR)

    def going(mine: Membership, other: Membership) -> Callable[[], bool]:
        def go() -> bool:
            try:
                if way == "leave":
                    memberships.leave(membership=mine, choice=Written.NAMED)
                elif way == "remove":
                    memberships.remove(membership=other, by=mine.person, choice=Written.NAMED)
                else:
                    memberships.change_role(membership=mine, role=ClassRole.STUDENT)
            except memberships.Stuck:
                return False
            return True

        return go

    assert sorted(at_once(going(ines, zoe), going(zoe, ines))) == [False, True]
    assert Membership.objects.leading().filter(group=group).count() == 1


def test_guesses_in_many_processes_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 12)
    until = limits._until()
    monkeypatch.setattr(limits, "_until", lambda: until)

    def guessing() -> list[int]:
        return [Client().post("/join/", {"code": "BCDF-GHJK"}).status_code for _ in range(4)]

    statuses = Counter(status for each in at_once(*[guessing] * 8) for status in each)
    assert statuses[404] == 12
    assert statuses[404] + statuses[429] == 32
    assert Tries.objects.count() == 1


def test_a_roster_that_two_paste_at_once_is_there_once(group: Class) -> None:
    ines = signed_in(User.objects.get(username="ines"))
    make.user("sam")
    sent = {"lines": "sam\nTom Tull\nnora@example.org", "keep": "1"}
    path = f"/classes/{group.pk}/roster/"
    acts: list[Callable[[], int]] = [lambda: ines.post(path, sent).status_code] * 4
    assert at_once(*acts) == [302] * 4
    assert group.roster.count() == 3
    assert Membership.objects.active().filter(group=group).count() == 2
