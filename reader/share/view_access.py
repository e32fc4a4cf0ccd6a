"""Who may do what with views. Fetching is permission; a stranger, and who left the class, gets 404."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from reader.annotate.layer_querysets import groups_known_to
from reader.library.querysets import Reader
from reader.people import class_access
from reader.people.class_models import Class
from reader.people.models import Role, User
from reader.share.models import View

MAKING = (Role.ANALYST, Role.INSTRUCTOR)
OTHERS = "Only those who lead the class may do this."


def may_make(user: object) -> bool:
    """Whether this person may make views: instructors, analysts, the staff, and who leads a class."""
    if not isinstance(user, User):
        return False
    return user.is_staff or user.role in MAKING or open_to(user).exists()


def maker(request: HttpRequest) -> User:
    """Who asks, where they may make views; 403 where they may not."""
    person = class_access.person(request)
    if may_make(person):
        return person
    raise PermissionDenied(
        "Views are made by instructors, analysts, and those who lead a class or team. "
        "Ask the staff of this library to make you one."
    )


def open_to(user: User) -> QuerySet[Class]:
    """The classes and teams to which this person may give views."""
    return Class.objects.led_by(user).filter(archived_at__isnull=True)


def readable(request: HttpRequest, pk: int) -> View:
    """The view, where this person may see it."""
    return get_object_or_404(light(View.objects.visible_to(request.user)), pk=pk)


def changeable(request: HttpRequest, pk: int) -> View:
    """The view, where this person may change it; 403 where they may only see it, or its class is archived."""
    return check_changeable(request, readable(request, pk))


def check_changeable(request: HttpRequest, view: View) -> View:
    """The view, as changeable() gives it."""
    if not leads(request.user, view):
        raise PermissionDenied(OTHERS)
    if view.group is not None:
        class_access.still_open(view.group)
    return view


def leads(user: Reader, view: View) -> bool:
    """Whether this person leads the view's class, archived or not; made it, where it is in none."""
    if view.group_id is None:
        return view.owner_id is not None and view.owner_id == user.pk
    person: object = user
    return isinstance(person, User) and Class.objects.led_by(person).filter(pk=view.group_id).exists()


def knows(user: Reader, view: View) -> bool:
    """Whether this person leads or assists its class, and sees who answered what; made it, where in none."""
    if view.group_id is None:
        return view.owner_id == user.pk
    return groups_known_to(user).filter(group=view.group_id).exists()


def light(views: QuerySet[View]) -> QuerySet[View]:
    """The views with all that their pages need of other tables but the words of texts."""
    found = views.select_related("group", "owner", "left", "right", "left_place", "right_place")
    return found.defer("left__finding", "right__finding")
