"""People confirm, reject, draw and set right; each verdict counts for whom it may, and can be undone."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client

from reader.annotate import journal
from reader.annotate.models import Change
from reader.annotate.placing import NotPlaced, Place
from reader.annotate.turning import NotUndone
from reader.compare import judging
from reader.compare.judging import NotJudged
from reader.compare.models import Pairing, Parallel, Verdict
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import Role, User
from tests import make
from tests.compare.pair import CITED, CITING, address, between, joined, revise, texts
from tests.compare.pair import cited as cited_text
from tests.compare.pair import citing as citing_text

pytestmark = pytest.mark.django_db

ANYBODY = AnonymousUser()


@pytest.fixture
def pair() -> tuple[Document, Document]:
    return texts()


def analyst(name: str = "ann") -> User:
    return make.user(name, role=Role.ANALYST)


def place(document: Document, words: str) -> Place:
    assert document.current is not None
    start = document.current.text.index(words)
    return Place(start, start + len(words), words)


def draw(by: User, left: Document, right: Document, words: str, other: str, **more: Any) -> Parallel:
    """Join words of the left text to words of the right one."""
    pairing = Pairing.objects.get()
    ends = {left.pk: place(left, words), right.pk: place(right, other)}
    return judging.draw(
        by=by, pairing=pairing, first=ends[pairing.first_id], second=ends[pairing.second_id], **more
    )[0]


def test_a_student_s_verdict_is_for_their_own_eyes(pair: tuple[Document, Document]) -> None:
    judging.judge(parallel=between(*pair, 4, 1), by=make.bob(), says="rejected")
    assert (4, 1) not in joined(make.bob(), *pair)
    assert (4, 1) in joined(ANYBODY, *pair)
    assert (4, 1) in joined(analyst(), *pair)


def test_an_analyst_s_verdict_counts_for_everybody_but_who_says_otherwise(
    pair: tuple[Document, Document],
) -> None:
    parallel = between(*pair, 4, 1)
    judging.judge(parallel=parallel, by=analyst(), says="rejected")
    assert (4, 1) not in joined(ANYBODY, *pair)
    judging.judge(parallel=parallel, by=make.bob(), says="confirmed")
    assert (4, 1) in joined(make.bob(), *pair)
    assert (4, 1) not in joined(ANYBODY, *pair)
    judging.judge(parallel=parallel, by=make.user("ines", role=Role.INSTRUCTOR), says="confirmed")
    # As many for as against: it is shown, with both.
    row = joined(ANYBODY, *pair)[4, 1]
    assert (row.confirmed, row.rejected) == (1, 1)


def test_a_verdict_is_changed_taken_back_and_undone(pair: tuple[Document, Document]) -> None:
    parallel, ann = between(*pair, 4, 1), analyst()
    version = Pairing.objects.get().version
    change = judging.judge(parallel=parallel, by=ann, says="rejected")
    assert change is not None
    assert judging.judge(parallel=parallel, by=ann, says="rejected") is None
    assert judging.judge(parallel=parallel, by=ann, says="confirmed") is not None
    assert Verdict.objects.get().says == "confirmed"
    last = judging.judge(parallel=parallel, by=ann, says="")
    assert not Verdict.objects.exists()
    for expected in ("confirmed", "rejected", None):
        undone = journal.last_change(ann)
        assert undone is not None
        journal.undo(change=undone, by=ann)
        verdict = Verdict.objects.first()
        assert (verdict and verdict.says) == expected
    again = journal.next_change(ann)
    assert again == change
    journal.redo(change=again, by=ann)
    assert Verdict.objects.get().says == "rejected"
    # Whatever is shown of it is made anew each time.
    assert Pairing.objects.get().version == version + 7
    assert last is not None


def test_what_is_said_must_be_a_verdict_on_a_parallel_that_is_there(pair: tuple[Document, Document]) -> None:
    parallel = between(*pair, 4, 1)
    with pytest.raises(NotJudged, match="Confirm it"):
        judging.judge(parallel=parallel, by=make.bob(), says="maybe")
    Parallel.objects.all().delete()
    with pytest.raises(NotJudged, match="compared anew"):
        judging.judge(parallel=parallel, by=make.bob(), says="confirmed")


def test_what_a_student_draws_is_theirs_until_it_is_confirmed(pair: tuple[Document, Document]) -> None:
    parallel = draw(make.bob(), *pair, "damp cupboard", "the pilots went home")
    assert joined(make.bob(), *pair)[1, 2].strength == "drawn"
    assert (1, 2) not in {key for key, row in joined(ANYBODY, *pair).items() if row.strength == "drawn"}
    judging.judge(parallel=parallel, by=analyst(), says="confirmed")
    row = joined(ANYBODY, *pair)[1, 2]
    assert (row.strength, row.by, row.left.exact) == ("drawn", "bob", "damp cupboard")


def test_setting_right_puts_another_in_the_place_of_the_found_one(pair: tuple[Document, Document]) -> None:
    ann, found = analyst(), between(*pair, 4, 1)
    drawn = draw(ann, *pair, "on this monopoly of salt", "The salt monopoly", replaces=found)
    row = joined(ANYBODY, *pair)[4, 1]
    assert (row.pk, row.right.exact, row.confirmed) == (drawn.pk, "The salt monopoly", 1)
    change = journal.last_change(ann)
    assert change is not None
    journal.undo(change=change, by=ann)
    assert joined(ANYBODY, *pair)[4, 1].pk == found.pk
    assert not Verdict.objects.exists()
    assert Passage.objects.count() == 2 * Parallel.objects.count()
    journal.redo(change=change, by=ann)
    assert joined(ANYBODY, *pair)[4, 1].right.exact == "The salt monopoly"


def test_a_drawn_one_knows_its_citation_and_outlives_comparing_again(pair: tuple[Document, Document]) -> None:
    first, _ = pair
    drawn = draw(analyst(), *pair, "borrowed four hundred crowns", "lent the council four hundred")
    assert drawn.citing == "second"
    revise(first, citing_text("A new first paragraph on rope.", *CITING))
    row = joined(ANYBODY, *pair)[3, 3]
    assert (row.pk, row.left.exact) == (drawn.pk, "borrowed four hundred crowns")


def test_the_same_drawn_twice_is_one(pair: tuple[Document, Document]) -> None:
    bob = make.bob()
    once = draw(bob, *pair, "damp cupboard", "the pilots went home")
    assert draw(bob, *pair, "damp cupboard", "the pilots went home") == once
    assert Parallel.objects.filter(strength="drawn").count() == 1


def test_only_passages_of_the_texts_are_joined(pair: tuple[Document, Document]) -> None:
    with pytest.raises(NotPlaced):
        judging.draw(by=make.bob(), pairing=Pairing.objects.get(), first=Place(5, 99_999), second=Place(1, 5))
    assert not Parallel.objects.filter(strength="drawn").exists()


def test_only_who_drew_it_takes_it_away(pair: tuple[Document, Document]) -> None:
    bob = make.bob()
    parallel = draw(bob, *pair, "damp cupboard", "the pilots went home")
    with pytest.raises(NotJudged, match="reject it instead"):
        judging.withdraw(parallel=parallel, by=analyst())
    change = judging.withdraw(parallel=parallel, by=bob)
    assert not Parallel.objects.filter(strength="drawn").exists()
    journal.undo(change=change, by=bob)
    assert joined(bob, *pair)[1, 2].own == "confirmed"


def test_what_others_said_of_a_drawn_parallel_is_not_undone_with_it(pair: tuple[Document, Document]) -> None:
    bob, ann = make.bob(), analyst()
    parallel = draw(bob, *pair, "damp cupboard", "the pilots went home")
    drawn = journal.last_change(bob)
    judging.judge(parallel=parallel, by=ann, says="confirmed")
    assert drawn is not None
    with pytest.raises(NotUndone, match="Others have said"):
        journal.undo(change=drawn, by=bob)
    assert joined(ANYBODY, *pair)[1, 2].pk == parallel.pk
    # What takes it away knows what it takes along.
    gone = judging.withdraw(parallel=parallel, by=bob)
    journal.undo(change=gone, by=bob)
    assert joined(ANYBODY, *pair)[1, 2].confirmed == 1
    judging.judge(parallel=parallel, by=make.user("ines", role=Role.INSTRUCTOR), says="confirmed")
    with pytest.raises(NotUndone, match="Others have said"):
        journal.redo(change=gone, by=bob)
    assert Verdict.objects.filter(parallel=parallel).count() == 3


def test_a_verdict_is_not_done_again_on_a_parallel_that_is_found_no_more(
    pair: tuple[Document, Document],
) -> None:
    _, second = pair
    bob, parallel = make.bob(), between(*pair, 4, 1)
    change = judging.judge(parallel=parallel, by=bob, says="confirmed")
    assert change is not None
    journal.undo(change=change, by=bob)
    revise(second, cited_text(*CITED[1:]))
    assert not Parallel.objects.filter(pk=parallel.pk).exists()
    with pytest.raises(NotUndone, match="no longer there"):
        journal.redo(change=change, by=bob)
    assert not Verdict.objects.exists()


def test_setting_right_by_what_one_drew_before_rejects_the_found_one(pair: tuple[Document, Document]) -> None:
    ann, found = analyst(), between(*pair, 4, 1)
    words = "on this monopoly of salt", "The salt monopoly"
    before = draw(ann, *pair, *words)
    assert draw(ann, *pair, *words, replaces=found) == before
    assert found.verdicts.get().says == "rejected"
    # And what one drew is not rejected by drawing it again.
    assert draw(ann, *pair, *words, replaces=before) == before
    assert before.verdicts.get().says == "confirmed"


def test_who_drew_a_parallel_does_not_lose_it_by_taking_the_verdict_back(
    pair: tuple[Document, Document],
) -> None:
    bob = make.bob()
    parallel = draw(bob, *pair, "damp cupboard", "the pilots went home")
    with pytest.raises(NotJudged, match="take it away, or reject it"):
        judging.judge(parallel=parallel, by=bob, says="")
    assert joined(bob, *pair)[1, 2].pk == parallel.pk


@pytest.mark.django_db(transaction=True)
def test_two_people_say_the_opposite_at_once_and_both_are_heard() -> None:
    first, second = texts()
    parallel = between(first, second, 4, 1)
    people = [analyst("ann"), make.user("ines", role=Role.INSTRUCTOR)] * 4
    answers: list[int] = []

    def saying(person: User, says: str) -> Callable[[], None]:
        client = Client()
        client.force_login(person)

        def say() -> None:
            path = address(first, second, "judge", parallel.pk)
            answers.append(client.post(path, {"says": says}, headers={"HX-Request": "true"}).status_code)
            connection.close()

        return say

    acts = [saying(person, ("confirmed", "rejected")[place % 2]) for place, person in enumerate(people)]
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * len(acts)
    said = dict(Verdict.objects.values_list("person__username", "says"))
    assert said == {"ann": "confirmed", "ines": "rejected"}
    assert Change.objects.count() == 2
