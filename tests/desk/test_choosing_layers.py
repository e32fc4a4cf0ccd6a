"""Choosing for whose eyes one writes, and who then sees it at the desk."""

import pytest
from django.test import Client

from reader.annotate.layer_models import LayerChoice
from reader.annotate.models import Annotation, Layer
from reader.library.models import Document
from reader.people.class_models import Class
from reader.people.models import User
from tests import make
from tests.desk.marks import mark
from tests.desk.pages import words_of as words_on
from tests.people.classes import begun, enrolled
from tests.people.visits import signed_in

pytestmark = pytest.mark.django_db

TEXT = "The tide rose over the quay, and nobody had seen it come."


def tides() -> Document:
    return make.document(make.parsed("On Tides", make.paragraph(TEXT)))


def taught(name: str = "On Tides") -> Class:
    """A class of ines's with sam and tess; kim is in another."""
    group = begun(by=make.user("ines"), name=name)
    for student in ("sam", "tess"):
        enrolled(group, make.user(student))
    enrolled(begun(by=make.user("jo"), name="Other"), make.user("kim"))
    return group


def browser(name: str) -> Client:
    return signed_in(User.objects.get(username=name))


def test_what_a_student_writes_for_their_class_a_classmate_sees_and_a_stranger_does_not() -> None:
    document, group = tides(), taught("Tides & <Quays>")
    sam = browser("sam")
    parts = mark(sam, document, "over the quay", kind="note", body="A secret.", layer=f"class-{group.pk}")
    assert "Tides & <Quays>" in words_on(parts)
    note = Annotation.objects.get()
    assert note.layer == Layer.objects.of_class(group)
    desk = f"/read/{document.slug}/"
    for name in ("sam", "tess", "ines"):
        shown = browser(name).get(desk).content.decode()
        assert "A secret." in shown and '<bdi class="layer">Tides &amp; &lt;Quays&gt;</bdi>' in shown
    for other in (Client(), browser("kim")):
        assert "A secret." not in other.get(desk).content.decode()
        assert other.get(f"/annotations/{note.pk}/reply/").status_code == 404
    # It is what forms propose here from now on, and on no other text.
    form = sam.get(f"/read/{document.slug}/annotate/?at=p1").content.decode()
    assert f'value="class-{group.pk}" checked' in form
    assert "Class: Tides &amp; &lt;Quays&gt;" in form
    other_text = make.document(make.parsed("On Weirs", make.paragraph(TEXT)))
    assert 'value="private" checked' in sam.get(f"/read/{other_text.slug}/annotate/?at=p1").content.decode()
    mark(sam, document, "nobody", kind="question", body="Who?", layer="public")
    assert LayerChoice.objects.get().layer == note.layer
