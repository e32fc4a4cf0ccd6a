"""What cannot be kept: each is told what to do, and nothing changes."""

from typing import Any

import pytest
from django.test import Client

from reader.annotate.models import Annotation, Change, Code, Codebook, Layer, Meaning
from reader.library.models import Document
from reader.library.passages import Passage
from tests import make
from tests.desk.marks import PART, act, at, mark, text_of
from tests.desk.pages import words_of

pytestmark = pytest.mark.django_db

WORDS = "The tide 🌊 rose over the quay, and nobody had seen it come."


@pytest.fixture
def document() -> Document:
    """A public text of alice's."""
    return make.document(make.parsed("On Tides", make.paragraph(WORDS), make.paragraph("A second one.")))


@pytest.fixture
def as_bob(client: Client) -> Client:
    """bob, signed in."""
    client.force_login(make.bob())
    return client


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"start": "9", "end": "999999"}, "does not lie in the text"),
        ({"start": "20", "end": "10"}, "does not lie in the text"),
        ({"start": "10", "end": "10"}, "does not lie in the text"),
        ({"start": "-3", "end": "10"}, "Choose a passage"),
        ({"start": "", "end": ""}, "Choose a passage"),
        ({"start": "nine", "end": "10"}, "Choose a passage"),
        ({"start": "٩", "end": "10"}, "Choose a passage"),
        ({"start": "9", "end": "99999999999999999999"}, "Choose a passage"),
        ({"start": "8", "end": "9", "exact": ""}, "no words"),
        ({"exact": "other words"}, "not what it was"),
        ({"exact": "tide\x00"}, ""),
        ({"revision": "7"}, "no such revision"),
        ({"revision": "2147483648"}, "no such revision"),
        ({"revision": "one"}, "no such revision"),
        ({"revision": ""}, ""),
        ({"kind": "reply"}, "Choose what it shall be"),
        ({"kind": "claim"}, "Choose what it shall be"),
        ({"kind": "note", "body": " \n "}, "write some words"),
        ({"kind": "question"}, "write some words"),
        ({"kind": "tag"}, "Choose a code"),
        ({"kind": "tag", "new_code": " "}, "Choose a code"),
        ({"kind": "tag", "new_code": "x" * 2_000}, "Shorten it"),
        ({"kind": "tag", "new_code": "a / / b"}, "Write a name"),
        ({"kind": "note", "body": "[" * 5_000}, "opening brackets"),
        ({"kind": "note", "body": "a" * 1_000_000}, "1,000,000 characters long"),
        ({"meaning": "999999"}, "no such meaning"),
        ({"meaning": "x"}, "no such meaning"),
        ({"layer": "class"}, "who shall see it"),
        ({"layer": "1"}, "who shall see it"),
        ({"token": "a b\x00"}, "not one of ours"),
        ({"token": "t" * 100}, "not one of ours"),
    ],
)
def test_a_form_that_makes_no_mark_says_what_to_do(
    as_bob: Client, document: Document, changed: dict[str, Any], told: str
) -> None:
    form = {**at(document, "tide"), **changed}
    answer = as_bob.post(f"/read/{document.slug}/annotations/", form, headers=PART)
    if not told:
        assert answer.status_code == 201
        return
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert not Annotation.objects.exists()
    assert not Passage.objects.exists()
    assert as_bob.post(f"/read/{document.slug}/annotations/", form).status_code == 422


def test_offsets_count_characters_never_halves_of_them(as_bob: Client, document: Document) -> None:
    start = text_of(document).index("🌊")
    form = {"start": start, "end": start + 1, "exact": "🌊"}
    assert as_bob.post(f"/read/{document.slug}/annotations/", form, headers=PART).status_code == 201
    assert Passage.objects.get().exact == "🌊"
    # What a browser that counts halves would say is another passage, and its quote tells.
    form = {"start": start + 3, "end": start + 7, "exact": "rose"}
    assert as_bob.post(f"/read/{document.slug}/annotations/", form, headers=PART).status_code == 422


def test_what_no_text_can_hold_is_left_out_of_a_note(as_bob: Client, document: Document) -> None:
    body = "one\x00 two\x0b three\ufffe\r\nfour"
    mark(as_bob, document, "tide", kind="note", body=body)
    assert Annotation.objects.get().body == "one two three\nfour"


def test_half_a_character_becomes_a_sign_for_it(as_bob: Client, document: Document) -> None:
    form = f"start=9&end=12&kind=note&body=%ED%A0%80x&exact={WORDS[:3]}"
    answer = as_bob.post(
        f"/read/{document.slug}/annotations/", form, "application/x-www-form-urlencoded", headers=PART
    )
    assert answer.status_code == 201
    assert Annotation.objects.get().body.endswith("x")


def test_the_meanings_and_codes_of_somebody_else_are_not_chosen(as_bob: Client, document: Document) -> None:
    theirs = Meaning.objects.create(owner=make.alice(), name="Hers")
    mark(as_bob, document, "tide", 422, meaning=theirs.pk)
    code = Code.objects.create(codebook=Codebook.objects.create(owner=make.alice(), name="C"), name="Hers")
    mark(as_bob, document, "tide", 422, kind="tag", code=code.pk)
    assert not code.tags.exists()


