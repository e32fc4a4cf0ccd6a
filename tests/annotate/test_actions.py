"""What readers do with annotations, each act written down."""

from typing import Any

import pytest

from reader.annotate import actions
from reader.annotate.actions import EditConflict, NotDone
from reader.annotate.codes import codes_named
from reader.annotate.history import versions
from reader.annotate.journal import undo
from reader.annotate.models import Annotation, Change, Layer, Meaning, Notice
from reader.library.models import Document
from reader.people.models import User
from tests import make
from tests.annotate.marked import mark

pytestmark = pytest.mark.django_db

Kind = Annotation.Kind


@pytest.fixture
def document() -> Document:
    """A public text of alice's."""
    return make.document(make.parsed("On Tides", make.paragraph("The tide rose over the quay.")))


@pytest.fixture
def note(document: Document) -> Annotation:
    """bob's note for everybody."""
    return mark(document, 9, 17, make.bob(), kind=Kind.NOTE, body="First.")


def edit(annotation: Annotation, by: User | None = None, **changed: Any) -> Change | None:
    """Edit an annotation as a form with its present values would, but for what is changed."""
    annotation.refresh_from_db()
    values: dict[str, Any] = {
        "version": annotation.version,
        "body": annotation.body,
        "kind": annotation.kind,
        "meaning": annotation.meaning,
        "codes": [tag.code for tag in annotation.tags.all()],
        "layer": annotation.layer,
        **changed,
    }
    change = actions.edit(annotation=annotation, by=by or make.bob(), **values)[1]
    annotation.refresh_from_db()
    return change


def test_a_mark_is_written_down_with_its_words_counted(note: Annotation) -> None:
    change = Change.objects.get()
    assert (change.actor, change.said) == (make.bob(), "Note kept, 2 words.")
    assert change.ops == [["Annotation", note.pk, None, {}]]


def test_an_edit_keeps_what_was_there_before(note: Annotation) -> None:
    change = edit(note, body="Second.")
    assert change is not None
    assert note.html == "<p>Second.</p>"
    assert note.edited_at is not None
    (op,) = change.ops
    assert (op[2]["body"], op[3]["body"]) == ("First.", "Second.")


def test_an_edit_that_changes_nothing_is_none(note: Annotation) -> None:
    assert edit(note) is None
    assert note.version == 1


def test_an_edit_of_what_was_edited_meanwhile_is_told_with_what_it_says_now(note: Annotation) -> None:
    edit(note, body="Second.")
    with pytest.raises(EditConflict) as told:
        edit(note, body="Third.", version=1)
    assert told.value.current.body == "Second."
    assert note.body == "Second."


def test_other_codes_alone_are_an_edit_too(note: Annotation) -> None:
    codes = codes_named(make.bob(), ["Water", "Salt"])
    edit(note, codes=codes)
    assert note.version == 2
    assert note.look == codes[0].look
    assert list(note.codes.order_by("tags__position")) == codes
    edit(note, codes=codes[::-1])
    assert note.version > 2
    assert list(note.codes.order_by("tags__position")) == codes[::-1]


def test_a_look_follows_the_first_code_else_the_meaning(document: Document) -> None:
    meaning = Meaning.objects.for_choice(make.bob())[2]
    highlight = mark(document, 9, 12, make.bob(), meaning=meaning)
    assert highlight.look == "hue-3 pattern-3"
    (code,) = codes_named(make.bob(), ["Water"])
    edit(highlight, codes=[code])
    assert highlight.look == code.look
    edit(highlight, codes=[])
    assert highlight.look == "hue-3 pattern-3"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"body": " "}, "write some words"),
        ({"kind": Kind.TAG}, "Choose a code"),
        ({"kind": Kind.REPLY}, "stays a reply"),
    ],
)
def test_an_edit_that_leaves_nothing_is_refused(note: Annotation, changed: dict[str, Any], told: str) -> None:
    with pytest.raises(NotDone, match=told):
        edit(note, **changed)


def test_what_is_deleted_goes_with_its_replies_and_comes_back_with_them(note: Annotation) -> None:
    reply, _ = actions.reply(to=note, by=make.alice(), body="Oh.")
    actions.delete(annotation=note, by=make.bob())
    assert not Annotation.objects.live().exists()
    assert actions.delete(annotation=note, by=make.bob()) is None
    actions.restore(annotation=note, by=make.bob())
    assert set(Annotation.objects.live()) == {note, reply}
    assert actions.restore(annotation=note, by=make.bob()) is None


