"""What a page of the desk reads: few queries, the same for any length of text."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.http import Http404

from reader.annotate.models import Layer, Shade
from reader.desk.places import Stretch, shortened
from reader.library.models import Chunk, Document, Footnote, Revision, Section, WorkMatch
from reader.library.prepared import NUMBERS, WORDS, Prepared, json_of, rows_of_all
from reader.library.querysets import Reader, visible

HEADINGS_AT_MOST = 150
CITING_AT_MOST = 50
# Where the start of a run stands, for a row that is a whole chunk.
CHUNK = -1


@dataclass(frozen=True, slots=True)
class Text:
    """A document as the desk shows it: its facts and those of a revision (its current one, unless old)."""

    pk: int
    slug: str
    title: str
    authors: list[str]
    published_on: date | None
    publication: str
    source_url: str
    digest_of: str
    language: str
    revision: int
    number: int
    extra: dict[str, str]
    old: bool = False

    @property
    def name(self) -> str:
        """Its title, short enough for a label."""
        return shortened(self.title)


@dataclass(frozen=True, slots=True)
class Laid:
    """A chunk as it is kept; runs and ranges are JSON, parsed where they are needed.

    shades are, by where a run begins, the html and the ranges that each shared layer draws there.
    """

    html: str
    runs: str
    shades: dict[int, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents."""

    position: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another text, by what a link needs."""

    slug: str
    title: str


def texts(user: Reader, slugs: Sequence[str]) -> list[Text]:
    """The texts of these slugs in their order; 404 where one is not there for this person."""
    found = {}
    for row in _TEXTS.rows(user, slugs):
        values = [*row[:3], json_of(row[3]), _day(row[4]), *row[5:11], json_of(row[11])]
        text = Text(*values)
        found[text.slug] = text
    if len(found) < len(set(slugs)):
        raise Http404("There is no such text, or it is not yours to read.")
    return [found[slug] for slug in slugs]


def older(user: Reader, slug: str, number: int) -> Text:
    """A text as an older revision has it; 404 where there is none for this person."""
    row = (
        Revision.objects.filter(visible(user, "document__"), document__slug=slug, number=number)
        .values_list("document", "document__slug", *_FACTS, "pk", "number", "extra")
        .first()
    )
    if row is None:
        raise Http404("The text has no such revision, or it is not yours to read.")
    return replace(Text(*row), old=True)


def stretches(user: Reader, revisions: Sequence[int]) -> dict[int, list[Stretch]]:
    """The chunks of each revision without their words."""
    found: dict[int, list[Stretch]] = {revision: [] for revision in revisions}
    for row in _STRETCHES.rows(user, revisions):
        found[row[0]].append(Stretch._make(row))
    return found


def laid(user: Reader, wanted: Mapping[int, range]) -> dict[tuple[int, int], Laid]:
    """These chunks of each revision, and its first one, by (revision, position), with what is drawn there."""
    values = [value for revision, run in wanted.items() for value in (revision, run.start, run.stop - 1)]
    rows = rows_of_all([one.filled(user, values) for one in (_LAID, _SHADES)])
    found = {row[:2]: Laid(row[3], row[4], {}) for row in rows if row[2] == CHUNK}
    for revision, position, start, html, ranges in rows:
        if start != CHUNK:
            found[revision, position].shades.setdefault(start, []).append((html, ranges))
    return found


def headings(revisions: Sequence[int]) -> dict[int, list[Heading]]:
    """The contents of each revision: of a long one its top levels, with one line more than are shown."""
    # Django cannot bound each half of a union on SQLite, and a book may have ten thousand headings.
    table = connection.ops.quote_name(Section._meta.db_table)
    one = (
        f"SELECT * FROM (SELECT revision_id, position, level, title FROM {table}"  # noqa: S608 - no user's words
        f" WHERE revision_id = %s ORDER BY level, position LIMIT {HEADINGS_AT_MOST + 1}) AS half"
    )
    found: dict[int, list[Heading]] = {revision: [] for revision in revisions}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(revisions)), list(revisions))
        for revision, position, level, title in cursor.fetchall():
            found[revision].append(Heading(position, level, title))
    return found


def headings_from(revision: int, first: int, count: int) -> list[Heading]:
    """So many lines of the contents, from this position on."""
    sections = Section.objects.filter(revision=revision, position__gte=first).order_by("position")
    return [Heading(*row) for row in sections.values_list("position", "level", "title")[:count]]


def links(user: Reader, notes: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], Other]:
    """The texts that the notes at these positions of each revision cite, by (revision, position)."""
    values = [value for revision, here in notes.items() if here for value in (revision, min(here), max(here))]
    found: dict[tuple[int, int], Other] = {}
    if values:
        for own, revision, position, _, other, slug, title in _LINKS.rows(user, values):
            if own != other:
                found.setdefault((revision, position), Other(slug, title))
    return found


def citing(user: Reader, cited: Sequence[int]) -> dict[int, list[Other]]:
    """The texts that cite each of these documents and that this person may read."""
    found: dict[int, list[Other]] = defaultdict(list)
    for own, title, other, slug in _CITING.rows(user, cited):
        if own != other:
            found[own].append(Other(slug, title))
    return found


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


# What a revision says of itself, and its document repeats.
_FACTS = ("title", "authors", "published_on", "publication", "source_url", "digest_of", "language")


def _texts(user: Reader, slugs: Sequence[str]) -> QuerySet[Any, Any]:
    # Nothing that SQLite keeps behind the words of a revision: it would have to walk over all of them.
    return (
        Document.objects.visible_to(user)
        .filter(slug__in=slugs, current__isnull=False)
        .order_by()
        .values_list(
            "pk",
            "slug",
            *_FACTS,
            "current",
            "current__number",
            "current__extra",
        )
    )


def _stretches(user: Reader, revisions: Sequence[int]) -> QuerySet[Any, Any]:
    chunks = Chunk.objects.filter(revision__in=revisions)
    return chunks.order_by("revision", "position").values_list(*Stretch._fields)


def _laid(user: Reader, values: Sequence[int]) -> QuerySet[Any, Any]:
    condition = Q()
    for revision, first, last in zip(values[::3], values[1::3], values[2::3], strict=True):
        condition |= Q(revision=revision) & (Q(position=0) | Q(position__gte=first, position__lte=last))
    chunk = Value(CHUNK, output_field=IntegerField())
    return (
        Chunk.objects.filter(condition).order_by().values_list("revision", "position", chunk, "html", "runs")
    )


def _shades(user: Reader, values: Sequence[int]) -> QuerySet[Any, Any]:
    condition = Q()
    for revision, first, last in zip(values[::3], values[1::3], values[2::3], strict=True):
        # Of a first chunk that is not shown the title is.
        condition |= Q(revision=revision) & (Q(start=0) | Q(chunk__gte=first, chunk__lte=last))
    shades = Shade.objects.filter(condition, layer__in=Layer.objects.visible_to(user))
    return shades.order_by().values_list("revision", "chunk", "start", "html", "ranges")


def _links(user: Reader, values: Sequence[int]) -> QuerySet[Any, Any]:
    condition = Q()
    for revision, first, last in zip(values[::3], values[1::3], values[2::3], strict=True):
        condition |= Q(revision=revision, position__gte=first, position__lte=last)
    match = "work__matches__document"
    return (
        Footnote.objects.filter(
            condition, visible(user, f"{match}__"), **{f"{match}__current__isnull": False}
        )
        .order_by("work__matches__rank", match)
        .values_list(
            "revision__document",
            "revision",
            "position",
            "work__matches__rank",
            match,
            f"{match}__slug",
            f"{match}__title",
        )
    )


def _citing(user: Reader, cited: Sequence[int]) -> QuerySet[Any, Any]:
    better = WorkMatch.objects.filter(
        visible(user, "document__"), work=OuterRef("work"), rank__lt=OuterRef("work__matches__rank")
    )
    citing = "revision__document"
    return (
        Footnote.objects.filter(
            visible(user, f"{citing}__"), work__matches__document__in=cited, revision=F(f"{citing}__current")
        )
        .exclude(Exists(better))
        .order_by(f"{citing}__title", citing)
        .values_list("work__matches__document", f"{citing}__title", citing, f"{citing}__slug")
        .distinct()[:CITING_AT_MOST]
    )


_TEXTS = Prepared(_texts, WORDS)
_STRETCHES = Prepared(_stretches, NUMBERS)
_LAID = Prepared(_laid, NUMBERS)
_SHADES = Prepared(_shades, NUMBERS)
_LINKS = Prepared(_links, NUMBERS)
_CITING = Prepared(_citing, NUMBERS)
