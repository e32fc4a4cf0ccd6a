"""Who may see what a class shows to those who lead or assist. Fetching is permission: a stranger gets 404."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from reader.people import class_access
from reader.people.class_access import Standing
from reader.people.class_models import LEADING, Class, ClassRole

WORDS = (
    "What is written in a class is read by those who are in it. Join it, or have yourself put into it, first."
)


def overseen(request: HttpRequest, pk: int) -> Standing:
    """The class, where this person leads or assists it, or is of the staff; 403 for students. Two queries."""
    group = class_access.readable(request, pk)
    standing = class_access.standing(request.user, group)
    if not standing.knows:
        raise PermissionDenied("Only those who lead or assist the class may see this.")
    return standing


def read_by(request: HttpRequest, pk: int) -> Standing:
    """The same without staff who are not in it: of them nobody in the class knows that they read along."""
    standing = overseen(request, pk)
    if standing.role not in (*LEADING, ClassRole.ASSISTANT):
        raise PermissionDenied(WORDS)
    return standing


def page_of(standing: Standing) -> dict[str, Any]:
    """What the frame of each page of a class shows."""
    group: Class = standing.group
    return {"group": group, "standing": standing}
