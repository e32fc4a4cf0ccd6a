"""What is done with a whole class or team."""

from django.db import transaction
from django.utils import timezone

from reader.people.class_models import Class, ClassRole, Kind, Membership
from reader.people.models import User
from reader.people.signals import class_copied


@transaction.atomic
def make(*, kind: str, name: str, time_zone: str, by: User) -> Class:
    """Begin a class or a team; who begins it leads it."""
    group = Class.objects.create(kind=Kind(kind), name=name, time_zone=time_zone, made_by=by)
    Membership.objects.create(group=group, person=by, role=group.leading)
    return group


def edit(*, group: Class, name: str, time_zone: str) -> None:
    """Give it another name or time zone."""
    Class.objects.filter(pk=group.pk).update(name=name, time_zone=time_zone)


def archive(*, group: Class) -> None:
    """Close it: it stays readable, and nobody joins."""
    Class.objects.filter(pk=group.pk, archived_at__isnull=True).update(archived_at=timezone.now())


def reopen(*, group: Class) -> None:
    """Open it again; invitations that are not revoked or expired open again, too."""
    Class.objects.filter(pk=group.pk).update(archived_at=None)


@transaction.atomic
def copy(*, group: Class, name: str, time_zone: str, by: User) -> Class:
    """Begin the class of the next term: with those who lead and assist, and nothing of its students."""
    made = Class.objects.create(kind=group.kind, name=name, time_zone=time_zone, made_by=by)
    staff = Membership.objects.active().filter(group=group).exclude(role=ClassRole.STUDENT)
    Membership.objects.bulk_create(
        Membership(group=made, person_id=one.person_id, role=one.role) for one in staff
    )
    if not Membership.objects.leading().filter(group=made).exists():
        Membership.objects.update_or_create(group=made, person=by, defaults={"role": made.leading})
    class_copied.send(sender=Class, source=group, copy=made)
    return made
