"""Bring annotations in from a file in the W3C's form: all of them, or, where something fails, none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from reader.annotate.answering import brought_to_answer
from reader.annotate.codes import codes_at
from reader.annotate.finding import Finding, Landed
from reader.annotate.journal import Journal
from reader.annotate.many import New, keep_many
from reader.annotate.models import Annotation, Change, Layer, Meaning
from reader.annotate.naming import BadName, path_of
from reader.annotate.relations import missing
from reader.annotate.rendering import BodyRefused, render
from reader.annotate.w3c_reading import Faulty, Item, read_w3c
from reader.library.models import Document
from reader.people.models import User

CODES_AT_MOST = 500
SILENT = Annotation.Relation.SILENT
BATCH = 500


@dataclass(slots=True)
class Outcome:
    """What becomes of one annotation of a file; said tells a person why, place where it goes."""

    item: Item
    state: str = "kept"  # doubtful, unplaced, known, refused
    said: str = ""
    new: New | None = None
    landed: list[Landed] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The first words by which a person knows it."""
        quotes = [aim.quote.exact for aim in self.item.aims]
        return " ".join((next(iter(quotes), "") or self.item.body or self.item.id)[:200].split())


@dataclass(slots=True)
class Report:
    """What an import did, or would do; change is None where it kept nothing."""

    outcomes: list[Outcome]
    change: Change | None = None

    @property
    def counts(self) -> Counter[str]:
        """How many are kept, doubtful, unplaced, known and refused."""
        return Counter(outcome.state for outcome in self.outcomes)

    @property
    def kept(self) -> int:
        """How many are, or would be, kept."""
        return sum(1 for outcome in self.outcomes if outcome.new)


def import_annotations(
    *,
    data: bytes,
    by: User,
    document: Document | None = None,
    layer: Layer | None = None,
    doubtful: bool = True,
    texts: Mapping[str, Document] | None = None,
) -> Report:
    """Keep what a file holds as this person's annotations; twice is once. NotRead where it cannot be read.

    document: where all of them belong; None: to the texts that they name. layer: None: that which the file
    names, else the person's own. Doubtful ones are left out if asked so. texts: what its names of texts mean,
    where these are no slugs of this library.
    """
    items = read_w3c(data)
    finding = partial(Finding, by, document, texts)
    try:
        return _brought(items, by, finding(), layer, doubtful)
    except IntegrityError:
        # The same file came twice in the same moment: what the other kept is known now.
        return _brought(items, by, finding(), layer, doubtful)


@transaction.atomic
def _brought(
    items: Sequence[Item], by: User, finding: Finding, layer: Layer | None, doubtful: bool
) -> Report:
    report = _planned(items, by, finding, layer)
    _refuse_replies(report, by, hold=True)
    if not doubtful:
        for outcome in report.outcomes:
            if outcome.state == "doubtful":
                outcome.new = None
        _without_lost_replies(report)
    return _keep(report, by)


def forecast_import(*, data: bytes, by: User, document: Document | None = None) -> Report:
    """What import_annotations() would do."""
    report = _planned(read_w3c(data), by, Finding(by, document), None)
    _refuse_replies(report, by, hold=False)
    return report


def uuid_of(item: Item, by: User, number: int) -> UUID:
    """Under which uuid an annotation is kept, so that the same file is known again."""
    return item.uuid or uuid5(NAMESPACE_URL, f"{by.pk} {item.id or (number, item.body, item.aims)}")


def _planned(items: Sequence[Item], by: User, finding: Finding, layer: Layer | None) -> Report:
    uuids = [uuid_of(item, by, number) for number, item in enumerate(items)]
    known = _known(uuids)
    layers = {"private": Layer.objects.private_to(by), "public": Layer.objects.public()}
    meanings = {meaning.name: meaning for meaning in Meaning.objects.for_choice(by)}
    report = Report([])
    seen: set[UUID] = set()
    for item, uuid in zip(items, uuids, strict=True):
        outcome = Outcome(item)
        report.outcomes.append(outcome)
        if uuid in seen:
            outcome.state, outcome.said = "refused", "The file has it twice; the first one counts."
        elif uuid in known:
            _tell_known(outcome, known[uuid], by)
        else:
            into = layer or layers[item.layer or "private"]
            _plan(outcome, uuid, into, meanings.get(item.meaning), finding)
        seen.add(uuid)
    _join_replies(report, by)
    return report


def _known(uuids: Sequence[UUID]) -> dict[UUID, Annotation]:
    found: dict[UUID, Annotation] = {}
    for first in range(0, len(uuids), BATCH):
        rows = Annotation.objects.filter(uuid__in=uuids[first : first + BATCH])
        found |= {row.uuid: row for row in rows.only("uuid", "author", "deleted_at")}
    return found


def _tell_known(outcome: Outcome, row: Annotation, by: User) -> None:
    if row.author_id != by.pk:
        outcome.state, outcome.said = "refused", "It is here already, and somebody else’s: it stays theirs."
    elif row.deleted_at:
        outcome.state, outcome.said = "known", "It lies in your trash."
    else:
        outcome.state, outcome.said = "known", "It is here already, and stays as it is."


