"""A frozen copy does not change, but for what was withdrawn since."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.annotate import actions, journal, moderating, trash
from reader.annotate.models import Annotation, Layer
from reader.annotate.prompt_models import Prompt
from reader.library.actions import keep
from reader.library.models import Document, Revision
from reader.people.class_models import Membership
from reader.people.models import User
from reader.people.signals import left_class, returned_to_class
from reader.share.models import Asked, Frozen, Link, Snapshot, SnapshotPart
from tests import make
from tests.annotate.marked import mark, words_of
from tests.people.visits import content, signed_in
from tests.share.links import Shared, come, replied, shared

pytestmark = pytest.mark.django_db


def stored(link: Link) -> str:
    """All that is kept of a copy."""
    snapshot = Snapshot.objects.get(link=link)
    return f"{snapshot.body}{snapshot.data}{list(snapshot.parts.values_list('data', flat=True))}"


def body(link: Link) -> str:
    """The copy as it is shown."""
    return Snapshot.objects.get(link=link).body


def test_a_copy_is_read_with_one_query_that_asks_for_no_notes_and_no_words() -> None:
    one = shared()
    link, token = one.give()
    client, _ = come(token)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(f"/shared/{link.key}/")
    assert response.status_code == 200
    assert len(captured) == 1
    asked = captured[0]["sql"]
    for table in ("annotation", "layer", "passage", "shade", "chunk", "revision"):
        assert f"reader_{table}" not in asked
    assert "<script" not in content(response)


def test_a_copy_stays_as_it_is_whatever_becomes_of_texts_notes_and_view() -> None:
    one = shared()
    link, token = one.give(names=True, others=True)
    client, before = come(token)
    one.note(one.sam, Layer.objects.of_class(one.one.group), "still meanwhile", "Came later.")
    actions.edit(
        annotation=one.notes["class"],
        by=one.sam,
        version=1,
        body="Other words now.",
        kind="note",
        meaning=None,
        codes=[],
        layer=one.notes["class"].layer,
    )
    User.objects.filter(username="sam").update(first_name="Samuel")
    one.view.title, one.view.html = "Renamed", "<p>New.</p>"
    one.view.save()
    one.view.layers.clear()
    Document.objects.filter(pk=one.left.pk).update(title="Another title")
    revised = make.parsed("On Tides", make.paragraph("Nothing of it is left."))
    keep(parsed=revised, source=b"x", name="text.md", by=one.ines, public=True, revises=one.left)
    assert Revision.objects.filter(document=one.left).count() == 2
    after = content(client.get(f"/shared/{link.key}/"))
    assert after == content(before)
    assert "secret thought" in after


def ways(one: Shared) -> dict[str, Any]:
    """What may happen to the student's note in the class, and how it is taken back."""
    note, sam, ines = one.notes["class"], one.sam, one.ines
    group = one.one.group

    def again() -> Annotation:
        return Annotation.objects.get(pk=note.pk)

    def undo() -> None:
        change = journal.last_change(sam)
        assert change
        journal.undo(change=change, by=sam)

    private = Layer.objects.private_to(sam)
    return {
        "deleted": (lambda: actions.delete(annotation=again(), by=sam), undo),
        "made private": (lambda: actions.move(annotation=again(), by=sam, layer=private), undo),
        "hidden": (
            lambda: moderating.hide(annotation=again(), by=ines, why="Rude."),
            lambda: moderating.unhide(annotation=again(), by=ines),
        ),
        "restored from the trash": (
            lambda: actions.delete(annotation=again(), by=sam),
            lambda: actions.restore(annotation=again(), by=sam),
        ),
        "moved": (
            lambda: actions.move(annotation=again(), by=sam, layer=Layer.objects.public()),
            lambda: actions.move(annotation=again(), by=sam, layer=Layer.objects.of_class(group)),
        ),
    }


