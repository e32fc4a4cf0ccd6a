"""The form that joins two passages: a paragraph of each text, and its sentences to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reader.annotate.placing import Place
from reader.compare.models import Parallel
from reader.compare.reading import Pair
from reader.http import whole
from reader.library.models import Document, Paragraph, Revision
from reader.library.sentences import sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to choose: its place in the text, its words, whether the passage begins or ends there."""

    start: int
    end: int
    words: str
    first: bool = False
    last: bool = False


class Drawing:
    """What a form or an address says of two passages; left=p11 names a paragraph, left_start code points."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self.form = form
        self.replaces = whole(form.get("replaces"))

    def place(self, side: str) -> Place:
        """The passage chosen on a side; none where nothing was chosen."""
        start, end = whole(self.form.get(f"{side}_start")), whole(self.form.get(f"{side}_end"))
        return Place(start or 0, end or 0, self.form.get(f"{side}_exact", ""))

    def revision(self, side: str) -> int | None:
        """The number of the revision that the form showed; 0, which none has, for what is no number."""
        named = self.form.get(f"{side}_revision")
        return whole(named) or 0 if named else None

    def context(self, pair: Pair, replaces: Parallel | None) -> dict[str, Any]:
        """What the page shows: for each side its paragraph, its sentences, and what is chosen of them."""
        return {
            "replaces": replaces,
            "sides": [
                self._side(side, document, pair, replaces)
                for side, document in (("left", pair.left), ("right", pair.right))
            ],
            "problem": "",
        }

    def _side(self, side: str, document: Document, pair: Pair, replaces: Parallel | None) -> dict[str, Any]:
        chosen = self.place(side)
        if chosen.end == 0 and replaces is not None:
            passage = replaces.first if pair.side("first") == side else replaces.second
            chosen = Place(passage.start, passage.end)
        blocks = Paragraph.objects.filter(revision=document.current_id, number__isnull=False)
        blocks = blocks.order_by("number")
        named = whole(self.form.get(side, "").removeprefix("p"))
        block = blocks.filter(number=named).first() if named else None
        if block is None and chosen.end:
            block = blocks.filter(start__lte=chosen.start, end__gt=chosen.start).first()
        block = block or blocks.first()
        last = blocks.last()
        return {
            "side": side,
            "document": document,
            "revision": Revision.objects.values_list("number", flat=True).get(pk=document.current_id or 0),
            "number": block.number if block else None,
            "last": last.number if last else None,
            "sentences": _sentences(document, block, chosen) if block else [],
        }


def _sentences(document: Document, block: Paragraph, chosen: Place) -> list[Sentence]:
    text = Revision.objects.only("text").get(pk=document.current_id or 0).text
    found = [
        (block.start + first, block.start + last) for first, last in sentences(text[block.start : block.end])
    ]
    inside = [place for place in found if place[0] < chosen.end and chosen.start < place[1]] or found[:1]
    first, last = inside[0][0] if inside else 0, inside[-1][1] if inside else 0
    return [Sentence(start, end, text[start:end], start == first, end == last) for start, end in found]
