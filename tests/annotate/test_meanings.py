"""A person gives highlights meanings of their own."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.annotate import actions, meanings
from reader.annotate.actions import NotDone
from reader.annotate.journal import redo, undo
from reader.annotate.models import Annotation, Layer, Meaning, Shade
from reader.annotate.placing import Place, revision_of
from reader.annotate.turning import NotUndone
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob() -> User:
    return make.bob()


def highlighted(by: User, meaning: Meaning) -> Annotation:
    """A highlight in everybody's layer that has this meaning."""
    document = make.document(by=make.alice())
    return actions.annotate(
        by=by,
        document=document,
        revision=revision_of(document, None),
        places=[Place(0, 8)],
        kind="highlight",
        layer=Layer.objects.public(),
        meaning=meaning,
    )[0]


def test_a_meaning_of_ones_own_is_offered_to_its_owner_alone(bob: User) -> None:
    meaning, _ = meanings.add_meaning(by=bob, name="To  quote", hue=6, pattern=6)
    assert Meaning.objects.for_choice(bob)[-1] == meaning
    assert meaning.name == "To quote"
    assert meaning not in Meaning.objects.for_choice(make.alice())


def test_highlights_follow_the_look_of_their_meaning_and_undo_takes_them_back(bob: User) -> None:
    meaning, _ = meanings.add_meaning(by=bob, name="To quote", hue=6, pattern=6)
    mark = highlighted(bob, meaning)
    change = meanings.edit_meaning(by=bob, meaning=meaning, name="To quote", hue=7, pattern=2)
    mark.refresh_from_db()
    assert mark.look == "hue-7 pattern-2"
    assert "hue-7 pattern-2" in Shade.objects.get().html
    assert change is not None
    undo(change=change, by=bob)
    mark.refresh_from_db()
    assert mark.look == "hue-6 pattern-6"
    redo(change=change, by=bob)
    mark.refresh_from_db()
    assert mark.look == "hue-7 pattern-2"


def test_a_meaning_that_marks_have_does_not_go(bob: User) -> None:
    meaning, made = meanings.add_meaning(by=bob, name="To quote", hue=6, pattern=6)
    highlighted(bob, meaning)
    with pytest.raises(NotDone, match="One mark has this meaning"):
        meanings.delete_meaning(by=bob, meaning=meaning)
    with pytest.raises(NotUndone, match="marked with this meaning since"):
        undo(change=made, by=bob)
    assert Meaning.objects.filter(pk=meaning.pk).exists()


def test_a_meaning_that_nothing_has_is_deleted_and_comes_back(bob: User) -> None:
    meaning, _ = meanings.add_meaning(by=bob, name="To quote", hue=6, pattern=6)
    change = meanings.delete_meaning(by=bob, meaning=meaning)
    assert not Meaning.objects.filter(owner=bob).exists()
    undo(change=change, by=bob)
    assert Meaning.objects.get(owner=bob).name == "To quote"


@pytest.mark.parametrize("name", ["", " \x00 ", "EVIDENCE", "to quote", "n" * 121])
def test_a_name_has_to_be_there_and_new(bob: User, name: str) -> None:
    meanings.add_meaning(by=bob, name="To quote", hue=6, pattern=6)
    client = Client()
    client.force_login(bob)
    answer = client.post(reverse("annotate:meanings"), {"name": name, "hue": "1", "pattern": "1"})
    assert answer.status_code == 422
    assert Meaning.objects.filter(owner=bob).count() == 1


@pytest.mark.parametrize(("hue", "pattern"), [("0", "1"), ("9", "1"), ("1", "7"), ("٣", "1"), ("", "")])
def test_a_look_is_one_of_those_that_there_are(bob: User, hue: str, pattern: str) -> None:
    client = Client()
    client.force_login(bob)
    answer = client.post(reverse("annotate:meanings"), {"name": "To quote", "hue": hue, "pattern": pattern})
    assert answer.status_code == 422
    assert 'value="To quote"' in answer.content.decode()


def test_the_page_adds_renames_and_deletes(bob: User) -> None:
    client = Client()
    client.force_login(bob)
    page = reverse("annotate:meanings")
    client.post(page, {"name": "To quote", "hue": "6", "pattern": "6"})
    meaning = Meaning.objects.get(owner=bob)
    client.post(
        reverse("annotate:edit_meaning", args=[meaning.pk]), {"name": "Quote", "hue": "2", "pattern": "3"}
    )
    shown = client.get(page).content.decode()
    assert "Meaning “Quote” changed." in shown
    assert "Evidence" in shown
    client.post(reverse("annotate:delete_meaning", args=[meaning.pk]))
    assert not Meaning.objects.filter(owner=bob).exists()


def test_nobody_changes_the_meanings_of_others_or_of_everybody(bob: User) -> None:
    meaning, _ = meanings.add_meaning(by=make.alice(), name="To quote", hue=6, pattern=6)
    shared = Meaning.objects.for_choice(bob)[0]
    client = Client()
    client.force_login(bob)
    for key in (meaning.pk, shared.pk):
        for name in ("edit_meaning", "delete_meaning"):
            assert client.post(reverse(f"annotate:{name}", args=[key])).status_code == 404
    assert Client().get(reverse("annotate:meanings")).status_code == 302
