"""Coming into a class, and going out of it."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from reader.people.class_models import Class, ClassRole, Invitation, Membership, RosterLine, Written
from reader.people.invitations import NotInvited, revoke_beyond
from reader.people.models import User
from reader.people.recognising import recognise
from reader.people.signals import left_class, returned_to_class, role_changed


class Stuck(ValueError):
    """Something that cannot be done with a membership; the message says what to do."""


def join(*, person: User, digest: str) -> tuple[Membership, bool]:
    """Let a person in by an invitation; False where they were in already, which takes none of its uses.

    NotInvited where it does not open, or somebody took the person out of the class.
    """
    try:
        with transaction.atomic():
            return _join(person, digest)
    except IntegrityError:
        # In the same moment by another window of theirs; the use went back with the transaction.
        return Membership.objects.active().get(group__invitations__digest=digest, person=person), False


def _join(person: User, digest: str) -> tuple[Membership, bool]:
    invitation = Invitation.objects.select_related("group", "line").filter(digest=digest).first()
    if invitation is None or was_removed(invitation.group, person):
        raise NotInvited
    if there := Membership.objects.active().filter(group=invitation.group, person=person).first():
        return there, False
    # One statement with its condition, so that of two who want the last use one gets it.
    taken = Invitation.objects.live().filter(pk=invitation.pk).update(used=F("used") + 1)
    if not taken or Class.objects.filter(pk=invitation.group_id, archived_at__isnull=False).exists():
        raise NotInvited
    made = Membership.objects.create(group=invitation.group, person=person, role=invitation.role)
    if invitation.line:
        RosterLine.objects.filter(pk=invitation.line.pk, person=None).update(person=person)
    recognise(made)
    return made, True


def was_removed(group: Class, person: User) -> bool:
    """Whether somebody took this person out of the class, so that no invitation lets them in again."""
    last = Membership.objects.filter(group=group, person=person).order_by("-joined_at", "-pk").first()
    return bool(last and last.removed_at)


@transaction.atomic
def enrol(*, person: User, group: Class, role: ClassRole) -> Membership:
    """Put a person into a class, or bring back who was removed."""
    membership, _ = Membership.objects.get_or_create(
        group=group, person=person, left_at=None, removed_at=None, defaults={"role": role}
    )
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str) -> None:
    """Make a member something else; Stuck where nobody would lead the class."""
    _lock(membership)
    if role not in membership.group.roles:
        raise Stuck("Choose one of the roles.")
    if role != membership.group.leading:
        _somebody_else_leads(membership, "Make somebody else one first.")
    Membership.objects.active().filter(pk=membership.pk).update(role=role)
    membership.refresh_from_db(fields=["role"])
    role_changed.send(sender=Membership, membership=membership)
    revoke_beyond(group=membership.group, person=membership.person, role=role)


@transaction.atomic
def leave(*, membership: Membership, choice: Written) -> None:
    """Go out of a class; Stuck where nobody would lead it."""
    _lock(membership)
    _somebody_else_leads(membership, "Make somebody else one first, or archive it.")
    _go(membership, choice, left_at=timezone.now())


@transaction.atomic
def remove(*, membership: Membership, by: User, choice: Written) -> None:
    """Take a person out of a class; Stuck where nobody would lead it."""
    _lock(membership)
    _somebody_else_leads(membership, "Make somebody else one first.")
    _go(membership, choice, removed_at=timezone.now(), removed_by=by)


@transaction.atomic
def restore(*, membership: Membership) -> None:
    """Take a removal back, in the role that the person had."""
    _lock(membership)
    choice = membership.written
    back = Membership.objects.restorable().filter(pk=membership.pk)
    if not back.update(removed_at=None, removed_by=None, written=""):
        raise Stuck("This cannot be taken back any more: put the person on the roster instead.")
    membership.refresh_from_db()
    returned_to_class.send(sender=Membership, membership=membership, choice=choice)


def _go(membership: Membership, choice: Written, **how: object) -> None:
    gone = Membership.objects.active().filter(pk=membership.pk).update(written=choice, **how)
    if not gone:
        raise Stuck("This person is not in it any more.")
    membership.refresh_from_db()
    revoke_beyond(group=membership.group, person=membership.person, role=None)
    left_class.send(sender=Membership, membership=membership, choice=choice)


def _lock(membership: Membership) -> None:
    """Let who changes the same class wait, and see the membership as it is by now."""
    Class.objects.select_for_update().get(pk=membership.group_id)
    membership.refresh_from_db(fields=["role", "left_at", "removed_at"])


def _somebody_else_leads(membership: Membership, advice: str) -> None:
    others = Membership.objects.leading().filter(group=membership.group_id).exclude(pk=membership.pk)
    if membership.role == membership.group.leading and not others.exists():
        one = membership.group.leading.label.lower()
        raise Stuck(f"A {membership.group.kind} keeps at least one {one}. {advice}")
