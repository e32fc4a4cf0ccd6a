"""Where in the library the passages of a file belong."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from reader.annotate.quoting import Quote, locate, stands
from reader.annotate.w3c_reading import Aim
from reader.ingest.references import address_key
from reader.library.models import Document, Revision
from reader.library.passages import CONTEXT, Passage
from reader.people.models import User

TEXTS_AT_ONCE = 8
# Characters in which quotes may be looked for by one import: seconds of work, whatever the file says.
SEARCHED_AT_MOST = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Landed:
    """The passage, not saved, where something belongs, or None; said tells what is doubtful or wrong."""

    passage: Passage | None = None
    document: Document | None = None
    said: str = ""


class Finding:
    """Finds texts that a person may read, and passages in them."""

    def __init__(
        self, by: User, document: Document | None = None, texts: Mapping[str, Document] | None = None
    ) -> None:
        """document: where everything belongs, but the ends of claims. texts: what the file's names mean."""
        self._by = by
        self._document = document
        self._texts_by_name = texts or {}
        self._named: dict[tuple[str, str], Document | None] = {}
        self._texts: OrderedDict[int, str] = OrderedDict()
        self._revisions: dict[tuple[int, int | None], Revision | None] = {}
        self._searched = 0

    def place(self, aim: Aim, *, of_claim: bool = False) -> Landed:
        """The passage that a file means: on the revision that it names, where that has its words there."""
        # The ends of a claim never lie in one text.
        document = None if of_claim else self._document
        document = document or self.text_named(aim.slug, aim.address) or self._document
        if document is None:
            return Landed(said="The text that it is about is not in this library.")
        current = self._revision(document, None)
        if current is None:
            return Landed(said="The text that it is about has no words yet.")
        named = self._revision(document, aim.revision) if aim.revision else None
        if named and named.pk != current.pk and self._stands_at(named, aim.quote):
            passage = self._passage(document, named, aim.quote.start, aim.quote.end)
            passage.state = aim.carried or Passage.State.KEPT
            return Landed(passage, document)
        text = self._text(current)
        if not stands(text, aim.quote):
            self._searched += len(text)
            if self._searched > SEARCHED_AT_MOST:
                return Landed(said="Too many passages of this file have to be looked for: part it in two.")
        spot = locate(text, aim.quote)
        if spot is None:
            return Landed(document=document, said=f"Its words do not stand in “{document.title}” as it says.")
        start, end = trimmed(text, spot.start, spot.end)
        if start == end:
            return Landed(document=document, said="There are no words in its passage.")
        return Landed(self._passage(document, current, start, end), document, spot.doubt)

    def text_named(self, slug: str, address: str) -> Document | None:
        """The text that a file names, of those that this person may read."""
        if slug in self._texts_by_name:
            return self._texts_by_name[slug]
        key = (slug, address)
        if key not in self._named:
            readable = Document.objects.visible_to(self._by).filter(current__isnull=False).order_by("pk")
            found = readable.filter(slug=slug).first() if slug else None
            if found is None and (known := address_key(address) if address else ""):
                found = readable.filter(address_key=known).first()
            self._named[key] = found
        return self._named[key]

    def _revision(self, document: Document, number: int | None) -> Revision | None:
        key = (document.pk, number)
        if key not in self._revisions:
            rows = document.revisions.only("number", "length", "document")
            found = rows.filter(pk=document.current_id or 0) if number is None else rows.filter(number=number)
            self._revisions[key] = found.first()
        return self._revisions[key]

    def _text(self, revision: Revision) -> str:
        if revision.pk not in self._texts:
            text = Revision.objects.values_list("text", flat=True).get(pk=revision.pk)
            self._texts[revision.pk] = text
            if len(self._texts) > TEXTS_AT_ONCE:
                self._texts.popitem(last=False)
        return self._texts[revision.pk]

    def _stands_at(self, revision: Revision, quote: Quote) -> bool:
        inside = 0 <= quote.start < quote.end <= revision.length
        return bool(inside and quote.exact and self._text(revision)[quote.start : quote.end] == quote.exact)

    def _passage(self, document: Document, revision: Revision, start: int, end: int) -> Passage:
        text = self._text(revision)
        return Passage(
            document=document,
            revision=revision,
            start=start,
            end=end,
            exact=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
        )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the white space at its ends; empty where there is nothing else."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), max(start, end - len(words) + len(words.rstrip()))
