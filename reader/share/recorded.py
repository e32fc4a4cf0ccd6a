"""What is kept of somebody in a class, as that person is told it."""

from typing import Any

from django.db.models import Count, Q

from reader.annotate.models import Annotation, Layer
from reader.annotate.prompt_models import Flag
from reader.people.class_models import Class, Membership, RosterLine
from reader.people.models import User
from reader.share.models import ReadingRecord


def recorded(group: Class, person: User) -> dict[str, Any]:
    """Everything that is kept of a member of this class, as values that JSON can have. Five queries."""
    own = Q(author=person, layer__kind=Layer.Kind.CLASS, layer__group=group, deleted_at__isnull=True)
    kinds = Annotation.objects.filter(own).order_by("kind").values_list("kind").annotate(Count("pk"))
    views = ReadingRecord.objects.filter(view__group=group, person=person).order_by("first_at")
    return {
        "class": group.name,
        "memberships": [
            _row(one, ("role", "joined_at", "left_at", "removed_at", "written"))
            for one in Membership.objects.filter(group=group, person=person)
        ],
        "roster": [
            _row(one, ("name", "address", "added_at"))
            for one in RosterLine.objects.filter(group=group, person=person)
        ],
        "reading": [
            {"view": one.view.title, **_row(one, ("opened", "first_at", "last_at", "finished_at"))}
            for one in views.select_related("view")
        ],
        "written": dict(kinds),
        "flags": [
            _row(one, ("annotation_id", "why", "made_at", "settled_at"))
            for one in Flag.objects.filter(person=person, annotation__layer__group=group)
        ],
    }


def _row(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
