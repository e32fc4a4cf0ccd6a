"""What may be answered: the one rule for replies that are written and for those that a file brings."""

from collections.abc import Collection

from reader.annotate.batches import batches
from reader.annotate.choosing import check_writable, why_not_writable
from reader.annotate.models import Annotation, Layer
from reader.annotate.problems import NotDone
from reader.people.models import User

GONE = "What you answer was deleted meanwhile, or is its author’s alone now."
ASKED = "This answers a prompt: answer it where it is asked."


def held_to_answer(to: Annotation, by: User) -> Annotation:
    """What a reply answers, held so that it is neither moved nor deleted meanwhile; NotDone, NotWritable."""
    there = Annotation.objects.select_for_update(of=("self",)).select_related("layer")
    parent = there.filter(pk=to.parent_id or to.pk).first()
    if parent is None or _is_gone(parent, by):
        raise NotDone(GONE)
    check_writable(parent.layer, by)
    return parent


def brought_to_answer(
    keys: Collection[int], by: User, *, hold: bool
) -> tuple[dict[int, Annotation], dict[int, str]]:
    """Of these, what replies out of a file may answer, and why they may not answer the rest; hold: as above.

    When a prompt is answered, and with whose name, is for the prompt to say: no file brings answers.
    """
    there: dict[int, Annotation] = {}
    for batch in batches(sorted(keys)):
        rows = Annotation.objects.filter(pk__in=batch).order_by("pk").select_related("layer__group")
        there |= {row.pk: row for row in (rows.select_for_update(of=("self",)) if hold else rows)}
    layers = {row.layer_id: row.layer for row in there.values()}
    closed = {pk: why_not_writable(layer, by) for pk, layer in layers.items()}
    refused = dict.fromkeys(set(keys) - set(there), GONE)
    for row in there.values():
        asked = ASKED if row.kind == Annotation.Kind.PROMPT else ""
        if said := asked or (GONE if _is_gone(row, by) else closed[row.layer_id]):
            refused[row.pk] = said
    return {pk: row for pk, row in there.items() if pk not in refused}, refused


def _is_gone(parent: Annotation, by: User) -> bool:
    private = parent.layer.kind == Layer.Kind.PRIVATE and parent.layer.owner_id != by.pk
    return parent.deleted_at is not None or parent.hidden_at is not None or private
