"""Putting people on the roster of a class."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from reader.people.class_models import Class, ClassRole, Membership, RosterLine
from reader.people.memberships import Stuck, enrol
from reader.people.models import User
from reader.people.recognising import people_of
from reader.people.roster import Line


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a pasted line would do: let a person in, wait for one, or nothing."""

    line: Line
    person: User | None
    state: str

    @property
    def joins(self) -> bool:
        """Whether the person would be in the class then."""
        return self.state in ("joins", "returns")


def outlook(group: Class, lines: Iterable[Line]) -> list[Outlook]:
    """What each line would do, in their order; four queries."""
    lines = list(lines)
    people = people_of(lines)
    known = set(RosterLine.objects.filter(group=group, person=None).values_list("key", flat=True))
    last: dict[int, Membership] = {}
    for one in Membership.objects.filter(group=group, person__in=people.values()).order_by("joined_at", "pk"):
        last[one.person_id] = one
    looks = []
    for line in lines:
        person = people.get(line.key)
        before = last.get(person.pk) if person else None
        looks.append(Outlook(line, person, _state(person, before, line.key in known)))
    return looks


def _state(person: User | None, before: Membership | None, is_known: bool) -> str:
    if person is None:
        return "known" if is_known else "waits"
    if before is None:
        return "joins"
    if before.left_at:
        # Who went out by themselves is not put back over their head.
        return "left"
    return "returns" if before.removed_at else "there"


@transaction.atomic
def keep(*, group: Class, lines: Iterable[Line]) -> list[Outlook]:
    """Put these people on the roster; those who are known and may be let in are in the class then."""
    looks = outlook(group, lines)
    for look in looks:
        if look.joins and look.person:
            enrol(person=look.person, group=group, role=ClassRole.STUDENT)
    RosterLine.objects.bulk_create(
        [
            RosterLine(
                group=group,
                name=look.line.name,
                address=look.line.address,
                key=look.line.key,
                person=None if look.state == "left" else look.person,
            )
            for look in looks
        ],
        ignore_conflicts=True,
    )
    for look in looks:
        if look.person and look.state != "left":
            RosterLine.objects.filter(group=group, key=look.line.key, person=None).update(person=look.person)
    return looks


@transaction.atomic
def match(*, line: RosterLine, username: str) -> None:
    """Say by the username which member a line is, nobody yet where it is empty; Stuck for a stranger's."""
    person = None
    if username.strip():
        name = User.normalize_username(username.strip())
        members = Membership.objects.active().filter(group=line.group, person__username=name)
        if not (membership := members.select_related("person").first()):
            raise Stuck(f"Nobody in it has the username “{name}”.")
        person = membership.person
    RosterLine.objects.filter(pk=line.pk).update(person=person)
