"""Who a line of a roster is here: by an address that is known to be theirs, or by a name of theirs alone."""

from collections import defaultdict
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models.functions import Lower

from reader.people.class_models import Membership, RosterLine
from reader.people.models import User
from reader.people.roster import Line


def people_of(lines: Iterable[Line]) -> dict[str, User]:
    """{key of a line: the account that it is}, of those that are known; two queries.

    A line with an address is found by that alone: a name beside it says who is meant, not who is here.
    """
    lines = list(lines)
    addresses = {line.address for line in lines if line.address}
    names = {User.normalize_username(line.name): line.key for line in lines if not line.address}
    found: dict[str, set[User]] = defaultdict(set)
    for address, person in _owners(addresses):
        found[address].add(person)
    for person in User.objects.filter(is_active=True, username__in=names):
        found[names[person.username]].add(person)
    # An address that two accounts have says nothing.
    return {key: people.pop() for key, people in found.items() if len(people) == 1}


def recognise(membership: Membership) -> None:
    """Tick the lines of the roster that are this new member."""
    person = membership.person
    addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    asked = {address.lower() for address in (*addresses, person.email) if address}
    keys = {address for address, owner in _owners(asked) if owner == person}
    keys |= {person.username, person.name.casefold()}
    RosterLine.objects.filter(group=membership.group, person=None, key__in=keys).update(person=person)


def _owners(addresses: set[str]) -> list[tuple[str, User]]:
    """Whose an address is: who proved it by mail; where no mail is sent, for whom the staff wrote it down.

    Anybody can type somebody else's address when signing up, so one that was not proved counts for nothing.
    """
    if not settings.READER_MAIL:
        noted = User.objects.filter(is_active=True).annotate(low=Lower("email"))
        return [(one.low, one) for one in noted.filter(low__in=addresses)]
    proved = EmailAddress.objects.filter(verified=True, user__is_active=True).annotate(low=Lower("email"))
    return [(one.low, one.user) for one in proved.filter(low__in=addresses).select_related("user")]
