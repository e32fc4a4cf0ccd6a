"""What is read from the library, and the one rule of who may see what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from reader.library.text import folded
from reader.people.lens import Lens, texts_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    # Import and Work are named in the base classes below, where ruff does not look.
    from reader.library.models import Document, Footnote, Import, Work  # noqa: F401
    from reader.people.models import User

Reader = Union["User", "AnonymousUser", Lens]


def visible(user: Reader | None, path: str = "") -> Q:
    """The condition that this person may read a document; path leads to it, as in "revision__document__".

    None is the machine's own keeper, at its command line: everything is visible.
    """
    if user is None or (user.is_authenticated and user.is_staff):
        return Q()
    there = Q(**{f"{path}is_public": True})
    if given := texts_of(user):
        there |= Q(**{f"{path}pk__in": given})
    return there | Q(**{f"{path}owner": user.pk}) if user.is_authenticated else there


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, by who may see them."""

    def visible_to(self, user: Reader) -> "DocumentQuerySet":
        """Those that this person may read: the public ones and their own; staff see all."""
        return self.filter(visible(user))

    def writable_by(self, user: Reader) -> "DocumentQuerySet":
        """Those that this person may replace, publish or delete."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff else self.filter(owner=user.pk)

    def found_by(self, words: str) -> "DocumentQuerySet":
        """Those whose title, authors, publication or year hold each of these words, or parts of words."""
        found = self
        for word in folded(words).split()[:10]:
            found = found.filter(finding__contains=word)
        return found


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of the library, one citing the other."""

    citing: str
    citing_title: str
    cited: str
    cited_title: str
    has_digest: bool


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A text that cites a document; places are (note's label, anchor of its first mark or of the note)."""

    slug: str
    title: str
    authors: list[str]
    places: tuple[tuple[str, str], ...]


class WorkQuerySet(models.QuerySet["Work"]):
    """Works cited, and the texts of the library that they are."""

    def links_for(
        self, footnotes: "models.QuerySet[Footnote]", user: Reader | None
    ) -> dict[int, tuple[str, str]]:
        """{footnote's position: (slug, title) of the text that it cites and this person may read}; one query.

        footnotes are of one revision.
        """
        rows = (
            footnotes.filter(visible(user, "work__matches__document__"), work__matches__isnull=False)
            .order_by("work__matches__rank", "work__matches__document")
            .values_list(
                "position",
                "revision__document",
                "work__matches__document",
                "work__matches__document__slug",
                "work__matches__document__title",
            )
        )
        links: dict[int, tuple[str, str]] = {}
        for position, own, other, slug, title in rows:
            if own != other:
                links.setdefault(position, (slug, title))
        return links

    def cited_by(self, document: "Document", user: Reader) -> list[CitedBy]:
        """The texts whose current revision cites this one, and no better copy that this person may read."""
        from reader.library.models import Citation, WorkMatch

        better = WorkMatch.objects.filter(
            visible(user, "document__"), work=OuterRef("work"), rank__lt=OuterRef("rank")
        )
        works = WorkMatch.objects.filter(~Exists(better), document=document).values("work")
        notes = (
            _footnotes()
            .filter(
                visible(user, "revision__document__"),
                work__in=works,
                revision=F("revision__document__current"),
            )
            .exclude(revision__document=document)
            .order_by("revision__document__title", "revision__document", "position")
            .only("label", "position", "revision__document__slug", "revision__document__title",
                  "revision__document__authors")
            .select_related("revision__document")
            .prefetch_related(Prefetch("citations", Citation.objects.only("position", "target")))
        )  # fmt: skip
        found: dict[str, CitedBy] = {}
        for note in notes:
            citing = note.revision.document
            before = found.get(citing.slug)
            places = (*(before.places if before else ()), (note.label, note.anchor()))
            found[citing.slug] = CitedBy(citing.slug, citing.title, citing.authors, places)
        return list(found.values())

    def pairs(self, user: Reader | None) -> list[Pair]:
        """Texts to read facing, as one cites the other; originals before digests."""
        citing = visible(user, "revision__document__")
        cited = visible(user, "work__matches__document__")
        rows = (
            _footnotes()
            .filter(citing, cited, revision=F("revision__document__current"), work__matches__isnull=False)
            .order_by("work__matches__rank", "work__matches__document", "revision__document")
            .values_list(
                "revision__document__slug",
                "revision__document__title",
                "revision__document__digest_of",
                "work",
                "work__matches__document__slug",
                "work__matches__document__title",
                "work__matches__document__digest_of",
            )
            .distinct()
        )
        best: dict[tuple[str, int], Pair] = {}
        for slug, title, digest, work, other, other_title, other_digest in rows:
            if slug != other:
                pair = Pair(slug, title, other, other_title, bool(digest or other_digest))
                best.setdefault((slug, work), pair)
        pairs = {frozenset((pair.citing, pair.cited)): pair for pair in reversed(best.values())}
        return sorted(pairs.values(), key=lambda pair: (pair.has_digest, pair.citing_title, pair.cited_title))


class ImportQuerySet(models.QuerySet["Import"]):
    """Sources on their way into the library."""

    def visible_to(self, user: Reader) -> "ImportQuerySet":
        """A person's own imports: nobody else's business until the text is kept."""
        return self.filter(owner=user.pk) if user.is_authenticated else self.none()

    def listed(self) -> "ImportQuerySet":
        """Those that still want something of their owner, and the discarded ones; without their texts."""
        return self.exclude(state="kept").defer("source", "parsed")


def _footnotes() -> "models.QuerySet[Footnote]":
    model: type[Footnote] = apps.get_model("reader", "Footnote")
    return model._default_manager.all()
