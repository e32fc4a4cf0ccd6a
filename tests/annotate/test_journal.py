"""Everything that is done can be undone, and done again, unless somebody built on it."""

from typing import Any

import pytest

from reader.annotate import actions
from reader.annotate.codes import codes_named
from reader.annotate.journal import last_change, next_change, redo, undo
from reader.annotate.models import Annotation, Change, Layer, Meaning
from reader.annotate.turning import NotUndone
from reader.library.models import Document
from tests import make
from tests.annotate.marked import mark
from tests.annotate.test_actions import edit

pytestmark = pytest.mark.django_db

Kind = Annotation.Kind


@pytest.fixture
def note() -> Annotation:
    """bob's note for everybody, on a text of alice's."""
    document = make.document(make.parsed("On Tides", make.paragraph("The tide rose over the quay.")))
    return mark(document, 9, 17, make.bob(), kind=Kind.NOTE, body="First.")


def state(annotation: Annotation) -> dict[str, Any]:
    """What of an annotation undo has to give back; whether it was deleted or moved, not when."""
    annotation.refresh_from_db()
    left_out = ("version", "deleted_at", "laid_at")
    fields = {f.attname: getattr(annotation, f.attname) for f in annotation._meta.concrete_fields}
    codes = list(annotation.tags.order_by("position").values_list("code", "position"))
    there = annotation.deleted_at is None
    return {name: value for name, value in fields.items() if name not in left_out} | {"c": codes, "t": there}


def to_private(note: Annotation) -> Change | None:
    return actions.move(annotation=note, by=make.bob(), layer=Layer.objects.private_to(make.bob()))


def delete(note: Annotation) -> Change | None:
    return actions.delete(annotation=note, by=make.bob())


def tag(note: Annotation) -> Change | None:
    return edit(note, codes=codes_named(make.bob(), ["Water", "Salt"]))


def untag(note: Annotation) -> Change | None:
    edit(note, codes=codes_named(make.bob(), ["Water", "Salt"]))
    return edit(note, codes=codes_named(make.bob(), ["Salt"]))


def ask(note: Annotation) -> Change | None:
    return edit(note, kind=Kind.QUESTION, body="Why?", meaning=Meaning.objects.for_choice(make.bob())[1])


def answer(note: Annotation) -> Change | None:
    edit(note, kind=Kind.QUESTION)
    return actions.answer(question=note, by=make.bob(), reply=None)


@pytest.mark.parametrize("act", [to_private, delete, tag, untag, ask, answer])
def test_an_act_is_undone_and_done_again(note: Annotation, act: Any) -> None:
    states = [state(note)]
    if act in (untag, answer):
        # These do two things, of which the second is undone.
        act(note)
        change = last_change(make.bob())
        assert change is not None
        after = state(note)
        undo(change=change, by=make.bob())
        assert state(note) != after
        redo(change=change, by=make.bob())
        assert state(note) == after
        return
    change = act(note)
    assert change is not None
    states.append(state(note))
    assert states[0] != states[1]
    undo(change=change, by=make.bob())
    assert state(note) == states[0]
    redo(change=change, by=make.bob())
    assert state(note) == states[1]


def test_all_that_was_done_is_undone_step_by_step(note: Annotation) -> None:
    edit(note, body="Second.")
    edit(note, body="Third.")
    bodies = []
    while change := last_change(make.bob()):
        undo(change=change, by=make.bob())
        note.refresh_from_db()
        bodies.append(note.body if note.deleted_at is None else "")
    assert bodies == ["Second.", "First.", ""]
    while change := next_change(make.bob()):
        redo(change=change, by=make.bob())
    note.refresh_from_db()
    assert note.body == "Third."
    assert note.deleted_at is None


def test_after_something_new_nothing_is_done_again(note: Annotation) -> None:
    change = edit(note, body="Second.")
    assert change is not None
    undo(change=change, by=make.bob())
    edit(note, body="Another.")
    assert next_change(make.bob()) is None


def test_what_was_changed_since_is_not_undone_over_it(note: Annotation) -> None:
    change = edit(note, body="Second.")
    assert change is not None
    edit(note, body="Third.")
    with pytest.raises(NotUndone, match="undo the later change first"):
        undo(change=change, by=make.bob())
    note.refresh_from_db()
    assert note.body == "Third."


def test_nobody_undoes_what_somebody_else_did(note: Annotation) -> None:
    change = last_change(make.bob())
    assert change is not None
    with pytest.raises(NotUndone, match="Only the person"):
        undo(change=change, by=make.alice())
    assert last_change(make.alice()) is None


def test_nothing_is_undone_or_done_again_twice(note: Annotation) -> None:
    change = last_change(make.bob())
    assert change is not None
    undo(change=change, by=make.bob())
    with pytest.raises(NotUndone, match="already"):
        undo(change=change, by=make.bob())
    redo(change=change, by=make.bob())
    with pytest.raises(NotUndone, match="not undone"):
        redo(change=change, by=make.bob())


def test_an_undone_reply_is_gone_and_the_thread_stays(note: Annotation) -> None:
    _, change = actions.reply(to=note, by=make.alice(), body="Oh.")
    assert change is not None
    undo(change=change, by=make.alice())
    assert list(Annotation.objects.live()) == [note]


def test_an_edit_elsewhere_is_told_also_after_an_undo(note: Annotation) -> None:
    version = note.version
    change = edit(note, body="Second.")
    assert change is not None
    undo(change=change, by=make.bob())
    with pytest.raises(actions.EditConflict):
        edit(note, body="Third.", version=version)


def test_undoing_what_was_made_on_a_deleted_text_does_no_harm(note: Annotation) -> None:
    Document.objects.all().delete()
    change = last_change(make.bob())
    assert change is not None
    undo(change=change, by=make.bob())
    note.refresh_from_db()
    assert note.deleted_at is not None
