"""What changes the library: each verb in one transaction."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q

from reader.ingest.parsed import Parsed
from reader.ingest.references import address_key, title_key
from reader.library.chunks import lay_chunks
from reader.library.models import Chunk, Citation, Document, Footnote, Paragraph, Revision, Section
from reader.library.passages import FormerPlace, Passage
from reader.library.querysets import DocumentQuerySet
from reader.library.rows import Rows, build, digest_of
from reader.library.signals import readers_changed, revision_kept
from reader.library.slugs import base_slug, numbered
from reader.library.text import folded
from reader.library.works import forget_uncited, match_document, match_works, works_for

if TYPE_CHECKING:
    from reader.people.models import User

ATTEMPTS = 3
SAME_TITLE = "“{title}” by the same authors is in the library already: this became revision {number} of it."


class NotKept(ValueError):
    """A text that cannot be kept as asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keep() did: created is False where the same bytes were kept before; doubts are for a person."""

    revision: Revision
    created: bool
    doubts: tuple[str, ...] = ()


def keep(
    *,
    parsed: Parsed,
    source: bytes,
    name: str,
    by: "User | None",
    revises: Document | None = None,
    public: bool = False,
) -> Kept:
    """Keep a text as a new document, or as a new revision of the one that it is; by=None may write all.

    The same bytes are kept once. Else it is a revision of: `revises`; the document with its address;
    the one with its title and authors (a doubt). public is for a new document.
    NotKept where `revises` cannot be meant.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _keep(parsed, source, name, by, revises, public)
        except IntegrityError:
            # Somebody kept a text in the same moment: look again at what there is.
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def find_kept(*, source: bytes, by: "User | None") -> Revision | None:
    """The revision that was read from these very bytes, among those that this person may write."""
    return _find_kept(hashlib.sha256(source).hexdigest(), _writable(by))


def becomes(*, parsed: Parsed, by: "User | None") -> tuple[Document | None, bool]:
    """The document that keep() would make this a revision of, or None; and whether that is doubtful."""
    return _document_of(parsed, _writable(by))


@transaction.atomic
def set_public(*, document: Document, public: bool) -> None:
    """Show a document to everybody, or to its owner and staff alone."""
    # Whoever joins it with another text at this moment comes before or too late.
    Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    Document.objects.filter(pk=document.pk).update(is_public=public)
    document.is_public = public
    readers_changed.send(sender=Document, document=document)


@transaction.atomic
def delete(*, document: Document) -> None:
    """Delete a document with all its revisions, and the works that nobody else cites.

    What was added to it stays with its passages, which keep their words and the document's title.
    """
    # Whoever marks it at this moment comes before or too late.
    Document.objects.select_for_update().get(pk=document.pk)
    # What joins it with other texts is no longer for those who read these.
    set_public(document=document, public=False)
    revisions = document.revisions.all()
    Passage.objects.filter(Q(document=document) | Q(revision__in=revisions)).update(
        was_in=document.title, document=None, revision=None
    )
    FormerPlace.objects.filter(revision__in=revisions).delete()
    works = set(
        Footnote.objects.filter(revision__in=revisions, work__isnull=False).values_list("work", flat=True)
    )
    # From the leaves up: Django would otherwise fetch every paragraph to look for what points to it.
    for model in (Citation, Chunk, Footnote, Paragraph, Section):
        model.objects.filter(revision__in=revisions).delete()
    document.delete()
    forget_uncited(works)


def _keep(
    parsed: Parsed, source: bytes, name: str, by: "User | None", revises: Document | None, public: bool
) -> Kept:
    digest = hashlib.sha256(source).hexdigest()
    _wait_for_same_bytes(digest)
    mine = _writable(by)
    if known := _find_kept(digest, mine):
        return Kept(known, created=False)
    document, doubt = _revised(parsed, mine, revises), False
    if document is None:
        document, doubt = _document_of(parsed, mine.select_for_update(no_key=True))
    if document is None:
        document = _new_document(parsed, by, public)
    rows = build(parsed)
    revision = rows.revision
    revision.document = document
    # A new state of a text that does not repeat its address is still the text at that address.
    revision.source_url = revision.source_url or document.source_url
    revision.number = 1 + (document.revisions.aggregate(top=models.Max("number"))["top"] or 0)
    revision.source, revision.source_name, revision.sha256, revision.kept_by = source, name, digest, by
    doubts = (SAME_TITLE.format(title=document.title, number=revision.number),) if doubt else ()
    revision.report["doubts"] += [{"message": message, "lines": None} for message in doubts]
    _save(rows, parsed)
    previous = document.current
    _show(document, rows)
    match_document(document)
    revision_kept.send(sender=Revision, revision=revision, previous=previous)
    return Kept(revision, created=True, doubts=doubts)