def test_a_reply_tells_everybody_in_the_thread_but_who_wrote_it(note: Annotation) -> None:
    first, _ = actions.reply(to=note, by=make.alice(), body="Oh.")
    assert set(Notice.objects.values_list("person__username", "reply")) == {("bob", first.pk)}
    second, _ = actions.reply(to=first, by=make.user("charlie"), body="Ah.")
    assert second.parent == note
    told = set(Notice.objects.filter(reply=second).values_list("person__username", flat=True))
    assert told == {"alice", "bob"}


def test_a_reply_sent_twice_is_kept_once(note: Annotation) -> None:
    first, change = actions.reply(to=note, by=make.alice(), body="Oh.", token="t")
    again, none = actions.reply(to=note, by=make.alice(), body="Oh.", token="t")
    assert change is not None
    assert (again, none) == (first, None)


def test_nobody_answers_what_was_deleted_or_made_private_meanwhile(note: Annotation) -> None:
    open_page = Annotation.objects.get(pk=note.pk)
    actions.move(annotation=note, by=make.bob(), layer=Layer.objects.private_to(make.bob()))
    with pytest.raises(NotDone):
        actions.reply(to=open_page, by=make.alice(), body="Oh.")
    actions.reply(to=open_page, by=make.bob(), body="To myself.")
    actions.delete(annotation=note, by=make.bob())
    with pytest.raises(NotDone):
        actions.reply(to=open_page, by=make.bob(), body="To myself.")


def test_replies_move_with_what_they_answer(note: Annotation) -> None:
    reply, _ = actions.reply(to=note, by=make.alice(), body="Oh.")
    change = actions.move(annotation=note, by=make.bob(), layer=Layer.objects.private_to(make.bob()))
    reply.refresh_from_db()
    assert change is not None
    assert reply.layer == Layer.objects.private_to(make.bob())
    assert not Annotation.objects.visible_to(make.user("charlie")).exists()
    # Who wrote it still has it.
    assert reply in Annotation.objects.visible_to(make.alice())


def test_a_reply_can_be_rewritten_while_what_it_answers_moves(note: Annotation) -> None:
    reply, _ = actions.reply(to=note, by=make.alice(), body="Oh.")
    actions.move(annotation=note, by=make.bob(), layer=Layer.objects.private_to(make.bob()))
    reply.refresh_from_db()
    assert reply.version == 1


def test_a_question_is_answered_by_one_of_its_replies(document: Document, note: Annotation) -> None:
    question = mark(document, 9, 12, make.bob(), kind=Kind.QUESTION, body="Why?")
    reply, _ = actions.reply(to=question, by=make.alice(), body="So.")
    assert actions.answer(question=question, by=make.bob(), reply=reply) is not None
    question.refresh_from_db()
    assert question.answer == reply
    assert question.answered_at is not None
    assert actions.answer(question=question, by=make.bob(), reply=reply) is None
    actions.answer(question=question, by=make.bob(), reply=None, answered=False)
    assert Annotation.objects.filter(pk=question.pk, answer=None, answered_at=None).exists()
    with pytest.raises(NotDone):
        actions.answer(question=note, by=make.bob(), reply=None)
    with pytest.raises(NotDone):
        actions.answer(question=question, by=make.bob(), reply=note)


def test_a_passage_is_marked_as_noted_once_others_may_read_there(document: Document) -> None:
    highlight = mark(document, 9, 12, make.bob(), layer=Layer.objects.private_to(make.bob()))
    assert not highlight.passages.get().noted
    edit(highlight, layer=Layer.objects.public())
    assert not highlight.passages.get().noted
    edit(highlight, body="Words.")
    assert highlight.passages.get().noted


def test_a_history_has_every_wording_the_first_first(note: Annotation) -> None:
    edit(note, body="Second one.")
    edit(note, kind=Kind.QUESTION)
    edit(note, body="Third one.")
    told = versions(note, make.bob())
    assert [version.body for version in told] == ["First.", "Second one.", "Third one."]
    assert [(p.kind, p.words) for p in told[2].pieces] == [
        ("old", "Second"),
        ("new", "Third"),
        ("same", " one."),
    ]


def test_a_history_tells_others_nothing_of_what_was_private(document: Document) -> None:
    note = mark(
        document, 9, 17, make.bob(), kind=Kind.NOTE, body="Draft.", layer=Layer.objects.private_to(make.bob())
    )
    edit(note, body="Better draft.")
    edit(note, layer=Layer.objects.public())
    edit(note, body="Said.")
    assert [version.body for version in versions(note, make.user("charlie"))] == ["Better draft.", "Said."]
    assert len(versions(note, make.bob())) == 3


def test_a_history_knows_what_was_taken_back(note: Annotation) -> None:
    change = edit(note, body="Second.")
    assert change is not None
    undo(change=change, by=make.bob())
    note.refresh_from_db()
    assert [version.body for version in versions(note, make.bob())] == ["First.", "Second.", "First."]
