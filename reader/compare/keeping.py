"""Keep the parallels that were found, beside those that people drew, confirmed or rejected."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from reader.compare.align import Match
from reader.compare.models import Pairing, Parallel, Verdict
from reader.compare.pairing import forget
from reader.compare.standing import number_of
from reader.compare.texts import Compared
from reader.library.passages import CONTEXT, Passage

# Of longer texts only what is strong or likely is kept, and what a citation may lean on.
FAINT_AT_MOST = 400
BATCH = 500

DRAWN, FAINT = Parallel.Strength.DRAWN, Parallel.Strength.FAINT
# The reading numbers of both paragraphs; None where a passage stands in none of the current text.
Key = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A parallel as it was found: its match, and which side of it cites the other text, if one does."""

    match: Match
    citing: str = ""


def keep(
    pairing: Pairing,
    first: Compared,
    second: Compared,
    found: Sequence[Found],
    new_first: Collection[int] | None,
    new_second: Collection[int] | None,
) -> None:
    """Let the parallels of a pairing be those found; inside a transaction that holds it.

    new_first and new_second are the paragraphs that were looked at, None for all: what joins others stays as
    it is. So does what people drew or judged, wherever it stands.
    """
    short = len(first.units) + len(second.units) <= 2 * FAINT_AT_MOST
    known = _known(pairing, first, second)
    made: list[Parallel] = []
    told: list[Parallel] = [row for several in known.values() for row in _credited(several, first, second)]
    moved: list[Passage] = []
    for one in found:
        match = one.match
        # Where several join the same paragraphs, as these became one, the first is kept.
        there = next((row for row in known.get((match.left, match.right), ()) if row.strength != DRAWN), None)
        stays = there is not None and _is_settled(there)
        if match.strength == FAINT and not (short or one.citing or stays):
            continue
        parallel = there or Parallel(pairing=pairing, first=Passage(), second=Passage())
        parallel.citing, parallel.evidence = one.citing, list(match.evidence)
        parallel.strength, parallel.score = match.strength, match.score
        if not stays:
            _place(parallel.first, first, match.left, match.left_start, match.left_end)
            _place(parallel.second, second, match.right, match.right_start, match.right_end)
        if there is None:
            made.append(parallel)
            continue
        known[match.left, match.right].remove(there)
        told.append(there)
        moved += () if stays else (there.first, there.second)
    Passage.objects.bulk_update(
        moved, ["start", "end", "exact", "prefix", "suffix", "state"], batch_size=BATCH
    )
    Parallel.objects.bulk_update(told, ["strength", "score", "evidence", "citing"], batch_size=BATCH)
    _make(made)
    _drop(known, new_first, new_second)
    Pairing.objects.filter(pk=pairing.pk).update(
        first_revision=first.revision,
        second_revision=second.revision,
        state=Pairing.State.FOUND,
        error="",
        found_at=timezone.now(),
        version=F("version") + 1,
    )


def citing_of(parallel: Parallel, first: Compared, second: Compared) -> str:
    """Which of its passages touches a sentence that cites the other text; "" where neither does."""
    for side, passage, text in (("first", parallel.first, first), ("second", parallel.second, second)):
        here = passage.revision_id == text.revision.pk and passage.state != Passage.State.UNPLACED
        if here and any(one.start < passage.end and passage.start < one.end for one in text.citing):
            return side
    return ""


def _known(pairing: Pairing, first: Compared, second: Compared) -> dict[Key, list[Parallel]]:
    """The parallels that are kept already, by the paragraphs that they join; settled ones first."""
    rows = (
        pairing.parallels.annotate(judged=Exists(Verdict.objects.filter(parallel=OuterRef("pk"))))
        .select_related("first", "second")
        .order_by("pk")
    )
    known: dict[Key, list[Parallel]] = {}
    for row in rows:
        key = (number_of(row.first, first), number_of(row.second, second))
        known.setdefault(key, []).append(row)
    for several in known.values():
        several.sort(key=lambda row: not _is_settled(row))
    return known


def _credited(rows: Sequence[Parallel], first: Compared, second: Compared) -> Iterator[Parallel]:
    """Those drawn by people of which the passages cite the other text now, or do so no more."""
    for row in rows:
        if row.strength == DRAWN:
            before, row.citing = row.citing, citing_of(row, first, second)
            if row.citing != before:
                yield row


def _is_settled(parallel: Parallel) -> bool:
    """Whether people drew or judged it, so that it stays where it is."""
    return parallel.strength == DRAWN or bool(getattr(parallel, "judged", False))


def _place(passage: Passage, text: Compared, number: int, start: int, end: int) -> None:
    """Let a passage be these characters of a paragraph."""
    begin = text.start_of[number]
    passage.document, passage.revision = text.document, text.revision
    passage.start, passage.end = begin + start, begin + end
    passage.exact = text.text[passage.start : passage.end]
    passage.prefix = text.text[max(0, passage.start - CONTEXT) : passage.start]
    passage.suffix = text.text[passage.end : passage.end + CONTEXT]
    passage.state = Passage.State.KEPT


def _make(parallels: Sequence[Parallel]) -> None:
    Passage.objects.bulk_create(
        [passage for one in parallels for passage in (one.first, one.second)], batch_size=BATCH
    )
    for one in parallels:
        # Their keys are known now.
        one.first, one.second = one.first, one.second
    Parallel.objects.bulk_create(parallels, batch_size=BATCH)


def _drop(
    known: dict[Key, list[Parallel]], new_first: Collection[int] | None, new_second: Collection[int] | None
) -> None:
    """Let go what was found before and is not found any more, where it was looked for."""
    gone: list[int] = []
    for (left, right), several in known.items():
        looked = (
            new_first is None
            or new_second is None
            or left is None
            or right is None
            or left in new_first
            or right in new_second
        )
        gone += [
            key for one in several if looked and not _is_settled(one) for key in (one.first_id, one.second_id)
        ]
    forget(gone)
