"""Which layers somebody may write in, by the names that forms give them, and which they chose last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet, Subquery

from reader.annotate.layer_models import Layer, LayerChoice, group_name
from reader.http import whole
from reader.library.prepared import NUMBERS, Prepared
from reader.library.querysets import Reader
from reader.people.class_models import LEADING, Class, Membership
from reader.people.models import User

PRIVATE, PUBLIC, TEACHING = Layer.Kind.PRIVATE, Layer.Kind.PUBLIC, Layer.Kind.TEACHING
TEACHING_NAME = "Shown in your classes"
WHO = "Choose who shall see it: only you, a class of yours, or everybody."


class NotWritable(ValueError):
    """A layer that is not, or no longer, this person's to write in; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A layer as forms offer it: its key, and for whose eyes it is."""

    key: str
    name: str


def choices(user: Reader, present: Layer | None = None) -> list[Choice]:
    """The layers that this person may write in, the closest first; one query, none without an account.

    present: where something lies now, offered too as long as nothing else is chosen.
    """
    found = [Choice(PRIVATE.value, PRIVATE.label)]
    groups = open_groups(user)
    found += [Choice(f"class-{pk}", group_name(kind, name)) for pk, kind, name, _ in groups]
    if any(role in LEADING for *_, role in groups):
        found.append(Choice(TEACHING.value, TEACHING_NAME))
    found.append(Choice(PUBLIC.value, PUBLIC.label))
    if present and present.key not in {one.key for one in found}:
        found.append(Choice(present.key, f"{present.label}, as now"))
    return found


def why_not_writable(layer: Layer, by: User) -> str:
    """Why this person cannot write in a layer; nothing where they can. A query, but none for everybody's."""
    if layer.kind == PUBLIC or layer.owner_id == by.pk:
        return ""
    if layer.kind == TEACHING:
        return "Only who shows this in their classes writes in it: write a note of your own beside it."
    if layer.group is None:
        return "This is its author’s alone."
    if layer.group.archived_at:
        return f"“{layer.group.name}” is archived: nothing in it is changed."
    there = Membership.objects.active().filter(group=layer.group, person=by)
    return "" if there.exists() else f"You are no longer in “{layer.group.name}”."


def check_writable(layer: Layer, by: User) -> None:
    """NotWritable, saying why, where this person cannot write in a layer."""
    if problem := why_not_writable(layer, by):
        raise NotWritable(problem)


def readable(user: Reader) -> list[Choice]:
    """The layers that lists are narrowed to, of archived classes too; one query, none without an account."""
    if not user.is_authenticated:
        return []
    rows = Class.objects.of(cast(User, user)).order_by("name", "pk").values_list("pk", "kind", "name")
    groups = [Choice(f"class-{pk}", group_name(kind, name)) for pk, kind, name in rows]
    taught = [Choice(TEACHING.value, TEACHING.label)] if groups else []
    return [Choice(PRIVATE.value, PRIVATE.label), *groups, *taught, Choice(PUBLIC.value, PUBLIC.label)]


def chosen_on(user: Reader, documents: Sequence[int]) -> dict[int, str]:
    """The keys of the layers that were chosen last on these texts; one query, none without an account."""
    if not user.is_authenticated:
        return {}
    rows = LayerChoice.objects.filter(person=user.pk, document__in=documents).select_related("layer")
    return {row.document_id: row.layer.key for row in rows}


def layer_named(key: str, by: User, document: int = 0, *, remember: bool = True) -> Layer:
    """The layer of this key, made on first use; "" is the person's own. NotWritable where it is not theirs.

    One query. It is what forms propose next time on this document, if one is given.
    """
    kind, _, number = (key or PRIVATE).partition("-")
    group = whole(number) if number else None
    if kind not in _LAYERS or (kind == Layer.Kind.CLASS) != (group is not None):
        raise NotWritable(WHO)
    rows = _LAYERS[kind].rows(by, [document, *([group] if group is not None else [])])
    if rows:
        pk, owner, pk_of_group, group_kind, name, chosen = rows[0]
        of = Class(pk=pk_of_group, kind=group_kind, name=name) if pk_of_group else None
        layer = Layer(pk=pk, kind=kind, owner_id=owner, group=of)
    else:
        layer, chosen = _made(kind, group, by), None
    if document and remember and chosen != layer.pk and (chosen or kind != PRIVATE):
        LayerChoice.objects.update_or_create(person=by, document_id=document, defaults={"layer_id": layer.pk})
    return layer


def open_groups(user: Reader) -> list[tuple[int, str, str, str]]:
    """Key, kind and name of each class that this person is in and that is not archived, and their role."""
    if not user.is_authenticated:
        return []
    there = Membership.objects.active().filter(person=user.pk, group__archived_at__isnull=True)
    return list(
        there.order_by("group__name", "group").values_list("group", "group__kind", "group__name", "role")
    )


def _made(kind: str, group: int | None, by: User) -> Layer:
    """A layer that nobody has written in yet."""
    if kind == PUBLIC:
        return Layer.objects.public()
    if kind == PRIVATE:
        return Layer.objects.private_to(by)
    if kind == TEACHING:
        if Class.objects.led_by(by).exists():
            return Layer.objects.teaching_of(by)
        raise NotWritable("Only who leads a class shows notes in it. Choose who else shall see this.")
    found = Class.objects.of(by).filter(pk=group or 0).first()
    if found is None:
        raise NotWritable("You are not in that class, or no longer. Choose who else shall see this.")
    if found.archived_at:
        raise NotWritable(
            f"“{found.name}” is archived: nothing is added to it. Choose who else shall see this."
        )
    return Layer.objects.of_class(found)


def _layers(kind: str) -> Prepared:
    def build(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
        layers = Layer.objects.writable_by(user).filter(kind=kind)
        if len(values) > 1:
            layers = layers.filter(group=values[1])
        chosen = LayerChoice.objects.filter(person=user.pk, document=values[0]).order_by()
        rows = layers.order_by().annotate(chosen=Subquery(chosen.values("layer")[:1]))
        return rows.values_list("pk", "owner", "group", "group__kind", "group__name", "chosen")

    return Prepared(build, NUMBERS)


_LAYERS = {kind: _layers(kind) for kind in Layer.Kind.values}
