"""A text that is deleted takes nobody's annotations along, and its owner is told of them beforehand."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.annotate.actions import annotate_passages, delete
from reader.annotate.models import Annotation, Layer
from reader.annotate.placing import NotPlaced, Place, passages_at
from reader.library import actions
from reader.library.models import Document
from reader.library.passages import FormerPlace, Passage
from tests import make
from tests.annotate.test_lists import note, text

pytestmark = pytest.mark.django_db


def test_the_page_says_how_many_annotations_of_how_many_people_lie_on_it(client: Client) -> None:
    client.force_login(make.alice())
    address = reverse("library:delete_document", args=[text().slug])
    assert "on it" not in client.get(address).content.decode()
    for _ in range(3):
        note(make.bob())
    note(make.alice(), public=False)
    delete(annotation=note(make.bob()), by=make.bob())
    note(make.bob(), on=text("On Salt"))
    assert "4 annotations of 2 people lie on it." in client.get(address).content.decode()
    client.post(address)
    assert Annotation.objects.live().count() == 5


def test_its_passages_keep_their_words_and_its_title() -> None:
    made = note(make.bob())
    exact = made.passages.get().exact
    make.kept(make.parsed("On Tides", make.paragraph("All is new.")), revises=text())
    actions.delete(document=text())
    passage = made.passages.get()
    assert (passage.document, passage.revision) == (None, None)
    assert (passage.exact, passage.was_in) == (exact, "On Tides")
    assert not FormerPlace.objects.exists()
    assert Passage.objects.count() == 1


def test_what_comes_too_late_is_told() -> None:
    document = make.document()
    revision = document.current
    assert revision is not None
    passages = passages_at(document, revision, [Place(0, 5)])
    actions.delete(document=Document.objects.get(pk=document.pk))
    for layer in (Layer.objects.public(), Layer.objects.private_to(make.bob())):
        with pytest.raises(NotPlaced, match="deleted meanwhile"):
            annotate_passages(by=make.bob(), passages=passages, kind="highlight", layer=layer)
    assert not Annotation.objects.exists()


def test_only_the_author_sees_them_then_and_takes_them_away(client: Client) -> None:
    note(make.bob(), "Still mine.")
    actions.delete(document=text())
    assert not Document.objects.exists()
    assert "Still mine." not in client.get(reverse("annotate:notes")).content.decode()
    client.force_login(make.bob())
    page = client.get(reverse("annotate:notes")).content.decode()
    assert "Still mine." in page and "In a text that was deleted" in page and "On Tides" in page
    for form in ("md", "csv", "jsonld"):
        answer = client.get(reverse("annotate:export", args=[form]))
        taken = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert b"Still mine." in taken and b"On Tides" in taken
