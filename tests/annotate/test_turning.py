"""What cannot be taken back any more is told, and leaves everything as it is."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from reader.annotate import actions, recoding, review
from reader.annotate.codes import codes_named
from reader.annotate.journal import redo, undo
from reader.annotate.models import Annotation, Change, Code, Layer, Tag
from reader.annotate.placing import Place
from reader.annotate.trash import delete_for_good
from reader.annotate.turning import NotUndone
from reader.library.models import Document
from reader.library.passages import Passage
from tests import make
from tests.annotate.marked import mark, words_of
from tests.annotate.test_carry import FIRST, SECOND, THIRD, revise, text
from tests.desk.marks import PART

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    """A public text of alice's."""
    return make.document(text(FIRST, SECOND, THIRD))


def tagged(document: Document, *codes: Code) -> Annotation:
    """bob's tag on two words."""
    return mark(document, *words_of(document, "lantern light"), make.bob(), kind="tag", codes=codes)


def coded(document: Document, code: Code) -> Change:
    """One change that tags two passages."""
    assert document.current is not None
    change = recoding.set_code_on(
        by=make.bob(),
        document=document,
        revision=document.current,
        places=[Place(*words_of(document, words)) for words in ("moon", "lantern")],
        codes=[code],
        layer=Layer.objects.private_to(make.bob()),
    )
    assert change is not None
    return change


def edited(annotation: Annotation, **changed: Any) -> Change:
    annotation.refresh_from_db()
    values = {"body": "", "kind": "tag", "meaning": None, "layer": annotation.layer, **changed}
    _, change = actions.edit(annotation=annotation, by=make.bob(), version=annotation.version, **values)
    assert change is not None
    return change


def gone(annotation: Annotation) -> None:
    actions.delete(annotation=annotation, by=make.bob())
    delete_for_good([annotation.pk])


def refused(change: Change) -> None:
    """Undoing it is refused in words, over HTTP, and nothing is written."""
    client = Client()
    client.force_login(make.bob())
    answer = client.post(f"/changes/{change.pk}/undo/", headers=PART)
    assert answer.status_code == 422
    change.refresh_from_db()
    assert change.undone_at is None
    connection.check_constraints()


def test_a_code_that_was_taken_off_and_set_again_is_not_set_twice(document: Document) -> None:
    water, salt = codes_named(make.bob(), ["Water", "Salt"])
    annotation = tagged(document, water, salt)
    taken_off = edited(annotation, codes=[water])
    edited(annotation, codes=[water, salt])
    refused(taken_off)
    assert annotation.tags.count() == 2


def test_a_merge_does_not_come_back_onto_what_was_deleted_for_good(document: Document) -> None:
    water, salt = codes_named(make.bob(), ["Water", "Salt"])
    annotation = tagged(document, water, salt)
    merge = recoding.merge_codes(by=make.bob(), code=salt, into=water)
    gone(annotation)
    refused(merge)
    assert not Tag.objects.exists()


def test_an_answer_that_was_deleted_for_good_is_no_answer_again(document: Document) -> None:
    place = words_of(document, "moon")
    question = mark(document, *place, make.bob(), kind="question", body="Why?")
    first, _ = actions.reply(to=question, by=make.bob(), body="So.")
    actions.answer(question=question, by=make.bob(), reply=first)
    other = actions.answer(question=question, by=make.bob(), reply=None, answered=False)
    gone(first)
    assert other is not None
    refused(other)


def test_what_was_deleted_for_good_stays_so_when_the_rest_comes_back(document: Document) -> None:
    [water] = codes_named(make.bob(), ["Water"])
    change = coded(document, water)
    undo(change=change, by=make.bob())
    first, second = Annotation.objects.order_by("pk")
    delete_for_good([first.pk])
    redo(change=change, by=make.bob())
    assert list(Annotation.objects.live()) == [second]
    undo(change=change, by=make.bob())
    delete_for_good([second.pk])
    with pytest.raises(NotUndone):
        redo(change=change, by=make.bob())


def test_no_move_is_done_again_over_what_was_written_since(document: Document) -> None:
    private = Layer.objects.private_to(make.bob())
    place = words_of(document, "moon")
    note = mark(document, *place, make.bob(), kind="note", body="Why?", layer=private)
    move = actions.move(annotation=note, by=make.bob(), layer=Layer.objects.public())
    assert move is not None
    undo(change=move, by=make.bob())
    for body in ("A secret.", "For all."):
        edited(note, kind="note", body=body, codes=[])
    with pytest.raises(NotUndone):
        redo(change=move, by=make.bob())
    note.refresh_from_db()
    assert note.layer == private


def test_what_somebody_wrote_to_themselves_is_not_shown_by_undoing_a_move(document: Document) -> None:
    note = mark(document, *words_of(document, "moon"), make.bob(), kind="note", body="Why?")
    private = Layer.objects.private_to(make.bob())
    move = actions.move(annotation=note, by=make.bob(), layer=private)
    assert move is not None
    note.refresh_from_db()
    reply, _ = actions.reply(to=note, by=make.bob(), body="To myself.")
    refused(move)
    actions.delete(annotation=reply, by=make.bob())
    refused(move)
    note.refresh_from_db()
    assert note.layer == private


def test_a_mark_that_was_left_behind_comes_along_when_that_is_undone(document: Document) -> None:
    mark(document, *words_of(document, "by lantern light"), make.bob())
    new = FIRST.replace("by lantern light", "without lantern light")
    revise(document, new, SECOND, THIRD)
    passage = Passage.objects.get(state="changed")
    change = review.leave(passage=passage, by=make.bob())
    revise(document, new, SECOND, THIRD, "And one more.")
    undo(change=change, by=make.bob())
    passage.refresh_from_db()
    document.refresh_from_db()
    assert (passage.state, passage.revision_id) == ("changed", document.current_id)
    assert passage.revision is not None
    assert passage.revision.text[passage.start : passage.end] == passage.exact