def test_a_note_that_is_taken_away_leaves_a_place_holder_and_comes_back_when_that_is_undone() -> None:
    one = shared()
    replied(one.notes["class"], one.sam, "More under it.")
    link, token = one.give(names=True, others=True)
    client, before = come(token)
    path = f"/shared/{link.key}/"
    whole = content(before)
    pk = one.notes["class"].pk
    assert f'data-range="a{pk}"' in whole
    for name, (act, back) in ways(one).items():
        act()
        page = content(client.get(path))
        assert "A note was withdrawn." in page, name
        for words in (
            "secret thought",
            "sam</bdi> Note",
            f'data-range="a{pk}"',
            "More under it",
            f"left-a{pk}",
        ):
            assert words not in page, (name, words)
        assert "Heard by" in page
        assert Frozen.objects.get(annotation=pk).withdrawn_at is not None
        back()
        assert content(client.get(path)) == whole, name
        assert Frozen.objects.get(annotation=pk).withdrawn_at is None


def test_a_reply_goes_alone_and_a_highlight_without_a_word() -> None:
    one = shared()
    link, _ = one.give(others=True)
    actions.delete(annotation=one.notes["reply"], by=one.sam)
    actions.delete(annotation=one.notes["highlight"], by=one.ines)
    page = body(link)
    assert "A reply was withdrawn." in page
    assert "asks Sam" not in page
    assert "Look at the quay." in page
    assert "A note was withdrawn." not in page
    assert f'a{one.notes["highlight"].pk}"' not in page


def test_of_what_was_deleted_for_good_no_word_is_kept() -> None:
    one = shared()
    replied(one.notes["class"], one.ines, "An answer under it.")
    link, _ = one.give(names=True, others=True)
    actions.delete(annotation=one.notes["class"], by=one.sam)
    assert "secret thought" in stored(link)
    Annotation.objects.filter(pk=one.notes["class"].pk).update(deleted_at=timezone.now() - timedelta(days=31))
    trash.purge()
    assert "secret thought" not in stored(link)
    assert "A note was withdrawn." in body(link)


def test_of_whoever_deletes_their_account_no_word_and_no_name_is_kept() -> None:
    one = shared()
    link, token = one.give(names=True, others=True)
    assert "asks Sam" in stored(link)
    signed_in(one.sam).post("/account/delete/", {"password": "sesame"})
    assert not User.objects.filter(username="sam").exists()
    kept = stored(link)
    for words in ("secret thought", "asks Sam", "sam"):
        assert words not in kept, words
    page = content(come(token)[1])
    assert "A note was withdrawn." in page
    assert "A reply was withdrawn." in page


def test_whoever_leaves_the_class_takes_words_or_name_out_of_the_copy() -> None:
    one = shared()
    link, _ = one.give(names=True, others=True)
    told = {"sender": Membership, "membership": one.one.membership("student"), "choice": ""}
    mine, layer = Annotation.objects.filter(author=one.sam), one.notes["class"].layer
    for change, words, name in (
        ({"byline": "nobody"}, True, False),
        ({"byline": "peers"}, True, False),
        ({"layer": Layer.objects.private_to(one.sam)}, False, False),
        ({}, True, True),
    ):
        mine.update(**{"byline": "named", "layer": layer, **change})
        signal = left_class if change else returned_to_class
        signal.send(**told)
        page = body(link)
        assert ("secret thought" in page) == words, change
        assert ("sam</bdi> Note" in page) == name, change


def test_a_text_that_is_hidden_or_deleted_shuts_its_copies() -> None:
    one = shared()
    # A text of the staff's, that ines may give as long as everybody reads it.
    Document.objects.filter(pk=one.right.pk).update(owner=make.alice())
    link, token = one.give()
    client, _ = come(token)
    path = f"/shared/{link.key}/"
    Document.objects.filter(pk=one.right.pk).update(is_public=False)
    assert client.get(path).status_code == 404
    Document.objects.filter(pk=one.right.pk).update(is_public=True)
    assert client.get(path).status_code == 200
    Document.objects.filter(pk=one.right.pk).delete()
    assert client.get(path).status_code == 404
    assert not Snapshot.objects.exists()


