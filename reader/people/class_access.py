"""Who may do what with a class. Fetching is permission; a stranger, and who was removed, gets 404."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from reader.people.class_models import LEADING, Class, ClassRole, Kind, Membership
from reader.people.models import Role, User

CLOSED = "It is archived: bring it back first, on its own page."


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in a class, empty for staff who are not in it, and what follows from that."""

    group: Class
    role: str
    is_staff: bool

    @property
    def leads(self) -> bool:
        """Whether they may change it and who is in it."""
        return self.is_staff or self.role in LEADING

    @property
    def knows(self) -> bool:
        """Whether they may see who is in it."""
        return self.leads or self.role == ClassRole.ASSISTANT

    @property
    def gives(self) -> tuple[ClassRole, ...]:
        """As what they may invite others."""
        if self.leads:
            return self.group.roles
        return (ClassRole.STUDENT,) if self.knows else ()

    @property
    def label(self) -> str:
        """In words."""
        return ClassRole(self.role).label if self.role else "Staff"


def person(request: HttpRequest) -> User:
    """Who asks; 403 without an account."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied("Sign in first.")


def kinds(user: User) -> list[Kind]:
    """What this person may begin: instructors classes, analysts teams, the staff both."""
    may = {Kind.CLASS: Role.INSTRUCTOR, Kind.TEAM: Role.ANALYST}
    return [kind for kind, role in may.items() if user.is_staff or user.role == role]


def beginner(request: HttpRequest, kind: str = "") -> list[Kind]:
    """What this person may begin; 403 where it is nothing, or not the kind that is named."""
    found = kinds(person(request))
    if found and (not kind or kind in found):
        return found
    raise PermissionDenied(
        "Classes are begun by instructors, teams by analysts. Ask the staff of this library to make you one."
    )


def standing(user: object, group: Class) -> Standing:
    """What this person is in the class; one query."""
    if not isinstance(user, User):
        return Standing(group, "", False)
    found = Membership.objects.active().filter(group=group, person=user)
    return Standing(group, found.values_list("role", flat=True).first() or "", user.is_staff)


def readable(request: HttpRequest, pk: int) -> Class:
    """The class, where this person is in it."""
    return get_object_or_404(Class.objects.visible_to(request.user), pk=pk)


def known(request: HttpRequest, pk: int) -> Class:
    """The class, where this person may see who is in it: all but students; 403 for them."""
    group = readable(request, pk)
    if not standing(request.user, group).knows:
        raise PermissionDenied(f"Only {_leaders(group)} may see this.")
    return group


def led(request: HttpRequest, pk: int) -> Class:
    """The class, where this person leads it; 403 where they are in it otherwise."""
    group = readable(request, pk)
    if not standing(request.user, group).leads:
        raise PermissionDenied(f"Only {_leaders(group)} may do this.")
    return group


def still_open(group: Class) -> Class:
    """The class, where it is not archived; 403 where it is."""
    if group.archived_at:
        raise PermissionDenied(CLOSED)
    return group


def own(request: HttpRequest, pk: int) -> Membership:
    """That this person is in the class; 404 where they are not, be it as staff."""
    active = Membership.objects.active().select_related("group", "person")
    return get_object_or_404(active, group=readable(request, pk), person=person(request))


def member(group: Class, pk: int) -> Membership:
    """Somebody who is in the class."""
    active = Membership.objects.active().select_related("group", "person")
    return get_object_or_404(active, group=group, pk=pk)


def _leaders(group: Class) -> str:
    if group.kind == Kind.TEAM:
        return "the analysts of the team"
    return "those who teach the class"
