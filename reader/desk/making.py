"""What a form that marks a passage means, read in a query or two: it is sent more often than any other."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Substr

from reader.annotate.models import Meaning
from reader.annotate.placing import NotPlaced, Place, passage_of, stretch_around
from reader.desk.typed import NotTyped
from reader.http import whole
from reader.library.models import Document, Revision
from reader.library.passages import Passage
from reader.library.prepared import NUMBERS, WORDS, Prepared
from reader.library.querysets import Reader, visible
from reader.people.models import User


def passage_at(user: Reader, slug: str, number: int | None, place: Place) -> Passage | None:
    """The passage at a place of a text, in this revision of it or the current one, not yet saved; one query.

    None where this person may not read the text. NotPlaced where there is no such place.
    """
    first, length = stretch_around(place)
    if number is None:
        rows = _CURRENT.rows(user, [slug, first + 1, length])
    else:
        rows = _NUMBERED.rows(user, [slug, first + 1, length, number])
    if not rows:
        if number is None or not Document.objects.visible_to(user).filter(slug=slug).exists():
            return None
        raise NotPlaced("The text has no such revision. Open it again, and mark the passage there.")
    document, current, pk, found, whole_length, around = rows[0]
    return passage_of(
        Document(pk=document, slug=slug, current_id=current),
        Revision(pk=pk, document_id=document, number=found, length=whole_length),
        place,
        around,
    )


def meaning_of(key: str, by: User) -> Meaning | None:
    """The meaning of this key, None where none was chosen; NotTyped where it is not theirs to choose."""
    if not key:
        return None
    rows = _MEANING.rows(by, [whole(key) or 0])
    if not rows:
        raise NotTyped("There is no such meaning any more. Choose another one.")
    pk, owner, name, hue, pattern = rows[0]
    return Meaning(pk=pk, owner_id=owner, name=name, hue=hue, pattern=pattern)


def _revisions(user: Reader, values: Sequence[Any]) -> "QuerySet[Revision]":
    slug, first, length = values[:3]
    there = Revision.objects.filter(visible(user, "document__"), document__slug=slug)
    return there.order_by().annotate(around=Substr("text", first, length))


_ROW = ("document", "document__current", "pk", "number", "length", "around")


def _current(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    return _revisions(user, values).filter(pk=F("document__current")).values_list(*_ROW)


def _numbered(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    return _revisions(user, values).filter(number=values[3]).values_list(*_ROW)


def _meaning(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    found = Meaning.objects.visible_to(user).filter(pk=values[0]).order_by()
    return found.values_list("pk", "owner", "name", "hue", "pattern")


_MIXED = (WORDS[0], *NUMBERS[1:])
_CURRENT = Prepared(_current, _MIXED)
_NUMBERED = Prepared(_numbered, _MIXED)
_MEANING = Prepared(_meaning, NUMBERS)
