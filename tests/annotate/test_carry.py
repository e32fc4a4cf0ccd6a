"""A text is revised, and the marks on it come along."""

from typing import Any

import pytest

from reader.annotate import actions, carry
from reader.annotate.models import Annotation, Layer
from reader.annotate.placing import Place, revision_of
from reader.library.actions import delete, keep
from reader.library.models import Document
from reader.library.passages import FormerPlace, Passage
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db

FIRST = "The tide mill at the quay turned all night by lantern light, and the miller counted its turns."
SECOND = "A gull stood on every rope of the harbour and looked at the salt that nobody had carried in."
THIRD = "Below the weir the moon lay in the water like a plate that somebody had put down and forgotten."
TITLE = "On Tides"


def text(*paragraphs: str, **facts: Any) -> Any:
    return make.parsed(TITLE, *(make.paragraph(words) for words in paragraphs), **facts)


def revise(document: Document, *paragraphs: str, **facts: Any) -> None:
    made = text(*paragraphs, **facts)
    keep(parsed=made, source=repr(made).encode(), name="text.md", by=None, revises=document)
    document.refresh_from_db()


def mark(document: Document, words: str, *, by: User | None = None, number: int | None = None) -> Passage:
    """A note on these words of the text."""
    by = by or make.bob()
    revision = revision_of(document, number)
    whole = document.revisions.get(pk=revision.pk).text
    start = whole.index(words)
    annotation, _ = actions.annotate(
        by=by,
        document=document,
        revision=revision,
        places=[Place(start, start + len(words), words)],
        kind=Annotation.Kind.NOTE,
        layer=Layer.objects.public(),
        body="Look here.",
    )
    return annotation.passages.get()


def test_a_mark_on_words_that_stayed_is_kept_where_they_are_now() -> None:
    document = make.document(text(FIRST, SECOND, THIRD))
    passage = mark(document, "on every rope of the harbour")
    revise(document, "A new beginning that was not there before this day.", THIRD, SECOND)
    passage.refresh_from_db()
    assert document.current is not None
    assert (passage.state, passage.revision_id) == ("kept", document.current_id)
    assert (
        document.current.text[passage.start : passage.end] == passage.exact == "on every rope of the harbour"
    )
    assert (passage.prefix + passage.exact + passage.suffix) in document.current.text


def test_the_older_revision_still_knows_where_the_mark_was() -> None:
    document = make.document(text(FIRST, SECOND))
    passage = mark(document, "turned all night")
    old = passage.revision
    revise(document, SECOND, FIRST)
    former = FormerPlace.objects.get()
    assert old is not None
    assert (former.passage_id, former.revision_id) == (passage.pk, old.pk)
    assert old.text[former.start : former.end] == "turned all night"


def test_a_mark_whose_wording_changed_waits_for_a_person() -> None:
    document = make.document(text(FIRST, SECOND))
    passage = mark(document, "turned all night by lantern light, and the miller counted")
    revise(document, FIRST.replace("by lantern light", "without any light"), SECOND)
    passage.refresh_from_db()
    assert passage.state == "changed"
    assert passage.exact == "turned all night without any light, and the miller counted"


def test_a_mark_whose_paragraph_was_deleted_stays_on_the_revision_that_had_it() -> None:
    document = make.document(text(FIRST, SECOND, THIRD))
    passage = mark(document, "on every rope")
    old = passage.revision_id
    revise(document, FIRST, THIRD)
    passage.refresh_from_db()
    assert (passage.state, passage.revision_id, passage.exact) == ("unplaced", old, "on every rope")
    assert not FormerPlace.objects.exists()


def test_a_mark_that_was_unplaced_is_kept_again_where_its_paragraph_comes_back() -> None:
    document = make.document(text(FIRST, SECOND, THIRD))
    passage = mark(document, "on every rope")
    revise(document, FIRST, THIRD)
    revise(document, THIRD, FIRST, SECOND)
    passage.refresh_from_db()
    assert (passage.state, passage.revision_id) == ("kept", document.current_id)


