"""Works: one row for each thing that footnotes cite, and the texts of the library that it is."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Q

from reader.ingest.parsed import Reference
from reader.ingest.references import address_key, bounded, surnames, title_key
from reader.library.models import Document, Work, WorkMatch

Thing = TypeVar("Thing")
FACTS = ("url", "title", "title_key", "authors", "publication", "published_on")


def works_for(references: Sequence[Reference]) -> list[Work | None]:
    """The work of each reference, None where it is not plain to read; two references to one thing share it.

    Works that are known already learn the facts that were missing. At most five queries, batches apart.
    """
    wanted = [_Cited(reference) for reference in references]
    known = _Known(wanted)
    # Addresses first: a note without one may then be recognised by its title.
    for cited in sorted(wanted, key=lambda cited: not cited.url_key):
        cited.work = known.find(cited) or known.add(cited)
    known.save()
    return [cited.work and known.saved(cited.work) for cited in wanted]


def same_makers(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two lists of authors have a surname in common, or are both empty."""
    left, right = surnames(one), surnames(other)
    return bool(left & right) or not (left or right)


class _Cited:
    """A reference with the keys by which its work is recognised."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.url_key = address_key(reference.url) if reference.url else ""
        self.title_key = title_key(reference.title) if reference.title else ""
        self.work: Work | None = None

    @property
    def key(self) -> str:
        """The key of a new work, empty where the reference names none."""
        if self.url_key or not self.title_key:
            return self.url_key
        return bounded(f"{self.title_key} | {' '.join(sorted(surnames(self.reference.authors[:1])))}")

    def facts(self) -> dict[str, Any]:
        r = self.reference
        return {
            "url": r.url,
            "title": r.title,
            "title_key": self.title_key,
            "authors": list(r.authors),
            "publication": r.publication,
            "published_on": r.published_on,
        }


class _Known:
    """The works that references may mean: those of the database, and those that the references bring."""

    def __init__(self, wanted: Sequence[_Cited]) -> None:
        keys = {cited.key for cited in wanted} - {""}
        titles = {cited.title_key for cited in wanted} - {""}
        self._by_key: dict[str, Work] = {}
        self._by_title: dict[str, list[Work]] = {}
        self._new: list[Work] = []
        self._changed: dict[int, Work] = {}
        for field, values in (("key", keys), ("title_key", titles)):
            for batch in batches(sorted(values)):
                for work in Work.objects.filter(**{f"{field}__in": batch}):
                    self._remember(work)

    def find(self, cited: _Cited) -> Work | None:
        work = self._by_key.get(cited.key) if cited.key else None
        if work is None and cited.title_key:
            work = next((w for w in self._by_title.get(cited.title_key, ()) if _same(w, cited)), None)
        if work is not None:
            self._learn(work, cited)
        return work

    def add(self, cited: _Cited) -> Work | None:
        if not cited.key:
            return None
        work = Work(key=cited.key, **cited.facts())
        self._new.append(work)
        self._remember(work)
        return work

    def save(self) -> None:
        # In one order, so that two texts kept at once cannot wait for each other's rows.
        self._new.sort(key=lambda work: work.key)
        Work.objects.bulk_create(self._new, ignore_conflicts=True)
        keys = [work.key for work in self._new]
        for batch in batches(keys):
            self._by_key |= {work.key: work for work in Work.objects.filter(key__in=batch)}
        Work.objects.bulk_update(self._changed.values(), ["key", *FACTS], batch_size=100)

    def saved(self, work: Work) -> Work:
        return work if work.pk else self._by_key[work.key]

    def _remember(self, work: Work) -> None:
        if work.key not in self._by_key:
            self._by_key[work.key] = work
            if work.title_key:
                self._by_title.setdefault(work.title_key, []).append(work)

    def _learn(self, work: Work, cited: _Cited) -> None:
        missing = {name: value for name, value in cited.facts().items() if value and not getattr(work, name)}
        if "url" in missing:
            self._by_key[cited.url_key] = work
            work.key = cited.url_key
        for name, value in missing.items():
            setattr(work, name, value)
        if missing and work.pk:
            self._changed[work.pk] = work


def _same(work: Work, cited: _Cited) -> bool:
    """Whether a title in common means one work: not with two addresses, and only with an author in common."""
    return not (work.url and cited.url_key) and same_makers(work.authors, cited.reference.authors)


def match_document(document: Document) -> None:
    """Find again the works that this document is, after its address, title or authors changed."""
    document.matches.all().delete()
    keys = {document.address_key, document.digest_key} - {""}
    titles = {document.title_key, document.digest_key} - {""}
    works = Work.objects.filter(Q(key__in=keys) | Q(title_key__in=titles))
    _match(works, [document])


def match_works(works: Iterable[Work]) -> None:
    """Find the documents that these works are; works that are matched already gain nothing twice."""
    works = list({work.pk: work for work in works}.values())
    for batch in batches(works):
        keys = [work.key for work in batch]
        titles = [work.title_key for work in batch if work.title_key]
        documents = Document.objects.filter(
            Q(address_key__in=keys) | Q(digest_key__in=[*keys, *titles]) | Q(title_key__in=titles)
        )
        _match(batch, list(documents))


def _match(works: Iterable[Work], documents: Sequence[Document]) -> None:
    # By key first: a book's thousand works times a shelf's thousand texts would be a million pairs.
    by_key: dict[str, list[Document]] = {}
    for document in documents:
        for key in {document.address_key, document.digest_key, document.title_key} - {""}:
            by_key.setdefault(key, []).append(document)
    matches = [
        WorkMatch(work=work, document=document, rank=rank)
        for work in works
        for document in {d.pk: d for key in (work.key, work.title_key) for d in by_key.get(key, ())}.values()
        if (rank := _rank(work, document)) is not None
    ]
    WorkMatch.objects.bulk_create(matches, ignore_conflicts=True)


def _rank(work: Work, document: Document) -> WorkMatch.Rank | None:
    if document.address_key and work.key == document.address_key:
        return WorkMatch.Rank.ADDRESS
    if document.digest_key and work.key == document.digest_key:
        return WorkMatch.Rank.DIGEST
    by_title = work.title_key and work.title_key == document.title_key
    if by_title and surnames(work.authors) & surnames(document.authors):
        return WorkMatch.Rank.TITLE
    # A digest of a text without an address names its title, and no author to compare: it must be long.
    if work.title_key == document.digest_key and len(work.title_key.split()) >= 4:
        return WorkMatch.Rank.DIGEST
    return None


def batches(items: Sequence[Thing], size: int = 300) -> Iterable[Sequence[Thing]]:
    """Pieces that every database takes in one query."""
    return (items[start : start + size] for start in range(0, len(items), size))


def forget_uncited(keys: Iterable[int]) -> None:
    """Delete those of these works that no note cites any more."""
    for batch in batches(sorted(keys)):
        Work.objects.filter(pk__in=batch, footnotes__isnull=True).delete()
