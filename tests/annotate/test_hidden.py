"""What is marked on a text stays where its author knew it while that text is hidden from them."""

import pytest

from reader.annotate.models import Annotation, Shade
from reader.library.actions import keep, set_public
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import User
from tests import make
from tests.annotate.marked import mark, words_of

pytestmark = pytest.mark.django_db

WORDS = "The tide rose over the quay, and nobody had seen it come."


@pytest.fixture
def document() -> Document:
    """A public text of cora's, who is no staff."""
    return make.document(make.parsed("On Tides", make.paragraph(WORDS)), by=make.user("cora"))


def revise(document: Document, title: str, words: str) -> None:
    """Keep this as its next revision."""
    made = make.parsed(title, make.paragraph(words))
    keep(parsed=made, source=words.encode(), name="t.md", by=None, revises=document)
    document.refresh_from_db()


def marked(document: Document, by: User) -> Annotation:
    return mark(document, *words_of(document, "rose over the quay"), by)


def place(annotation: Annotation) -> Passage:
    return annotation.passages.select_related("revision").get()


def test_it_stays_while_the_text_is_hidden_and_comes_along_when_it_is_shown_again(document: Document) -> None:
    of_bob = marked(document, make.bob())
    of_others = [marked(document, person) for person in (document.owner, make.alice()) if person]
    set_public(document=document, public=False)
    revise(document, "The Hidden Title", "Now the tide rose over the quay, and a spy had seen it come.")
    revise(document, "The Hidden Title", "Now and then the tide rose over the quay, and spies saw it.")
    there = place(of_bob)
    assert (there.revision and there.revision.number, there.title) == (1, "On Tides")
    assert "spy" not in there.suffix
    # Whoever may read it has their marks where it is now.
    assert {place(one).revision_id for one in of_others} == {document.current_id}
    set_public(document=document, public=True)
    there = place(of_bob)
    assert (there.revision_id, there.state) == (document.current_id, "kept")
    assert there.former_places.get().revision.number == 1
    drawn = Shade.objects.get(revision=document.current, marks__gt=0)
    assert of_bob.pk in [row[2] for row in drawn.ranges] or drawn.counts


def test_on_a_text_without_an_owner_it_stays_the_same(document: Document) -> None:
    of_bob = marked(document, make.bob())
    Document.objects.update(owner=None, is_public=False)
    revise(document, "The Hidden Title", "Now the tide rose over the quay.")
    assert place(of_bob).revision_id != document.current_id
