"""What an annotation said before, read back from the changes that were written down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from reader.annotate.bylines import LEFT
from reader.annotate.differences import Piece, differences
from reader.annotate.models import Annotation, Change, Layer
from reader.annotate.relations import words_of
from reader.library.querysets import Reader

CHANGES_AT_MOST = 200
MOVE_NOTES = "move_notes"


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an annotation's words: since when, by whom, and what of it differs from the one before.

    relation is that of a claim.
    """

    at: datetime
    who: str
    said: str
    body: str
    pieces: list[Piece]
    relation: str = ""

    @property
    def stance(self) -> str:
        """How the passages of a claim stood to each other."""
        return words_of(self.relation)


@dataclass(frozen=True, slots=True)
class _Event:
    at: datetime
    who: str
    said: str
    values: dict[str, Any]
    former: dict[str, Any]


def versions(annotation: Annotation, user: Reader) -> list[Version]:
    """The states of an annotation's words, the first one first; others see those since it is for everybody.

    Three queries, whatever their number.
    """
    events = sorted(_events(annotation), key=lambda event: event.at)
    body, relation = (
        next((event.former[name] for event in events if name in event.former), getattr(annotation, name))
        for name in ("body", "relation")
    )
    found = [Version(annotation.made_at, annotation.author_name, "", body, differences("", body), relation)]
    shared = set(Layer.objects.exclude(kind=Layer.Kind.PRIVATE).values_list("pk", flat=True))
    own = annotation.author_id is not None and annotation.author_id == user.pk
    for event in events:
        last = found[-1]
        said = event.values.get("body", last.body), event.values.get("relation", last.relation)
        if not own and event.values.get("layer_id") in shared:
            # What it said while it was private is nobody else's business.
            found = [_version(event, "", *said)]
        elif said != (last.body, last.relation):
            found.append(_version(event, last.body, *said))
    return found


def _who(change: Change, annotation: Annotation) -> str:
    """Who did this, as far as the reader for whom the annotation was fetched may know."""
    if change.actor_id is not None and change.actor_id == annotation.author_id:
        return annotation.author_name
    if annotation.parent and change.actor_id == annotation.parent.author_id:
        return annotation.answered_name
    return change.actor.name if change.actor else LEFT


def _version(event: _Event, before: str, body: str, relation: str) -> Version:
    return Version(event.at, event.who, event.said, body, differences(before, body), relation)


def _events(annotation: Annotation) -> Iterator[_Event]:
    """What happened to the row, also by taking a change back."""
    keys = Q(annotation=annotation.pk) | Q(annotation=annotation.parent_id or annotation.pk)
    changes = list(Change.objects.filter(keys).select_related("actor")[:CHANGES_AT_MOST])
    # Of many that were moved at once: whose eyes this was for.
    movers = {annotation.author_id, annotation.parent.author_id if annotation.parent else None} - {None}
    changes += Change.objects.filter(verb=MOVE_NOTES, actor__in=movers).select_related("actor")
    for change in changes:
        who = _who(change, annotation)
        for name, pk, before, after in change.ops:
            if (name, pk) == ("Annotation", annotation.pk) and before is not None and after is not None:
                yield _Event(change.at, who, change.said, after, before)
                if change.undone_at is not None:
                    yield _Event(change.undone_at, who, f"Undone: {change.said}", before, after)
