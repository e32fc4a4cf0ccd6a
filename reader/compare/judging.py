"""What people say of parallels: confirm, reject, draw their own, set one right; each can be undone."""

from typing import Any

from django.db import transaction

from reader.annotate.carry import bring
from reader.annotate.journal import Journal
from reader.annotate.models import Change
from reader.annotate.placing import Place, passages_at, revision_of
from reader.annotate.turning import CHANGED_SINCE, NotUndone
from reader.compare.finding import sides
from reader.compare.keeping import citing_of
from reader.compare.models import Pairing, Parallel, Verdict
from reader.compare.pairing import changed, hold, hold_alone
from reader.compare.querysets import DECIDING
from reader.library.passages import Passage
from reader.people.models import User

SAID = {
    "confirmed": "Confirmed as a parallel.",
    "rejected": "Rejected: it is no parallel.",
    "": "Your verdict is taken back.",
}
ALONE = " It counts for you; an analyst or an instructor can confirm it for everybody."
GONE = "This parallel is gone: the texts were compared anew. Look at what there is now."
JUDGED_SINCE = "Others have said since what they think of this parallel: take it away on its own page."


class NotJudged(ValueError):
    """Something that cannot be said of a parallel; the message says what to do."""


def counts(person: User) -> bool:
    """Whether this person's verdicts count for everybody."""
    return person.is_staff or person.role in DECIDING


@transaction.atomic
def judge(*, parallel: Parallel, by: User, says: str) -> Change | None:
    """Say that a parallel is one ("confirmed"), or none ("rejected"); "" takes one's verdict back.

    None where it was said already. Other people's verdicts stay beside it.
    """
    if says not in SAID:
        raise NotJudged("Confirm it, reject it, or take your verdict back.")
    hold_alone([parallel.pairing_id])
    journal = Journal(by, says or "verdict")
    _judge(journal, parallel, says)
    if not journal.ops:
        return None
    changed(parallel.pairing_id)
    return journal.close(SAID[says] + (ALONE if says == "confirmed" and not counts(by) else ""))


def _judge(journal: Journal, parallel: Parallel, says: str) -> None:
    # Whoever looks for parallels at this moment does not drop it.
    now = Parallel.objects.select_for_update(of=("self",)).filter(pk=parallel.pk).first()
    if now is None:
        raise NotJudged(GONE)
    if not says and now.strength == Parallel.Strength.DRAWN and now.by_id == journal.by.pk:
        raise NotJudged("You drew this parallel: take it away, or reject it.")
    mine = Verdict.objects.select_for_update().filter(parallel=parallel, person=journal.by).first()
    if mine is None and says:
        mine = Verdict.objects.create(parallel=parallel, person=journal.by, says=says)
        journal.created(mine, "parallel", "person", "says")
    elif mine is not None and says:
        journal.update(mine, says=says)
    elif mine is not None:
        journal.delete(mine, "parallel", "person", "says")


@transaction.atomic
def draw(
    *,
    by: User,
    pairing: Pairing,
    first: Place,
    second: Place,
    revisions: tuple[int | None, int | None] = (None, None),
    replaces: Parallel | None = None,
) -> tuple[Parallel, Change | None]:
    """Join two passages; the found one that this sets right is rejected with it.

    revisions are the numbers of those that the places are of, None for the current ones. The same places
    drawn again by the same person are one parallel. NotPlaced where a text has no such passage.
    """
    ends = [
        passages_at(text, revision_of(text, number), [place])[0]
        for text, number, place in zip(
            (pairing.first, pairing.second), revisions, (first, second), strict=True
        )
    ]
    if not hold(pairing.pk):
        raise NotJudged("One of these texts was deleted meanwhile.")
    journal = Journal(by, "draw")
    parallel = _drawn(pairing, by, ends) or _made(journal, pairing, ends, replaces)
    _judge(journal, parallel, "confirmed")
    if replaces is not None and replaces != parallel:
        _judge(journal, replaces, "rejected")
    if not journal.ops:
        return parallel, None
    changed(pairing.pk)
    said = "Set right." if replaces else "Parallel drawn."
    return parallel, journal.close(said + ("" if counts(by) else ALONE))


