"""What those who lead or assist a class read of it: all that is written, one person's, and the files."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.annotate import actions, moderating
from reader.annotate.models import Annotation
from reader.people import memberships
from reader.people.class_models import Written
from reader.people.models import User
from reader.share.models import View
from tests import make
from tests.people.classes import PEOPLE, enrolled
from tests.people.visits import content
from tests.share.overseen import MONDAY, Read, asked, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Read:
    """A class that reads, with bea who learns, too."""
    made = reading()
    made.people["bea"] = make.user("bea")
    enrolled(made.group, made.people["bea"])
    return made


def page(one: Read, path: str = "written/", who: str = "instructor", **query: Any) -> str:
    """What somebody sees there."""
    return content(one.browser(who).get(one.path(path), query))


def table(one: Read, path: str, who: str = "instructor", **query: Any) -> list[dict[str, str]]:
    """The rows of a file."""
    answer: Any = one.browser(who).get(one.path(path), query)
    lines = b"".join(answer.streaming_content).decode()
    assert lines.startswith("\ufeff")
    return list(csv.DictReader(lines[1:].splitlines(keepends=True)))


def order(words: str, *of: str) -> list[str]:
    """Those of the words that stand there, as they follow each other."""
    return sorted((each for each in of if each in words), key=words.index)


def test_the_newest_discussion_comes_first_with_its_replies(one: Read) -> None:
    old = one.wrote("student", kind="note", body="First of all")
    one.wrote("bea", 30, 40, kind="note", body="Later on")
    one.wrote("bea", 50, 60)
    assert order(page(one), "First of all", "Later on") == ["Later on", "First of all"]
    reply = actions.reply(to=old, by=one.people["bea"], body="Yes indeed")[0]
    Annotation.objects.filter(pk=reply.pk).update(made_at=reply.made_at + timedelta(days=1))
    words = page(one, who="assistant")
    assert order(words, "First of all", "Yes indeed", "Later on") == [
        "First of all",
        "Yes indeed",
        "Later on",
    ]
    # The prompt is one, too; the bare highlight says nothing.
    assert "3 discussions" in words
    assert "1 discussion," in page(one, kind="highlight")
    moderating.hide(annotation=reply, by=one.people["instructor"], why="No")
    assert "Yes indeed" not in page(one)


def test_the_list_is_narrowed_by_person_kind_text_view_and_words(one: Read) -> None:
    note = one.wrote("student", kind="note", body="Alpha of sam")
    one.wrote("bea", 30, 40, text=1, kind="question", body="Beta of bea")
    actions.reply(to=note, by=one.people["bea"], body="Gamma reply")
    names = ("Alpha", "Beta", "Gamma", "Why do")

    def found(**query: Any) -> list[str]:
        return sorted(order(page(one, **query), *names))

    assert found() == ["Alpha", "Beta", "Gamma", "Why do"]
    # A discussion stands whole, where one part of it is meant.
    assert found(person="bea") == ["Alpha", "Beta", "Gamma"]
    assert found(q="gamma") == found(kind="reply") == ["Alpha", "Gamma"]
    assert found(kind="question") == found(text=one.texts[1].slug) == ["Beta"]
    assert found(view=one.views[1].pk) == ["Alpha", "Gamma", "Why do"]
    assert found(view=one.views[0].pk) == sorted(names)
    assert found(view=one.views[0].pk + 99) == found(q="nothing like it") == []
    assert found(kind="x", view="\x00", open="yes", page="-3") == sorted(names)
    part = one.browser("instructor").get(one.path("written/"), headers={"HX-Request": "true"})
    assert "<html" not in content(part)


def test_questions_without_an_answer_are_counted_and_listed(one: Read) -> None:
    questions = [
        one.wrote("student", 10 * n, 10 * n + 9, kind="question", body=f"Question {n}") for n in range(1, 5)
    ]
    actions.reply(to=questions[0], by=one.people["bea"], body="Thus")
    # What one says to oneself is no answer.
    actions.reply(to=questions[1], by=one.people["student"], body="Does nobody know?")
    actions.answer(question=questions[2], by=one.people["student"], reply=None)
    moderating.hide(annotation=questions[3], by=one.people["instructor"], why="No")
    assert "1 question that members asked has no answer" in page(one, "progress/")
    words = page(one, open="1")
    assert order(words, *(f"Question {n}" for n in range(1, 5))) == ["Question 2"]
    # Who answered is somebody else, also where neither has a name any more.
    Annotation.objects.filter(kind__in=("question", "reply")).update(author=None)
    assert order(page(one, open="1"), "Question 1", "Question 2") == []


def test_prompts_without_an_answer_are_told_of_beside_the_questions_of_members(one: Read) -> None:
    for path in ("progress/", "written/"):
        words = page(one, path)
        assert "No question that members asked is without an answer" in words
        assert "1 prompt has no answer" in words
    one.answered("student")
    asked(one.views[1], one.people["instructor"], "Later?")
    View.objects.filter(pk=one.views[1].pk).update(shown_at=None)
    assert "No prompt is without an answer" in page(one)
    View.objects.filter(pk=one.views[1].pk).update(shown_at=MONDAY)
    words = page(one)
    assert "1 prompt has no answer" in words
    assert f'href="{one.path("progress/")}#prompts"' in words


def test_the_table_of_prompts_has_their_words_without_marks(one: Read) -> None:
    asked(one.views[0], one.people["instructor"], "Which *tide* & which **moon**?")
    assert "Which tide &amp; which moon?" in page(one, "progress/")


def test_one_list_a_person_tells_also_of_those_who_left_as_they_chose(one: Read) -> None:
    later = one.wrote("bea", 60, 70, kind="note", body="Further down")
    one.wrote("bea", 30, 40, kind="note", body="Higher up")
    one.wrote("bea", 30, 40, text=1, kind="note", body="On another text")
    one.wrote("student", 30, 40, kind="note", body="Of sam")
    one.answered("bea", "An answer of bea")
    actions.reply(to=later, by=one.people["student"], body="Reply of sam")
    path = f"members/{one.membership('bea').pk}/written/"
    words = page(one, path)
    parts = ("On another text", "An answer of bea", "Higher up", "Further down", "Reply of sam")
    assert order(words, *parts) == list(parts)
    assert "Of sam" not in words.replace("Reply of sam", "")
    for choice, seen in ((Written.NAMED, True), (Written.NAMELESS, False)):
        gone = one.membership("bea")
        memberships.remove(membership=gone, by=one.people["instructor"], choice=choice)
        words = page(one, path)
        assert ("Further down" in words, "Not in it any more" in words) == (seen, True), choice
        assert ("without their name" in words) == (choice == Written.NAMELESS)
        assert ("no longer in it" in page(one)) == seen
        memberships.restore(membership=gone)
    assert "Further down" in page(one, path)


def test_who_may_read_it(one: Read) -> None:
    member = one.membership("student").pk
    # anonymous, stranger, student, assistant, instructor, removed, staff (who are not in it)
    read = (302, 404, 403, 200, 200, 404, 403)
    for path in ("written/", f"members/{member}/written/", "written.csv"):
        for who, status in zip(PEOPLE, read, strict=True):
            assert one.browser(who).get(one.path(path)).status_code == status, (path, who)
    for who, status in zip(PEOPLE, (302, 404, 403, 200, 200, 404, 200), strict=True):
        assert one.browser(who).get(one.path("progress.csv")).status_code == status, who
    other = reading_elsewhere(one)
    assert one.browser("instructor").get(one.path(f"members/{other}/written/")).status_code == 404


def reading_elsewhere(one: Read) -> int:
    """The key of somebody's membership in another class."""
    from tests.people.classes import begun

    group = begun(by=one.people["instructor"], name="Other")
    return enrolled(group, one.people["bea"]).pk


