"""A person decides about marks that a revision changed or lost."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from reader.annotate import review
from reader.annotate.journal import last_change, undo
from reader.library import imports
from reader.library.models import Document
from reader.library.passages import FormerPlace, Passage
from reader.people.models import User
from tests import make
from tests.annotate.test_carry import FIRST, SECOND, THIRD, TITLE, mark, revise, text

pytestmark = pytest.mark.django_db

NIGHT = "turned all night by lantern light, and the miller counted"
EDITED = FIRST.replace("by lantern light", "without any light")


@pytest.fixture
def bob() -> User:
    return make.bob()


@pytest.fixture
def document(bob: User) -> Document:
    """A text whose revision changed one of bob's marks and took out the paragraph of another."""
    made = make.document(text(FIRST, SECOND, THIRD))
    mark(made, NIGHT, by=bob)
    mark(made, "on every rope", by=bob)
    mark(made, "the moon lay in the water", by=bob)
    revise(made, EDITED, THIRD)
    return made


def of(state: str) -> Passage:
    return Passage.objects.get(state=state)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_list_shows_old_and_new_wording_and_the_lost_one_with_its_context(
    document: Document, bob: User
) -> None:
    changed, lost = review.doubts(bob, document)
    assert changed.was.exact == NIGHT
    assert changed.now is not None
    assert changed.now.exact == of("changed").exact
    assert [piece.words for piece in changed.pieces if piece.kind == "new"] == ["without any"]
    assert (lost.now, lost.was.exact) == (None, "on every rope")
    assert lost.was.before.endswith("A gull stood ")
    assert lost.was.number == 1


def test_what_stands_around_a_passage_begins_and_ends_with_whole_words(bob: User) -> None:
    made = make.document(text(*(make.sentence(seed, 20) for seed in range(1, 12))))
    words = {*made.revisions.get().text.split()}
    mark(made, make.sentence(6, 20), by=bob)
    revise(made, *(make.sentence(seed, 20) for seed in (*range(1, 6), *range(7, 12))))
    (lost,) = review.doubts(bob, made)
    assert lost.was.before[0] == lost.was.after[-1] == "…"
    assert {*lost.was.before[1:].split(), *lost.was.after[:-1].split()} <= words


def test_more_marks_to_decide_about_take_no_more_queries(
    bob: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = make.document(text(FIRST, SECOND, THIRD))
    for _ in range(9):
        mark(made, NIGHT, by=bob)
        mark(made, "on every rope", by=bob)
    revise(made, EDITED, THIRD)
    with django_assert_num_queries(3):
        assert len(review.doubts(bob, made)) == 18


def test_only_whoever_made_a_mark_is_asked(document: Document) -> None:
    assert review.doubts(make.alice(), document) == []
    assert review.waiting(make.alice()) == []
    (waiting,) = review.waiting(make.bob())
    assert (waiting.title, waiting.changed, waiting.unplaced) == (TITLE, 1, 1)


def test_accepting_confirms_a_changed_mark_and_can_be_undone(document: Document, bob: User) -> None:
    passage = of("changed")
    review.accept(passages=[passage], by=bob)
    passage.refresh_from_db()
    assert passage.state == "kept"
    change = last_change(bob)
    assert change is not None
    undo(change=change, by=bob)
    assert of("changed") == passage


def test_accepting_leaves_an_unplaced_mark_as_it_is(document: Document, bob: User) -> None:
    assert review.accept(passages=[of("unplaced")], by=bob) is None


def test_leaving_a_changed_mark_brings_it_back_to_its_old_words(document: Document, bob: User) -> None:
    passage = of("changed")
    change = review.leave(passage=passage, by=bob)
    passage.refresh_from_db()
    assert passage.revision is not None
    assert (passage.state, passage.revision.number, passage.exact) == ("left", 1, NIGHT)
    assert not FormerPlace.objects.filter(passage=passage).exists()
    undo(change=change, by=bob)
    passage.refresh_from_db()
    assert (passage.state, passage.revision_id) == ("changed", document.current_id)
    assert FormerPlace.objects.filter(passage=passage).exists()


def test_an_unplaced_mark_can_be_put_where_its_words_are_now(document: Document, bob: User) -> None:
    passage = of("unplaced")
    (found,) = review.find(document, "the  moon\nlay")
    change = review.move(passage=passage, by=bob, start=found.start, end=found.end)
    passage.refresh_from_db()
    assert (passage.state, passage.revision_id, passage.exact) == (
        "kept",
        document.current_id,
        "the moon lay",
    )
    assert FormerPlace.objects.get(passage=passage).exact == "on every rope"
    undo(change=change, by=bob)
    passage.refresh_from_db()
    assert (passage.state, passage.exact) == ("unplaced", "on every rope")
    assert not FormerPlace.objects.filter(passage=passage).exists()


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 10**9), (8, 9)])
def test_a_mark_is_put_nowhere_but_on_words(document: Document, bob: User, start: int, end: int) -> None:
    assert document.current is not None
    assert document.current.text[8:9] == "\n"
    with pytest.raises(review.NotDecided):
        review.move(passage=of("unplaced"), by=bob, start=start, end=end)