def _made(journal: Journal, pairing: Pairing, ends: list[Passage], replaces: Parallel | None) -> Parallel:
    for passage, text in zip(ends, (pairing.first, pairing.second), strict=True):
        passage.save(force_insert=True)
        bring(document=text, passages=[passage])
        journal.created(passage, "document", "revision", "start", "end", "exact", "prefix", "suffix", "state")
    parallel = Parallel(
        pairing=pairing,
        first=ends[0],
        second=ends[1],
        strength=Parallel.Strength.DRAWN,
        by=journal.by,
        replaces=replaces,
    )
    now = Pairing.objects.select_related("first", "second").get(pk=pairing.pk)
    parallel.citing = citing_of(parallel, *sides(now))
    parallel.save(force_insert=True)
    journal.created(parallel, "pairing", "first", "second", "strength", "by", "replaces", "citing")
    return parallel


def _drawn(pairing: Pairing, by: User, ends: list[Passage]) -> Parallel | None:
    """The parallel that this person drew between these very places."""
    same: dict[str, Any] = {}
    for side, passage in zip(("first", "second"), ends, strict=True):
        same |= {
            f"{side}__revision": passage.revision,
            f"{side}__start": passage.start,
            f"{side}__end": passage.end,
        }
    return pairing.parallels.filter(strength=Parallel.Strength.DRAWN, by=by, **same).first()


@transaction.atomic
def withdraw(*, parallel: Parallel, by: User) -> Change:
    """Take away a parallel that one drew; what others said of it goes with it."""
    hold(parallel.pairing_id)
    now = Parallel.objects.select_for_update(of=("self",)).filter(pk=parallel.pk, by=by).first()
    if now is None:
        raise NotJudged("Only who drew a parallel can take it away: reject it instead.")
    journal = Journal(by, "withdraw")
    for verdict in now.verdicts.order_by("pk"):
        journal.delete(verdict, "parallel", "person", "says")
    pairing, ends = now.pairing_id, (now.first, now.second)
    journal.delete(now, "pairing", "first", "second", "strength", "by", "replaces", "citing")
    for passage in ends:
        journal.delete(passage, "document", "revision", "start", "end", "exact", "prefix", "suffix", "state")
    changed(pairing)
    return journal.close("Parallel taken away.")


def on_change_turning(*, change: Change, **_: Any) -> None:
    """Receive annotate.signals.change_turning: hold the pairings that it touches, as every verb here does.

    NotUndone where it would take away what others said of a parallel since.
    """
    if pairings := _pairings_of(change):
        hold(*pairings)
    # A row that is there and that the change made or took away goes with it.
    goes = [pk for name, pk, before, after in change.ops if name == "Parallel" and None in (before, after)]
    known = [pk for name, pk, *_ in change.ops if name == "Verdict"]
    since = Verdict.objects.filter(parallel__in=goes).exclude(pk__in=known)
    if people := set(since.values_list("person", flat=True)):
        raise NotUndone(CHANGED_SINCE if people == {change.actor_id} else JUDGED_SINCE)


def on_change_turned(*, change: Change, **_: Any) -> None:
    """Receive annotate.signals.change_turned: what is shown of the pairings it touched is another now."""
    for pairing in _pairings_of(change):
        changed(pairing)


def _pairings_of(change: Change) -> list[int]:
    """The pairings of the parallels that a change touches."""
    parallels: set[int] = set()
    pairings: set[int] = set()
    for name, pk, before, after in change.ops:
        values = {**(before or {}), **(after or {})}
        if name == "Parallel":
            parallels.add(pk)
            pairings.update({values["pairing_id"]} if "pairing_id" in values else ())
        elif name == "Verdict" and "parallel_id" in values:
            parallels.add(values["parallel_id"])
        elif name == "Verdict":
            parallels.update(Verdict.objects.filter(pk=pk).values_list("parallel", flat=True))
    pairings.update(Parallel.objects.filter(pk__in=parallels).values_list("pairing", flat=True))
    return sorted(pairings)
