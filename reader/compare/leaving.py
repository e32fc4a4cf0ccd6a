"""What people drew and said of parallels when they leave, or when it counts for others no more."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from reader.compare.models import Pairing, Parallel, Verdict
from reader.compare.pairing import forget, hold
from reader.people.models import User

# What decides whether somebody's verdicts count for everybody.
COUNTING = frozenset(("role", "is_staff"))


def on_account_leaving(*, person: User, asking: bool, **more: Any) -> list[str]:
    """Verdicts go, and parallels of theirs that nobody else judged; asking: say so, and change nothing."""
    drawn = _judged_by_nobody_else(person)
    if asking:
        return _fate(drawn.count(), Verdict.objects.filter(person=person).exclude(parallel__in=drawn).count())
    hold(*_touched(person).values_list("pk", flat=True))
    _touched(person).update(version=F("version") + 1)
    forget([key for ends in drawn.values_list("first", "second") for key in ends])
    return []


def on_person_saved(
    *, instance: User, created: bool, update_fields: frozenset[str] | None, **more: Any
) -> None:
    """Receive post_save of a person: their verdicts may count for others from now on, or no more."""
    if not created and (update_fields is None or COUNTING & update_fields):
        _touched(instance).update(version=F("version") + 1)


def _touched(person: User) -> QuerySet[Pairing]:
    """The pairings of which this person judged or drew parallels."""
    judged = Verdict.objects.filter(parallel__pairing=OuterRef("pk"), person=person)
    drawn = Parallel.objects.filter(pairing=OuterRef("pk"), by=person)
    return Pairing.objects.filter(Q(Exists(judged)) | Q(Exists(drawn)))


def _judged_by_nobody_else(person: User) -> QuerySet[Parallel]:
    others = Verdict.objects.filter(parallel=OuterRef("pk")).exclude(person=person)
    drawn = Parallel.objects.filter(strength=Parallel.Strength.DRAWN, by=person)
    return drawn.exclude(Exists(others)).order_by()


def _fate(drawn: int, verdicts: int) -> list[str]:
    said = []
    if drawn:
        said.append(
            f"{drawn} parallel{'' if drawn == 1 else 's'} that you drew and nobody else judged"
            f" {'is' if drawn == 1 else 'are'} deleted; others stay, without your name."
        )
    if verdicts:
        one = verdicts == 1
        said.append(
            f"{verdicts} verdict{'' if one else 's'} of yours on parallels {'is' if one else 'are'} deleted."
        )
    return said
