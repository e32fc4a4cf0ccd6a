"""What is found is kept beside what people drew or said, and neither takes the other's place."""

import pytest
from django.contrib.auth.models import AnonymousUser

from reader.compare import judging
from reader.compare.finding import find
from reader.compare.models import Pairing, Parallel
from reader.compare.pairing import pair
from reader.people.models import Role, User
from tests import make
from tests.compare.pair import CITED, CITING, between, cited, citing, joined, revise, rows, texts
from tests.compare.test_judging import draw

pytestmark = pytest.mark.django_db

ANYBODY = AnonymousUser()


def ann() -> User:
    return make.user("ann", role=Role.ANALYST)


def test_what_a_student_drew_does_not_keep_others_from_what_is_found() -> None:
    first, second = texts()
    Parallel.objects.all().delete()
    draw(make.bob(), first, second, "Every barge", "The salt monopoly")
    find(Pairing.objects.get().pk)
    assert joined(ANYBODY, first, second)[4, 1].strength in ("strong", "likely")
    assert joined(make.bob(), first, second)[4, 1].strength == "drawn"


def test_what_a_student_drew_does_not_hold_what_is_found_as_it_was() -> None:
    first, second = texts()
    draw(make.bob(), first, second, "Every barge", "The salt monopoly")
    before = joined(ANYBODY, first, second)[4, 1]
    revise(second, cited(CITED[0].replace("salt monopoly", "wool trade"), *CITED[1:]))
    now = joined(ANYBODY, first, second)[4, 1]
    assert now.score < before.score
    assert "salt" not in now.evidence


def test_a_drawn_one_keeps_its_own_citation_when_the_texts_are_compared_again() -> None:
    first, second = texts()
    drawn = draw(ann(), first, second, "borrowed four hundred crowns", "The salt monopoly")
    assert drawn.citing == "second"
    find(Pairing.objects.get().pk)
    drawn.refresh_from_db()
    assert drawn.citing == "second"
    # And it learns of one: the sentence of the same words cites nothing any more.
    words = CITING[1] + " It cost them dear."
    revise(first, citing(CITING[0], words, *CITING[2:]))
    drawn.refresh_from_db()
    assert drawn.citing == ""


def test_paragraphs_that_become_one_have_one_parallel() -> None:
    second = make.document(cited())
    halves = CITING[3].split(": ")
    first = make.document(citing(*CITING[:3], halves[0] + ".", halves[1].capitalize()))
    find(pair(first, second).pk)
    assert {(4, 1), (5, 1)} <= set(joined(ANYBODY, first, second))
    revise(first, citing(*CITING))
    both = [row for row in rows(ANYBODY, first, second) if (row.left.number, row.right.number) == (4, 1)]
    assert len(both) == 1


def test_one_that_was_confirmed_is_told_to_be_faint_in_long_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = texts()
    judging.judge(parallel=between(first, second, 4, 1), by=ann(), says="confirmed")
    monkeypatch.setattr("reader.compare.keeping.FAINT_AT_MOST", 1)
    monkeypatch.setattr("reader.compare.scoring.LIKELY", 2)
    monkeypatch.setattr("reader.compare.scoring.STRONG", 2)
    find(Pairing.objects.get().pk)
    assert joined(ANYBODY, first, second)[4, 1].strength == "faint"
    assert set(joined(ANYBODY, first, second)) == {(4, 1), (2, 3)}
