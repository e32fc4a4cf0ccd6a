"""Who sees what is written in the layers of classes, in teaching layers, and through a lens."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from reader.annotate.layer_models import Layer, Showing
from reader.annotate.models import Annotation
from reader.library.models import Document
from reader.library.prepared import NUMBERS, Prepared, kind
from reader.library.querysets import Reader
from reader.people.class_models import Class, ClassRole, Membership
from reader.people.lens import Lens
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db


def test_a_layer_is_seen_by_those_whose_it_is() -> None:
    ann, bea, cy = (make.user(name) for name in ("ann", "bea", "cy"))
    group, other = (Class.objects.create(kind="class", name=name, time_zone="UTC") for name in "AB")
    for person, role in ((ann, ClassRole.INSTRUCTOR), (bea, ClassRole.STUDENT)):
        Membership.objects.create(group=group, person=person, role=role)
    Membership.objects.create(group=other, person=cy, role=ClassRole.STUDENT)
    public, of_class = Layer.objects.public(), Layer.objects.of_class(group)
    teaching, private = Layer.objects.teaching_of(ann), Layer.objects.private_to(bea)

    def seen(reader: User | AnonymousUser | Lens) -> set[Layer]:
        return set(Layer.objects.visible_to(reader))

    assert seen(AnonymousUser()) == {public}
    assert seen(ann) == {public, of_class, teaching}
    assert seen(bea) == {public, of_class, private}
    assert seen(cy) == {public}
    Showing.objects.create(layer=teaching, group=group)
    assert seen(bea) == {public, of_class, private, teaching}
    assert seen(cy) == {public}
    # A lens narrows what is seen, and never widens it unless a link gives what it shows.
    narrow = Lens(bea.pk, True, layers=(of_class.pk,))
    assert seen(narrow) == {of_class}
    assert seen(Lens(cy.pk, True, layers=(of_class.pk,))) == set()
    assert seen(Lens(layers=(teaching.pk,), is_given=True)) == {teaching}
    assert seen(Lens(is_given=True)) == set()
    Membership.objects.filter(person=bea).update(removed_at="2026-01-01T00:00Z")
    assert seen(bea) == {public, private}
    assert set(Layer.objects.writable_by(ann)) == {public, of_class, teaching}
    group.archived_at = group.made_at
    group.save()
    assert of_class in seen(ann)
    assert set(Layer.objects.writable_by(ann)) == {public, teaching}


def test_a_prepared_query_asks_the_same_of_every_lens() -> None:
    texts = [make.document(make.parsed(name), public=False) for name in ("One", "Two", "Three")]

    def build(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
        shown = Document.objects.visible_to(user).filter(pk__gt=values[0])
        return shown.order_by("pk").values_list("pk")

    prepared = Prepared(build, NUMBERS)
    for given in ([], texts[:1], texts[1:], texts):
        lens = Lens(texts=tuple(text.pk for text in given), layers=(1, 2, 3), is_given=True)
        assert [pk for (pk,) in prepared.rows(lens, [0])] == [text.pk for text in given]
    assert kind(Lens(layers=(7,))) == kind(Lens(layers=(8, 9)))
    assert Annotation(kind="note").byline == Annotation.Byline.NAMED
