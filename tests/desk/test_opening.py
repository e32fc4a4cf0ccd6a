"""Each note has an address that opens the desk at it; a place has a list of what is written there."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reader.annotate import actions
from reader.annotate.models import Annotation, Layer
from reader.library.actions import keep
from reader.library.models import Document
from tests import make
from tests.annotate import marked
from tests.desk.marks import PART, act, at, mark
from tests.desk.pages import page, words_of
from tests.library.laid import Element, read

pytestmark = pytest.mark.django_db

WORDS = "The tide rose over the quay, and nobody had seen it come."


@pytest.fixture
def document() -> Document:
    """A public text of alice's."""
    words = "A second one"
    return make.document(
        make.parsed(
            "On Tides",
            make.heading("How they rise"),
            make.paragraph(WORDS),
            make.paragraph(words, make.mark("1", words, 0)),
            notes=(make.note("1", "A long note about nothing."),),
        )
    )


@pytest.fixture
def as_bob(client: Client) -> Client:
    """bob, signed in."""
    client.force_login(make.bob())
    return client


def bodies(root: Element) -> list[str]:
    """The words of the cards that are listed, in order."""
    return [words_of(card.find("div", "body")[0]) for card in root.find("article", "card")]


@pytest.mark.parametrize(
    ("words", "place"), [("nobody had", "p1"), ("second", "p2"), ("about nothing", "n1"), ("they rise", "b1")]
)
def test_the_address_of_a_note_opens_the_desk_at_its_passage(
    as_bob: Client, document: Document, words: str, place: str
) -> None:
    mark(as_bob, document, words, kind="note", body="Here.")
    pk = Annotation.objects.get().pk
    answer = as_bob.get(f"/annotations/{pk}/")
    assert answer["Location"] == f"/read/{document.slug}/?left={place}&note={pk}#left-a{pk}"
    assert bodies(page(as_bob, answer["Location"])) == ["Here."]


def test_the_other_half_stays_open_when_a_note_is_opened_from_it(as_bob: Client, document: Document) -> None:
    other = make.document(title="A Second Text")
    mark(as_bob, document, "tide")
    pk = Annotation.objects.get().pk
    there = f"http://testserver/facing/{other.slug}/{document.slug}/?left=p1"
    answer = as_bob.get(f"/annotations/{pk}/", headers={"Referer": there})
    path = f"/facing/{other.slug}/{document.slug}/"
    assert answer["Location"] == f"{path}?left=p1&right=p1&note={pk}#right-a{pk}"


