"""Claims by many, or by many hands of one, in the same moment: no error, nothing lost, nothing twice."""

import pytest
from django.test import Client

from reader.annotate.models import Annotation, Change, Layer
from reader.library.actions import set_public
from reader.library.models import Document
from reader.library.passages import Passage
from tests import make
from tests.compare.claimed import claimed, pair
from tests.compare.test_claiming import ends, way
from tests.desk.test_marking_concurrency import client_of, sending
from tests.library.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 12


@pytest.fixture
def texts() -> tuple[Document, Document]:
    """Two public texts."""
    return pair()


def test_the_same_form_in_the_same_moment_makes_one(texts: tuple[Document, Document]) -> None:
    client = client_of(make.bob())
    Layer.objects.public()
    form = {**ends(texts), "relation": "agrees", "layer": "public", "token": "once"}
    statuses = at_once(*[sending(client, way(texts), form)] * 6)
    assert sorted(status for each in statuses for status in each) == [200] * 5 + [201]
    assert (Annotation.objects.count(), Passage.objects.count(), Change.objects.count()) == (1, 2, 1)


def test_claims_from_either_text_in_the_same_moment_wait_for_each_other_and_no_more(
    texts: tuple[Document, Document],
) -> None:
    Layer.objects.public()
    turned = (texts[1], texts[0])
    there = {**ends(texts), "relation": "agrees", "layer": "public"}
    back = {
        **ends(turned, "No lantern was lit", "lit before the tide"),
        "relation": "cites",
        "layer": "public",
    }
    acts = [
        sending(
            client_of(make.user(f"writer{number}")),
            way(turned if number % 2 else texts),
            back if number % 2 else there,
        )
        for number in range(WRITERS)
    ]
    assert at_once(*acts) == [[201]] * WRITERS
    assert Annotation.objects.count() == WRITERS


def test_who_claims_while_a_text_is_hidden_shows_it_to_nobody_else(
    texts: tuple[Document, Document], client: Client
) -> None:
    claimed((texts[0], "thirty petitions"), (texts[1], "twenty petitions"))
    form = {**ends(texts), "relation": "agrees", "layer": "public"}

    def hide() -> list[int]:
        set_public(document=Document.objects.get(pk=texts[1].pk), public=False)
        return []

    statuses = at_once(sending(client_of(make.bob()), way(texts), form), hide)
    assert statuses[0][0] in (201, 404)
    assert "kind-claim" not in client.get(f"/read/{texts[0].slug}/").content.decode()
