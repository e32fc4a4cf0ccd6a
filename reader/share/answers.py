"""Answers to a prompt, as far as one reader may see them, and by whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from reader.annotate.bylines import LEFT, shown_names
from reader.annotate.models import Annotation
from reader.desk.cards import name_of
from reader.library.querysets import Reader
from reader.share.prompts import answers_of

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; name is what stands in the name's place where who wrote it is not shown."""

    pk: int
    name: str
    body: str
    html: str
    version: int
    made_at: datetime
    edited_at: datetime | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """One's own answers, some of the others' that are shown, and how many others there are, shown or not."""

    own: list[Answer]
    others: list[Answer]
    count: int
    first: int
    more: bool

    @property
    def is_closed(self) -> bool:
        """Whether others have answered, and this reader does not see how."""
        return bool(self.count) and not self.others and not self.first


def answers(prompt: Annotation, user: Reader, first: int = 0) -> Answers:
    """The answers to a prompt that this reader may see, one's own first; three queries."""
    all_of_them = answers_of([prompt.pk])
    mine = all_of_them.filter(author=user.pk) if user.is_authenticated else all_of_them.none()
    own = _rows(mine, user)
    others = all_of_them.filter(hidden_at__isnull=True).exclude(pk__in=[one.pk for one in own])
    seen = Annotation.objects.replies_seen_by(user).filter(pk__in=others.values("pk"))
    found = _rows(seen[first : first + ON_A_PAGE + 1], user)
    return Answers(own, found[:ON_A_PAGE], others.count(), first, len(found) > ON_A_PAGE)


def _rows(answers: "QuerySet[Annotation]", user: Reader) -> list[Answer]:
    return [
        Answer(
            pk=row.pk,
            name=name_of(by_first, by_last, by_username) or LEFT,
            body=row.body,
            html=row.html,
            version=row.version,
            made_at=row.made_at,
            edited_at=row.edited_at,
            is_hidden=row.hidden_at is not None,
        )
        for row in answers.annotate(**shown_names(user))
        for by_first, by_last, by_username in [(row.by_first, row.by_last, row.by_username)]  # type: ignore[attr-defined]
    ]
