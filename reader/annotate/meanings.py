"""What a person's highlights may mean beside what everybody's may: each verb can be undone."""

from collections.abc import Collection

from django.db import transaction

from reader.annotate.actions import NotDone
from reader.annotate.journal import Journal
from reader.annotate.looks import follow
from reader.annotate.models import HUES, PATTERNS, Annotation, Change, Meaning
from reader.annotate.naming import clean_name, key_of
from reader.annotate.querysets import MeaningQuerySet
from reader.people.models import User

OWN_AT_MOST = 20
FIELDS = ("owner", "name", "hue", "pattern", "position")


@transaction.atomic
def add_meaning(*, by: User, name: str, hue: int, pattern: int) -> tuple[Meaning, Change]:
    """Give highlights one more meaning, for this person alone."""
    own = list(_own(by))
    if len(own) >= OWN_AT_MOST:
        raise NotDone(f"You have {OWN_AT_MOST} meanings of your own, which is as many as can be told apart.")
    name = _free_name(by, name)
    _check_look(hue, pattern)
    position = 100 + max((meaning.position for meaning in own), default=0) % 100 + 1
    meaning = Meaning.objects.create(owner=by, name=name, hue=hue, pattern=pattern, position=position)
    journal = Journal(by, "add_meaning")
    journal.created(meaning, *FIELDS)
    return meaning, journal.close(f"Meaning “{name}” added.")


@transaction.atomic
def edit_meaning(*, by: User, meaning: Meaning, name: str, hue: int, pattern: int) -> Change | None:
    """Rename a meaning or give it another look, which its highlights follow; None where it is so already."""
    now = _own(by).select_for_update().get(pk=meaning.pk)
    name = _free_name(by, name, but=now)
    _check_look(hue, pattern)
    journal = Journal(by, "edit_meaning")
    if not journal.update(now, name=name, hue=hue, pattern=pattern):
        return None
    change = journal.close(f"Meaning “{name}” changed.")
    follow(meant_by([now.pk]))
    return change


@transaction.atomic
def delete_meaning(*, by: User, meaning: Meaning) -> Change:
    """Take a meaning away that nothing has; NotDone where highlights would lose what they say."""
    now = _own(by).select_for_update().get(pk=meaning.pk)
    if used := len(meant_by([now.pk])):
        some = "One mark has" if used == 1 else f"{used} marks have"
        raise NotDone(
            f"{some} this meaning, the trash included: give {'it' if used == 1 else 'them'} another."
        )
    journal = Journal(by, "delete_meaning")
    journal.delete(now, *FIELDS)
    return journal.close(f"Meaning “{now.name}” deleted.")


def meant_by(meanings: Collection[int]) -> list[int]:
    """The annotations that have one of these meanings, those in the trash, too."""
    return list(Annotation.objects.filter(meaning__in=meanings).order_by().values_list("pk", flat=True))


def _own(by: User) -> MeaningQuerySet:
    return Meaning.objects.filter(owner=by)


def _free_name(by: User, words: str, but: Meaning | None = None) -> str:
    name = clean_name(words)
    for known in Meaning.objects.for_choice(by):
        if known != but and key_of(known.name) == key_of(name):
            raise NotDone(f"There is a meaning “{known.name}” already. Choose another name.")
    return name


def _check_look(hue: int, pattern: int) -> None:
    if not (1 <= hue <= HUES and 1 <= pattern <= PATTERNS):
        raise NotDone("Choose one of the colours, and one of the patterns.")