def test_the_address_of_a_reply_opens_what_it_answers(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", kind="note", body="Here.", layer="public")
    note = Annotation.objects.get()
    reply, _ = actions.reply(to=note, by=make.alice(), body="Oh.")
    assert as_bob.get(f"/annotations/{reply.pk}/")["Location"].endswith(f"#left-a{note.pk}")


def test_who_answered_what_is_private_now_has_their_own_words_alone(
    as_bob: Client, document: Document
) -> None:
    dora = make.user("dora")
    place = marked.words_of(document, "tide")
    note = marked.mark(document, *place, dora, kind="note", body="For all.")
    reply, _ = actions.reply(to=note, by=make.bob(), body="My own.")
    actions.move(annotation=note, by=dora, layer=Layer.objects.private_to(dora))
    Annotation.objects.filter(pk=note.pk).update(body="A secret.", html="<p>A secret.</p>")
    for way in ("", "edit/", "history/"):
        shown = as_bob.get(f"/annotations/{reply.pk}/{way}", follow=True)
        assert shown.status_code == 200
        assert "My own." in shown.content.decode()
        assert "secret" not in shown.content.decode()
    assert as_bob.get(f"/annotations/{reply.pk}/reply/").status_code == 404
    assert as_bob.post(f"/annotations/{reply.pk}/reply/", {"body": "More."}).status_code == 404


def test_who_answered_on_a_text_that_is_private_now_does_not_see_the_thread(
    as_bob: Client, document: Document
) -> None:
    mark(as_bob, document, "tide", kind="note", body="Mine.", layer="public")
    reply, _ = actions.reply(to=Annotation.objects.get(), by=make.user("dora"), body="Oh.")
    Document.objects.update(is_public=False)
    assert reply.author is not None
    as_bob.force_login(reply.author)
    assert as_bob.get(f"/annotations/{reply.pk}/reply/").status_code == 404
    assert "Mine." not in as_bob.get(f"/annotations/{reply.pk}/", follow=True).content.decode()


def test_a_note_whose_words_are_gone_opens_the_revision_that_had_them(
    as_bob: Client, document: Document
) -> None:
    mark(as_bob, document, "The tide rose over the quay, and nobody", kind="note", body="Here.")
    pk = Annotation.objects.get().pk
    new = make.parsed("On Tides", make.paragraph("Nothing of all this is left."))
    keep(parsed=new, source=b"new", name="text.md", by=make.alice(), revises=document)
    answer = as_bob.get(f"/annotations/{pk}/")
    assert answer["Location"] == f"/read/{document.slug}/revisions/1/?left=p1&note={pk}#left-a{pk}"
    assert bodies(page(as_bob, answer["Location"])) == ["Here."]


def test_a_note_on_a_deleted_text_is_still_there_for_its_author(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide rose", kind="note", body="Here.")
    document.delete()
    answer = as_bob.get(f"/annotations/{Annotation.objects.get().pk}/", follow=True)
    assert answer.status_code == 200
    assert "tide rose" in answer.content.decode()
    assert "Here." in answer.content.decode()


def test_the_newest_discussion_comes_first_and_bare_highlights_last(
    as_bob: Client, document: Document
) -> None:
    for body in ("One.", "Two.", "Three."):
        mark(as_bob, document, "tide rose", kind="note", body=body, layer="public")
    mark(as_bob, document, "tide", layer="public")
    mark(as_bob, document, "nobody", kind="note", body="Elsewhere.")
    actions.reply(to=Annotation.objects.get(body="One."), by=make.alice(), body="Oh.")
    place = at(document, "rose")
    root = page(as_bob, f"/read/{document.slug}/annotations/?from={place['start'] - 5}&to={place['end']}")
    cards = root.find("article", "card")
    assert [words_of(b) for card in cards for b in card.find("div", "body")[:1]] == ["One.", "Three.", "Two."]
    assert "kind-highlight" in cards[-1].classes


def test_a_place_is_listed_in_pages_of_thirty(
    as_bob: Client, document: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(35):
        mark(as_bob, document, "tide", kind="note", body=f"Note {number}.")
    start = at(document, "tide")["start"]
    address = f"/read/{document.slug}/annotations/?from={start}&to={start + 1}&side=right"
    with django_assert_max_num_queries(9):
        answer = as_bob.get(address, headers=PART)
    root = read(answer.content.decode())
    assert bodies(root)[0] == "Note 34."
    assert len(bodies(root)) == 30
    assert root.find("article", "card")[0].attributes["id"].startswith("right-a")
    (older,) = [link for link in root.find("a") if link.attributes.get("rel") == "next"]
    assert len(bodies(page(as_bob, f"/read/{document.slug}/annotations/{older.attributes['href']}"))) == 5


@pytest.mark.parametrize(
    "query", ["", "?from=9", "?from=x&to=-1", "?from=99999999999&skip=-1", "?revision=9"]
)
def test_a_list_of_any_place_is_answered(as_bob: Client, document: Document, query: str) -> None:
    page(as_bob, f"/read/{document.slug}/annotations/{query}")


def test_a_thread_is_a_page_where_one_replies_and_says_which_is_the_answer(
    as_bob: Client, document: Document
) -> None:
    mark(as_bob, document, "tide", kind="question", body="Why?", layer="public")
    question = Annotation.objects.get()
    address = f"/annotations/{question.pk}/reply/"
    back = as_bob.post(address, {"body": "Because.", "token": "t"})
    assert back["Location"] == f"/read/{document.slug}/?note={question.pk}#left-a{question.pk}"
    reply = question.replies.get()
    root = page(as_bob, address)
    assert "Because." in words_of(root.find("ol", "replies")[0])
    as_bob.post(f"/annotations/{question.pk}/answer/", {"reply": reply.pk, "back": address})
    (card,) = page(as_bob, f"/read/{document.slug}/").find("article", "card")
    assert "answered" in card.classes
    assert card.find("li", "answer")
    assert as_bob.post(address, {"body": " "}).status_code == 422


def test_a_history_is_a_page_with_what_changed(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", kind="note", body="It rose at night.")
    pk = Annotation.objects.get().pk
    act(as_bob, f"/annotations/{pk}/edit/", version=1, body="It rose at noon.")
    root = page(as_bob, f"/annotations/{pk}/history/")
    newest, oldest = root.find("ol", "history")[0].find("li")
    assert [words_of(e) for e in newest.find("ins")] == ["noon"]
    assert [words_of(e) for e in newest.find("del")] == ["night"]
    assert "It rose at night." in words_of(oldest)


def test_an_edit_without_a_script_is_a_page_and_leads_back(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", kind="note", body="First.")
    pk = Annotation.objects.get().pk
    root = page(as_bob, f"/annotations/{pk}/edit/")
    assert words_of(root.find("textarea")[0]) == "First."
    answer = as_bob.post(f"/annotations/{pk}/edit/", {"version": 1, "body": "Second.", "kind": "note"})
    assert answer["Location"] == f"/read/{document.slug}/?note={pk}#left-a{pk}"
    part = as_bob.get(f"/annotations/{pk}/edit/", headers=PART)
    assert part.content.decode().lstrip().startswith("<form")


def test_an_own_note_on_a_text_that_was_hidden_since_is_shown_by_itself(
    client: Client, document: Document
) -> None:
    client.force_login(make.bob())
    mark(client, document, "over the quay", kind="note", body="Hidden since.", layer="public")
    Document.objects.update(is_public=False)
    answer = client.get(f"/annotations/{Annotation.objects.get().pk}/", follow=True)
    assert answer.status_code == 200
    assert "Hidden since." in answer.content.decode()
