"""What is done with views: each verb in one transaction. Showing, hiding and deleting can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from reader.annotate.batches import batches
from reader.annotate.drawn import redrawing
from reader.annotate.journal import Journal
from reader.annotate.layer_models import Layer, Showing
from reader.annotate.models import Annotation, Change
from reader.annotate.rendering import render
from reader.annotate.signals import showings_changed
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.class_models import Class
from reader.people.models import User
from reader.share.models import View

RESTORABLE = timedelta(days=30)
KINDS = "kinds"


class EditConflict(ValueError):
    """Somebody edited this view meanwhile; current is what it says now."""

    def __init__(self, current: View) -> None:
        super().__init__(
            "This view was edited elsewhere while you wrote. What you typed is still here; below it stands "
            "what the view says now. Keeping it again puts yours in its place."
        )
        self.current = current


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says of a view: all that its form has but the class, its texts and its places."""

    title: str
    introduction: str
    layers: Sequence[Layer]
    kinds: Sequence[str] = ()
    due_at: datetime | None = None

    def values(self) -> dict[str, Any]:
        """Those of the row."""
        return {
            "title": self.title,
            "introduction": self.introduction,
            "html": render(self.introduction),
            "filters": {KINDS: list(self.kinds)} if self.kinds else {},
            "due_at": self.due_at,
        }


@transaction.atomic
def make(
    *,
    by: User,
    words: Words,
    texts: Sequence[Document],
    places: Sequence[Passage | None],
    group: Class | None,
    shown: bool = False,
) -> View:
    """Make a view of one text or two, the last of its class's plan; places are not yet saved."""
    saved = [_saved(place) for place in places]
    view = View.objects.create(
        group=group,
        owner=by,
        left=texts[0],
        right=texts[1] if len(texts) > 1 else None,
        left_place=saved[0] if saved else None,
        right_place=saved[1] if len(saved) > 1 else None,
        position=next_position(group),
        **words.values(),
    )
    _give_layers(view, words.layers, by)
    if shown:
        show(view=view, by=by)
        view.refresh_from_db(fields=["shown_at"])
    return view


@transaction.atomic
def edit(
    *,
    view: View,
    by: User,
    version: int,
    words: Words,
    places: Sequence[tuple[str, Passage | None]] = (),
    group: Class | None = None,
) -> View:
    """Let a view say this; EditConflict where its version is another. places: those that changed, by side.

    A view in no class may be given to one; from one class to another it is copied.
    """
    now = View.objects.select_for_update(of=("self",)).get(pk=view.pk)
    if now.version != version:
        raise EditConflict(now)
    for name, value in words.values().items():
        setattr(now, name, value)
    left_behind = [getattr(now, f"{side}_place_id") for side, _ in places]
    for side, place in places:
        setattr(now, f"{side}_place", _saved(place))
    if group is not None and now.group_id is None:
        now.group, now.position = group, next_position(group)
    now.version += 1
    now.edited_at = timezone.now()
    now.save()
    _forget(left_behind)
    _give_layers(now, words.layers, by)
    return now


def _forget(places: Sequence[int | None]) -> None:
    """Delete the passages at which views opened and open no more."""
    Passage.objects.filter(pk__in=[pk for pk in places if pk], targets__isnull=True).delete()


def _saved(place: Passage | None) -> Passage | None:
    if place is not None:
        place.save(force_insert=True)
    return place


def _give_layers(view: View, layers: Sequence[Layer], by: User) -> None:
    """Let a view draw these layers; one's own teaching layer is shown in the class from then on."""
    view.layers.set(layers)
    if view.group is None:
        return
    for layer in layers:
        if layer.kind == Layer.Kind.TEACHING and layer.owner_id == by.pk:
            Showing.objects.get_or_create(layer=layer, group=view.group)
            showings_changed.send(sender=Layer, layer=layer)


def next_position(group: Class | None) -> int:
    """The place after the last view of a class, which is held: of two made at once one comes second."""
    if group is None:
        return 0
    Class.objects.select_for_update().filter(pk=group.pk).first()
    last: int | None = View.objects.filter(group=group).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def show(*, view: View, by: User) -> Change | None:
    """Show a view to its class, and its prompts with it; None where it is shown, or in no class."""
    now = View.objects.select_for_update(of=("self",)).select_related("group").get(pk=view.pk)
    if now.shown_at is not None or now.group is None:
        return None
    journal = Journal(by, "show_view")
    prompts = prompts_of(now).filter(deleted_at__isnull=True)
    journal.update(now, shown_at=timezone.now())
    _lay(journal, prompts, Layer.objects.of_class(now.group))
    return journal.close(f"“{now.title}” is shown to {now.group.name} now.")