def _plan(outcome: Outcome, uuid: UUID, layer: Layer, meaning: Meaning | None, finding: Finding) -> None:
    item = outcome.item
    try:
        if item.problem:
            raise Faulty(item.problem)
        html = render(item.body)
        for code in item.codes:
            path_of(code)
    except (Faulty, BodyRefused, BadName) as error:
        outcome.state, outcome.said = "refused", str(error)
        return
    for aim in item.aims:
        landed = finding.place(aim, of_claim=bool(item.relation))
        outcome.landed.append(landed)
        if landed.passage is None:
            outcome.state, outcome.said = "unplaced", landed.said
            return
        if landed.said:
            outcome.state, outcome.said = "doubtful", landed.said
    about = finding.text_named(item.about.slug, item.about.address) if item.relation == SILENT else None
    documents = [landed.document.pk for landed in outcome.landed if landed.document]
    if item.relation and (problem := missing(item.relation, documents, about.pk if about else None)):
        outcome.state, outcome.said = "refused", problem
        return
    now = timezone.now()
    outcome.new = New(
        uuid=uuid,
        layer=layer,
        kind=item.kind,
        passages=[landed.passage for landed in outcome.landed if landed.passage],
        meaning=meaning,
        relation=item.relation,
        about=about,
        body=item.body,
        html=html,
        made_at=min(item.created or now, now),
        edited_at=item.modified and min(item.modified, now),
        answered_at=item.answered if item.kind == "question" else None,
    )


def _join_replies(report: Report, by: User) -> None:
    """Let each reply find what it answers: in the file, else in the library."""
    inside = {o.item.id: o.new for o in report.outcomes if o.item.id and o.new and o.item.kind != "reply"}
    replies = [o for o in report.outcomes if o.new and o.item.kind == "reply"]
    uuids = [uuid for o in replies if (uuid := _urn(o.item.parent))]
    there: dict[UUID, Annotation] = {}
    for first in range(0, len(uuids), BATCH):
        visible = Annotation.objects.visible_to(by)
        found = visible.filter(uuid__in=uuids[first : first + BATCH])
        there |= {row.uuid: row for row in found.filter(parent__isnull=True)}
        answers = found.filter(parent__in=visible).select_related("parent")
        there |= {row.uuid: row.parent for row in answers if row.parent}
    for outcome in replies:
        uuid = _urn(outcome.item.parent)
        parent = inside.get(outcome.item.parent) or (there.get(uuid) if uuid else None)
        if parent is None or outcome.new is None:
            outcome.new, outcome.state = None, "unplaced"
            outcome.said = "What it answers is not here."
        else:
            outcome.new.parent = parent


def _refuse_replies(report: Report, by: User, *, hold: bool) -> None:
    """Take out replies to what this person may not answer, and let the rest have what is held for them."""
    replies = [
        (outcome, new, new.parent.pk)
        for outcome in report.outcomes
        if (new := outcome.new) and isinstance(new.parent, Annotation)
    ]
    parents, refused = brought_to_answer({parent for *_, parent in replies}, by, hold=hold)
    for outcome, new, parent in replies:
        if parent in refused:
            outcome.new, outcome.state, outcome.said = None, "refused", refused[parent]
        else:
            new.parent = parents[parent]


def _without_lost_replies(report: Report) -> None:
    staying = {id(outcome.new) for outcome in report.outcomes if outcome.new}
    for outcome in report.outcomes:
        if outcome.new and isinstance(outcome.new.parent, New) and id(outcome.new.parent) not in staying:
            outcome.new, outcome.state, outcome.said = None, "unplaced", "What it answers is left out."


def _keep(report: Report, by: User) -> Report:
    kept = [outcome for outcome in report.outcomes if outcome.new]
    if not kept:
        return report
    codes = codes_at(by, _paths(kept))
    for outcome in kept:
        if outcome.new:
            named = [codes[path] for path in outcome.item.codes if path in codes]
            outcome.new.codes = list({code.pk: code for code in named}.values())
    journal = Journal(by, "import")
    keep_many(journal, [outcome.new for outcome in kept if outcome.new])
    _mark_answers(kept)
    count = len(kept)
    report.change = journal.close(f"{count} annotation{'' if count == 1 else 's'} brought in.")
    return report


def _paths(kept: Iterable[Outcome]) -> list[str]:
    paths = list(dict.fromkeys(path for outcome in kept for path in outcome.item.codes))
    return paths[:CODES_AT_MOST]


def _mark_answers(kept: Sequence[Outcome]) -> None:
    rows = {outcome.item.id: outcome.new.row for outcome in kept if outcome.item.id and outcome.new}
    changed = []
    for outcome in kept:
        row, answer = outcome.new and outcome.new.row, rows.get(outcome.item.answer)
        if row and answer and answer.parent_id == row.pk:
            row.answer = answer
            changed.append(row)
    Annotation.objects.bulk_update(changed, ["answer"], batch_size=BATCH)


def _urn(name: str) -> UUID | None:
    try:
        return UUID(name.removeprefix("urn:uuid:"))
    except ValueError:
        return None
