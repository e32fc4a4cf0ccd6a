"""Parallels are found for texts that cite each other, kept, and kept right when a text is revised."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase

from reader.compare import finding, judging
from reader.compare.align import align
from reader.compare.asking import look, pair_all, related, wait
from reader.compare.finding import find
from reader.compare.models import Pairing, Parallel, Verdict
from reader.compare.pairing import pair
from reader.compare.tasks import find_in_background
from reader.library.actions import delete, keep
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import Role
from tests import make
from tests.compare.pair import (
    ADDRESS,
    CITED,
    CITED_PARAGRAPH,
    CITING,
    CITING_PARAGRAPH,
    between,
    cited,
    citing,
    joined,
    revise,
    texts,
)

pytestmark = pytest.mark.django_db

ANYBODY = AnonymousUser()
LEANS = (CITING_PARAGRAPH, CITED_PARAGRAPH)


def test_a_new_text_is_compared_with_what_it_cites_and_what_cites_it() -> None:
    document = make.document(cited())
    with TestCase.captureOnCommitCallbacks(execute=True):
        first = make.document(citing())
    pairing = Pairing.objects.get()
    assert (pairing.first, pairing.second, pairing.state) == (document, first, "found")
    assert pairing.second_revision_id == first.current_id
    assert related(first) == [document.pk]
    assert related(document) == [first.pk]
    other = make.document(make.parsed("On Bells"))
    assert related(other) == []


def test_what_says_the_same_is_joined_and_the_citation_told() -> None:
    first, second = texts()
    found = joined(ANYBODY, first, second)
    assert found[LEANS].citing == "left"
    assert found[LEANS].strength == "strong"
    assert found[4, 1].strength in ("strong", "likely")
    assert not found[4, 1].credited
    assert {"sluice", "widow"} <= {word.casefold() for word in found[LEANS].evidence}
    # The same from the other text's side.
    assert joined(ANYBODY, second, first)[LEANS[::-1]].citing == "right"


def test_a_parallel_s_passages_are_sentences_of_its_paragraphs() -> None:
    texts()
    for parallel in Parallel.objects.select_related("first__revision", "second__revision"):
        for passage in (parallel.first, parallel.second):
            assert passage.revision is not None
            assert passage.revision.text[passage.start : passage.end] == passage.exact
            assert passage.exact in (*CITED, *CITING)


def test_finding_again_changes_nothing() -> None:
    texts()
    before = list(Parallel.objects.order_by("pk").values_list("pk", "score", "citing", "first", "second"))
    for _ in range(2):
        find(Pairing.objects.get().pk)
    assert (
        list(Parallel.objects.order_by("pk").values_list("pk", "score", "citing", "first", "second"))
        == before
    )
    assert Passage.objects.count() == 2 * len(before)


def test_a_revision_keeps_what_it_left_and_finds_what_it_brought(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = texts()
    kept = between(first, second, *LEANS).pk
    asked: list[Any] = []

    def watching(*args: Any, **more: Any) -> Any:
        asked.append(more.get("only_right"))
        return align(*args, **more)

    monkeypatch.setattr(finding, "align", watching)
    swapped = "The pilots, whom the winter storms kept from the northern channel, farmed for eleven weeks."
    revise(first, citing(swapped, *CITING[1:]))
    found = joined(ANYBODY, first, second)
    assert found[LEANS].pk == kept
    assert found[1, 2].strength in ("strong", "likely")
    # Only what is new was compared: the first paragraph of the citing text, which is the pairing's second.
    assert asked[0] == {1}


def test_a_text_that_cites_often_is_compared_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    second = make.document(cited())
    words = [f"Of lamp {n} it is told. So it is of lantern {n}." for n in range(12)]
    sluice = CITING[1]
    marks = [make.mark("1", f"{one.split('.')[0]}.", 0) for one in words]
    blocks = [
        make.paragraph(one, mark, make.mark("1", one, 0, 1)) for one, mark in zip(words, marks, strict=True)
    ]
    blocks.append(make.paragraph(f"It rained. {sluice}", make.mark("1", f"It rained. {sluice}", 0)))
    first = make.document(
        make.parsed("A Town", *blocks, notes=(make.note("1", "On Salt", url=ADDRESS),), language="en")
    )
    times: list[int] = []

    def watching(*args: Any, **more: Any) -> Any:
        times.append(1)
        return align(*args, **more)

    monkeypatch.setattr(finding, "align", watching)
    find(Pairing.objects.get().pk)
    # Once as a whole, once for the first citing sentence of each paragraph, once for the second.
    assert len(times) == 3
    row = joined(ANYBODY, first, second)[13, 3]
    assert (row.citing, row.left.exact) == ("left", sluice)


def test_what_waits_is_found_once_however_often_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    texts()
    pairing = Pairing.objects.get()
    times: list[int] = []
    monkeypatch.setattr("reader.compare.tasks.find", times.append)
    find_in_background.call(pairing.pk)
    assert not times
    wait(pairing)
    find_in_background.call(pairing.pk)
    assert times == [pairing.pk]


def test_texts_of_many_short_paragraphs_are_left_to_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    short = [make.document(make.parsed(f"Lines {n}", *[make.paragraph("Quay.")] * 501)) for n in range(2)]
    assert look(*short).state == "waiting"


def test_a_text_that_many_cite_is_revised_in_as_few_queries(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    second = make.document(cited())
    for number in range(60):
        make.document(make.citing(ADDRESS, f"Answer {number}", authors=(f"A{number}",)))
    assert Pairing.objects.count() == 60
    made = cited(*CITED, "Nothing else is known of it.")
    with django_assert_max_num_queries(70):
        keep(parsed=made, source=b"again", name="t.md", by=None, revises=second)
    assert set(Pairing.objects.values_list("state", flat=True)) == {"waiting"}


def test_the_same_bytes_kept_again_are_not_compared_again() -> None:
    first, _ = texts()
    before = Pairing.objects.values("state", "version", "found_at").get()
    again = citing()
    keep(parsed=again, source=repr(again).encode(), name="text.md", by=None, revises=first)
    assert Pairing.objects.values("state", "version", "found_at").get() == before


def test_a_paragraph_that_is_gone_takes_its_found_parallels_along() -> None:
    first, second = texts()
    revise(second, cited(*CITED[1:]))
    assert (4, 1) not in joined(ANYBODY, first, second)
    assert joined(ANYBODY, first, second)[2, 2].citing == "left"
    assert Passage.objects.count() == 2 * Parallel.objects.count()


def test_a_rejected_one_stays_away_when_texts_are_compared_again_and_revised() -> None:
    first, second = texts()
    ann = make.user("ann", role=Role.ANALYST)
    judging.judge(parallel=between(first, second, 4, 1), by=ann, says="rejected")
    look(first, second)
    assert (4, 1) not in joined(ANYBODY, first, second)
    revise(first, citing("Something new stands here, on lamps and on their oil.", *CITING))
    assert (5, 1) not in joined(ANYBODY, first, second)
    assert (3, 3) in joined(ANYBODY, first, second)
    assert Verdict.objects.get().says == "rejected"


def test_what_people_drew_or_said_outlives_the_words_it_was_about() -> None:
    first, second = texts()
    bob = make.bob()
    judging.judge(parallel=between(first, second, 4, 1), by=bob, says="confirmed")
    revise(second, cited(*CITED[1:]))
    parallel = Verdict.objects.get().parallel
    assert {parallel.first.state, parallel.second.state} == {"kept", "unplaced"}
    assert (4, None) not in joined(bob, first, second)


def test_a_revision_kept_while_texts_are_compared_is_compared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = texts()
    real, times = finding.parallels, []

    def slow(*args: Any, **more: Any) -> Any:
        times.append(1)
        if len(times) == 1:
            made = citing(*CITING[1:])
            keep(parsed=made, source=b"again", name="text.md", by=None, revises=first)
        return real(*args, **more)

    monkeypatch.setattr(finding, "parallels", slow)
    find(Pairing.objects.get().pk)
    assert len(times) == 2
    first.refresh_from_db()
    assert Pairing.objects.get().second_revision_id == first.current_id
    assert (1, 3) in joined(ANYBODY, first, second)


def test_what_cannot_be_found_says_so_and_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = texts()
    count = Parallel.objects.count()

    def broken(*args: Any, **more: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(finding, "align", broken)
    pairing = look(first, second)
    assert pairing.state == "failed"
    assert "could not be found" in pairing.error
    assert Parallel.objects.count() == count


def test_a_text_without_paragraphs_is_compared_with_nothing_found() -> None:
    empty = make.document(make.parsed("Nothing", make.heading("A heading alone")))
    other = make.document(cited())
    pairing = look(empty, other)
    assert pairing.state == "found"
    assert not Parallel.objects.exists()


def test_a_text_is_not_compared_with_itself() -> None:
    document = make.document()
    with pytest.raises(ValueError, match="itself"):
        pair(document, document)


def test_a_deleted_text_takes_its_parallels_and_their_passages_along() -> None:
    first, second = texts()
    delete(document=first)
    assert not Pairing.objects.exists()
    assert not Passage.objects.exists()
    assert Document.objects.get() == second


def test_texts_of_an_older_library_are_paired_afterwards() -> None:
    texts()
    Pairing.objects.all().delete()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert pair_all() == 1
    assert Pairing.objects.get().state == "found"
    assert pair_all() == 0


def test_the_command_prints_the_best_of_each_paragraph(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = texts()
    call_command("parallels", first.slug, second.slug, "--top", "1")
    found = {row["left"]: row for row in json.loads(capsys.readouterr().out)}
    assert set(found[2]) == {"left", "right", "score", "strength", "credited", "evidence"}
    assert (found[2]["right"], found[2]["credited"], found[2]["strength"]) == (3, True, "strong")
    assert found[4]["right"] == 1
    ann = make.user("ann", role=Role.ANALYST)
    judging.judge(parallel=between(first, second, 4, 1), by=ann, says="rejected")
    call_command("parallels", second.slug, first.slug)
    pairs = {(row["left"], row["right"]) for row in json.loads(capsys.readouterr().out)}
    assert (3, 2) in pairs
    assert (1, 4) not in pairs


def test_the_command_reads_files_and_keeps_nothing(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for name, words in (("one.md", CITED), ("two.md", CITING)):
        (tmp_path / name).write_text(f"# {name}\n\n" + "\n\n".join(words), encoding="utf-8")
    call_command("parallels", str(tmp_path / "two.md"), str(tmp_path / "one.md"))
    assert {(4, 1), (2, 3)} <= {(row["left"], row["right"]) for row in json.loads(capsys.readouterr().out)}
    assert not Document.objects.exists()
    with pytest.raises(CommandError, match="no text"):
        call_command("parallels", "nowhere", "nothing")
    with pytest.raises(CommandError, match="itself"):
        call_command("parallels", str(tmp_path / "one.md"), str(tmp_path / "one.md"))


@pytest.mark.django_db(transaction=True)
def test_the_command_keeps_nobody_from_writing_while_it_compares(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = texts()
    held: list[bool] = []

    def watching(*args: Any, **more: Any) -> Any:
        held.append(connection.in_atomic_block)
        return align(*args, **more)

    monkeypatch.setattr(finding, "align", watching)
    call_command("parallels", first.slug, second.slug)
    assert held
    assert not any(held)


@pytest.mark.parametrize("top", ["0", "-1", "101", "99999999999"])
def test_the_command_prints_some_of_each_paragraph_and_no_more(top: str) -> None:
    first, second = texts()
    with pytest.raises(CommandError, match="from 1 to 100"):
        call_command("parallels", first.slug, second.slug, "--top", top)
