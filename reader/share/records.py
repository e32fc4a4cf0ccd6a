"""What is written down of who opened a view: of those who learn, at most once in ten minutes."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from reader.people.class_models import ClassRole, Membership
from reader.people.models import User
from reader.share.models import ReadingRecord, View

EVERY = timedelta(minutes=10)


def is_recorded(view: View, person: object) -> bool:
    """Whether this person's reading of a view is written down: that of students, while the class is open."""
    if view.group is None or view.group.archived_at or view.shown_at is None or not isinstance(person, User):
        return False
    there = Membership.objects.active().filter(group=view.group_id, person=person)
    return there.filter(role=ClassRole.STUDENT).exists()


def opened(view: View, person: object) -> ReadingRecord | None:
    """Write down that somebody opened a view; None of whom nothing is written down.

    Two queries, and one that writes where the last was ten minutes ago.
    """
    if not isinstance(person, User) or not is_recorded(view, person):
        return None
    now = timezone.now()
    record = ReadingRecord.objects.filter(view=view, person=person).first()
    if record is None:
        first = {"first_at": now, "last_at": now}
        return ReadingRecord.objects.get_or_create(view=view, person=person, defaults=first)[0]
    if record.last_at <= now - EVERY:
        # Of two pages that open at once, one counts.
        known = ReadingRecord.objects.filter(pk=record.pk, last_at=record.last_at)
        known.update(last_at=now, opened=F("opened") + 1)
        record.last_at, record.opened = now, record.opened + 1
    return record


def finish(view: View, person: User, *, is_read: bool) -> None:
    """Say that somebody has read a view, or take that back; to say it twice changes nothing."""
    now = timezone.now()
    first = {"first_at": now, "last_at": now}
    record, _ = ReadingRecord.objects.get_or_create(view=view, person=person, defaults=first)
    same = ReadingRecord.objects.filter(pk=record.pk, finished_at__isnull=is_read)
    same.update(finished_at=now if is_read else None)
