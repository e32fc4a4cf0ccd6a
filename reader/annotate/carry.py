"""Carry the passages of a text over to its new revision: kept, changed, or unplaced; never lost."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from reader.annotate import shades
from reader.annotate.anchors import Outcome, Place, Text, carry
from reader.annotate.models import Annotation, Layer, Target
from reader.annotate.placing import NotPlaced
from reader.ingest.parsed import Parsed
from reader.library.models import Document, Footnote, Paragraph, Revision
from reader.library.passages import CONTEXT, FormerPlace, Passage
from reader.library.prepared import NUMBERS, Prepared
from reader.library.querysets import Reader
from reader.library.text import canonical

State = Passage.State
BATCH = 500
_MOVED = ["revision", "start", "end", "exact", "prefix", "suffix", "state"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would become of the passages marked in a text; people counts whose would not stay in place."""

    kept: int = 0
    changed: int = 0
    unplaced: int = 0
    people: int = 0

    @property
    def all(self) -> int:
        """How many passages there are."""
        return self.kept + self.changed + self.unplaced


def on_revision_kept(*, revision: Revision, previous: Revision | None, **_: Any) -> None:
    """Receive library.signals.revision_kept: let every passage of the document come along."""
    if previous is None:
        return
    waiting = Passage.objects.filter(document=revision.document).exclude(revision=revision)
    waiting = waiting.exclude(state=State.LEFT).exclude(hidden_from_author())
    _carry(waiting.order_by("pk").select_for_update(of=("self",)), revision)
    _draw_shared(revision)


def on_readers_changed(*, document: Document, **_: Any) -> None:
    """Receive library.signals.readers_changed: what stayed behind comes along for who may read it again."""
    behind = Passage.objects.filter(document=document).exclude(revision=document.current_id)
    behind = behind.exclude(state__in=(State.LEFT, State.UNPLACED)).exclude(hidden_from_author())
    waiting = list(behind.order_by("pk").select_for_update(of=("self",)))
    if waiting and document.current_id:
        revision = Revision.objects.defer("source").get(pk=document.current_id)
        _carry(waiting, revision)
        _draw_shared(revision)


def hidden_from_author() -> Exists:
    """That a passage is of an annotation whose author may not read its text now.

    It stays on the revision that they know: what the text says since is not theirs to read.
    """
    return Exists(
        Target.objects.filter(
            passage=OuterRef("pk"),
            passage__document__is_public=False,
            annotation__author__isnull=False,
            annotation__author__is_staff=False,
        ).exclude(annotation__author=F("passage__document__owner"))
    )


def _draw_shared(revision: Revision) -> None:
    """Draw what shared layers have on a revision, after passages came to it."""
    for layer in Layer.objects.exclude(kind=Layer.Kind.PRIVATE).filter(
        pk__in=Annotation.objects.filter(passages__revision=revision).values("layer")
    ):
        shades.rebuild(layer=layer.pk, revision=revision.pk)


def bring(*, document: Document, passages: Sequence[Passage]) -> bool:
    """Let passages just made on an older revision come along, if the text was revised meanwhile; whether any.

    Called inside the transaction that made them: from here on, a new revision waits for it and finds them.
    Whoever draws marks does so afterwards. NotPlaced where the text was deleted meanwhile.
    """
    rows = _CURRENT.rows(None, [document.pk])
    if not rows:
        raise NotPlaced("This text was deleted meanwhile: nothing can be marked in it any more.")
    current = rows[0][0]
    behind = [passage for passage in passages if passage.revision_id != current]
    if not behind or current is None:
        return False
    _carry(behind, Revision.objects.defer("source").get(pk=current))
    return True


def bring_along(passages: Iterable[Passage], *others: Document | None) -> bool:
    """The same for passages of several texts; others are texts that must not be deleted meanwhile, either."""
    groups: dict[int, list[Passage]] = {other.pk: [] for other in others if other}
    for passage in passages:
        if passage.document_id is not None:
            groups.setdefault(passage.document_id, []).append(passage)
    # Always in one order, or two people would wait for each other.
    came = [bring(document=Document(pk=pk), passages=group) for pk, group in sorted(groups.items())]
    return any(came)


