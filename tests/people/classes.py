"""Classes that tests look at: who leads, assists, learns, has been removed, and who is none of these."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from reader.people import classes, invitations, memberships
from reader.people.class_models import Class, ClassRole, Invitation, Kind, Membership, Written
from reader.people.models import Role, User
from tests import make
from tests.people.visits import signed_in

PEOPLE = ("anonymous", "stranger", "student", "assistant", "instructor", "removed", "staff")


@dataclass
class Taught:
    """A class of ines's, with ann who assists, sam who learns and rex who was removed."""

    group: Class
    people: dict[str, User]

    def browser(self, who: str) -> Client:
        """The browser of one of PEOPLE."""
        return Client() if who == "anonymous" else signed_in(self.people[who])

    def membership(self, who: str) -> Membership:
        """That this one is, or was, in the class."""
        return Membership.objects.get(group=self.group, person=self.people[who])


def taught(name: str = "On Tides") -> Taught:
    """The class, with one of each of PEOPLE."""
    people = {
        "instructor": make.user("ines", role=Role.INSTRUCTOR),
        "assistant": make.user("ann"),
        "student": make.user("sam"),
        "removed": make.user("rex"),
        "stranger": make.user("charlie"),
        "staff": make.alice(),
    }
    group = begun(by=people["instructor"], name=name)
    for who in ("assistant", "student", "removed"):
        enrolled(group, people[who], ClassRole.ASSISTANT if who == "assistant" else ClassRole.STUDENT)
    one = Taught(group, people)
    memberships.remove(membership=one.membership("removed"), by=people["instructor"], choice=Written.NAMED)
    return one


def begun(*, by: User, name: str = "On Tides", kind: Kind = Kind.CLASS, zone: str = "Europe/Berlin") -> Class:
    """A class or team that this person leads."""
    return classes.make(kind=kind, name=name, time_zone=zone, by=by)


def enrolled(group: Class, person: User, role: ClassRole = ClassRole.STUDENT) -> Membership:
    """Somebody who is in it."""
    return memberships.enrol(person=person, group=group, role=role)


def invited(
    group: Class,
    *,
    by: User | None = None,
    form: Invitation.Form = Invitation.Form.LINK,
    role: ClassRole = ClassRole.STUDENT,
    days: float = 1,
    uses: int = 5,
) -> tuple[Invitation, str]:
    """An invitation and its secret."""
    by = by or group.made_by
    assert by
    until = timezone.now() + timedelta(days=days)
    return invitations.invite(group=group, by=by, form=form, role=role, expires_at=until, uses=uses)
