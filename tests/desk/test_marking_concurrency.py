"""Many people, or many hands of one, in the same moment: no error, nothing lost, nothing twice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from reader.annotate.models import Annotation, Change, Code, Layer, Meaning
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import User
from tests import make
from tests.desk.marks import PART, at
from tests.library.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 50
EACH = 4
WORDS = "The tide rose over the quay, and nobody had seen it come."


@pytest.fixture
def document() -> Document:
    """A public text of alice's."""
    return make.document(make.parsed("On Tides", make.paragraph(WORDS), make.paragraph("A second one.")))


def client_of(person: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    return client


def sending(client: Client, address: str, *forms: dict[str, Any]) -> Callable[[], list[int]]:
    """The act of sending forms one after the other; its result is their statuses."""
    return lambda: [client.post(address, form, headers=PART).status_code for form in forms]


def test_fifty_writers_at_once_lose_nothing(document: Document) -> None:
    Meaning.objects.for_choice(make.bob())
    place = at(document, "tide rose over")
    people = [make.user(f"writer{number}") for number in range(WRITERS)]
    kinds = [
        {"kind": "highlight", "layer": "public"},
        {"kind": "note", "body": "Said.", "layer": "public"},
        {"kind": "note", "body": "Mine."},
        {"kind": "tag", "new_code": "Water / Tides"},
    ]
    acts = [
        sending(
            client_of(person),
            f"/read/{document.slug}/annotations/",
            *({**place, **kind, "token": f"t{number}"} for number, kind in enumerate(kinds)),
        )
        for person in people
    ]
    statuses = at_once(*acts)
    assert statuses == [[201] * EACH] * WRITERS
    assert Annotation.objects.count() == Passage.objects.count() == WRITERS * EACH
    made = Change.objects.filter(annotation__isnull=False)
    assert made.values("annotation").distinct().count() == WRITERS * EACH
    assert Layer.objects.filter(kind=Layer.Kind.PUBLIC).count() == 1
    assert Layer.objects.filter(kind=Layer.Kind.PRIVATE).count() == WRITERS
    assert Code.objects.filter(name="Tides", tags__isnull=False).count() == WRITERS


def test_the_same_form_in_the_same_moment_makes_one(document: Document) -> None:
    client = client_of(make.bob())
    Layer.objects.private_to(make.bob())
    form = {**at(document, "tide"), "kind": "note", "body": "Once.", "token": "once"}
    statuses = at_once(*[sending(client, f"/read/{document.slug}/annotations/", form)] * 6)
    assert sorted(status for each in statuses for status in each) == [200] * 5 + [201]
    assert Annotation.objects.count() == Passage.objects.count() == Change.objects.count() == 1


def test_of_two_edits_in_the_same_moment_one_is_told(document: Document) -> None:
    client = client_of(make.bob())
    form = {**at(document, "tide"), "kind": "note", "body": "Once."}
    client.post(f"/read/{document.slug}/annotations/", form, headers=PART)
    address = f"/annotations/{Annotation.objects.get().pk}/edit/"
    edits = [{"version": 1, "body": f"Wording {number}."} for number in range(4)]
    statuses = at_once(*[sending(client, address, edit) for edit in edits])
    assert sorted(status for each in statuses for status in each) == [200, 409, 409, 409]
    assert Annotation.objects.get().version == 2


def test_a_first_mark_in_two_tabs_makes_one_layer(document: Document) -> None:
    client = client_of(make.bob())
    acts = [
        sending(client, f"/read/{document.slug}/annotations/", {**at(document, "tide"), "layer": layer})
        for layer in ("private", "public") * 3
    ]
    assert at_once(*acts) == [[201]] * 6
    assert Layer.objects.count() == 2


def test_a_code_made_in_two_tabs_is_one(document: Document) -> None:
    client = client_of(make.bob())
    form = {**at(document, "tide"), "kind": "tag", "new_code": "Water"}
    acts = [sending(client, f"/read/{document.slug}/annotations/", form)] * 4
    assert at_once(*acts) == [[201]] * 4
    assert Code.objects.get().tags.count() == 4


def test_undoing_in_two_tabs_takes_back_once(document: Document) -> None:
    client = client_of(make.bob())
    client.post(f"/read/{document.slug}/annotations/", at(document, "tide"), headers=PART)
    address = f"/changes/{Change.objects.get().pk}/undo/"
    statuses = at_once(*[sending(client, address, {})] * 3)
    assert sorted(status for each in statuses for status in each) == [200, 422, 422]
    assert Annotation.objects.get().deleted_at is not None