def test_the_files_say_what_the_pages_say(one: Read) -> None:
    User.objects.filter(username="sam").update(first_name="=SUM(A1)")
    one.opened("student", finished=True)
    one.wrote("student")
    answer = one.answered("student", "@risk, “quoted”\nand more")
    Annotation.objects.filter(pk=answer.pk).update(made_at=MONDAY)
    rows = table(one, "written.csv")
    assert [row["kind"] for row in rows] == ["prompt", "reply", "highlight"]
    (reply,) = [row for row in rows if row["kind"] == "reply"]
    assert reply["author"] == "'=SUM(A1)"
    assert reply["username"] == "sam"
    assert reply["note"] == "'@risk, “quoted”\nand more"
    assert reply["made"] == "2027-03-02T00:30:00+01:00"
    assert reply["in_answer_to"] == f"{one.prompts[0].uuid}"
    assert [row["kind"] for row in table(one, "written.csv", kind="highlight")] == ["highlight"]
    first, second = [row for row in table(one, "progress.csv") if row["username"] == "sam"]
    assert (first["view"], first["opened"], first["marks"], first["answered"]) == (
        "First week",
        "2",
        "1",
        "1",
    )
    assert first["opened_first"] == first["answered_first"] == "2027-03-02T00:30:00+01:00"
    assert (second["opened"], second["opened_first"]) == ("0", "")


def test_pages_ask_as_much_of_few_notes_as_of_many(one: Read) -> None:
    paths = ["written/", f"members/{one.membership('student').pk}/written/", "written/?q=note&person=sam"]

    def queries() -> list[int]:
        found = []
        for path in paths:
            client = one.browser("instructor")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(one.path(path)).status_code == 200
            found.append(len(captured))
        return found

    def more(count: int) -> None:
        for number in range(count):
            note = one.wrote("student", kind="note", body=f"Note {number}")
            actions.reply(to=note, by=one.people["bea"], body="So it is")

    more(2)
    few = queries()
    more(30)
    assert queries() == few
    assert max(few) <= 20
    assert page(one).count('<article class="entry') == 30