def test_a_token_of_somebody_else_is_only_a_word(client: Client, document: Document) -> None:
    client.force_login(make.bob())
    mark(client, document, "tide", token="same")
    client.force_login(make.alice())
    mark(client, document, "rose", token="same")
    assert Annotation.objects.filter(token="same").count() == 2


def test_a_form_without_its_token_is_not_taken(document: Document) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make.bob())
    for address in (f"/read/{document.slug}/annotations/", "/changes/undo/", "/changes/1/undo/"):
        assert strict.post(address, at(document, "tide")).status_code == 403
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("verb", ["edit", "delete", "restore", "answer", "move", "reply", "history", ""])
def test_a_private_mark_is_there_for_nobody_else(client: Client, document: Document, verb: str) -> None:
    client.force_login(make.bob())
    mark(client, document, "tide", kind="question", body="Mine?")
    address = f"/annotations/{Annotation.objects.get().pk}/{verb}{'/' if verb else ''}"
    client.force_login(make.user("charlie"))
    answers = {client.get(address).status_code, client.post(address, {"version": 1, "body": "x"}).status_code}
    assert answers <= {404, 405}
    assert Annotation.objects.get().body == "Mine?"


@pytest.mark.parametrize("verb", ["edit", "delete", "answer", "move"])
def test_a_public_mark_is_changed_by_its_author_alone(client: Client, document: Document, verb: str) -> None:
    client.force_login(make.bob())
    mark(client, document, "tide", kind="question", body="Mine?", layer="public")
    address = f"/annotations/{Annotation.objects.get().pk}/{verb}/"
    client.force_login(make.user("charlie"))
    assert client.post(address, {"version": 1, "body": "x", "layer": "private"}).status_code == 403
    assert Annotation.objects.get().body == "Mine?"


def test_the_change_of_somebody_else_is_not_undone(client: Client, document: Document) -> None:
    client.force_login(make.bob())
    mark(client, document, "tide", layer="public")
    client.force_login(make.user("charlie"))
    act(client, f"/changes/{Change.objects.get().pk}/undo/", 404)
    act(client, "/changes/undo/", 422)
    assert Annotation.objects.get().deleted_at is None


def test_marks_on_a_text_that_became_private_stay_their_authors(client: Client, document: Document) -> None:
    client.force_login(make.bob())
    mark(client, document, "tide", kind="note", body="Mine.", layer="public")
    pk = Annotation.objects.get().pk
    document.is_public = False
    document.save()
    parts = act(client, f"/annotations/{pk}/edit/", version=1, body="Still mine.")
    # The words of the text are not his to read any more.
    assert not parts.find("template", "run")
    client.force_login(make.user("charlie"))
    assert client.get(f"/annotations/{pk}/reply/").status_code == 404


def test_what_two_tabs_write_is_both_shown(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", kind="note", body="First.")
    pk = Annotation.objects.get().pk
    act(as_bob, f"/annotations/{pk}/edit/", version=1, body="From one tab.")
    answer = as_bob.post(f"/annotations/{pk}/edit/", {"version": 1, "body": "From the other."})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "From one tab." in shown
    assert "From the other." in shown
    assert 'name="version" value="2"' in shown
    assert Annotation.objects.get().body == "From one tab."
    act(as_bob, f"/annotations/{pk}/edit/", version=2, body="From the other.")
    assert Annotation.objects.get().body == "From the other."


def test_what_was_written_about_a_deleted_note_is_not_lost(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", kind="note", body="First.")
    pk = Annotation.objects.get().pk
    act(as_bob, f"/annotations/{pk}/delete/")
    answer = as_bob.post(f"/annotations/{pk}/edit/", {"version": 2, "body": "More about it."})
    assert answer.status_code == 422
    assert "Restore it first" in answer.content.decode()
    assert "More about it." in answer.content.decode()


def test_only_own_layers_are_made(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide")
    mark(as_bob, document, "tide", layer="public")
    assert sorted(Layer.objects.values_list("kind", "owner__username")) == [
        ("private", "bob"),
        ("public", None),
    ]


def test_a_mark_made_on_an_older_revision_comes_along(as_bob: Client, document: Document) -> None:
    old = at(document, "nobody had seen")
    make.kept(
        make.parsed("On Tides", make.paragraph("New words first."), make.paragraph(WORDS)),
        by=make.alice(),
        revises=document,
    )
    answer = as_bob.post(f"/read/{document.slug}/annotations/", old, headers=PART)
    assert answer.status_code == 201
    passage = Passage.objects.get()
    document.refresh_from_db()
    assert passage.revision_id == document.current_id
    assert passage.exact == "nobody had seen"
    assert passage.start > old["start"]
    assert 'data-revision="2"' in answer.content.decode()


def test_notes_are_only_words_in_answers(as_bob: Client, document: Document) -> None:
    parts = mark(as_bob, document, "tide", kind="note", body="<img src=x onerror=alert(1)> [x](javascript:y)")
    (card,) = parts.find("article", "card")
    assert not card.find("img")
    assert [link.attributes.get("href") for link in card.find("div", "body")[0].find("a")] in ([], [None])
    assert "<img src=x onerror=alert(1)>" in words_of(card)


def test_no_code_is_made_for_a_note_that_is_refused(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", 422, kind="note", body=" ", new_code="New")
    assert not Code.objects.exists()
