"""Cards in the margin: whose they are, what they show, and how many."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reader.annotate import actions
from reader.annotate.models import Annotation, Layer, Target
from reader.annotate.placing import Place
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import User
from tests import make
from tests.desk.marks import act, at, mark
from tests.desk.pages import page, words_of
from tests.library.laid import Element

pytestmark = pytest.mark.django_db

WORDS = "The tide rose over the quay, and nobody had seen it come."


@pytest.fixture
def document() -> Document:
    """A public text of alice's."""
    words = "A second one"
    return make.document(
        make.parsed(
            "On Tides",
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


def cards(root: Element) -> list[Element]:
    """The cards of a page or an answer, in order."""
    return root.find("article", "card")


def test_a_note_stands_beside_its_text_with_words_author_and_day(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide rose", kind="note", body="Not *so*.", layer="public")
    (card,) = cards(page(as_bob, f"/read/{document.slug}/"))
    assert words_of(card.find("div", "body")[0]) == "Not so."
    assert [e.tag for e in card.find("em")] == ["em"]
    assert words_of(card.find("bdi", "author")[0]) == "bob"
    assert words_of(card.find("p", "quote")[0]) == "tide rose"
    assert card.find("time")[0].attributes["datetime"].endswith("+00:00")
    assert {words_of(tool) for tool in card.find("", "tools")[0].inside} == {"Reply", "Edit", "Delete"}


def test_others_see_what_is_for_everybody_and_no_way_to_change_it(client: Client, document: Document) -> None:
    client.force_login(make.bob())
    mark(client, document, "tide", kind="note", body="For all.", layer="public")
    mark(client, document, "rose", kind="note", body="For me.")
    mark(client, document, "quay", kind="highlight", layer="public")
    client.force_login(make.user("charlie"))
    (card,) = cards(page(client, f"/read/{document.slug}/"))
    assert words_of(card.find("div", "body")[0]) == "For all."
    assert words_of(card.find("", "tools")[0]) == "Reply"
    client.logout()
    assert len(cards(page(client, f"/read/{document.slug}/"))) == 1


def test_a_note_that_also_lies_on_a_private_text_is_for_those_who_read_both(document: Document) -> None:
    alice, bob = make.alice(), make.bob()
    other = make.document(title="A Secret", by=alice, public=False)
    annotation, _ = actions.annotate(
        by=alice,
        document=document,
        revision=document.current,  # type: ignore[arg-type]
        places=[Place(10, 18)],
        kind="note",
        layer=Layer.objects.public(),
        body="Compare.",
    )
    for person, seen in ((bob, 1), (alice, 1)):
        assert shown_to(person, document) == seen
    passage = Passage.objects.create(
        document=other, revision=other.current, start=2, end=8, exact="Secret", noted=True
    )
    Target.objects.create(annotation=annotation, passage=passage, position=1)
    for person, seen in ((bob, 0), (alice, 1)):
        assert shown_to(person, document) == seen


def shown_to(person: User, document: Document) -> int:
    """How many cards this person sees beside a text."""
    client = Client()
    client.force_login(person)
    return len(cards(page(client, f"/read/{document.slug}/")))


def test_a_note_in_a_footnote_stands_with_the_chunk_that_has_it(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "about nothing", kind="note", body="Here too.")
    aside = page(as_bob, f"/read/{document.slug}/").find("aside", "cards")
    assert len(aside) == 1
    assert len(cards(aside[0])) == 1


def test_a_text_in_the_right_half_has_its_cards_there(as_bob: Client, document: Document) -> None:
    other = make.document(title="A Second Text")
    mark(as_bob, document, "tide", kind="note", body="One.")
    mark(as_bob, other, "weir", kind="note", body="Two.")
    root = page(as_bob, f"/facing/{other.slug}/{document.slug}/")
    pks = list(Annotation.objects.order_by("pk").values_list("pk", flat=True))
    assert [card.attributes["id"] for card in cards(root)] == [f"left-a{pks[1]}", f"right-a{pks[0]}"]


def test_a_highlight_has_a_card_once_it_has_words(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", layer="public")
    pk = Annotation.objects.get().pk
    assert not cards(page(as_bob, f"/read/{document.slug}/"))
    act(as_bob, f"/annotations/{pk}/edit/", version=1, body="Now it says something.")
    as_bob.force_login(make.user("charlie"))
    assert len(cards(page(as_bob, f"/read/{document.slug}/"))) == 1


def test_a_long_note_is_cut_and_says_where_the_rest_is(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", kind="note", body="word " * 500)
    (card,) = cards(page(as_bob, f"/read/{document.slug}/"))
    assert len(words_of(card.find("div", "body")[0])) < 620
    pk = Annotation.objects.get().pk
    (link,) = card.find("p", "more")[0].find("a")
    whole = page(as_bob, link.attributes["href"])
    assert link.attributes["href"] == f"/annotations/{pk}/reply/"
    assert words_of(whole).count("word") >= 500


def test_the_last_two_replies_are_shown_with_their_number(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", kind="question", body="Why?", layer="public")
    question = Annotation.objects.get()
    for number in range(4):
        actions.reply(to=question, by=make.alice(), body=f"Answer {number}.")
    (card,) = cards(page(as_bob, f"/read/{document.slug}/"))
    assert words_of(card.find("p", "count")[0]) == "4 replies"
    replies = card.find("ol", "replies")[0].find("li")
    assert [words_of(reply.find("div", "body")[0]) for reply in replies] == ["Answer 2.", "Answer 3."]


def test_names_and_codes_are_only_words(as_bob: Client, document: Document) -> None:
    User.objects.filter(username="bob").update(first_name="<b>&", last_name='"x"')
    mark(as_bob, document, "tide", kind="tag", new_code="<i>new</i>", body="<script>1</script>")
    root = page(as_bob, f"/read/{document.slug}/")
    (card,) = cards(root)
    assert words_of(card.find("bdi", "author")[0]) == '<b>& "x"'
    assert words_of(card.find("ul", "codes")[0]) == "<i>new</i>"
    assert words_of(card.find("div", "body")[0]) == "<script>1</script>"
    assert not card.find("script")


def test_the_card_that_an_address_names_is_there_and_lit(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide")
    pk = Annotation.objects.get().pk
    answer = as_bob.get(f"/annotations/{pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/read/{document.slug}/?left=p1&note={pk}#left-a{pk}"
    (card,) = cards(page(as_bob, answer["Location"]))
    assert "lit" in card.classes


def notes_by(people: int, notes: int, document: Document) -> None:
    """Public notes on the text's first words, by so many people."""
    layer = Layer.objects.public()
    place = at(document, "tide rose over the quay")
    for number in range(people):
        by = make.user(f"reader{number}")
        for _ in range(notes):
            actions.annotate(
                by=by,
                document=document,
                revision=document.current,  # type: ignore[arg-type]
                places=[Place(place["start"], place["end"])],
                kind="note",
                layer=layer,
                body="Said.",
            )


def test_a_crowd_makes_no_more_cards_and_no_more_queries(
    as_bob: Client, document: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mark(as_bob, document, "nobody had seen", kind="note", body="Mine.")
    notes_by(3, 20, document)
    with django_assert_max_num_queries(14):
        root = page(as_bob, f"/read/{document.slug}/")
    assert len(cards(root)) == 40
    own = [card for card in cards(root) if "own" in card.classes]
    assert [words_of(card.find("div", "body")[0]) for card in own] == ["Mine."]
    assert words_of(root.find("aside", "cards")[0].find("p", "more")[-1]) == "All notes on this part"
