"""Who of a class has opened, read, marked and answered what, view by view; a few queries for any class."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q

from reader.annotate.models import Annotation, Target
from reader.annotate.querysets import AnnotationQuerySet
from reader.people.class_models import Class, ClassRole, Membership
from reader.share.models import Asked, ReadingRecord, View
from reader.share.prompts import plain

Byline = Annotation.Byline
Kind = Annotation.Kind


class Read(NamedTuple):
    """That somebody opened a view: how often, first and last, and since when they say that they read it."""

    opened: int
    first_at: datetime
    last_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt: its key, the view that asks it, and what it asks, without its marks."""

    pk: int
    view: int
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """A view of the plan with the keys of its texts and of the prompts that it asks."""

    view: View
    texts: tuple[int, ...]
    asked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one student did with one view: None where it was never opened."""

    read: Read | None
    marks: int
    answers: int
    asked: int


@dataclass(slots=True)
class Row:
    """A student: what they did with each view, and in all. marks are those on texts of the plan."""

    membership: Membership
    cells: list[Cell] = field(default_factory=list)
    marks: int = 0
    answers: int = 0

    @property
    def finished(self) -> int:
        """How many views they say that they read."""
        return sum(bool(cell.read and cell.read.finished_at) for cell in self.cells)


class Progress:
    """All that is kept of a class's reading, but the marks, which are counted for those who are shown.

    Five queries, and one for the marks.
    """

    def __init__(self, group: Class) -> None:
        self.group = group
        asked = questions(group)
        self.columns = columns(group, asked)
        views = [column.view.pk for column in self.columns]
        self.questions = [question for question in asked if question.view in views]
        self.members = students(group)
        self.records = records(views)
        self.answers = answers([question.pk for question in self.questions])

    def rows(self, members: Sequence[Membership]) -> list[Row]:
        """What these students did; one query."""
        marks = marks_of(self.group, [one.person_id for one in members])
        return [self._row(one, marks) for one in members]

    def cell(self, person: int, column: Column, marks: Mapping[tuple[int, int], int] | None = None) -> Cell:
        """What a student did with a view; without their marks where these are not given."""
        read = self.records.get((column.view.pk, person))
        given = sum((person, prompt) in self.answers for prompt in column.asked)
        made = sum((marks or {}).get((person, text), 0) for text in column.texts)
        return Cell(read, made, given, len(column.asked))

    def answered(self, prompt: int) -> list[tuple[Membership, datetime]]:
        """Who has answered a prompt, the first one first."""
        found = [
            (one, self.answers[one.person_id, prompt])
            for one in self.members
            if (one.person_id, prompt) in self.answers
        ]
        return sorted(found, key=lambda each: each[1])

    def _row(self, one: Membership, marks: Mapping[tuple[int, int], int]) -> Row:
        person = one.person_id
        cells = [self.cell(person, column, marks) for column in self.columns]
        texts = {text for column in self.columns for text in column.texts}
        return Row(
            one, cells, sum(marks.get((person, text), 0) for text in texts), sum(c.answers for c in cells)
        )


def questions(group: Class) -> list[Question]:
    """The prompts that the views of a class ask, in their order; one query."""
    asked = Asked.objects.filter(
        view__group=group, view__deleted_at__isnull=True, prompt__annotation__deleted_at__isnull=True
    ).order_by("view__position", "view", "position", "pk")
    rows = asked.values_list("prompt", "view", "prompt__annotation__html")
    return [Question(pk, view, plain(html)) for pk, view, html in rows]


def columns(group: Class, asked: Sequence[Question]) -> list[Column]:
    """The views of the plan that are shown, or were opened while they were; one query."""
    opened = ReadingRecord.objects.filter(view=OuterRef("pk"))
    views = View.objects.live().filter(Q(shown_at__isnull=False) | Q(Exists(opened)), group=group)
    of_view: dict[int, list[int]] = defaultdict(list)
    for question in asked:
        of_view[question.view].append(question.pk)
    shown = views.select_related("left", "right").defer(
        "left__finding", "right__finding", "introduction", "html"
    )
    return [
        Column(
            view,
            tuple(dict.fromkeys(key for key in (view.left_id, view.right_id) if key is not None)),
            tuple(of_view[view.pk]),
        )
        for view in shown
    ]


def students(group: Class) -> list[Membership]:
    """Those whose reading is kept: the students, by name; one query."""
    there = Membership.objects.active().filter(group=group, role=ClassRole.STUDENT).select_related("person")
    return sorted(there, key=lambda one: (one.person.name.casefold(), one.person.username))


def records(views: Collection[int], people: Collection[int] | None = None) -> dict[tuple[int, int], Read]:
    """What was kept of opening these views, by view and person; one query."""
    rows = ReadingRecord.objects.filter(view__in=views)
    if people is not None:
        rows = rows.filter(person__in=people)
    named = rows.values_list("view", "person", "opened", "first_at", "last_at", "finished_at")
    return {(view, person): Read(*rest) for view, person, *rest in named}  # type: ignore[arg-type]


def answers(
    prompts: Collection[int], people: Collection[int] | None = None
) -> dict[tuple[int, int], datetime]:
    """When people first answered these prompts, by person and prompt; one query."""
    rows = counted().filter(kind=Kind.REPLY, parent__in=prompts)
    if people is not None:
        rows = rows.filter(author__in=people)
    firsts = rows.order_by().values_list("author", "parent").annotate(first=Min("made_at"))
    return {(author, parent): first for author, parent, first in firsts if author and parent}


def marks_of(group: Class, people: Collection[int]) -> Counter[tuple[int, int]]:
    """How many marks people made in the class's layer, by person and text; one query.

    What is about several texts counts for the first of them.
    """
    rows = Target.objects.filter(
        position=0,
        annotation__in=counted().filter(layer__group=group, author__in=people).exclude(kind=Kind.PROMPT),
        passage__document__isnull=False,
    )
    found = rows.order_by().values_list("annotation__author", "passage__document").annotate(count=Count("pk"))
    return Counter({(author or 0, text or 0): count for author, text, count in found})


def counted() -> AnnotationQuerySet:
    """What counts for somebody: what is there, in sight, and bears their name to those who lead."""
    return Annotation.objects.filter(
        deleted_at__isnull=True, hidden_at__isnull=True, byline__in=(Byline.NAMED, Byline.PEERS)
    )
