"""Where the passages of views are now, as the addresses of the desk name places."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from reader.annotate.placing import LONGEST, NotPlaced, Place, passages_at, revision_of
from reader.desk.half import url, with_places
from reader.desk.mark_up import block_at
from reader.desk.places import anchor
from reader.library.models import Document, Footnote, Paragraph, Revision
from reader.library.passages import Passage
from reader.library.querysets import Reader
from reader.share.models import View


@dataclass(frozen=True, slots=True)
class Half:
    """One text of a view for one reader: where it opens now, and whether the place it had is lost.

    document is None where this reader may not read it.
    """

    side: str
    document: Document | None
    anchor: str
    passage: Passage | None

    @property
    def is_lost(self) -> bool:
        """Whether the view had a place in this text that the text does not have any more."""
        return self.passage is not None and not self.anchor


def anchors(passages: Collection[int]) -> dict[int, str]:
    """The anchors of the blocks or notes in which these passages begin, of those that the texts still have.

    Two queries, however many there are.
    """
    blocks = Paragraph.objects.filter(revision=OuterRef("revision"), start__lte=OuterRef("start"))
    notes = Footnote.objects.filter(revision=OuterRef("revision"), start__lte=OuterRef("start"))
    rows = (
        Passage.objects.filter(pk__in=passages, revision=F("document__current"))
        .annotate(
            block=Subquery(blocks.order_by("-start", "-position").values("pk")[:1]),
            note=Subquery(notes.order_by("-start").values("position")[:1]),
        )
        .values_list("pk", "start", "block", "note")
    )
    found = list(rows)
    keys = {block for _, _, block, _ in found if block}
    known = {
        pk: (end, f"p{number}" if number is not None else f"b{position}")
        for pk, end, number, position in Paragraph.objects.filter(pk__in=keys).values_list(
            "pk", "end", "number", "position"
        )
    }
    out: dict[int, str] = {}
    for pk, start, block, note in found:
        end, name = known.get(block, (0, ""))
        out[pk] = f"n{note + 1}" if start >= end and note is not None else name
    return out


def halves(view: View, user: Reader) -> list[Half]:
    """The texts of a view for this reader, and where each opens now; three queries."""
    texts = [("left", view.left, view.left_place)]
    if view.right is not None:
        texts.append(("right", view.right, view.right_place))
    keys = [document.pk for _, document, _ in texts]
    there = Document.objects.visible_to(user).filter(pk__in=keys, current__isnull=False)
    readable = set(there.values_list("pk", flat=True))
    places = anchors([passage.pk for _, _, passage in texts if passage])
    return [
        Half(side, document if document.pk in readable else None, places.get(passage.pk, ""), passage)
        if passage
        else Half(side, document if document.pk in readable else None, "", None)
        for side, document, passage in texts
    ]


def desk_at(view: View, texts: Collection[Half], note: int = 0, passage: Passage | None = None) -> str:
    """The desk with the texts of a view that this reader may read; nothing where they may read none.

    Opened where the view says, or at the passage of the annotation of this key, as far as it is there.
    """
    there = dict(zip(("left", "right"), _readable(texts), strict=False))
    slugs = [half.document.slug for half in there.values() if half.document]
    if not slugs:
        return ""
    places = {side: half.anchor for side, half in there.items()}
    aim = "left"
    if passage is not None and (at := anchors([passage.pk]).get(passage.pk)):
        aim = next((side for side, half in there.items() if _shows(half, passage)), "left")
        places[aim] = at
    path = url("desk:facing" if len(slugs) > 1 else "desk:read", *slugs)
    address = with_places(path, {**places, "view": str(view.pk), "note": str(note or "")})
    at = f"a{note}" if note else places[aim]
    return f"{address}#{aim}-{at}" if at else address


def _readable(texts: Collection[Half]) -> list[Half]:
    return [half for half in texts if half.document]


def _shows(half: Half, passage: Passage) -> bool:
    return half.document is not None and half.document.pk == passage.document_id


def passage_named(document: Document, named: str) -> Passage | None:
    """The place that somebody named, "12" or "p12" or words that stand there, as a passage not yet saved.

    None where nothing was named; NotPlaced, with what to do, where the text has no such place.
    """
    named = named.strip()
    if not named:
        return None
    return (
        passage_by(document, named, "")
        if named.isdigit() or anchor(named)
        else passage_by(document, "", named)
    )


def passage_by(text: Document, named: str, words: str) -> Passage:
    """The passage of these words in the named paragraph, else in the text; all of it where there are none.

    NotPlaced, with what to do, where there is none.
    """
    if not named and not words.strip():
        raise NotPlaced("Say what you ask about: the number of a paragraph, or words of it.")
    revision = revision_of(text, None)
    at = anchor(f"p{named}" if named.isdigit() else named)
    place = block_at(revision.pk, at) if at else None
    if named and place is None:
        raise NotPlaced(f"“{text.title}” has no paragraph {named}. The strip at its edge says the numbers.")
    if words.strip():
        start, end = place or (0, revision.length)
        place = _found(revision, words, start, end)
        if place is None:
            where = f"paragraph {named}" if named else f"“{text.title}”"
            raise NotPlaced(f"These words do not stand in {where}. Copy them from the text as it is now.")
    start, end = place or (0, 0)
    return passages_at(text, revision, [Place(start, min(end, start + LONGEST))])[0]


def _found(revision: Revision, words: str, start: int, end: int) -> tuple[int, int] | None:
    """Where these words first stand in this stretch, however they are spaced."""
    # The words of a text stay in the database until here.
    whole_text = Revision.objects.values_list("text", flat=True).get(pk=revision.pk)
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.compile(pattern).search(whole_text, start, end)
    return found.span() if found else None
