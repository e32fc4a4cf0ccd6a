"""The reading plan of a class: its views in order, and how far one person is with each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from reader.people.class_access import Standing
from reader.people.models import User
from reader.share.models import Asked, ReadingRecord, View
from reader.share.view_access import light


@dataclass(frozen=True, slots=True)
class Line:
    """A view of a plan for one person: how many prompts it has, how many of them they answered."""

    view: View
    prompts: int
    answered: int
    record: ReadingRecord | None

    @property
    def is_late(self) -> bool:
        """Whether its date has passed, and this person has something left to do."""
        due = self.view.due_at
        done = self.record is not None and self.record.finished_at and self.answered >= self.prompts
        return due is not None and due < timezone.now() and not done


def lines(standing: Standing, person: User) -> list[Line]:
    """The plan of a class, as this person sees it; two queries, however long it is."""
    views = View.objects.visible_to(person).filter(group=standing.group)
    if standing.is_staff and not standing.role:
        views = View.objects.live().filter(group=standing.group)
    return lines_of(views, person)


def lines_of(views: "QuerySet[View]", person: User) -> list[Line]:
    """These views as lines; two queries."""
    counted: Any = light(views).annotate(prompts=counted_prompts(), own=counted_prompts(person))
    found = list(counted.order_by("position", "pk"))
    records = ReadingRecord.objects.filter(person=person, view__in=[view.pk for view in found])
    known = {record.view_id: record for record in records}
    return [Line(view, view.prompts, view.own, known.get(view.pk)) for view in found]


def live_prompts() -> "QuerySet[Asked]":
    """Prompts of views that are neither deleted nor taken out of sight."""
    there = {"prompt__annotation__deleted_at__isnull": True, "prompt__annotation__hidden_at__isnull": True}
    return Asked.objects.filter(**there)


def counted_prompts(answered_by: User | None = None) -> Coalesce:
    """How many prompts the outer view has; of them those that this person answered."""
    asked = live_prompts().filter(view=OuterRef("pk"))
    if answered_by is not None:
        own = Q(prompt__annotation__replies__author=answered_by)
        asked = asked.filter(own, prompt__annotation__replies__deleted_at__isnull=True)
    counted = asked.order_by().values("view").annotate(n=Count(F("pk"), distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
