"""What is read of parallels, and the one rule of whose verdict counts for whom."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q

from reader.library.querysets import Reader
from reader.people.models import Role

if TYPE_CHECKING:
    from reader.compare.models import Pairing, Parallel  # noqa: F401 - named in the base classes below
    from reader.library.models import Document

DECIDING = (Role.ANALYST, Role.INSTRUCTOR)


class PairingQuerySet(models.QuerySet["Pairing"]):
    """Texts that are compared."""

    def between(self, one: "Document | int", other: "Document | int") -> "PairingQuerySet":
        """That of these two texts, in either order."""
        first, second = sorted(text if isinstance(text, int) else text.pk for text in (one, other))
        return self.filter(first=first, second=second)

    def of(self, document: "Document") -> "PairingQuerySet":
        """Those with this text."""
        return self.filter(Q(first=document) | Q(second=document))


class ParallelQuerySet(models.QuerySet["Parallel"]):
    """Parallels, by who sees them."""

    def placed(self) -> "ParallelQuerySet":
        """Those whose two passages stand in the current revisions."""
        return self.filter(
            first__revision=F("first__document__current"), second__revision=F("second__document__current")
        ).exclude(Q(first__state__in=_NOWHERE) | Q(second__state__in=_NOWHERE))

    def with_verdicts(self, user: Reader) -> "ParallelQuerySet":
        """Each with confirmed and rejected, how many verdicts that count it has, and own, this person's."""
        counting = Q(verdicts__person__role__in=DECIDING) | Q(verdicts__person__is_staff=True)
        own = models.Subquery(
            _verdicts().filter(parallel=models.OuterRef("pk"), person=user.pk).values("says")[:1]
        )
        return self.annotate(
            confirmed=Count("verdicts", filter=counting & Q(verdicts__says="confirmed")),
            rejected=Count("verdicts", filter=counting & Q(verdicts__says="rejected")),
            own=own if user.is_authenticated else models.Value(None, output_field=models.CharField()),
        )

    def open_to_readers(self) -> "ParallelQuerySet":
        """Those that the person of with_verdicts(), asked before, may look at and judge, also rejected ones.

        What a student drew is theirs alone until somebody whose verdict counts confirms it.
        """
        return self.filter(~Q(strength="drawn") | Q(confirmed__gt=0) | Q(own__isnull=False))

    def visible_to(self, user: Reader) -> "ParallelQuerySet":
        """Those that stand for this person: by their own verdict, else by those that count."""
        shared = Q(own__isnull=True, rejected__lte=F("confirmed"))
        return self.with_verdicts(user).open_to_readers().filter(Q(own="confirmed") | shared)


_NOWHERE = ("unplaced", "left")


def _verdicts() -> "models.QuerySet[models.Model]":
    from reader.compare.models import Verdict

    return Verdict.objects.order_by()
