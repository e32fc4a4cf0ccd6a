"""Write down every change as it is made, undo it, and do it again."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from reader.annotate.batches import batches
from reader.annotate.models import Annotation, Change
from reader.annotate.signals import change_turned, change_turning
from reader.annotate.turning import CHANGED_SINCE, NotUndone, Values, put_all, values_of
from reader.library.querysets import Reader
from reader.people.models import User


class Journal:
    """The rows that one act of a person touches; close() makes a Change of them."""

    def __init__(self, by: User, verb: str, annotation: Annotation | None = None) -> None:
        self.by = by
        self.verb = verb
        self.annotation = annotation
        self.ops: list[list[Any]] = []
        # The moment of the change where it moves something: what stands in it and in the rows is the same.
        self.at: datetime | None = None

    def created(self, row: models.Model, *fields: str) -> None:
        """A row that was just made; undoing takes it to the trash, or away where it has none."""
        self.ops.append([_name(row), row.pk, None, values_of(row, fields)])

    def update(self, row: models.Model, **values: Any) -> bool:
        """Give a row these values and save it; False, and nothing written, where it has them already."""
        before = values_of(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        after = values_of(row, values)
        if before == after:
            return False
        saved = list(values)
        if isinstance(row, Annotation):
            # Never among the ops: it counts up, also when a change is taken back.
            row.version += 1
            saved.append("version")
            if self._lay(row, before, after):
                saved.append("laid_at")
        row.save(update_fields=saved)
        self.ops.append([_name(row), row.pk, before, after])
        return True

    def update_all(self, rows: "models.QuerySet[Any]", **values: Any) -> list[int]:
        """Give many rows these values at once; the keys of those that had others."""
        model = rows.model
        changed: list[models.Model] = []
        laid = False
        for row in rows:
            before = values_of(row, values)
            for name, value in values.items():
                setattr(row, name, value)
            after = values_of(row, values)
            if before != after:
                changed.append(row)
                laid = self._lay(row, before, after) or laid
                self.ops.append([_name(row), row.pk, before, after])
        for batch in batches(changed):
            model._default_manager.bulk_update(batch, [*values, *(["laid_at"] if laid else [])])
        return [row.pk for row in changed]

    def _lay(self, row: models.Model, before: Values, after: Values) -> bool:
        """Let an annotation say when it came into another layer; False where it did not."""
        if not isinstance(row, Annotation) or before.get("layer_id") == after.get("layer_id"):
            return False
        self.at = row.laid_at = self.at or timezone.now()
        return True

    def delete_all(self, rows: "models.QuerySet[Any]", *fields: str) -> None:
        """Take many rows away that need no trash."""
        self.ops += [[_name(row), row.pk, values_of(row, fields), None] for row in rows]
        rows.delete()

    def delete(self, row: models.Model, *fields: str) -> None:
        """Take a row away that needs no trash; these fields are enough to make it again."""
        self.ops.append([_name(row), row.pk, values_of(row, fields), None])
        row.delete()

    def close(self, said: str) -> Change:
        """Keep the change, with what the page says about it."""
        return Change.objects.create(
            actor=self.by,
            verb=self.verb,
            said=said,
            at=self.at or timezone.now(),
            annotation=self.annotation,
            ops=self.ops,
        )


def last_change(by: Reader) -> Change | None:
    """What undo() would undo."""
    return Change.objects.of(by).filter(undone_at__isnull=True).first()


def next_change(by: Reader) -> Change | None:
    """What redo() would do again: the last undone, unless something new was done since."""
    undone = Change.objects.of(by).filter(undone_at__isnull=False).order_by("-undone_at", "pk").first()
    if (
        undone is None
        or Change.objects.of(by).filter(at__gt=undone.undone_at, undone_at__isnull=True).exists()
    ):
        return None
    return undone


@transaction.atomic
def undo(*, change: Change, by: User) -> Change:
    """Take a change back. NotUndone where it is another person's, or where its rows were changed since."""
    change = _locked(change, by)
    if change.undone_at is not None:
        raise NotUndone("This was undone already.")
    change_turning.send(sender=Change, change=change)
    at = timezone.now()
    put_all(change, [(name, pk, after, before) for name, pk, before, after in reversed(change.ops)], at)
    change.undone_at = at
    change.save(update_fields=["undone_at"])
    change_turned.send(sender=Change, change=change)
    return change


@transaction.atomic
def redo(*, change: Change, by: User) -> Change:
    """Do an undone change again."""
    change = _locked(change, by)
    if change.undone_at is None:
        raise NotUndone("This was not undone.")
    # A history tells what was for everybody's eyes by the order in which things happened.
    moved = [
        pk for name, pk, before, _ in change.ops if name == "Annotation" and "layer_id" in (before or {})
    ]
    for batch in batches([*moved, *([change.annotation_id] if change.annotation_id else [])]):
        if Change.objects.filter(annotation__in=batch, at__gt=change.undone_at).exists():
            raise NotUndone(CHANGED_SINCE)
    change_turning.send(sender=Change, change=change)
    ops = [(name, pk, before, after) for name, pk, before, after in change.ops]
    put_all(change, ops, timezone.now())
    change.undone_at = None
    change.save(update_fields=["undone_at"])
    change_turned.send(sender=Change, change=change)
    return change


def _locked(change: Change, by: User) -> Change:
    found = Change.objects.select_for_update().filter(pk=change.pk, actor=by).first()
    if found is None:
        raise NotUndone("Only the person who did this can undo it.")
    return found


def _name(row: models.Model) -> str:
    return type(row).__name__