def _wait_for_same_bytes(digest: str) -> None:
    """One keeping of the same bytes at a time; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def _writable(by: "User | None") -> DocumentQuerySet:
    return Document.objects.all() if by is None else Document.objects.writable_by(by)


def _find_kept(sha256: str, mine: DocumentQuerySet) -> Revision | None:
    found = Revision.objects.filter(sha256=sha256, document__in=mine)
    return found.defer("text", "source").select_related("document").order_by("pk").first()


def _alike(parsed: Parsed, mine: DocumentQuerySet) -> DocumentQuerySet:
    """Digests for a digest, originals for an original: one is never a revision of the other."""
    return mine.exclude(digest_of="") if digest_of(parsed) else mine.filter(digest_of="")


def _revised(parsed: Parsed, mine: DocumentQuerySet, revises: Document | None) -> Document | None:
    """The document that is to be revised, locked."""
    if revises is None:
        return None
    # Not its key: two texts may come to cite each other in the same moment, and name each other then.
    found = _alike(parsed, mine).select_for_update(no_key=True).filter(pk=revises.pk).first()
    if found is None:
        raise NotKept(
            f"“{revises.title}” cannot be revised by this text: it is not yours, or one of them is a digest."
        )
    return found


def _document_of(parsed: Parsed, mine: DocumentQuerySet) -> tuple[Document | None, bool]:
    """The document that this is a revision of by its address, else (a doubt) by its title and authors."""
    alike = _alike(parsed, mine).order_by("pk")
    address, title = address_key(parsed.source_url), title_key(parsed.title)
    if address and (found := alike.filter(address_key=address).first()):
        return found, False
    makers = [folded(author) for author in parsed.authors]
    for document in alike.filter(title_key=title) if title else ():
        # Two addresses are two texts, whatever they are called.
        elsewhere = address and document.address_key
        if not elsewhere and [folded(author) for author in document.authors] == makers:
            return document, True
    return None, False


def _new_document(parsed: Parsed, by: "User | None", public: bool) -> Document:
    base = base_slug(parsed.title, _last_of_path(parsed.source_url), " ".join(parsed.authors))
    taken = set(Document.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return Document.objects.create(slug=numbered(base, taken), owner=by, is_public=public, title=parsed.title)


def _last_of_path(address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        # An address that cannot be read, such as "https://[", tells nothing.
        return ""
    return unquote(path).rstrip("/").rpartition("/")[2]


def _save(rows: Rows, parsed: Parsed) -> None:
    works = works_for([note.reference for note in parsed.notes])
    for footnote, work in zip(rows.footnotes, works, strict=True):
        footnote.work = work
    rows.revision.save(force_insert=True)
    Section.objects.bulk_create(rows.sections)
    Paragraph.objects.bulk_create(rows.paragraphs)
    Footnote.objects.bulk_create(rows.footnotes)
    Citation.objects.bulk_create(rows.citations)
    Chunk.objects.bulk_create(
        lay_chunks(rows.revision, rows.paragraphs, rows.footnotes, rows.citations, rows.sections)
    )
    match_works(work for work in works if work)


def _show(document: Document, rows: Rows) -> None:
    """Let the document say what its new revision says."""
    revision = rows.revision
    for name in ("title", "authors", "published_on", "publication", "source_url", "digest_of", "language"):
        setattr(document, name, getattr(revision, name))
    document.current = revision
    document.words = rows.words
    document.address_key = address_key(revision.source_url)
    key = address_key if "://" in revision.digest_of else title_key
    document.digest_key = key(revision.digest_of)
    document.title_key = title_key(revision.title)
    document.finding = folded(" ".join(_words_to_find(document)))
    document.save()


def _words_to_find(document: Document) -> Iterable[str]:
    yield document.title
    yield from document.authors
    yield document.publication
    if document.published_on:
        yield str(document.published_on.year)