@transaction.atomic
def hide(*, view: View, by: User) -> Change | None:
    """Make a view a draft again; None where it is one. Prompts that somebody answered stay in the class."""
    now = View.objects.select_for_update(of=("self",)).get(pk=view.pk)
    if now.shown_at is None:
        return None
    journal = Journal(by, "hide_view")
    prompts = prompts_of(now).filter(deleted_at__isnull=True)
    answered = Annotation.objects.filter(parent__in=prompts, deleted_at__isnull=True)
    silent = prompts.exclude(pk__in=answered.values("parent"))
    left = prompts.count() - silent.count()
    journal.update(now, shown_at=None)
    _lay(journal, silent, None)
    said = f"“{now.title}” is a draft now."
    if left:
        stay = "prompt that has answers stays" if left == 1 else "prompts that have answers stay"
        said += f" {left} {stay} at its passage."
    return journal.close(said)


def _lay(journal: Journal, prompts: "Any", layer: Layer | None) -> None:
    """Let prompts lie in this layer, with what answers them, and be drawn there; None: in their author's."""
    rows = list(prompts.order_by("pk").select_for_update(of=("self",)))
    keys = [row.pk for row in rows]
    with redrawing(keys):
        for row in rows:
            own = layer or Layer.objects.private_to(row.author or journal.by)
            journal.update(row, layer=own)
            journal.update_all(Annotation.objects.filter(parent=row.pk).order_by("pk"), layer=own)
        if layer is not None:
            Passage.objects.filter(targets__annotation__in=keys, noted=False).update(noted=True)


@transaction.atomic
def delete(*, view: View, by: User) -> Change | None:
    """Delete a view, its prompts and what answers them; all of it comes back with it. None where it was."""
    now = View.objects.select_for_update(of=("self",)).get(pk=view.pk)
    if now.deleted_at is not None:
        return None
    journal, when = Journal(by, "delete_view"), timezone.now()
    prompts = list(prompts_of(now).filter(deleted_at__isnull=True).order_by("pk"))
    with redrawing([prompt.pk for prompt in prompts]):
        journal.update(now, deleted_at=when)
        for prompt in prompts:
            journal.update(prompt, deleted_at=when)
    return journal.close(f"View “{now.title}” deleted.")


@transaction.atomic
def restore(*, view: View, by: User) -> Change | None:
    """Take a deleted view back, with the prompts that were deleted with it; None where it is there."""
    now = View.objects.select_for_update(of=("self",)).get(pk=view.pk)
    if now.deleted_at is None:
        return None
    journal = Journal(by, "restore_view")
    prompts = list(prompts_of(now).filter(deleted_at=now.deleted_at).order_by("pk"))
    with redrawing([prompt.pk for prompt in prompts]):
        journal.update(now, deleted_at=None)
        for prompt in prompts:
            journal.update(prompt, deleted_at=None)
    return journal.close(f"View “{now.title}” restored.")


def restorable(views: "Any") -> "Any":
    """Those of the views that were deleted not long ago."""
    return views.filter(deleted_at__gt=timezone.now() - RESTORABLE)


@transaction.atomic
def purge() -> None:
    """Delete for good what was deleted too long ago to come back, with its places, links and reading records.

    Its prompts went with the rest of the trash, or stay at their passages as what somebody wrote.
    """
    gone = View.objects.filter(deleted_at__lte=timezone.now() - RESTORABLE)
    places = list(gone.values_list("left_place", "right_place"))
    gone.delete()
    for some in batches([pk for pair in places for pk in pair if pk]):
        _forget(some)


@transaction.atomic
def move(*, view: View, step: int) -> None:
    """Move a view up (-1) or down (1) in the plan of its class; at its end nothing happens."""
    if view.group_id is None:
        return
    Class.objects.select_for_update().filter(pk=view.group_id).first()
    plan = list(View.objects.live().filter(group=view.group_id).order_by("position", "pk"))
    reorder(plan, view.pk, step)
    View.objects.bulk_update(plan, ["position"])


def reorder(rows: "list[Any]", pk: int, step: int) -> None:
    """Let the row of this key stand one place before or after where it stands; positions count from 0."""
    at = next((place for place, row in enumerate(rows) if row.pk == pk), None)
    to = at + step if at is not None else -1
    if at is not None and 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for place, row in enumerate(rows):
        row.position = place


def prompts_of(view: View) -> "Any":
    """The annotations that are the prompts of a view, deleted or not."""
    return Annotation.objects.filter(prompt__asked__view=view)