def test_nobody_decides_about_the_marks_of_others(document: Document) -> None:
    with pytest.raises(review.NotDecided):
        review.accept(passages=[of("changed")], by=make.alice())
    client = signed_in(make.alice())
    for name in ("leave_carried", "move_carried"):
        assert (
            client.post(reverse(f"annotate:{name}", args=[document.slug, of("changed").pk])).status_code
            == 404
        )


def test_the_page_lets_a_person_accept_leave_and_move(document: Document, bob: User) -> None:
    client = signed_in(bob)
    page = client.get(reverse("annotate:carried", args=[document.slug])).content.decode()
    assert "<del>by lantern</del>" in page
    assert "<ins>without any</ins>" in page
    assert "<mark>on every rope</mark>" in page
    lost, changed = of("unplaced").pk, of("changed").pk
    said = client.post(
        reverse("annotate:accept_carried", args=[document.slug]), {"passage": [changed, lost]}, follow=True
    )
    assert "One passage confirmed." in said.content.decode()
    move = reverse("annotate:move_carried", args=[document.slug, lost])
    assert "Not found" in client.get(move, {"words": "no such words"}).content.decode()
    found = client.get(move, {"words": "like a plate"})
    assert "<mark>like a plate</mark>" in found.content.decode()
    for start, end in (("x", "1"), ("٣", "٩"), ("0", "9" * 5_000)):
        assert client.post(move, {"start": start, "end": end}).status_code == 422
    place = found.context["found"][0]
    client.post(move, {"start": place.start, "end": place.end})
    assert Passage.objects.filter(state="kept").count() == 3
    page = client.get(reverse("annotate:carried", args=[document.slug])).content.decode()
    assert "None of your marks waits" in page


@pytest.mark.parametrize("way", ["annotate:notes", "annotate:notices"])
def test_the_lists_of_notes_and_replies_lead_to_what_waits(document: Document, bob: User, way: str) -> None:
    address = reverse("annotate:carried", args=[document.slug])
    page = signed_in(bob).get(reverse(way)).content.decode()
    assert f'href="{address}"' in page
    assert "1 changed in wording, 1 no longer in the text" in page
    review.accept(passages=[of("changed")], by=bob)
    review.leave(passage=of("unplaced"), by=bob)
    assert address not in signed_in(bob).get(reverse(way)).content.decode()
    assert address not in signed_in(make.user("charlie")).get(reverse(way)).content.decode()


def test_whoever_is_not_signed_in_is_asked_to(document: Document) -> None:
    answer = Client().get(reverse("annotate:carried", args=[document.slug]))
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_a_stranger_to_a_private_text_finds_no_such_page() -> None:
    document = make.document(by=make.alice(), public=False)
    assert signed_in(make.bob()).get(reverse("annotate:carried", args=[document.slug])).status_code == 404


def test_whoever_replaces_a_text_is_told_what_becomes_of_the_marks_on_it() -> None:
    alice = make.alice()
    document = make.document(text(FIRST, SECOND), by=alice)
    mark(document, "turned all night")
    mark(document, "on every rope")
    source = f"# {TITLE}\n\n{FIRST}\n".encode()
    one = imports.take_in(source=source, name="text.md", owner=alice, revises=document)
    url = reverse("annotate:import_marks", args=[one.pk])
    page = signed_in(alice).get(url).content.decode()
    assert "Readers have marked 2 passages" in page
    assert "1 is no longer in the text" in page
    assert "1 person has something to look at" in page
    assert signed_in(make.bob()).get(url).status_code == 404
