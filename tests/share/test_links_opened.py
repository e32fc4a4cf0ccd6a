"""A view is given by a link, and read without an account."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.share import links as actions
from reader.share import noted
from tests.people.visits import content
from tests.share.links import come, shared

pytestmark = pytest.mark.django_db


def test_a_stranger_reads_a_frozen_view_until_it_is_revoked() -> None:
    one = shared()
    link, token = one.give()
    client, response = come(token)
    page = content(response)
    assert response.status_code == 200
    assert response.redirect_chain == [(f"/shared/{link.key}/", 302)]
    for words in ("Week 1", "Frozen on", "The <mark", "Heard by <strong>all</strong>.", "Look at the quay."):
        assert words in page, words
    for words in ("secret thought", "my eyes alone", "asks Sam", "Ivy", "charlie"):
        assert words not in page, words
    assert Client().get(f"/shared/{link.key}/").status_code == 404
    actions.revoke(link=link)
    gone = client.get(f"/shared/{link.key}/")
    assert gone.status_code == 404
    assert "Week 1" not in content(gone)


def test_a_live_view_follows_what_is_written() -> None:
    one = shared()
    link, token = one.give(form="live", names=True, others=True)
    client, response = come(token)
    page = content(response)
    for words in (
        "Kept up to date",
        "secret thought",
        "asks Sam",
        "Given to you by <bdi>Ines Ivy</bdi>",
        "sam",
    ):
        assert words in page, words
    assert "my eyes alone" not in page
    one.note(one.ines, one.notes["teaching"].layer, "No mill", "Written since.")
    assert "Written since." in content(client.get(f"/shared/{link.key}/"))


def test_a_live_page_asks_as_much_for_many_notes_as_for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    one = shared()
    link, token = one.give(form="live", others=True)
    client, _ = come(token)
    path = f"/shared/{link.key}/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    few = queries()
    for number in range(12):
        one.note(one.sam, one.notes["class"].layer, "meanwhile", f"Number {number}.")
    assert queries() == few <= 16
    monkeypatch.setattr(noted, "NOTES_AT_MOST", 5)
    assert "9 more notes on this part are not shown." in content(client.get(path))
