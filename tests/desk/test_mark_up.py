"""Marking a passage without a script: sentences to choose from, and a form that loses nothing."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from reader.annotate.models import Annotation, Layer, Meaning
from reader.library.models import Document
from reader.library.passages import Passage
from tests import make
from tests.desk.marks import at, mark
from tests.desk.pages import page, words_of
from tests.library.laid import Element, read

pytestmark = pytest.mark.django_db

WORDS = "The tide rose. Dr. Lomax saw it from the quay. Nobody else did."


@pytest.fixture
def document() -> Document:
    """A public text of alice's, with a heading and a note."""
    return make.document(
        make.parsed(
            "On Tides",
            make.heading("How they rise"),
            make.paragraph(WORDS, make.mark("1", "The tide rose.", 0)),
            notes=(make.note("1", "So they say. Ask them."),),
        )
    )


@pytest.fixture
def as_bob(client: Client) -> Client:
    """bob, signed in."""
    client.force_login(make.bob())
    return client


def sentences(root: Element) -> list[str]:
    """The sentences that a form offers."""
    return [words_of(item.find("span")[-1]) for item in root.find("fieldset", "sentences")[0].find("li")]


def filled(root: Element) -> dict[str, list[str]]:
    """What the form would send as it stands."""
    (form,) = root.find("form", "mark-up")
    values: dict[str, list[str]] = {}
    for field in form.find("input"):
        named = field.attributes
        if named.get("type") not in ("radio", "checkbox") or "checked" in named:
            values.setdefault(named["name"], []).append(named.get("value", ""))
    for field in form.find("textarea"):
        values["body"] = [words_of(field)]
    return values


def test_each_paragraph_note_and_table_has_a_way_to_its_form(client: Client, document: Document) -> None:
    links = page(client, f"/read/{document.slug}/").find("a", "annotate")
    assert [link.attributes["href"] for link in links] == [
        f"/read/{document.slug}/annotate/?at=p1",
        f"/read/{document.slug}/annotate/?at=n1",
    ]


@pytest.mark.parametrize(
    ("place", "offered"),
    [
        ("p1", ["The tide rose.", "Dr. Lomax saw it from the quay.", "Nobody else did."]),
        ("n1", ["So they say.", "Ask them."]),
        ("s1", ["How they rise"]),
        ("b0", ["On Tides"]),
    ],
)
def test_a_form_offers_the_sentences_of_its_block(
    as_bob: Client, document: Document, place: str, offered: list[str]
) -> None:
    assert sentences(page(as_bob, f"/read/{document.slug}/annotate/?at={place}")) == offered


@pytest.mark.parametrize("place", ["p9", "n9", "s9", "b99", "c0", "m1", "f0", "p999999999"])
def test_a_form_for_no_block_is_not_there(as_bob: Client, document: Document, place: str) -> None:
    page(as_bob, f"/read/{document.slug}/annotate/?at={place}", 404)


def test_two_sentences_become_a_note(as_bob: Client, document: Document) -> None:
    root = page(as_bob, f"/read/{document.slug}/annotate/?at=p1")
    ends = [e.attributes["value"] for e in root.find("input") if e.attributes.get("name") == "end"]
    values = filled(root) | {"end": [ends[1]], "kind": ["note"], "body": ["Who was she?"]}
    answer = as_bob.post(f"/read/{document.slug}/annotations/", values)
    note = Annotation.objects.get()
    assert answer["Location"] == f"/read/{document.slug}/?note={note.pk}#left-a{note.pk}"
    assert Passage.objects.get().exact == "The tide rose. Dr. Lomax saw it from the quay."
    told = page(as_bob, answer["Location"])
    (message,) = told.find("ul", "messages")
    assert "Note kept, 10 words." in words_of(message)
    undo = message.find("form", "undo")[0].attributes["action"]
    as_bob.post(undo, {"back": f"/read/{document.slug}/"})
    note.refresh_from_db()
    assert note.deleted_at is not None


