"""What changes accounts: each verb in one transaction."""

from django.db import transaction

from reader.people.models import User
from reader.people.signals import account_leaving

LAST_KEEPER = (
    "You are the last who can give rights to others here. Make somebody else a superuser in the back office "
    "first."
)


class Stays(ValueError):
    """An account that cannot be deleted; the message says what to do."""


def fate_of(person: User) -> list[str]:
    """What deleting the account would do to what the person made, a sentence each."""
    said = account_leaving.send(sender=User, person=person, asking=True)
    return [sentence for _, sentences in said for sentence in sentences or ()]


def why_stays(person: User) -> str:
    """Why the account cannot be deleted; empty where it can."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    return LAST_KEEPER if person.is_superuser and not others.exists() else ""


@transaction.atomic
def leave(*, person: User) -> None:
    """Delete the account, after every stage has cleaned up; Stays where that would lock everybody out."""
    # Two keepers who leave in the same moment wait for each other here.
    list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk").values_list("pk"))
    if reason := why_stays(person):
        raise Stays(reason)
    account_leaving.send(sender=User, person=person, asking=False)
    person.delete()
