"""Who may open and do what with a class: every address, for everybody whom it may meet."""

from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.urls import resolve

from reader.people import class_urls, classes
from reader.people.class_access import standing
from reader.people.class_models import Class, ClassRole, Invitation, Kind, Membership, RosterLine
from reader.people.models import Role
from tests import make
from tests.people.classes import PEOPLE, Taught, begun, enrolled, invited, taught

pytestmark = pytest.mark.django_db


class Rule(NamedTuple):
    """An address and what it answers to PEOPLE, in their order; posts where sent is given."""

    name: str
    path: str
    answers: tuple[int, ...]
    sent: dict[str, str] | None = None


# anonymous, stranger, student, assistant, instructor, removed, staff
SIGNED_IN = (302, 200, 200, 200, 200, 200, 200)
IN_IT = (302, 404, 200, 200, 200, 404, 200)
KNOWS = (302, 404, 403, 200, 200, 404, 200)
LEADS = (302, 404, 403, 403, 200, 404, 200)
# A change is answered with a redirect, and so is who has to sign in.
CHANGES = (302, 404, 403, 403, 302, 404, 302)
EVERYBODY = (200,) * 7

NAMED = {"name": "Renamed", "time_zone": "UTC"}
INVITES = {"form": "link", "role": "student", "until": "{day}", "uses": "2"}
LEAVES = {"written": "taken"}

RULES = [
    Rule("classes", "/classes/", SIGNED_IN),
    Rule("new_class", "/classes/new/", (302, 403, 403, 403, 200, 403, 200)),
    Rule("new_class", "/classes/new/", (302, 403, 403, 403, 302, 403, 302), NAMED | {"kind": "class"}),
    Rule("class", "/classes/{pk}/", IN_IT),
    Rule("edit_class", "/classes/{pk}/edit/", LEADS),
    Rule("edit_class", "/classes/{pk}/edit/", CHANGES, NAMED),
    Rule("copy_class", "/classes/{pk}/copy/", LEADS),
    Rule("copy_class", "/classes/{pk}/copy/", CHANGES, NAMED),
    Rule("archive_class", "/classes/{pk}/archive/", CHANGES, {}),
    Rule("reopen_class", "/classes/{pk}/reopen/", CHANGES, {}),
    Rule("leave_class", "/classes/{pk}/leave/", (302, 404, 200, 200, 200, 404, 404)),
    # Whoever leads it alone has to stay.
    Rule("leave_class", "/classes/{pk}/leave/", (302, 404, 302, 302, 422, 404, 404), LEAVES),
    Rule("class_members", "/classes/{pk}/members/", KNOWS),
    Rule("change_role", "/classes/{pk}/members/{student}/role/", CHANGES, {"role": "instructor"}),
    Rule("remove_member", "/classes/{pk}/members/{student}/remove/", LEADS),
    Rule("remove_member", "/classes/{pk}/members/{student}/remove/", CHANGES, LEAVES),
    Rule("restore_member", "/classes/{pk}/members/{removed}/restore/", CHANGES, {}),
    Rule("class_invitations", "/classes/{pk}/invitations/", KNOWS),
    Rule("class_invitations", "/classes/{pk}/invitations/", (302, 404, 403, 201, 201, 404, 201), INVITES),
    Rule(
        "revoke_invitation",
        "/classes/{pk}/invitations/{invitation}/revoke/",
        (302, 404, 403, 302, 302, 404, 302),
        {},
    ),
    Rule("class_roster", "/classes/{pk}/roster/", KNOWS),
    Rule("class_roster", "/classes/{pk}/roster/", LEADS, {"lines": "Nora Nield"}),
    Rule("class_roster", "/classes/{pk}/roster/", CHANGES, {"lines": "Nora Nield", "keep": "1"}),
    Rule("match_line", "/classes/{pk}/roster/{line}/match/", CHANGES, {"username": "sam"}),
    # This library sends no mail.
    Rule("mail_roster", "/classes/{pk}/roster/mail/", (302, 404, 403, 403, 404, 404, 404), {}),
    Rule("remove_line", "/classes/{pk}/roster/{line}/remove/", CHANGES, {}),
    Rule("join", "/join/", EVERYBODY),
    Rule("join", "/join/", (404,) * 7, {"code": "BCDF-GHJK"}),
    Rule("join_by_link", "/join/{token}/", (302,) * 7),
    Rule("join_class", "/join/class/", (302,) * 7),
    Rule("join_class", "/join/class/", (302,) * 7, {}),
]


@pytest.fixture
def one() -> Taught:
    """A class with an invitation and somebody who is expected."""
    made = taught()
    invited(made.group)
    RosterLine.objects.create(group=made.group, name="Tom Tull", key="tom tull")
    return made


def facts(one: Taught) -> dict[str, Any]:
    """What stands in the addresses."""
    from datetime import timedelta

    from django.utils import timezone

    return {
        "pk": one.group.pk,
        "student": one.membership("student").pk,
        "removed": one.membership("removed").pk,
        "invitation": Invitation.objects.latest("pk").pk,
        "line": RosterLine.objects.latest("pk").pk,
        "token": "x" * 32,
        "day": f"{timezone.now() + timedelta(days=2):%Y-%m-%d}",
    }