def prompted(one: Shared, reveal: str, words: str) -> Annotation:
    """A question of the view, with an answer of the student's."""
    layer = Layer.objects.of_class(one.one.group)
    asked = one.note(one.ines, layer, "comes in", words)
    Annotation.objects.filter(pk=asked.pk).update(kind="prompt")
    asked.refresh_from_db()
    prompt = Prompt.objects.create(annotation=asked, reveal=reveal)
    Asked.objects.create(view=one.view, prompt=prompt)
    replied(asked, one.sam, f"My answer to {words}")
    return asked


def test_questions_are_given_and_answers_where_all_see_them_at_once_and_it_was_ticked() -> None:
    one = shared()
    now = prompted(one, "now", "What comes?")
    prompted(one, "answered", "Who goes?")
    for facts, told in (({}, 0), ({"others": True}, 1), ({"audience": "class"}, 1), ({"form": "live"}, 0)):
        _, token = one.give(**facts)
        client = signed_in(one.sam) if facts.get("audience") else Client()
        page = content(come(token, client)[1])
        assert "What comes?" in page
        assert "Who goes?" in page
        assert ("My answer to What comes?" in page) == bool(told), facts
        assert "My answer to Who goes?" not in page, facts
    frozen = Link.objects.filter(others=True).get()
    actions.delete(annotation=now, by=one.ines)
    assert "A prompt was withdrawn." in body(frozen)
    assert "My answer to" not in body(frozen)
    assert "Who goes?" in body(frozen)


def test_a_long_text_is_copied_in_parts_and_each_part_forgets_what_was_withdrawn() -> None:
    one = shared()
    book = make.document(make.book(paragraphs=700, notes=20), by=one.ines)
    one.view.left = book
    one.view.save()
    assert book.current
    text = book.current.text
    late = mark(book, len(text) * 2 // 3, len(text) * 2 // 3 + 10, one.ines, kind="note", body="Far inside.")
    link, token = one.give()
    live, live_token = one.give(form="live")
    parts = SnapshotPart.objects.filter(snapshot=link.pk, side="left")
    assert parts.count() > 4
    assert len(body(link)) < 160_000
    place = next(part.position for part in parts if late.pk in [n["pk"] for n in part.data["notes"]])
    client, _ = come(token)
    # A browser keeps the cookies of both apart by their paths.
    for given, browser in ((live, come(live_token)[0]), (link, client)):
        base = f"/shared/{given.key}/"
        page = content(browser.get(base))
        assert "Far inside." not in page
        assert f'href="{base}part/left/' in page
        number = page.partition(f"{base}part/left/")[2].partition("/")[0]
        assert "Read what comes before" in content(browser.get(f"{base}part/left/{number}/"))
        assert "Far inside." in content(browser.get(f"{base}part/left/{place + 1}/"))
        for wrong in ("left/99/", "left/0/", "up/1/", "right/2/"):
            assert browser.get(f"{base}part/{wrong}").status_code == 404
        assert Client().get(f"{base}part/left/2/").status_code == 404
    with CaptureQueriesContext(connection) as captured:
        actions.delete(annotation=late, by=one.ines)
    assert len(captured) < 60
    path = f"/shared/{link.key}/part/left/{place + 1}/"
    page = content(client.get(path))
    assert "Far inside." not in page
    assert "A note was withdrawn." in page
    Link.objects.update(revoked_at=timezone.now())
    assert client.get(path).status_code == 404


def test_filters_of_the_view_hold_in_what_is_given() -> None:
    one = shared(filters={"kinds": ["question"]})
    ask = mark(one.left, *words_of(one.left, "in twice"), one.ines, kind="question", body="Why twice?")
    for form in ("frozen", "live"):
        page = content(come(one.give(form=form)[1])[1])
        assert "Why twice?" in page
        assert f'data-range="a{ask.pk}"' in page
        assert "Heard by" not in page
        assert f'a{one.notes["highlight"].pk}"' not in page


def test_a_copy_that_nobody_took_costs_who_deletes_a_note_one_query() -> None:
    one = shared()
    with CaptureQueriesContext(connection) as captured:
        actions.delete(annotation=one.notes["class"], by=one.sam)
    assert sum("reader_frozen" in query["sql"] for query in captured) == 1
