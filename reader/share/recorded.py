"""What is kept of somebody in a class, as that person is told it."""

from typing import Any

from django.db.models import Count, Q

from reader.annotate.models import Annotation, Layer
from reader.annotate.prompt_models import Flag
from reader.people.class_models import Class, Membership, RosterLine
from reader.people.models import User
from reader.share.models import ReadingRecord, View
from reader.share.plan import live_prompts
from reader.share.prompts import plain


def recorded(group: Class, person: User) -> dict[str, Any]:
    """Everything that is kept of a member of this class, as values that JSON can have. Seven queries."""
    own = Q(author=person, layer__kind=Layer.Kind.CLASS, layer__group=group, deleted_at__isnull=True)
    written = Annotation.objects.filter(own)
    to_prompts = Q(parent__kind=Annotation.Kind.PROMPT)
    kinds = written.exclude(to_prompts).order_by("kind").values_list("kind").annotate(Count("pk"))
    there = live_prompts().filter(view__in=View.objects.visible_to(person).filter(group=group))
    asked = dict(there.values_list("prompt", "prompt__annotation__html"))
    # What is asked no more is not told of.
    answers = [
        {"id": pk, "prompt": prompt, "asked": plain(asked.get(prompt or 0, "")), "made_at": made_at}
        for pk, prompt, made_at in written.filter(to_prompts)
        .order_by("made_at")
        .values_list("pk", "parent", "made_at")
    ]
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
        "answers": answers,
        "flags": [
            _row(one, ("annotation_id", "why", "made_at", "settled_at"))
            for one in Flag.objects.filter(person=person, annotation__layer__group=group)
        ],
    }


def _row(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
