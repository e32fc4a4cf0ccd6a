"""The parallels of two texts as pages show them: left and right as the reader has them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from reader.compare.models import Pairing, Parallel
from reader.compare.querysets import ParallelQuerySet
from reader.library.models import Document, Paragraph
from reader.library.passages import Passage
from reader.library.querysets import Reader

OTHER = {"left": "right", "right": "left"}
WORDS = {"drawn": "drawn by a reader", "strong": "strong", "likely": "likely", "faint": "faint"}
LOST = (Passage.State.UNPLACED, Passage.State.LEFT)
RANK = {"drawn": 0, "strong": 1, "likely": 2, "faint": 3}


@dataclass(frozen=True, slots=True)
class End:
    """A passage of a parallel: its range in the revision, its words, the paragraph's number and anchor.

    Neither where it is no longer in the text.
    """

    start: int
    end: int
    exact: str
    number: int | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """A parallel, left and right as the page has the texts; citing is the side that cites the other."""

    pk: int
    left: End
    right: End
    strength: str
    score: float
    evidence: tuple[str, ...]
    citing: str
    by: str
    mine: bool
    own: str
    confirmed: int
    rejected: int

    @property
    def stands(self) -> bool:
        """Whether it is drawn for this person, as ParallelQuerySet.visible_to() decides."""
        return self.own == "confirmed" or (not self.own and self.rejected <= self.confirmed)

    @property
    def placed(self) -> bool:
        """Whether both passages are still in their texts."""
        return bool(self.left.anchor and self.right.anchor)

    @property
    def word(self) -> str:
        """What the page calls its strength."""
        return WORDS[self.strength]

    @property
    def credited(self) -> bool:
        """Whether one of the passages cites the other text."""
        return bool(self.citing)

    @property
    def order(self) -> tuple[bool, bool, int, float, int]:
        """What sorts the parallels of a passage: what people confirmed, what is drawn, then by score."""
        return (self.own != "confirmed", not self.confirmed, RANK[self.strength], -self.score, self.pk)


class Numbers:
    """The blocks of a revision, to tell in which of them an offset lies; one query."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        rows = Paragraph.objects.filter(revision=revision).order_by("start")
        self.rows = list(rows.values_list("start", "end", "number", "position"))
        self.starts = [row[0] for row in self.rows]

    def at(self, offset: int) -> tuple[int | None, str]:
        """The reading number and the anchor ("p11"; "b4" without a number) of the block at an offset."""
        place = bisect_right(self.starts, offset) - 1
        if place < 0:
            return None, ""
        _, _, number, position = self.rows[place]
        return number, f"p{number}" if number else f"b{position}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts in the order of the page, and their pairing where they were compared."""

    left: Document
    right: Document
    pairing: Pairing | None

    @property
    def turned(self) -> bool:
        """Whether the left text is the pairing's second."""
        return self.left.pk > self.right.pk

    def side(self, which: str) -> str:
        """The side of the page on which the pairing's "first" or "second" text lies."""
        return "left" if (which == "second") == self.turned else "right"

    def parallels(self, user: Reader) -> ParallelQuerySet:
        """Those that stand for this person, in the current revisions."""
        if self.pairing is None:
            return Parallel.objects.none()
        return Parallel.objects.filter(pairing=self.pairing).placed().visible_to(user)

    def row(self, user: Reader, pk: int) -> Row:
        """One parallel, also a rejected one; DoesNotExist where it is there no more."""
        found = self.rows(user, Parallel.objects.filter(pk=pk).with_verdicts(user))
        if not found:
            raise Parallel.DoesNotExist("It was found no more, or taken away, meanwhile.")
        return found[0]

    def within(self, parallels: ParallelQuerySet, shown: dict[str, tuple[int, int]]) -> ParallelQuerySet:
        """Those of which a passage lies in what is shown of its text."""
        condition = Q()
        for which in ("first", "second"):
            if shown_here := shown.get(self.side(which)):
                start, end = shown_here
                condition |= Q(**{f"{which}__start__lt": end, f"{which}__end__gt": start})
        return parallels.filter(condition)

    def rows(self, user: Reader, parallels: ParallelQuerySet) -> list[Row]:
        """These parallels in the order of the left text, the best of each passage first; three queries."""
        numbers = {
            "left": Numbers(self.left.current_id or 0),
            "right": Numbers(self.right.current_id or 0),
        }
        names = {"first": self.side("first"), "second": self.side("second"), "": ""}
        found = [
            Row(
                pk=one.pk,
                citing=names[one.citing],
                strength=one.strength,
                score=one.score,
                evidence=tuple(one.evidence),
                by=one.by.name if one.by else "",
                mine=one.by_id is not None and one.by_id == user.pk,
                own=getattr(one, "own", "") or "",
                confirmed=getattr(one, "confirmed", 0),
                rejected=getattr(one, "rejected", 0),
                **{
                    names[which]: _end(getattr(one, which), numbers[names[which]])
                    for which in ("first", "second")
                },
            )
            for one in parallels.select_related("first", "second", "by").order_by()
        ]
        found.sort(key=lambda row: (row.left.number or 0, row.order, row.left.start))
        return found


def _end(passage: Passage, numbers: Numbers) -> End:
    here = passage.revision_id == numbers.revision and passage.state not in LOST
    number, anchor = numbers.at(passage.start) if here else (None, "")
    return End(passage.start, passage.end, passage.exact, number, anchor)


def pair_of(left: Document, right: Document) -> Pair:
    """Two texts and their pairing, if there is one; one query."""
    return Pair(left, right, Pairing.objects.between(left, right).first())


def without_doubles(rows: Iterable[Row]) -> list[Row]:
    """The rows without those that were found where a person drew another one."""
    found = list(rows)
    drawn = {(row.left.number, row.right.number) for row in found if row.strength == "drawn" and row.stands}
    return [
        row for row in found if row.strength == "drawn" or (row.left.number, row.right.number) not in drawn
    ]


def leaning(rows: Sequence[Row], side: str, start: int, end: int) -> list[Row]:
    """What the sentence text[start:end] of a side leans on, the best first; then its runners-up."""
    here = [row for row in rows if _touches(getattr(row, side), start, end)]
    return sorted(here, key=lambda row: (row.own != "confirmed", row.citing != side, row.order))


def _touches(end: End, start: int, stop: int) -> bool:
    return end.start < stop and start < end.end
