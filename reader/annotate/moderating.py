"""Flag, hide and restore annotations: who may, and each verb in one transaction, written down to be undone.

What is hidden is out of everybody's sight but its author's, with all replies to it, and stays so wherever its
author moves it.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reader.annotate.actions import NotDone
from reader.annotate.batches import batches
from reader.annotate.drawn import redrawing
from reader.annotate.journal import Journal
from reader.annotate.layer_querysets import groups_known_to
from reader.annotate.models import Annotation, Change, Layer, Target
from reader.annotate.prompt_models import Flag
from reader.annotate.querysets import AnnotationQuerySet
from reader.annotate.turning import NotUndone
from reader.library.querysets import Reader, visible
from reader.people.class_access import CLOSED, Standing, standing
from reader.people.class_models import LEADING, Class
from reader.people.models import User

VERBS = ("flag", "unflag", "hide", "unhide", "settle")
WHY_AT_MOST = 500
HIDDEN = "Hidden: "
FLAGGABLE = (Layer.Kind.CLASS, Layer.Kind.PUBLIC)


def in_care_of(user: Reader) -> AnnotationQuerySet:
    """What this person may hide and restore, also what lies hidden, on texts that they may read.

    That is what is written in the classes that they lead or assist, and for the staff what is everybody's.
    """
    targets = Target.objects.filter(Q(annotation=OuterRef("pk")) | Q(annotation=OuterRef("parent")))
    closed = targets.exclude(visible(user, "passage__document__") or Q(passage__document__isnull=False))
    theirs = Q(layer__group__in=groups_known_to(user))
    if user.is_authenticated and user.is_staff:
        theirs |= Q(layer__kind=Layer.Kind.PUBLIC)
    return Annotation.objects.live().filter(theirs, ~Exists(closed))


def cares_for(user: User, annotation: Annotation) -> bool:
    """Whether this person may hide it, as far as it is not somebody's whom they may not overrule."""
    return in_care_of(user).filter(pk=annotation.pk).exists()


def why_not_flag(annotation: Annotation, by: User) -> str:
    """Why this person cannot ask others to look at an annotation; nothing where they can."""
    if annotation.author_id == by.pk:
        return "You wrote this yourself: change it, or delete it."
    if annotation.layer.kind not in FLAGGABLE:
        return "This is no note of a class and none of everybody’s: speak to who wrote it."
    return _closed(annotation.layer.group)


def why_not_hide(annotation: Annotation, by: User) -> str:
    """Why this person cannot hide what they look after; nothing where they can."""
    if annotation.author_id == by.pk:
        return "You wrote this yourself: delete it instead."
    if annotation.kind == Annotation.Kind.PROMPT:
        return "A prompt is taken out of its view, not hidden."
    group = annotation.layer.group
    if group and annotation.author and not _overrules(by, annotation.author, group):
        return "An assistant does not hide what somebody wrote who leads the class."
    return _closed(group)


def why_not_restore(annotation: Annotation, by: User) -> str:
    """Why this person cannot show again what was hidden; nothing where they can."""
    group, hider = annotation.layer.group, annotation.hidden_by
    if annotation.author_id == by.pk and hider != by:
        return "Somebody else has to show again what you wrote."
    if group and hider and not _overrules(by, hider, group):
        return "This was hidden by somebody who leads the class: ask them."
    return _closed(group)


def flag(*, annotation: Annotation, by: User, why: str) -> Change | None:
    """Ask those who look after it to look at an annotation; None where this person did so already."""
    _check(why_not_flag(annotation, by))
    try:
        with transaction.atomic():
            made = Flag.objects.create(
                annotation=annotation, person=by, why=_reason(why), made_at=timezone.now()
            )
            journal = Journal(by, "flag", annotation)
            journal.created(made, "annotation", "person", "why", "made_at")
            return journal.close("Flagged.")
    except IntegrityError:
        return None


@transaction.atomic
def unflag(*, annotation: Annotation, by: User) -> Change | None:
    """Take one's open flag back; None where there is none."""
    mine = Flag.objects.select_for_update().filter(annotation=annotation, person=by, settled_at=None).first()
    if mine is None:
        return None
    journal = Journal(by, "unflag", annotation)
    journal.delete(mine, "annotation", "person", "why", "made_at")
    return journal.close("The flag is taken back.")


@transaction.atomic
def hide(*, annotation: Annotation, by: User, why: str) -> Change | None:
    """Take an annotation out of others' sight, which settles its flags; None where it is hidden."""
    now = _held(annotation)
    _check(why_not_hide(now, by))
    reason = _reason(why)
    if not reason:
        raise NotDone("Say why: who wrote it reads that.")
    if now.hidden_at is not None:
        return None
    journal = Journal(by, "hide", now)
    with redrawing([now.pk]):
        # No edit of its author's: whoever rewrites it at this moment need not be told.
        journal.update_all(_row(now), hidden_at=timezone.now(), hidden_by=by)
    _settle(journal, now)
    return journal.close(f"{HIDDEN}{reason}")


