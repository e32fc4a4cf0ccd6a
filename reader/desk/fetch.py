"""What a page of the desk reads: few queries, the same for any length of text."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from operator import itemgetter
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
# What a row of around() tells of.
HEADING, LINK, CITING = 0, 1, 2
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
    """Another text, by what a link needs; anchors are what a citation leans on, the best first."""

    slug: str
    title: str
    pk: int = 0
    anchors: tuple[str, ...] = ()


def texts(user: Reader, slugs: Sequence[str]) -> list[Text]:
    """The texts of these slugs in their order; 404 where one is not there for this person."""
    found = {}
    # PostgreSQL takes no text with a NUL, which an address can have.
    for row in _TEXTS.rows(user, [slug for slug in slugs if "\x00" not in slug]):
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


def headings_from(revision: int, first: int, count: int) -> list[Heading]:
    """So many lines of the contents, from this position on."""
    sections = Section.objects.filter(revision=revision, position__gte=first).order_by("position")
    return [Heading(*row) for row in sections.values_list("position", "level", "title")[:count]]


@dataclass(frozen=True, slots=True)
class Around:
    """What a page says of texts beside their words.

    headings by revision: of a long text its top levels, with one line more than are shown. links: the texts
    that notes cite, by their revision and position. citing: the texts that cite a document, by its key.
    """

    headings: dict[int, list[Heading]]
    links: dict[tuple[int, int], Other]
    citing: dict[int, list[Other]]


def around(
    user: Reader,
    *,
    headings: Sequence[int] = (),
    notes: Mapping[int, Sequence[int]] | None = None,
    cited: Sequence[int] = (),
) -> Around:
    """The headings of these revisions, what their notes at these positions cite, who cites these documents.

    Of texts, those that this person may read. One query.
    """
    values = [value for rev, here in (notes or {}).items() if here for value in (rev, min(here), max(here))]
    statements = [(_headings(), [revision]) for revision in headings]
    statements += [_LINKS.filled(user, values)] if values else []
    statements += [_CITING.filled(user, cited)] if cited else []
    found = Around({revision: [] for revision in headings}, {}, defaultdict(list))
    # The best match of a note first, and headings by their level.
    rows = sorted(rows_of_all(statements), key=itemgetter(0, 3, 5))
    for kind, of, place, rank, own, other, slug, title in rows:
        if kind == HEADING:
            found.headings[of].append(Heading(place, rank, title))
        elif own != other and kind == LINK:
            found.links.setdefault((of, place), Other(slug, title, other))
        elif own != other:
            found.citing[of].append(Other(slug, title))
    for texts_citing in found.citing.values():
        texts_citing.sort(key=lambda text: text.title)
    return found


@cache
def _headings() -> str:
    # Django cannot bound each part of a union on SQLite, and a book may have ten thousand headings.
    table = connection.ops.quote_name(Section._meta.db_table)
    return (
        f"SELECT {HEADING}, revision_id, position, level, 0, position, '', title FROM {table}"  # noqa: S608 - ours
        f" WHERE revision_id = %s ORDER BY level, position LIMIT {HEADINGS_AT_MOST + 1}"
    )


def _number(number: int) -> Value:
    return Value(number, output_field=IntegerField())


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
    chunks = Chunk.objects.filter(condition).order_by()
    return chunks.values_list("revision", "position", _number(CHUNK), "html", "runs")


def _shades(user: Reader, values: Sequence[int]) -> QuerySet[Any, Any]:
    condition = Q()
    for revision, first, last in zip(values[::3], values[1::3], values[2::3], strict=True):
        # Of a first chunk that is not shown the title is.
        condition |= Q(revision=revision, chunk=0, start=0)
        condition |= Q(revision=revision, chunk__gte=first, chunk__lte=last)
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
        .order_by()
        .values_list(
            _number(LINK),
            "revision",
            "position",
            "work__matches__rank",
            "revision__document",
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
    text = "work__matches__document"
    return (
        Footnote.objects.filter(
            visible(user, f"{citing}__"), work__matches__document__in=cited, revision=F(f"{citing}__current")
        )
        .exclude(Exists(better))
        .order_by(f"{citing}__title", citing)
        .values_list(
            _number(CITING), text, _number(0), _number(0), text, citing, f"{citing}__slug", f"{citing}__title"
        )
        .distinct()[:CITING_AT_MOST]
    )


_TEXTS = Prepared(_texts, WORDS)
_STRETCHES = Prepared(_stretches, NUMBERS)
_LAID = Prepared(_laid, NUMBERS)
_SHADES = Prepared(_shades, NUMBERS)
_LINKS = Prepared(_links, NUMBERS)
_CITING = Prepared(_citing, NUMBERS)