def test_what_was_typed_survives_an_error(as_bob: Client, document: Document) -> None:
    meaning = Meaning.objects.for_choice(make.bob())[2]
    values = {
        **at(document, "Dr. Lomax saw it from the quay."),
        "kind": "tag",
        "meaning": meaning.pk,
        "body": "Typed <with> care & [" + "[" * 300,
        "new_code": ["", "Water / Tides"],
        "layer": "public",
        "at": "p1",
        "token": "t1",
    }
    answer = as_bob.post(f"/read/{document.slug}/annotations/", values)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "opening brackets" in shown
    assert values["body"] in unescape(shown)
    again = filled(read(shown))
    assert again["kind"] == ["tag"]
    assert again["meaning"] == [str(meaning.pk)]
    assert again["layer"] == ["public"]
    assert again["new_code"] == ["Water / Tides"]
    assert again["token"] == ["t1"]
    assert (again["start"], again["end"]) == ([str(values["start"])], [str(values["end"])])
    assert not Annotation.objects.exists()


def test_signing_in_brings_back_what_was_typed(client: Client, document: Document) -> None:
    make.bob()
    values = {
        **at(document, "Nobody else did."),
        "kind": "question",
        "body": "Is that so?",
        "at": "p1",
        "back": f"/read/{document.slug}/?left=p1",
        "layer": "public",
    }
    answer = client.post(f"/read/{document.slug}/annotations/", values)
    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).path == "/sign-in/"
    following = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    signed = client.post(answer["Location"], {"login": "bob", "password": "sesame"})
    assert signed["Location"] == following
    back = filled(page(client, following))
    assert back["body"] == ["Is that so?"]
    assert back["kind"] == ["question"]
    assert back["start"] == [str(values["start"])]
    client.post(f"/read/{document.slug}/annotations/", back)
    question = Annotation.objects.get()
    assert (question.body, question.layer.kind) == ("Is that so?", Layer.Kind.PUBLIC)
    assert "draft" not in client.session


def test_a_stranger_finds_no_form_of_a_private_text(client: Client) -> None:
    mine = make.document(public=False, title="Mine")
    client.force_login(make.user("charlie"))
    page(client, f"/read/{mine.slug}/annotate/?at=p1", 404)
    page(client, f"/read/{mine.slug}/annotations/", 404)


def test_a_paragraph_of_a_thousand_sentences_is_offered_in_parts(as_bob: Client) -> None:
    long = make.document(make.parsed("Long", make.paragraph("It rose. " * 1_000)))
    root = page(as_bob, f"/read/{long.slug}/annotate/?at=p1")
    assert len(sentences(root)) == 200
    (further,) = [link for link in root.find("a") if link.attributes.get("rel") == "next"]
    root = page(as_bob, f"/read/{long.slug}/annotate/{further.attributes['href']}")
    assert len(sentences(root)) == 200


@pytest.mark.parametrize("verb", ["edit", "reply"])
def test_an_expired_session_loses_nothing_that_was_typed(
    client: Client, document: Document, verb: str
) -> None:
    client.force_login(make.bob())
    mark(client, document, "The tide rose.", kind="note", body="First.", layer="public")
    address = f"/annotations/{Annotation.objects.get().pk}/{verb}/"
    client.logout()
    answer = client.post(address, {"body": "Long thoughts.", "version": 1, "kind": "note", "layer": "public"})
    following = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert client.post(answer["Location"], {"login": "bob", "password": "sesame"})["Location"] == following
    root = page(client, following)
    assert "Long thoughts." in [words_of(field) for field in root.find("textarea")]


def test_a_form_on_another_page_leads_back_to_it(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "The tide rose.", kind="note", body="First.")
    pk = Annotation.objects.get().pk
    for back in (f"/read/{document.slug}/annotations/?from=9&to=10", f"/annotations/{pk}/reply/"):
        answer = as_bob.post(f"/annotations/{pk}/move/", {"layer": "public", "back": back})
        assert answer["Location"] == back
    for elsewhere in ("//evil.example/", "https://evil.example/", "javascript:x", "/\\evil.example", "//["):
        answer = as_bob.post(f"/annotations/{pk}/move/", {"layer": "private", "back": elsewhere})
        assert answer["Location"] == f"/read/{document.slug}/?note={pk}#left-a{pk}"
