"""People judge, draw and claim while texts are compared, revised and deleted: no error, nothing lost."""

from collections.abc import Callable

import pytest
from django.test import Client

from reader.annotate.models import Annotation
from reader.compare.finding import find
from reader.compare.models import Pairing, Parallel, Verdict
from reader.compare.pairing import pair
from reader.library.actions import delete, keep
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import Role, User
from tests import make
from tests.compare.pair import CITING, address, between, citing, texts
from tests.library.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 6
PART = {"HX-Request": "true"}
Act = Callable[[int], int | None]


def client_of(person: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    return client


def joining(first: Document, second: Document, words: str, other: str) -> dict[str, str]:
    """What a form sends that joins these words of the first revisions of both texts."""
    sent: dict[str, str] = {}
    for side, document, said in (("left", first, words), ("right", second, other)):
        revision = document.revisions.earliest("number")
        start = revision.text.index(said)
        sent |= {f"{side}_start": str(start), f"{side}_end": str(start + len(said))}
        sent[f"{side}_revision"] = str(revision.number)
    return sent


def again(act: Act) -> Callable[[], list[int | None]]:
    """An act so many times."""
    return lambda: [act(number) for number in range(TIMES)]


def comparing(first: Document, second: Document) -> Act:
    key = pair(first, second).pk

    def act(number: int) -> None:
        find(key)

    return act


def revising(document: Document) -> Act:
    def act(number: int) -> None:
        made = citing(f"Number {number} stands here now, on lamps.", *CITING)
        keep(parsed=made, source=str(number).encode(), name="t.md", by=None, revises=document)

    return act


def posting(person: User, path: str, *forms: dict[str, str]) -> Act:
    """Send one form after the other, and give the status of the answer."""
    client = client_of(person)
    return lambda number: client.post(path, forms[number % len(forms)], headers=PART).status_code


def undoing(person: User) -> Act:
    """Take back what this person did, and do it again."""
    client = client_of(person)
    return lambda number: client.post(f"/changes/{('undo', 'redo')[number % 2]}/", headers=PART).status_code


def test_people_judge_and_draw_while_the_texts_are_compared_and_revised() -> None:
    first, second = texts()
    ann, ines = make.user("ann", role=Role.ANALYST), make.user("ines", role=Role.INSTRUCTOR)
    judge = address(first, second, "judge", between(first, second, 4, 1).pk)
    verdicts = [{"says": says} for says in ("confirmed", "rejected", "")]
    sent = joining(first, second, "paper in a damp cupboard", "the pilots went home")
    drawn = [sent | {"left_end": str(int(sent["left_end"]) - less)} for less in range(TIMES)]
    results = at_once(
        again(comparing(first, second)),
        again(revising(first)),
        again(posting(ann, judge, *verdicts)),
        again(posting(ines, judge, *verdicts)),
        again(posting(ann, address(first, second, "draw"), *drawn)),
        again(posting(ines, address(first, second, "draw"), *drawn)),
        again(undoing(ann)),
    )
    # A parallel that nobody judges any more may be found no more.
    assert {status for each in results[2:4] for status in each} <= {200, 404, 422}
    assert {status for each in results[4:6] for status in each} == {200}
    assert set(results[6]) <= {200, 422}
    find(Pairing.objects.get().pk)
    assert Pairing.objects.get().state == "found"
    assert Passage.objects.count() == 2 * Parallel.objects.count()
    assert Parallel.objects.filter(strength="drawn", by=ines).count() == TIMES


def test_a_text_is_deleted_while_it_is_compared_judged_joined_and_claimed_about() -> None:
    first, second = texts()
    ann = make.user("ann", role=Role.ANALYST)
    judge = address(first, second, "judge", between(first, second, 4, 1).pk)
    sent = joining(first, second, "paper in a damp cupboard", "the pilots went home")
    claim = sent | {"relation": "agrees", "layer": "public"}

    def deleting(number: int) -> None:
        if number == 0:
            delete(document=second)

    results = at_once(
        again(comparing(first, second)),
        again(posting(ann, judge, {"says": "confirmed"}, {"says": "rejected"})),
        again(posting(make.user("ines", role=Role.INSTRUCTOR), address(first, second, "draw"), sent)),
        again(posting(make.bob(), f"/facing/{first.slug}/{second.slug}/claims/new/", claim)),
        again(posting(make.user("dora"), address(first, second, "find"), {})),
        again(deleting),
    )
    assert {status for each in results[1:5] for status in each} <= {200, 201, 302, 404, 422}
    assert not Pairing.objects.exists()
    assert not Verdict.objects.exists()
    claims = Annotation.objects.filter(kind="claim")
    # What was claimed before is kept with its words.
    assert [one.passages.filter(document=None).count() for one in claims] == [1] * claims.count()
    assert Passage.objects.count() == 2 * claims.count()


def test_two_people_set_the_same_parallel_right_at_once() -> None:
    first, second = texts()
    people = [make.user("ann", role=Role.ANALYST), make.user("ines", role=Role.INSTRUCTOR)]
    found = between(first, second, 4, 1)
    sent = joining(first, second, "on this monopoly of salt", "The salt monopoly")
    form = sent | {"replaces": str(found.pk)}
    results = at_once(*[again(posting(person, address(first, second, "draw"), form)) for person in people])
    assert results == [[200] * TIMES] * 2
    assert Parallel.objects.filter(strength="drawn", replaces=found).count() == 2
    assert set(found.verdicts.values_list("says", flat=True)) == {"rejected"}


def test_the_same_claim_sent_twice_in_the_same_moment_is_one() -> None:
    first, second = texts()
    sent = joining(first, second, "paper in a damp cupboard", "the pilots went home")
    form = sent | {"relation": "agrees", "token": "once", "new_code": "Water / Tides", "layer": "public"}
    act = posting(make.bob(), f"/facing/{first.slug}/{second.slug}/claims/new/", form)
    results = at_once(*[again(act)] * 4)
    statuses = [status for each in results for status in each]
    assert (statuses.count(201), statuses.count(200)) == (1, 4 * TIMES - 1)
    assert Annotation.objects.get().passages.count() == 2


def test_two_texts_that_come_to_cite_each_other_at_once_are_paired() -> None:
    for number in range(TIMES):
        addresses = [f"https://e.example/{number}/{name}" for name in ("one", "other")]
        documents = [
            make.document(make.parsed(f"Text {number}{place}", source_url=where))
            for place, where in enumerate(addresses)
        ]

        def revising_to_cite(place: int) -> Callable[[], object]:
            made = make.citing(addresses[1 - place], f"Text {number}{place}", source_url=addresses[place])  # noqa: B023
            document = documents[place]  # noqa: B023
            source = repr(made).encode()
            return lambda: keep(parsed=made, source=source, name="t.md", by=None, revises=document)

        at_once(revising_to_cite(0), revising_to_cite(1))
        assert Pairing.objects.between(*documents).get().state == "found"
