"""What becomes of somebody's classes when they delete their account."""

from typing import Any

from reader.people import classes
from reader.people.class_models import Class, ClassRole, Invitation, Membership
from reader.people.models import User


def on_account_leaving(*, person: User, asking: bool, **more: Any) -> list[str]:
    """A class that nobody else leads goes to its first assistant, or is archived; asking: say so."""
    if not asking:
        # Two who lead a class and leave in the same moment wait for each other here.
        list(Class.objects.select_for_update().led_by(person).order_by("pk").values_list("pk"))
    alone = _led_alone(person)
    if asking:
        return [_fate(group, heir) for group, heir in alone] + _others(person, len(alone))
    for group, heir in alone:
        if heir:
            Membership.objects.filter(pk=heir.pk).update(role=group.leading)
        else:
            classes.archive(group=group)
    Invitation.objects.filter(made_by=person).delete()
    return []


def _led_alone(person: User) -> list[tuple[Class, Membership | None]]:
    """The classes and teams that nobody else leads, each with the assistant who would."""
    found = []
    for group in Class.objects.led_by(person):
        others = Membership.objects.active().filter(group=group).exclude(person=person)
        if not others.filter(role=group.leading).exists():
            found.append((group, others.filter(role=ClassRole.ASSISTANT).select_related("person").first()))
    return found


def _fate(group: Class, heir: Membership | None) -> str:
    what = f"The {group.kind} “{group.name}”, which you lead alone,"
    if heir:
        return f"{what} goes to its assistant {heir.person.name}."
    if group.archived_at:
        return f"{what} stays archived: its members can still read it."
    one = group.leading.label.lower()
    return f"{what} is archived: its members can still read it. Else make somebody {one} of it first."


def _others(person: User, alone: int) -> list[str]:
    count = Class.objects.of(person).count() - alone
    return [f"You leave {count} {'class or team' if count == 1 else 'classes or teams'}."] if count else []