@transaction.atomic
def unhide(*, annotation: Annotation, by: User) -> Change | None:
    """Show an annotation again; None where it is not hidden."""
    now = _held(annotation)
    if now.hidden_at is None:
        return None
    _check(why_not_restore(now, by))
    journal = Journal(by, "unhide", now)
    with redrawing([now.pk]):
        journal.update_all(_row(now), hidden_at=None, hidden_by=None)
    return journal.close("Shown again.")


@transaction.atomic
def settle(*, annotation: Annotation, by: User) -> Change | None:
    """Leave an annotation as it is, which settles its flags; None where there are none open."""
    now = _held(annotation)
    _check(_closed(now.layer.group))
    journal = Journal(by, "settle", now)
    _settle(journal, now)
    return journal.close("Left as it is.") if journal.ops else None


@dataclass(frozen=True, slots=True)
class Hiding:
    """Why an annotation is hidden, and as what who hid it did so: "an instructor of On Tides"."""

    by: str
    why: str


def hiding_of(annotation: Annotation) -> Hiding | None:
    """What its author is told of a hidden annotation; three queries, none where it is not hidden."""
    if annotation.hidden_at is None:
        return None
    done = Change.objects.filter(annotation=annotation.pk, verb="hide", undone_at=None)
    last = done.select_related("actor").first()
    group = annotation.layer.group
    if group is None:
        who = "the staff of this library"
    elif last and last.actor and standing(last.actor, group).role in LEADING:
        who = f"an {group.leading.label.lower()} of {group.name}"
    else:
        who = f"those who look after {group.name}"
    return Hiding(who, last.said.removeprefix(HIDDEN) if last else "")


def on_change_turning(*, change: Change, **_: Any) -> None:
    """Receive annotate.signals.change_turning: nobody undoes or redoes what they may not do any more."""
    if change.verb in VERBS:
        _check_turning(change)
        return
    moved = [
        pk
        for name, pk, before, after in change.ops
        if name == "Annotation" and before and after and "layer_id" in before
    ]
    hidden = Annotation.objects.filter(hidden_at__isnull=False)
    if any(hidden.filter(pk__in=some).exists() for some in batches(moved)):
        raise NotUndone("This was hidden meanwhile: it stays where it is.")


def _check_turning(change: Change) -> None:
    actor, annotation = change.actor, change.annotation
    if actor is None or annotation is None:
        raise NotUndone("What this was about is not there any more.")
    if change.verb in ("flag", "unflag"):
        keys = [pk for name, pk, *_ in change.ops if name == "Flag"]
        if Flag.objects.filter(pk__in=keys, settled_at__isnull=False).exists():
            raise NotUndone("Somebody has looked at it meanwhile.")
        seen = Annotation.objects.visible_to(actor).filter(pk=annotation.pk).exists()
        problem = "" if seen else "You do not see this any more."
    else:
        problem = "" if cares_for(actor, annotation) else "You do not look after this any more."
    if problem := problem or _closed(annotation.layer.group):
        raise NotUndone(problem)


def _overrules(by: User, other: User, group: Class) -> bool:
    """Whether this person's word counts against the other's: leaders' does always."""
    return _leads(standing(by, group)) or not _leads(standing(other, group))


def _leads(one: Standing) -> bool:
    return one.role in LEADING


def _closed(group: Class | None) -> str:
    return CLOSED if group and group.archived_at else ""


def _check(problem: str) -> None:
    if problem:
        raise NotDone(problem)


def _reason(why: str) -> str:
    reason = " ".join(why.split())
    if len(reason) > WHY_AT_MOST:
        raise NotDone(f"Say it in {WHY_AT_MOST} characters: this has {len(reason)}.")
    return reason


def _held(annotation: Annotation) -> Annotation:
    there = Annotation.objects.select_for_update(of=("self",)).select_related(
        "layer__group", "author", "hidden_by"
    )
    return there.get(pk=annotation.pk)


def _row(annotation: Annotation) -> AnnotationQuerySet:
    return Annotation.objects.filter(pk=annotation.pk)


def _settle(journal: Journal, annotation: Annotation) -> None:
    open_flags = (
        Flag.objects.select_for_update().filter(annotation=annotation, settled_at=None).order_by("pk")
    )
    journal.update_all(open_flags, settled_at=timezone.now(), settled_by=journal.by)
