"""What a page of the desk reads: few queries, the same for any length of text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q
from django.http import Http404

from reader.desk.places import FIELDS, Stretch
from reader.library.models import Chunk, Document, Footnote, Section
from reader.library.querysets import Reader, visible

HEADINGS_AT_MOST = 150
CITING_AT_MOST = 50

_DOCUMENT = (
    "slug",
    "title",
    "authors",
    "published_on",
    "publication",
    "source_url",
    "digest_of",
    "language",
    "current__number",
    "current__length",
    "current__extra",
)


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


def documents(user: Reader, slugs: Sequence[str]) -> list[Document]:
    """The texts of these slugs in their order; 404 where one is not there for this person."""
    found = {
        document.slug: document
        for document in Document.objects.visible_to(user)
        .filter(slug__in=slugs, current__isnull=False)
        .select_related("current")
        .only(*_DOCUMENT)
    }
    if len(found) < len(set(slugs)):
        raise Http404("There is no such text, or it is not yours to read.")
    return [found[slug] for slug in slugs]


def stretches(revisions: Iterable[int]) -> dict[int, list[Stretch]]:
    """The chunks of each revision without their words."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    rows = Chunk.objects.filter(revision__in=revisions).order_by("revision", "position").values_list(*FIELDS)
    for row in rows:
        found[row[0]].append(Stretch(*row))
    return found


def laid(wanted: Mapping[int, Iterable[int]]) -> dict[tuple[int, int], str]:
    """The html of the chunks at these positions of each revision, by (revision, position)."""
    condition = Q()
    for revision, positions in wanted.items():
        condition |= Q(revision=revision, position__in=sorted(set(positions)))
    rows = Chunk.objects.filter(condition).order_by().values_list("revision", "position", "html")
    return {(revision, position): html for revision, position, html in rows}


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


def links(user: Reader, notes: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], Other]:
    """The texts that the notes at these positions of each revision cite, by (revision, position)."""
    condition = Q()
    for revision, positions in notes.items():
        if positions:
            condition |= Q(revision=revision, position__gte=min(positions), position__lte=max(positions))
    if not condition:
        return {}
    rows = (
        Footnote.objects.filter(condition, visible(user, "work__matches__document__"))
        .filter(work__matches__document__current__isnull=False)
        .exclude(work__matches__document=F("revision__document"))
        .order_by("work__matches__rank", "work__matches__document")
        .values_list(
            "revision", "position", "work__matches__document__slug", "work__matches__document__title"
        )
    )
    found: dict[tuple[int, int], Other] = {}
    for revision, position, slug, title in rows:
        found.setdefault((revision, position), Other(slug, title))
    return found


def citing(user: Reader, cited: Sequence[int]) -> dict[int, list[Other]]:
    """The texts that cite each of these documents and that this person may read."""
    rows = (
        Footnote.objects.filter(
            visible(user, "revision__document__"),
            work__matches__document__in=cited,
            revision=F("revision__document__current"),
        )
        .exclude(work__matches__document=F("revision__document"))
        .order_by("revision__document__title")
        .values_list("work__matches__document", "revision__document__slug", "revision__document__title")
        .distinct()[:CITING_AT_MOST]
    )
    found: dict[int, list[Other]] = defaultdict(list)
    for document, slug, title in rows:
        found[document].append(Other(slug, title))
    return found