def test_a_changed_mark_stays_to_be_confirmed_through_further_revisions() -> None:
    document = make.document(text(FIRST, SECOND))
    passage = mark(document, "turned all night by lantern light, and the miller counted")
    edited = FIRST.replace("by lantern light", "without any light")
    revise(document, edited, SECOND)
    revise(document, SECOND, edited)
    passage.refresh_from_db()
    assert (passage.state, passage.revision_id) == ("changed", document.current_id)


def test_a_mark_left_on_an_older_revision_is_not_asked_about_again() -> None:
    document = make.document(text(FIRST, SECOND))
    passage = mark(document, "turned all night")
    Passage.objects.update(state="left")
    old = passage.revision_id
    revise(document, SECOND, FIRST)
    passage.refresh_from_db()
    assert (passage.state, passage.revision_id) == ("left", old)


def test_a_mark_made_on_an_older_revision_comes_along_at_once() -> None:
    document = make.document(text(FIRST, SECOND))
    revise(document, SECOND, FIRST)
    passage = mark(document, "turned all night", number=1)
    carry.bring(document=document, passages=[passage])
    passage.refresh_from_db()
    assert (passage.state, passage.revision_id) == ("kept", document.current_id)
    assert FormerPlace.objects.count() == 1


def test_a_mark_in_a_footnote_comes_along() -> None:
    note = make.note("1", "See the ledger of the barge, third page, where the lantern is priced.")
    document = make.document(text(FIRST, notes=(note,)))
    passage = mark(document, "third page, where the lantern")
    revise(document, SECOND, FIRST, notes=(note,))
    passage.refresh_from_db()
    assert (passage.state, passage.exact) == ("kept", "third page, where the lantern")


def test_the_forecast_is_what_then_happens() -> None:
    document = make.document(text(FIRST, SECOND, THIRD))
    passages = [
        mark(document, "turned all night"),
        mark(document, "a plate that somebody had put down and forgotten", by=make.alice()),
        mark(document, "on every rope"),
    ]
    after = (FIRST, THIRD.replace("somebody", "an old woman"))
    told = carry.forecast(document=document, parsed=text(*after))
    assert not FormerPlace.objects.exists()
    revise(document, *after)
    states = [Passage.objects.get(pk=passage.pk).state for passage in passages]
    assert states == ["kept", "changed", "unplaced"]
    assert (told.kept, told.changed, told.unplaced, told.people) == (1, 1, 1, 2)


def test_a_thousand_marks_cost_no_more_queries_than_ten(django_assert_max_num_queries: Any) -> None:
    words = [" ".join(make.sentence(number + part) for part in range(3)) for number in range(60)]
    document = make.document(text(*words))
    revision = revision_of(document, None)
    whole = document.revisions.get().text
    person, layer = make.bob(), Layer.objects.public()
    for number in range(200):
        start = len(TITLE) + 1 + number * 31
        actions.annotate(
            by=person,
            document=document,
            revision=revision,
            places=[Place(start, min(start + 40, len(whole)))],
            kind="highlight",
            layer=layer,
        )
    made = text(*reversed(words))
    with django_assert_max_num_queries(60):
        keep(parsed=made, source=b"reversed", name="text.md", by=None, revises=document)
    assert Passage.objects.filter(revision__number=2).count() > 150


def test_a_deleted_text_takes_no_words_of_its_readers_along() -> None:
    document = make.document(text(FIRST, SECOND))
    mark(document, "turned all night")
    delete(document=document)
    passage = Passage.objects.get()
    assert (passage.document_id, passage.revision_id, passage.exact) == (None, None, "turned all night")
    assert Annotation.objects.visible_to(make.bob()).count() == 1
    assert not Annotation.objects.visible_to(make.alice()).exists()
