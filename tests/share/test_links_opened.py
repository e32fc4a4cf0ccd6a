"""A view is given by a link, and read without an account."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.annotate.models import Annotation, Target
from reader.annotate.placing import Place, passages_at
from reader.library.models import Document
from reader.library.passages import Passage
from reader.share import links as actions
from reader.share import noted
from tests import make
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
    # A note at two places is one of them.
    first = Annotation.objects.filter(body="Number 0.").get()
    places = [make_place(one.left, at) for at in range(1, 4)]
    Target.objects.bulk_create(
        Target(annotation=first, passage=place, position=number) for number, place in enumerate(places, 1)
    )
    assert "more notes on this part are not shown." in content(client.get(path))


def test_the_links_of_a_part_lead_on(client: Client) -> None:
    one = shared()
    one.view.left = make.document(make.book(paragraphs=300, notes=5), by=one.ines)
    one.view.save()
    link, token = one.give(form="live")
    reader, _ = come(token)
    base = f"/shared/{link.key}/"
    seen: set[str] = set()
    todo = {base, f"{base}part/left/2/"}
    while todo and len(seen) < 6:
        path = todo.pop()
        seen.add(path)
        page = reader.get(path)
        assert page.status_code == 200, path
        hrefs = {href.partition("#")[0] for href in re.findall(r'href="(/shared/[^"]*)"', content(page))}
        todo |= hrefs - seen
    assert len(seen) >= 4


def make_place(document: Document, start: int) -> Passage:
    """Some first words of a text."""
    assert document.current is not None
    found = passages_at(document, document.current, [Place(start, start + 5)])[0]
    found.save()
    return found
