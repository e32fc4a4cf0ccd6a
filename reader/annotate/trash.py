"""The trash: what was deleted lies there for some weeks, and goes for good after that."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reader.annotate.drawn import redrawing
from reader.annotate.models import Annotation, Change, Tag
from reader.annotate.querysets import AnnotationQuerySet
from reader.library.passages import Passage
from reader.people.models import User

BATCH = 500


def in_trash_of(user: User) -> AnnotationQuerySet:
    """A person's own deleted annotations, the last deleted first."""
    own = Annotation.objects.writable_by(user).filter(deleted_at__isnull=False)
    return own.order_by("-deleted_at", "-pk")


def goes_at(annotation: Annotation) -> datetime | None:
    """When a deleted annotation goes for good."""
    days = timedelta(days=Annotation.TRASH_DAYS)
    return annotation.deleted_at + days if annotation.deleted_at else None


def purge(annotations: AnnotationQuerySet | None = None) -> int:
    """Delete for good what lies in the trash for too long, of these annotations or of all; how many."""
    too_old = timezone.now() - timedelta(days=Annotation.TRASH_DAYS)
    rows = Annotation.objects.filter(author__isnull=False) if annotations is None else annotations
    expired = rows.filter(deleted_at__lt=too_old).order_by("pk")
    gone = 0
    while keys := list(expired.values_list("pk", flat=True)[:BATCH]):
        delete_for_good(keys)
        gone += len(keys)
    return gone


@transaction.atomic
def delete_for_good(keys: Sequence[int]) -> None:
    """Delete annotations with all that was written in them, also in their history; no undo.

    Of those that others answered a row without words and author stays, hidden, for the replies' sake: whoever
    wrote them takes them away with their own.
    """
    replies = Annotation.objects.filter(parent=OuterRef("pk")).exclude(author=OuterRef("author"))
    answered = Annotation.objects.filter(Exists(replies), pk__in=keys, author__isnull=False)
    held = list(answered.values_list("pk", flat=True))
    gone = sorted(set(keys) - set(held))
    passages = list(Passage.objects.filter(targets__annotation__in=gone).values_list("pk", flat=True))
    Change.objects.filter(Q(annotation__in=keys) | Q(annotation__parent__in=gone)).delete()
    with redrawing(keys):
        Tag.objects.filter(annotation__in=held).delete()
        Annotation.objects.filter(pk__in=held).update(
            author=None, body="", html="", meaning=None, token="", answer=None, deleted_at=timezone.now()
        )
        Annotation.objects.filter(pk__in=gone).delete()
    Passage.objects.filter(pk__in=passages, targets__isnull=True).delete()