def _current(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    here = Document.objects.select_for_update(no_key=True).filter(pk=values[0])
    return here.order_by().values_list("current")


_CURRENT = Prepared(_current, NUMBERS)


def forecast(*, document: Document, parsed: Parsed) -> Forecast:
    """What keeping this as the document's next revision would do to the annotations on it."""
    if document.current_id is None:
        return Forecast()
    made = canonical(parsed)
    new = Text(made.text, _lines(made.text, [*made.blocks, *made.notes]))
    rows = list(
        Passage.objects.filter(
            revision=document.current_id, targets__isnull=False, annotations__deleted_at__isnull=True
        )
        .exclude(state=State.LEFT)
        .exclude(hidden_from_author())
        .values_list("start", "end", "annotations__author")
    )
    outcomes = carry(text_of(document.current_id), new, [Place(start, end) for start, end, _ in rows])
    states = [outcome.state for outcome in outcomes]
    people = {author for (_, _, author), state in zip(rows, states, strict=True) if state != "kept"}
    return Forecast(states.count("kept"), states.count("changed"), states.count("unplaced"), len(people))


def text_of(revision: int) -> Text:
    """A revision's text with its blocks, as anchors wants it; three queries."""
    text = Revision.objects.values_list("text", flat=True).get(pk=revision)
    blocks = Paragraph.objects.filter(revision=revision).order_by("position").values_list("start", "end")
    notes = Footnote.objects.filter(revision=revision).order_by("position").values_list("start", "end")
    return Text(text, _lines(text, [*blocks, *notes]))


def _lines(text: str, ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The blocks, each line of a footnote of several paragraphs as one of its own."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        for line in text[start:end].split("\n"):
            found.append((start, start + len(line)))
            start += len(line) + 1
    return tuple(found)


def _carry(passages: Iterable[Passage], revision: Revision) -> None:
    """Move these passages, which may stand on several older revisions, to this one."""
    groups: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.revision_id is not None:
            groups[passage.revision_id].append(passage)
    if not groups:
        return
    new = text_of(revision.pk)
    former: list[FormerPlace] = []
    moved: list[Passage] = []
    for number, group in groups.items():
        outcomes = carry(text_of(number), new, [Place(passage.start, passage.end) for passage in group])
        for passage, outcome in zip(group, outcomes, strict=True):
            if outcome.state != "unplaced":
                former.append(former_place(passage))
            _move(passage, outcome, revision, new.text)
            moved.append(passage)
    FormerPlace.objects.bulk_create(former, batch_size=BATCH, ignore_conflicts=True)
    Passage.objects.bulk_update(moved, _MOVED, batch_size=BATCH)


def former_place(passage: Passage) -> FormerPlace:
    """Where a passage is, to be kept before it moves."""
    if passage.revision_id is None:
        raise ValueError("A passage of a deleted text is nowhere.")
    return FormerPlace(
        passage=passage,
        revision_id=passage.revision_id,
        start=passage.start,
        end=passage.end,
        exact=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
    )


def _move(passage: Passage, outcome: Outcome, revision: Revision, text: str) -> None:
    if outcome.state == "unplaced":
        passage.state = State.UNPLACED
        return
    # What nobody has confirmed yet is still to be confirmed, though its words stayed this time.
    doubtful = outcome.state == "changed" or passage.state == State.CHANGED
    passage.state = State.CHANGED if doubtful else State.KEPT
    put(passage, revision, text, outcome.start, outcome.end)


def put(passage: Passage, revision: Revision, text: str, start: int, end: int) -> None:
    """Let a passage, not saved here, be text[start:end] of this revision."""
    passage.revision = revision
    passage.start, passage.end = start, end
    passage.exact = text[start:end]
    passage.prefix, passage.suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
