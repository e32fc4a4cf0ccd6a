"""What an annotation said before, read back from the changes that were written down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from reader.annotate.bylines import LEFT
from reader.annotate.differences import Piece, Work, differences
from reader.annotate.models import Annotation, Change
from reader.annotate.relations import words_of
from reader.library.querysets import Reader

CHANGES_AT_MOST = 200
VERSIONS_AT_MOST = 20
# What others read of a change: what its author read names the layer that it was moved to.
MOVED, CHANGED, CHANGED_BACK = "Moved here.", "Changed.", "Changed back."


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an annotation's words: since when, by whom, and what of it differs from the one before.

    number counts those that this reader may see, from 1. relation is that of a claim.
    """

    number: int
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


class _State(NamedTuple):
    at: datetime
    who: str
    said: str
    body: str
    relation: str


@dataclass(frozen=True, slots=True)
class _Event:
    """What one change did to the row: said is for its author, told for others."""

    at: datetime
    who: str
    said: str
    told: str
    values: dict[str, Any]
    former: dict[str, Any]


def versions(annotation: Annotation, user: Reader, skip: int = 0) -> list[Version]:
    """The states of an annotation's words, the first one first; to others, those since it lies in its layer.

    Of many the last VERSIONS_AT_MOST, before the last skip of them. One query, whatever their number.
    """
    states = _states(annotation, user)
    end = max(len(states) - skip, 0)
    work = Work()
    found = []
    for place in range(max(end - VERSIONS_AT_MOST, 0), end):
        at, who, said, body, relation = states[place]
        pieces = differences(states[place - 1].body if place else "", body, work)
        found.append(Version(place + 1, at, who, said, body, pieces, relation))
    return found


def _states(annotation: Annotation, user: Reader) -> list[_State]:
    own = annotation.author_id is not None and annotation.author_id == user.pk
    events = sorted(_events(annotation), key=lambda event: event.at)
    # What it said where only others read it, and by the change that moved it, is nobody else's business.
    since = None if own else annotation.laid_at
    if since is not None:
        events = [event for event in events if event.at > since]
    body, relation = (
        next((event.former[name] for event in events if name in event.former), getattr(annotation, name))
        for name in ("body", "relation")
    )
    at, said = (since, MOVED) if since else (annotation.made_at, "")
    states = [_State(at, annotation.author_name, said, body, relation)]
    for event in events:
        now = event.values.get("body", body), event.values.get("relation", relation)
        if now != (body, relation):
            body, relation = now
            states.append(_State(event.at, event.who, event.said if own else event.told, body, relation))
    return states


def _events(annotation: Annotation) -> Iterator[_Event]:
    """What happened to the row, also by taking a change back; one change is one event."""
    changes = Change.objects.filter(annotation=annotation.pk).select_related("actor")
    for change in changes[:CHANGES_AT_MOST]:
        former: dict[str, Any] = {}
        values: dict[str, Any] = {}
        for name, pk, before, after in change.ops:
            if (name, pk) == ("Annotation", annotation.pk) and before is not None and after is not None:
                former = {**before, **former}
                values = {**values, **after}
        if not values:
            continue
        who = _who(change, annotation)
        yield _Event(change.at, who, change.said, CHANGED, values, former)
        if change.undone_at is not None:
            yield _Event(change.undone_at, who, f"Undone: {change.said}", CHANGED_BACK, former, values)


def _who(change: Change, annotation: Annotation) -> str:
    """Who did this, as far as the reader for whom the annotation was fetched may know."""
    if change.actor_id is not None and change.actor_id == annotation.author_id:
        return annotation.author_name
    return change.actor.name if change.actor else LEFT
