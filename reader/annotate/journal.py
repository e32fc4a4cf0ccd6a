"""Write down every change as it is made, undo it, and do it again."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from reader.annotate.drawn import redrawing
from reader.annotate.looks import follow, tagged_with
from reader.annotate.models import Annotation, Change, Code, Tag
from reader.library.querysets import Reader
from reader.people.models import User

Values = dict[str, Any]
# A model's name, the row's key, the values that it has, and those that it is to have; None: no row.
Op = tuple[str, int, Values | None, Values | None]
BATCH = 500


class NotUndone(ValueError):
    """A change that cannot be undone or done again; the message says why."""


class Journal:
    """The rows that one act of a person touches; close() makes a Change of them."""

    def __init__(self, by: User, verb: str, annotation: Annotation | None = None) -> None:
        self.by = by
        self.verb = verb
        self.annotation = annotation
        self.ops: list[list[Any]] = []

    def created(self, row: models.Model, *fields: str) -> None:
        """A row that was just made; undoing takes it to the trash, or away where it has none."""
        self.ops.append([_name(row), row.pk, None, _values(row, fields)])

    def update(self, row: models.Model, **values: Any) -> bool:
        """Give a row these values and save it; False, and nothing written, where it has them already."""
        before = _values(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        after = _values(row, values)
        if before == after:
            return False
        saved = list(values)
        if isinstance(row, Annotation):
            # Never among the ops: it counts up, also when a change is taken back.
            row.version += 1
            saved.append("version")
        row.save(update_fields=saved)
        self.ops.append([_name(row), row.pk, before, after])
        return True

    def update_all(self, rows: "models.QuerySet[Any]", **values: Any) -> list[int]:
        """Give many rows these values at once; the keys of those that had others."""
        model = rows.model
        changed: list[models.Model] = []
        for row in rows:
            before = _values(row, values)
            for name, value in values.items():
                setattr(row, name, value)
            after = _values(row, values)
            if before != after:
                changed.append(row)
                self.ops.append([_name(row), row.pk, before, after])
        for first in range(0, len(changed), BATCH):
            model._default_manager.bulk_update(changed[first : first + BATCH], list(values))
        return [row.pk for row in changed]

    def delete_all(self, rows: "models.QuerySet[Any]", *fields: str) -> None:
        """Take many rows away that need no trash."""
        self.ops += [[_name(row), row.pk, _values(row, fields), None] for row in rows]
        rows.delete()

    def delete(self, row: models.Model, *fields: str) -> None:
        """Take a row away that needs no trash; these fields are enough to make it again."""
        self.ops.append([_name(row), row.pk, _values(row, fields), None])
        row.delete()

    def close(self, said: str) -> Change:
        """Keep the change, with what the page says about it."""
        return Change.objects.create(
            actor=self.by,
            verb=self.verb,
            said=said,
            at=timezone.now(),
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
    _put_all(change, [(name, pk, after, before) for name, pk, before, after in reversed(change.ops)])
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    return change


@transaction.atomic
def redo(*, change: Change, by: User) -> Change:
    """Do an undone change again."""
    change = _locked(change, by)
    if change.undone_at is None:
        raise NotUndone("This was not undone.")
    _put_all(change, [(name, pk, before, after) for name, pk, before, after in change.ops])
    change.undone_at = None
    change.save(update_fields=["undone_at"])
    return change


def annotations_of(change: Change) -> set[int]:
    """The annotations whose marks a change may touch."""
    found = {change.annotation_id} if change.annotation_id else set()
    rows: dict[str, set[int]] = {"Tag": set(), "Target": set(), "Passage": set()}
    for name, pk, before, after in change.ops:
        values = {**(before or {}), **(after or {})}
        if name == "Annotation":
            found.add(pk)
        elif "annotation_id" in values:
            found.add(values["annotation_id"])
        elif name in rows:
            rows[name].add(pk)
    for path, keys in (("tags", rows["Tag"]), ("targets", rows["Target"]), ("passages", rows["Passage"])):
        if keys:
            touched = Annotation.objects.filter(**{f"{path}__in": keys}).order_by()
            found.update(touched.values_list("pk", flat=True))
    return found


def _locked(change: Change, by: User) -> Change:
    found = Change.objects.select_for_update().filter(pk=change.pk, actor=by).first()
    if found is None:
        raise NotUndone("Only the person who did this can undo it.")
    return found


def _put_all(change: Change, ops: list[Op]) -> None:
    """Let the rows become what they were, those alike at once, and draw what became of them."""
    with redrawing(annotations_of(change)):
        for (name, was, becomes), alike in groupby(ops, key=lambda op: (op[0], op[2], op[3])):
            keys = [pk for _, pk, _, _ in alike]
            for first in range(0, len(keys), BATCH):
                _put(name, keys[first : first + BATCH], was=was, becomes=becomes)
    follow(_looks_of(change))


def _looks_of(change: Change) -> set[int]:
    """The annotations whose look may be another one: it repeats that of their codes and meanings."""
    tagged = any(name == "Tag" for name, *_ in change.ops)
    found = annotations_of(change) if tagged else set()
    codes: set[int] = set()
    for name, pk, before, after in change.ops:
        values = {**(before or {}), **(after or {})}
        if name == "Annotation" and not {"look", "meaning_id"}.isdisjoint(values):
            found.add(pk)
        elif name == "Code" and (
            before is None or after is None or not {"hue", "pattern", "deleted_at"}.isdisjoint(values)
        ):
            codes.add(pk)
    return found.union(tagged_with(codes)) if codes else found


def _put(name: str, keys: list[int], *, was: Values | None, becomes: Values | None) -> None:
    """Let rows that were like this become like that."""
    model: type[models.Model] = apps.get_model("reader", name)
    rows = model._default_manager.filter(pk__in=keys)
    trash = hasattr(model, "deleted_at")
    if becomes is None:
        if model is Code and Tag.objects.filter(code__in=keys, annotation__deleted_at__isnull=True).exists():
            raise NotUndone("Passages have been tagged with this code since: delete the code instead.")
        if trash:
            rows.update(deleted_at=timezone.now())
        else:
            rows.delete()
        return
    found = {row.pk: row for row in rows.select_for_update()}
    if was is None:
        if trash:
            rows.update(deleted_at=None)
        values = _decoded(model, becomes)
        model._default_manager.bulk_create(model(pk=pk, **values) for pk in keys if pk not in found)
        return
    if len(found) < len(keys):
        raise NotUndone("What this changed is no longer there.")
    for row in found.values():
        now = _values(row, was)
        # A look follows codes and meanings, and is no edit of its own.
        if any(now[field] != value for field, value in was.items() if field != "look"):
            raise NotUndone(
                "This has been changed again since: undo the later change first, or edit it by hand."
            )
    values = _decoded(model, becomes)
    if model is Annotation:
        values["version"] = F("version") + 1
    rows.update(**values)


def _name(row: models.Model) -> str:
    return type(row).__name__


def _values(row: models.Model, fields: Iterable[str]) -> Values:
    """The values of these fields as JSON has them; keys of other rows by their column's name."""
    found: Values = {}
    for name in fields:
        field = row._meta.get_field(name)
        attname = getattr(field, "attname", name)
        value = getattr(row, attname)
        if isinstance(value, datetime):
            value = value.isoformat()
        found[attname] = str(value) if isinstance(value, uuid.UUID) else value
    return found


def _decoded(model: type[models.Model], values: Values) -> Values:
    found: Values = {}
    for name, value in values.items():
        moment = isinstance(value, str) and isinstance(model._meta.get_field(name), models.DateTimeField)
        found[name] = parse_datetime(value) if moment else value
    return found
