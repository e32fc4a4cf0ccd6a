"""The other passages of a claim, for its cards: their words, and where they are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Substr

from reader.annotate.models import Annotation, Target
from reader.library.anchoring import anchor_of
from reader.library.prepared import NUMBERS, Prepared
from reader.library.querysets import Reader, visible

END = "end"
QUOTE_SHOWN = 90
NOTHING = Value("", TextField())


@dataclass(frozen=True, slots=True)
class End:
    """A passage of a claim; of a text that is silent only slug and title are told.

    slug is empty where the text is gone, or hidden from the reader by now. revision is the number of an older
    one, where the passage is no longer in the text, else 0.
    """

    position: int
    revision: int
    title: str
    slug: str
    language: str
    words: str
    anchor: str


def _of_targets(user: Reader, claims: Sequence[int]) -> "QuerySet[Any, Any]":
    """annotation, END, position, revision, 0, title, slug, language, words, anchor."""
    targets = Target.objects.filter(annotation__in=claims).order_by()
    lost = Q(passage__state__in=("unplaced", "left"))
    return targets.annotate(
        place=_number("position"),
        older=Case(When(lost, then="passage__revision__number"), default=0, output_field=IntegerField()),
        # As the revision has it on which the passage stands: a later title may be hidden.
        title=Coalesce("passage__revision__title", "passage__was_in"),
        slug=_slug(user, "passage__document__"),
        words=Substr("passage__exact", 1, QUOTE_SHOWN + 1),
        anchor=anchor_of(),
    ).values_list(
        "annotation",
        Value(END, TextField()),
        "place",
        "older",
        Value(0),
        "title",
        "slug",
        Coalesce(Cast("passage__document__language", TextField()), NOTHING),
        "words",
        "anchor",
    )


def _of_silence(user: Reader, claims: Sequence[int]) -> "QuerySet[Any, Any]":
    """The same of a text that is silent; without a title where it is gone."""
    silent = Annotation.objects.filter(pk__in=claims, relation=Annotation.Relation.SILENT).order_by()
    title = Coalesce(_if_readable(user, "about__", "title"), NOTHING)
    return silent.annotate(title=title, slug=_slug(user, "about__")).values_list(
        "pk",
        Value(END, TextField()),
        Value(1000),
        Value(0),
        Value(0),
        "title",
        "slug",
        NOTHING,
        NOTHING,
        NOTHING,
    )


def _slug(user: Reader, path: str) -> Case:
    return _if_readable(user, path, "slug")


def _if_readable(user: Reader, path: str, field: str) -> Case:
    readable = visible(user, path) or Q(**{f"{path}pk__isnull": False})
    return Case(
        When(readable, then=Cast(f"{path}{field}", TextField())), default=NOTHING, output_field=TextField()
    )


def _number(name: str) -> Cast:
    return Cast(name, IntegerField())


OF_TARGETS = Prepared(_of_targets, NUMBERS)
OF_SILENCE = Prepared(_of_silence, NUMBERS)
