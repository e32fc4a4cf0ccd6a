"""Let rows become what they were, or what they became: for taking a change back, and doing it again."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from reader.annotate.batches import batches
from reader.annotate.carry import bring, hidden_from_author
from reader.annotate.choosing import why_not_writable
from reader.annotate.drawn import redrawing
from reader.annotate.looks import follow, tagged_with
from reader.annotate.models import Annotation, Change, Code, Layer, Meaning, Tag
from reader.library.models import Document
from reader.library.passages import Passage

Values = dict[str, Any]
# A model's name, the row's key, the values that it has, and those that it is to have; None: no row.
Op = tuple[str, int, Values | None, Values | None]

CHANGED_SINCE = "This has been changed again since: undo the later change first, or edit it by hand."
GONE = "What this changed is no longer there."


class NotUndone(ValueError):
    """A change that cannot be undone or done again; the message says why."""


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
        for batch in batches(sorted(keys)):
            touched = Annotation.objects.filter(**{f"{path}__in": batch}).order_by()
            found.update(touched.values_list("pk", flat=True))
    return found


def put_all(change: Change, ops: Iterable[Op], at: datetime) -> None:
    """Let the rows become what they were, those alike at once, and draw what became of them."""
    with redrawing(annotations_of(change)):
        try:
            with transaction.atomic():
                for (name, was, becomes), alike in groupby(ops, key=lambda op: (op[0], op[2], op[3])):
                    for keys in batches([pk for _, pk, _, _ in alike]):
                        _put(name, keys, was=was, becomes=becomes, at=at)
        except IntegrityError:
            # Such as a code that was taken off, and set again since.
            raise NotUndone(CHANGED_SINCE) from None
        _check_replies([pk for _, pk, before, _ in change.ops if before and "layer_id" in before])
        _check_writable(change)
        _bring_along([pk for name, pk, *_ in change.ops if name == "Passage"])
    follow(_looks_of(change))


def _check_replies(annotations: Sequence[int]) -> None:
    """NotUndone where replies to these would be for other eyes than they: those written since a move."""
    for batch in batches(annotations):
        if Annotation.objects.filter(parent__in=batch).exclude(layer=F("parent__layer")).exists():
            raise NotUndone("This has replies that were written since: move it by hand, and them with it.")


def _check_writable(change: Change) -> None:
    """NotUndone where something would stand where the person can no longer write: not even by an undo."""
    keys, by = [pk for name, pk, *_ in change.ops if name == "Annotation"], change.actor
    if by is None:
        return
    for batch in batches(keys):
        there = Annotation.objects.filter(pk__in=batch, deleted_at__isnull=True)
        closed = there.exclude(layer__in=Layer.objects.writable_by(by)).select_related("layer__group")
        if one := closed.first():
            raise NotUndone(why_not_writable(one.layer, by) or CHANGED_SINCE)


def _bring_along(keys: Sequence[int]) -> None:
    """Let passages that lie on an older revision again come to the current one, as those did that stayed."""
    behind: dict[Document, list[Passage]] = defaultdict(list)
    settled = (Passage.State.LEFT, Passage.State.UNPLACED)
    for batch in batches(keys):
        old = Passage.objects.filter(pk__in=batch).exclude(revision=F("document__current"))
        old = old.exclude(state__in=settled).exclude(hidden_from_author())
        for passage in old.select_related("document"):
            if passage.document:
                behind[passage.document].append(passage)
    for document, passages in behind.items():
        bring(document=document, passages=passages)


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
        elif name == "Meaning":
            found.update(Annotation.objects.filter(meaning=pk).order_by().values_list("pk", flat=True))
    return found.union(tagged_with(codes)) if codes else found


def _put(name: str, keys: Sequence[int], *, was: Values | None, becomes: Values | None, at: datetime) -> None:
    """Let rows that were like this become like that, at this moment."""
    model: type[models.Model] = apps.get_model("reader", name)
    rows = model._default_manager.filter(pk__in=keys)
    trash = hasattr(model, "deleted_at")
    if becomes is None:
        if model is Code and Tag.objects.filter(code__in=keys, annotation__deleted_at__isnull=True).exists():
            raise NotUndone("Passages have been tagged with this code since: delete the code instead.")
        if model is Meaning and Annotation.objects.filter(meaning__in=keys).exists():
            raise NotUndone("Passages have been marked with this meaning since: give them another one first.")
        if trash:
            rows.update(deleted_at=timezone.now())
        else:
            rows.delete()
        return
    # In an order of their own: PostgreSQL holds no rows that it joined others to for their order.
    found = {row.pk: row for row in rows.order_by("pk").select_for_update()}
    if was is None and trash:
        # What was deleted for good meanwhile stays so.
        if not rows.update(deleted_at=None):
            raise NotUndone(GONE)
        return
    values = _decoded(model, becomes)
    if was is None:
        model._default_manager.bulk_create(model(pk=pk, **values) for pk in keys if pk not in found)
        return
    if len(found) < len(keys):
        raise NotUndone(GONE)
    for row in found.values():
        now = values_of(row, was)
        # A look follows codes and meanings, and is no edit of its own.
        if any(now[field] != value for field, value in was.items() if field != "look"):
            raise NotUndone(CHANGED_SINCE)
    if model is Annotation:
        values["version"] = F("version") + 1
        if was.get("layer_id") != becomes.get("layer_id"):
            values["laid_at"] = at
    rows.update(**values)


def values_of(row: models.Model, fields: Iterable[str]) -> Values:
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
    """The values as the model has them. NotUndone where a row that they name is there no more."""
    found: Values = {}
    for name, value in values.items():
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey) and value is not None:
            there: models.QuerySet[Any] = field.related_model._base_manager.filter(pk=value)
            if not there.exists():
                raise NotUndone(GONE)
        moment = isinstance(value, str) and isinstance(field, models.DateTimeField)
        found[name] = parse_datetime(value) if moment else value
    return found
