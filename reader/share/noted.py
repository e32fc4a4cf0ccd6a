"""The notes of what a link gives, as values: who wrote what on which words, with what belongs to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from reader.annotate.batches import batches
from reader.annotate.models import Annotation, Layer, Tag, Target
from reader.annotate.querysets import seen_as_reply, visible_here
from reader.annotate.relations import words_of
from reader.desk.about import written
from reader.desk.cards import name_of
from reader.desk.places import Stretch
from reader.share.giving import Given
from reader.share.values import Note, Reply, Sheet

# On each part of a text; a class of hundreds may have written thousands of notes on it.
NOTES_AT_MOST = 200

Kind = Annotation.Kind
SPEAKS = ~Q(annotation__kind=Kind.HIGHLIGHT) | ~Q(annotation__html="")
_LAYERS = {Layer.Kind.TEACHING.value: "Teaching", Layer.Kind.CLASS.value: "Class"}
_NAMES = ("author__first_name", "author__last_name", "author__username", "byline")


def _within(revision: int, stretches: Iterable[tuple[int, int]]) -> Q:
    there = Q()
    for first, last in stretches:
        there |= Q(passage__start__gte=first, passage__start__lt=last)
    return Q(passage__revision=revision) & there


def seen(given: Given) -> "QuerySet[Target]":
    """Targets of what is given: asked on texts that are given."""
    seen = Target.objects.filter(visible_here(given.lens), annotation__layer__in=given.lens.layers or ())
    if given.kinds:
        seen = seen.filter(annotation__kind__in=given.kinds)
    return seen


def add_notes(given: Given, revision: int, chunk: Stretch, sheet: Sheet) -> None:
    """The notes that begin on a sheet, in text order, each once; one query, one more where there are many."""
    stretches = [(chunk.start, chunk.end)]
    if chunk.note_start is not None:
        stretches.append((chunk.note_start, chunk.note_end or 0))
    there = seen(given).filter(SPEAKS, _within(revision, stretches)).exclude(annotation__kind=Kind.PROMPT)
    rows = there.order_by("passage__start", "passage__end", "annotation").values_list(
        "annotation",
        "annotation__kind",
        "annotation__look",
        "annotation__layer__kind",
        "annotation__html",
        "annotation__made_at",
        "annotation__relation",
        "annotation__answered_at",
        "annotation__meaning__name",
        "passage__start",
        "passage__end",
        "passage__exact",
        *(f"annotation__{name}" for name in _NAMES),
    )
    notes: dict[int, Note] = {}
    found = list(rows[: NOTES_AT_MOST + 1])
    for row in found[:NOTES_AT_MOST]:
        note = _note(given, row)
        notes.setdefault(note["pk"], note)
    sheet["notes"] = list(notes.values())
    if len(found) > NOTES_AT_MOST:
        sheet["more"] = there.values("annotation").distinct().count() - len(notes)


def _note(given: Given, row: Sequence[Any]) -> Note:
    pk, kind, look, layer, html, made_at, relation, answered_at, meaning, start, end, exact, *names = row
    return Note(
        pk=pk,
        kind=kind,
        look=look,
        layer=_LAYERS.get(layer, ""),
        author=author_of(given.lens.names, names),
        html=html,
        at=_day(given, made_at),
        start=start,
        end=end,
        quote=exact[:400],
        relation=words_of(relation),
        answered=answered_at is not None,
        codes=[[meaning, look]] if meaning else [],
        ends=[],
        replies=[],
    )


def author_of(names: bool, row: Sequence[str | None]) -> str:
    """The name that a link tells of first and last name, username and byline; nothing where it tells none."""
    first, last, username, byline = row
    return name_of(first, last, username) if names and byline == Annotation.Byline.NAMED else ""


def _day(given: Given, moment: datetime) -> str:
    return written(moment.astimezone(given.zone).date())


def fill(given: Given, sheets: Sequence[Sheet]) -> None:
    """Add codes, replies and the other passages of claims to the notes; a query each for some hundred."""
    notes: dict[int, list[Note]] = defaultdict(list)
    for sheet in sheets:
        for note in sheet["notes"]:
            notes[note["pk"]].append(note)
    for keys in batches(list(notes)):
        tags = Tag.objects.filter(annotation__in=keys, code__deleted_at__isnull=True)
        for pk, name, hue, pattern in tags.order_by("annotation", "position", "pk").values_list(
            "annotation", "code__name", "code__hue", "code__pattern"
        ):
            for note in notes[pk]:
                note["codes"].append([name, f"hue-{hue} pattern-{pattern}"])
        for pk, reply in _replies(given, keys):
            for note in notes[pk]:
                note["replies"].append(reply)
        if claims := [pk for pk in keys if notes[pk][0]["relation"]]:
            _add_ends(given, claims, notes)


def _replies(given: Given, keys: Sequence[int]) -> list[tuple[int, Reply]]:
    """What was answered to these, oldest first, as far as it is given."""
    there = Annotation.objects.filter(
        seen_as_reply(given.lens), parent__in=keys, deleted_at__isnull=True
    ).exclude(parent__kind=Kind.PROMPT)
    if not given.others:
        # In a layer where they teach, those who are taught answer, too.
        there = there.filter(Q(layer__kind=Layer.Kind.PUBLIC) | Q(author=F("parent__layer__owner")))
    return as_replies(given, there)


def as_replies(given: Given, there: "QuerySet[Annotation]") -> list[tuple[int, Reply]]:
    rows = there.order_by("made_at", "pk").values_list("parent", "pk", "html", "made_at", *_NAMES)
    return [
        (parent, Reply(pk=pk, author=author_of(given.lens.names, names), html=html, at=_day(given, made_at)))
        for parent, pk, html, made_at, *names in rows
    ]


def _add_ends(given: Given, claims: Sequence[int], notes: dict[int, list[Note]]) -> None:
    """What a claim joins its passage to: words of the other text, or a text that is silent."""
    rows = Target.objects.filter(annotation__in=claims, passage__revision__isnull=False)
    for pk, exact, title, start in rows.order_by("annotation", "position").values_list(
        "annotation", "passage__exact", "passage__revision__title", "passage__start"
    ):
        for note in notes[pk]:
            if (exact[:400], start) != (note["quote"], note["start"]):
                note["ends"].append([exact[:400], title])
    silent = Annotation.objects.filter(
        pk__in=claims, relation=Annotation.Relation.SILENT, about__isnull=False
    )
    for pk, title in silent.values_list("pk", "about__title"):
        for note in notes[pk]:
            note["ends"].append(["", title])
