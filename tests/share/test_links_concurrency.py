"""Links in the same moment: revoked while they open, made twice, frozen while a note is withdrawn."""

from collections.abc import Callable

import pytest
from django.test import Client

from reader.annotate import actions as notes
from reader.share import links as actions
from reader.share.models import Link, Snapshot
from tests.library.test_concurrency import at_once
from tests.people.visits import content
from tests.share.links import Shared, come, shared

pytestmark = pytest.mark.django_db(transaction=True)


def making(one: Shared) -> Callable[[], str]:
    """The act of making a frozen link."""
    return lambda: one.give(others=True)[1]


def test_of_links_made_at_once_each_opens_and_each_opening_is_counted() -> None:
    one = shared()
    tokens = at_once(*[making(one)] * 4)
    assert len(set(tokens)) == 4
    statuses = at_once(*[lambda: come(tokens[0])[1].status_code] * 6)
    assert statuses == [200] * 6
    assert sorted(Link.objects.values_list("opened", flat=True)) == [0, 0, 0, 6]


def test_a_link_that_is_revoked_while_it_is_opened_is_shut_when_that_is_done() -> None:
    one = shared()
    link, token = one.give()
    client, _ = come(token)
    path = f"/shared/{link.key}/"

    def reading() -> int:
        browser = Client()
        browser.cookies = client.cookies
        return int(browser.get(path).status_code)

    def revoking() -> int:
        actions.revoke(link=link)
        return 404

    assert set(at_once(reading, revoking, reading, reading)) <= {200, 404}
    assert reading() == 404


def test_a_note_that_is_withdrawn_while_it_is_copied_is_in_no_copy() -> None:
    one = shared()
    note, reply, highlight = (one.notes[name] for name in ("class", "reply", "highlight"))

    def deleting() -> str:
        notes.delete(annotation=note, by=one.sam)
        notes.delete(annotation=reply, by=one.sam)
        notes.delete(annotation=highlight, by=one.ines)
        return ""

    at_once(making(one), deleting, making(one), making(one))
    bodies = list(Snapshot.objects.values_list("body", flat=True))
    assert len(bodies) == 3
    for body in bodies:
        assert "secret thought" not in body
        assert "asks Sam" not in body
        assert f'a{highlight.pk}"' not in body
        assert "Look at the quay." in body
    assert "secret thought" not in content(come(one.give(others=True)[1])[1])
