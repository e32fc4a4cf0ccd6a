"""What is written in a class's layer, as discussions: the newest first, narrowed by a filter."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reader.annotate.bylines import named_to
from reader.annotate.listing import Filter, shown
from reader.annotate.models import Annotation, Target
from reader.annotate.querysets import AnnotationQuerySet
from reader.annotate.take_away import in_reading_order
from reader.http import whole
from reader.library.querysets import Reader
from reader.people.class_models import Class, Membership, Written
from reader.people.models import User
from reader.share.models import Asked, View
from reader.share.plan import live_prompts

Kind = Annotation.Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to: what a filter of notes lets through, texts of a view, open questions."""

    notes: Filter
    view: int | None = None
    open: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wanted":
        """That of a form; what cannot be meant is left out."""
        named = {name: given.get(name, "") for name in ("person", "kind", "text", "q")}
        return cls(Filter.of(named), whole(given.get("view")), given.get("open", "") == "1")

    def __bool__(self) -> bool:
        return bool(self.notes or self.view is not None or self.open)

    @property
    def query(self) -> str:
        """It as an address has it."""
        more = {"view": self.view, "open": "1" if self.open else None}
        rest = urlencode({name: value for name, value in more.items() if value is not None})
        return "&".join(filter(None, (self.notes.query, rest)))


def written_in(group: Class, user: Reader) -> AnnotationQuerySet:
    """All that this person sees in the layer of the class."""
    return Annotation.objects.visible_to(user).filter(layer__group=group)


def open_questions(annotations: AnnotationQuerySet) -> AnnotationQuerySet:
    """The questions among these that are not marked as answered, and to which nobody else has replied."""
    replies = _replies_by_others("pk", "author")
    questions = annotations.filter(kind=Kind.QUESTION, answered_at__isnull=True)
    return questions.filter(~Exists(replies))


def _replies_by_others(annotation: str, author: str) -> AnnotationQuerySet:
    """The replies to the outer annotation by others than its outer author; somebody who left is another."""
    replies = Annotation.objects.annotate(by=Coalesce("author", 0))
    replies = replies.exclude(by=Coalesce(OuterRef(author), -1))
    return replies.filter(parent=OuterRef(annotation), deleted_at__isnull=True, hidden_at__isnull=True)


def open_prompts(group: Class) -> "QuerySet[Asked]":
    """The prompts of the views that a class is shown to which nobody has replied but who asks."""
    replies = _replies_by_others("prompt", "prompt__annotation__author")
    there = live_prompts().filter(
        view__group=group, view__deleted_at__isnull=True, view__shown_at__isnull=False
    )
    return there.filter(~Exists(replies))


def narrowed(group: Class, user: Reader, wanted: Wanted) -> QuerySet[Annotation]:
    """What the filter lets through of the layer, replies for themselves."""
    there = written_in(group, user)
    if wanted.open:
        there = open_questions(there)
    if wanted.view is not None:
        texts = View.objects.live().filter(pk=wanted.view, group=group)
        either = Q(passage__document__in=texts.values("left")) | Q(
            passage__document__in=texts.values("right")
        )
        of_thread = Q(annotation=OuterRef("pk")) | Q(annotation=OuterRef("parent"))
        there = there.filter(Exists(Target.objects.filter(of_thread, either)))
    return wanted.notes.on(there, user) if wanted.notes else there


def discussions(group: Class, user: Reader, wanted: Wanted) -> QuerySet[Annotation]:
    """What is written and the replies to it, as far as the filter lets either through, the last moved first.

    Bare highlights say nothing, and are listed where one asks for them.
    """
    there = written_in(group, user).filter(parent__isnull=True)
    if wanted:
        through = narrowed(group, user, wanted)
        answered = through.filter(parent__isnull=False)
        there = there.filter(Q(pk__in=through.values("pk")) | Q(pk__in=answered.values("parent")))
    if wanted.notes.kind != Kind.HIGHLIGHT:
        there = there.exclude(kind=Kind.HIGHLIGHT, html="")
    replies = Annotation.objects.replies_seen_by(user).filter(parent=OuterRef("pk")).order_by("-made_at")
    moved = there.annotate(moved_at=Coalesce(Subquery(replies.values("made_at")[:1]), F("made_at")))
    return shown(moved.order_by("-moved_at", "-pk"), user)


def written_by(membership: Membership, user: Reader) -> QuerySet[Annotation]:
    """All that somebody wrote in the layer of the class and that bears their name to this reader.

    By text, then by place; with the replies.
    """
    there = written_in(membership.group, user).filter(named_to(user), author=membership.person_id)
    return shown(in_reading_order(there), user)


def is_nameless(membership: Membership) -> bool:
    """Whether somebody left, or was removed, and what they wrote stays without their name; one query."""
    if membership.written != Written.NAMELESS:
        return False
    again = Membership.objects.active().filter(group=membership.group_id, person=membership.person_id)
    return not again.exists()


def writers(group: Class) -> list[tuple[Membership, bool]]:
    """Those who are or were in the class and wrote something under their name, and whether they are in it.

    Of somebody who was in it several times the last time counts. One query.
    """
    wrote = Annotation.objects.filter(
        layer__group=group, author=OuterRef("person"), deleted_at__isnull=True
    ).exclude(byline=Annotation.Byline.NOBODY)
    there = Membership.objects.filter(Exists(wrote), group=group).select_related("person")
    last: dict[int, Membership] = {one.person_id: one for one in there.order_by("joined_at", "pk")}
    found = [
        (one, one.left_at is None and one.removed_at is None)
        for one in last.values()
        if one.written != Written.NAMELESS
    ]
    return sorted(found, key=lambda each: (not each[1], _name(each[0].person)))


def _name(person: User) -> str:
    return person.name.casefold()
