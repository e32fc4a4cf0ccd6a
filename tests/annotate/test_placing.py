"""A place is believed where the text agrees, and told to be none where it does not."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from reader.annotate.placing import LONGEST, NotPlaced, Place, passages_at, revision_of
from reader.library.models import Document, Revision
from reader.library.passages import CONTEXT
from tests import make

pytestmark = pytest.mark.django_db

WORDS = "The tide 🌊 rose; e\u0301 and שלום stood\tby the quay."


@pytest.fixture
def document() -> Document:
    """A text with characters of every width."""
    return make.document(make.parsed("On Tides", make.paragraph(WORDS), make.paragraph("A second one.")))


def placed(document: Document, start: int, end: int, exact: str = "") -> tuple[int, int, str]:
    """Where the passage is that this place means."""
    (passage,) = passages_at(document, revision_of(document, None), [Place(start, end, exact)])
    return passage.start, passage.end, passage.exact


def test_a_passage_knows_what_stands_around_it(document: Document) -> None:
    text = Revision.objects.get().text
    start = text.index("rose")
    (passage,) = passages_at(document, revision_of(document, 1), [Place(start, start + 4, "rose")])
    assert passage.exact == "rose"
    assert passage.prefix == text[max(0, start - CONTEXT) : start]
    assert passage.suffix == text[start + 4 : start + 4 + CONTEXT]


def test_white_space_at_its_ends_is_left_out(document: Document) -> None:
    assert placed(document, 12, 18) == (13, 17, "tide")


def test_a_quote_agrees_whatever_its_white_space(document: Document) -> None:
    start = Revision.objects.get().text.index("stood")
    assert placed(document, start, start + 8, "stood  \r\n by")[2] == "stood\tby"


@pytest.mark.parametrize(
    ("start", "end", "exact"),
    [(5, 5, ""), (9, 5, ""), (-1, 5, ""), (0, 10**6, ""), (8, 9, ""), (9, 12, "the"), (0, LONGEST + 1, "")],
)
def test_what_is_no_place_is_told(document: Document, start: int, end: int, exact: str) -> None:
    with pytest.raises(NotPlaced, match=r"Choose|Open it again"):
        placed(document, start, end, exact)


def test_a_revision_that_is_not_there_is_told(document: Document) -> None:
    with pytest.raises(NotPlaced, match="no such revision"):
        revision_of(document, 2)


def test_a_place_in_a_book_does_not_read_the_book(
    document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2) as asked:
        placed(document, 9, 12)
    assert all('"reader_revision"."source"' not in query["sql"] for query in asked.captured_queries)
    assert "SUBSTR" in asked.captured_queries[-1]["sql"].upper()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-3, 70), st.integers(-3, 70))
def test_every_place_is_the_words_that_stand_there_or_none(document: Document, start: int, end: int) -> None:
    text = Revision.objects.values_list("text", flat=True).get()
    try:
        first, last, exact = placed(document, start, end)
    except NotPlaced:
        assert not (0 <= start < end <= len(text) and text[start:end].strip())
        return
    assert start <= first < last <= end
    assert text[first:last] == exact == text[start:end].strip()