def state() -> list[Any]:
    """All rows that a person without the right to must not have changed."""
    tables: list[Any] = [Class, Membership, Invitation, RosterLine]
    return [sorted(map(str, table.objects.values())) for table in tables]


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule.path} {'GET' if rule.sent is None else f'POST {len(rule.sent)}'}"
)
def test_everybody_may_what_they_may(rule: Rule, one: Taught) -> None:
    for who in PEOPLE:
        # What one does is taken back before the next one comes.
        with transaction.atomic():
            assert_may(rule, who, one)
            transaction.set_rollback(True)


def assert_may(rule: Rule, who: str, one: Taught) -> None:
    """This person gets the answer of the rule, and changes nothing where that is no."""
    known, client = facts(one), one.browser(who)
    path = rule.path.format(**known)
    sent = (
        {name: value.format(**known) for name, value in rule.sent.items()} if rule.sent is not None else None
    )
    before = state()
    response = client.get(path) if sent is None else client.post(path, sent)
    assert response.status_code == rule.answers[PEOPLE.index(who)], who
    if who == "anonymous" and path.startswith("/classes/"):
        assert response["Location"].startswith("/sign-in/?next=")
    if sent is None or response.status_code >= 400 or who == "anonymous":
        assert state() == before, who


def test_every_address_of_classes_has_its_rule() -> None:
    names = {pattern.name for pattern in class_urls.urlpatterns if pattern.name}
    assert names - {rule.name for rule in RULES} == set()


@pytest.mark.parametrize("who", PEOPLE)
def test_what_changes_something_is_not_done_by_following_a_link(who: str, one: Taught) -> None:
    for name in ("archive_class", "reopen_class", "change_role", "restore_member", "revoke_invitation"):
        (path,) = {rule.path for rule in RULES if rule.name == name}
        path = path.format(**facts(one))
        assert resolve(path).view_name == f"people:{name}"
        assert one.browser(who).get(path).status_code in (302, 405)
        assert one.browser("instructor").get(path).status_code == 405


@pytest.mark.parametrize("name", [rule.name for rule in RULES if "{" in rule.path.replace("{pk}", "")])
def test_rows_of_another_class_are_out_of_reach(name: str, one: Taught) -> None:
    """Ines leads two classes; what is of the one cannot be named at the address of the other."""
    if name == "join_by_link":
        return
    other = begun(by=one.people["instructor"], name="Other")
    for rule in (rule for rule in RULES if rule.name == name):
        path = rule.path.format(**facts(one) | {"pk": other.pk})
        before = state()
        client = one.browser("instructor")
        response = client.get(path) if rule.sent is None else client.post(path, rule.sent)
        assert response.status_code == 404
        assert state() == before


@pytest.mark.parametrize("pk", ["0", "99999999", "9" * 30, "-1", "x"])
def test_a_class_that_is_not_there_is_not_found(pk: str, one: Taught) -> None:
    for path in ("", "members/", "roster/", "invitations/", "leave/"):
        for who in ("stranger", "staff"):
            assert one.browser(who).get(f"/classes/{pk}/{path}").status_code == 404


def test_whoever_is_removed_with_an_open_page_is_out_at_once(one: Taught) -> None:
    ann, page = one.browser("assistant"), f"/classes/{one.group.pk}/"
    assert ann.get(f"{page}members/").status_code == 200
    pk = one.membership("assistant").pk
    one.browser("instructor").post(f"{page}members/{pk}/remove/", {"written": "named"})
    for path in ("", "members/", "roster/", "invitations/", "leave/"):
        assert ann.get(f"{page}{path}").status_code == 404
    assert "On Tides" not in ann.get("/classes/").content.decode()


@pytest.mark.parametrize("who", [name for name in PEOPLE if name != "anonymous"])
def test_the_tables_say_the_same_as_the_pages(who: str, one: Taught) -> None:
    person = one.people[who]
    seen = Class.objects.visible_to(person).filter(pk=one.group.pk).exists()
    leads = Class.objects.writable_by(person).filter(pk=one.group.pk).exists()
    place = standing(person, one.group)
    assert seen is (bool(place.role) or place.is_staff)
    assert leads is place.leads


def test_an_archived_class_is_read_and_changed_by_nobody(one: Taught) -> None:
    known, client = facts(one), one.browser("instructor")
    classes.archive(group=one.group)
    before = state()
    still = {"classes", "new_class", "copy_class", "reopen_class", "archive_class", "leave_class", "join"}
    for rule in RULES:
        path = rule.path.format(**known)
        if rule.sent is not None and rule.name not in still | {"join_class", "revoke_invitation"}:
            sent = {name: value.format(**known) for name, value in rule.sent.items()}
            assert client.post(path, sent).status_code == 403, rule.name
    assert state() == before
    for path in ("", "members/", "roster/", "invitations/"):
        assert one.browser("assistant").get(f"/classes/{one.group.pk}/{path}").status_code == 200
    assert one.browser("student").get(f"/classes/{one.group.pk}/").status_code == 200


def test_in_a_team_every_analyst_leads_and_nobody_is_an_instructor() -> None:
    dora, emil = make.user("dora", role=Role.ANALYST), make.user("emil")
    team = begun(by=dora, kind=Kind.TEAM)
    membership = enrolled(team, emil, ClassRole.ANALYST)
    assert Class.objects.writable_by(emil).get() == team
    from tests.people.visits import signed_in

    client = signed_in(emil)
    page = f"/classes/{team.pk}/members/{membership.pk}/role/"
    assert client.post(page, {"role": "instructor"}).status_code == 422
    assert client.post(page, {"role": "student"}).status_code == 302
    assert client.post(page, {"role": "analyst"}).status_code == 403
