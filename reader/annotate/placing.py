"""From what a browser or a file says to a passage of a text, believed only where the text agrees."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Substr

from reader.library.models import Document, Revision
from reader.library.passages import CONTEXT, Passage

LONGEST = 50_000


class NotPlaced(ValueError):
    """A place that the text does not have; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """text[start:end] of a revision, in code points; exact is what is believed to stand there, if known."""

    start: int
    end: int
    exact: str = ""


def revision_of(document: Document, number: int | None) -> Revision:
    """The revision of this number, the current one for None, without its text and source."""
    revisions = Revision.objects.only("document", "number", "length")
    if number is None:
        found = revisions.filter(pk=document.current_id or 0).first()
    else:
        found = revisions.filter(document=document, number=number).first()
    if found is None:
        raise NotPlaced("The text has no such revision. Open it again, and mark the passage there.")
    return found


def passages_at(document: Document, revision: Revision, places: Sequence[Place]) -> list[Passage]:
    """The passages at these places, not yet saved; white space at their ends is left out. A query each."""
    return [passage_of(document, revision, place, _around(revision, place)) for place in places]


def stretch_around(place: Place) -> tuple[int, int]:
    """Where the words begin, and how many there are, that passage_of() has to be given of a text."""
    first = max(0, place.start - CONTEXT)
    return first, max(0, min(place.end - place.start, LONGEST)) + place.start - first + CONTEXT


def passage_of(document: Document, revision: Revision, place: Place, around: str) -> Passage:
    """The passage at a place, not yet saved; around is its stretch_around(). NotPlaced where it is none."""
    if not 0 <= place.start < place.end <= revision.length:
        raise NotPlaced("This passage does not lie in the text. Choose it again.")
    if place.end - place.start > LONGEST:
        raise NotPlaced(f"This passage is too long: up to {LONGEST:,} characters can be marked at once.")
    first, _ = stretch_around(place)
    start, end = place.start - first, place.end - first
    exact = around[start:end]
    if place.exact and _plain(place.exact) != _plain(exact):
        raise NotPlaced(
            "The text is not what it was when you chose this passage. Open it again, and choose it there."
        )
    start += len(exact) - len(exact.lstrip())
    exact = exact.strip()
    if not exact:
        raise NotPlaced("There are no words in this passage. Choose some.")
    end = start + len(exact)
    return Passage(
        document=document,
        revision=revision,
        start=first + start,
        end=first + end,
        exact=exact,
        prefix=around[max(0, start - CONTEXT) : start],
        suffix=around[end : end + CONTEXT],
    )


def _around(revision: Revision, place: Place) -> str:
    """A book's text stays in the database."""
    if not 0 <= place.start < revision.length:
        return ""
    first, length = stretch_around(place)
    # Substr counts from 1.
    found: str = (
        Revision.objects.filter(pk=revision.pk)
        .annotate(around=Substr(F("text"), first + 1, length))
        .values_list("around", flat=True)
        .get()
    )
    return found


def _plain(words: str) -> str:
    """What of a quote must agree: a form sends a line end as two characters, a page shows a tab as a cell."""
    return " ".join(words.split())
