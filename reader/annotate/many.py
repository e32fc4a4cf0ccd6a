"""Keep many annotations in few queries, as part of one change."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from reader.annotate.carry import bring_along
from reader.annotate.journal import Journal
from reader.annotate.looks import look_of, redraw_whole
from reader.annotate.models import Annotation, Code, Layer, Meaning, Notice, Tag, Target
from reader.library.models import Document
from reader.library.passages import Passage

BATCH = 500


@dataclass(slots=True)
class New:
    """An annotation that is to be kept; html is render()'s of the body, passages are not saved yet.

    A reply has a parent instead of passages: an annotation that is kept, or another New before it.
    """

    layer: Layer
    kind: str
    passages: Sequence[Passage] = ()
    codes: Sequence[Code] = ()
    meaning: Meaning | None = None
    relation: str = ""
    about: Document | None = None
    body: str = ""
    html: str = ""
    parent: "Annotation | New | None" = None
    uuid: UUID = field(default_factory=uuid4)
    made_at: datetime | None = None
    edited_at: datetime | None = None
    answered_at: datetime | None = None
    row: Annotation | None = None


def keep_many(journal: Journal, news: Sequence[New]) -> list[Annotation]:
    """Keep these annotations of the journal's person; the caller's transaction holds them together.

    Passages that lie on an older revision come along, unless a file says that they were left or lost there.
    """
    rows = _kept(journal, [new for new in news if new.parent is None])
    replies = _kept(journal, [new for new in news if new.parent is not None])
    tell(replies)
    rows += replies
    for row in rows:
        journal.created(row)
    kept = Passage.State.KEPT
    silent = {new.about for new in news}
    bring_along((one for new in news for one in new.passages if one.state == kept), *silent)
    redraw_whole([row.pk for row in rows if row.parent_id is None])
    return rows


def tell(replies: Sequence[Annotation]) -> None:
    """Let the people who wrote in the threads of these replies know of them; not who wrote them."""
    parents = {reply.parent_id for reply in replies}
    threads: dict[int | None, set[int]] = defaultdict(set)
    for path in ("pk", "parent"):
        found = Annotation.objects.live().filter(**{f"{path}__in": parents}, author__isnull=False).order_by()
        for thread, author in found.values_list(path, "author"):
            threads[thread].add(author)
    Notice.objects.bulk_create(
        (
            Notice(person_id=person, reply=reply)
            for reply in replies
            for person in sorted(threads[reply.parent_id] - {reply.author_id})
        ),
        batch_size=BATCH,
    )


def _kept(journal: Journal, news: Sequence[New]) -> list[Annotation]:
    now = timezone.now()
    for new in news:
        new.row = _row(new, journal, now)
    rows = [new.row for new in news if new.row]
    Annotation.objects.bulk_create(rows, batch_size=BATCH)
    pairs = [(new, new.row) for new in news if new.row]
    for new, row in pairs:
        for passage in new.passages:
            passage.noted = row.layer.is_shared and row.speaks
    Passage.objects.bulk_create([p for new in news for p in new.passages], batch_size=BATCH)
    Target.objects.bulk_create(
        [
            Target(annotation=row, passage=passage, position=position)
            for new, row in pairs
            for position, passage in enumerate(new.passages)
        ],
        batch_size=BATCH,
    )
    Tag.objects.bulk_create(
        [
            Tag(annotation=row, code=code, position=position)
            for new, row in pairs
            for position, code in enumerate(new.codes)
        ],
        batch_size=BATCH,
    )
    return rows


def _row(new: New, journal: Journal, now: datetime) -> Annotation:
    parent = new.parent.row if isinstance(new.parent, New) else new.parent
    return Annotation(
        uuid=new.uuid,
        layer=parent.layer if parent else new.layer,
        author=journal.by,
        kind=new.kind,
        meaning=new.meaning,
        relation=new.relation,
        about=new.about,
        parent=parent,
        body=new.body,
        html=new.html,
        look="" if parent else look_of(new.kind, new.meaning, new.codes, new.relation),
        made_at=new.made_at or now,
        edited_at=new.edited_at,
        answered_at=new.answered_at,
    )
