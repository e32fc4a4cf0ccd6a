"""What those who lead or assist a class see of its reading."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.annotate.models import Annotation
from reader.people import classes
from reader.people.class_models import ClassRole, Membership
from reader.people.models import User
from reader.share import chart
from reader.share.models import ReadingRecord
from tests.people.classes import PEOPLE
from tests.people.visits import content
from tests.share.overseen import MONDAY, Read, planned, reading

pytestmark = pytest.mark.django_db

# anonymous, stranger, student, assistant, instructor, removed, staff
COUNTED = (302, 404, 403, 200, 200, 404, 200)


@pytest.fixture
def one() -> Read:
    """A class that reads."""
    return reading()


def page(one: Read, path: str = "progress/", who: str = "instructor", **query: Any) -> str:
    """What somebody sees there."""
    return content(one.browser(who).get(one.path(path), query))


def enrolled(one: Read, count: int) -> list[User]:
    """So many students more."""
    before = User.objects.count()
    people = User.objects.bulk_create(User(username=f"student{before + n:04}") for n in range(count))
    Membership.objects.bulk_create(
        Membership(group=one.group, person=person, role=ClassRole.STUDENT) for person in people
    )
    return people


def shown(words: str, *names: str) -> list[str]:
    """Those of the names that stand in the table, in its order."""
    found = (name for name in names if f"<bdi>{name}</bdi>" in words)
    return sorted(found, key=lambda name: words.index(f"<bdi>{name}</bdi>"))


def test_the_page_tells_who_has_read_marked_and_answered(one: Read) -> None:
    one.opened("student", finished=True)
    one.wrote("student")
    one.wrote("student", 30, 40, kind="question", body="Whence?")
    one.wrote("removed", 30, 40)
    answer = one.answered("student")
    Annotation.objects.filter(pk=answer.pk).update(made_at=MONDAY)
    words = page(one)
    # In Berlin it was Tuesday by then.
    assert "2 Mar to 3 Mar <b>read</b>" in words
    assert page(one, who="assistant").count("2 marks") == words.count("2 marks") == 3
    assert "1 of 1 answered" in words
    assert "1 of 2 read" in words
    assert "Why do tides rise?" in words
    assert "not opened" in words
    assert "<bdi>rex</bdi>" not in words
    assert '<rect class="chart-bar"' in words
    assert words.count("<td>2 Mar, 00:30</td>") == 2
    prompt = page(one, prompt=one.prompts[0].pk)
    assert "2 March 2027, 00:30" in prompt
    assert "Everybody has." in prompt
    for unknown in ("0", "x", one.prompts[0].pk + 99):
        assert one.browser("instructor").get(one.path("progress/"), {"prompt": unknown}).status_code == 404


def test_who_may_see_it_and_that_an_archived_class_is_read_on(one: Read) -> None:
    for _ in range(2):
        for who, status in zip(PEOPLE, COUNTED, strict=True):
            assert one.browser(who).get(one.path("progress/")).status_code == status, who
        classes.archive(group=one.group)


def test_the_table_is_sorted_and_narrowed_by_links(one: Read) -> None:
    abe, bea, cy = (User.objects.create_user(name) for name in ("abe", "bea", "cy"))
    for person in (abe, bea, cy):
        Membership.objects.create(group=one.group, person=person, role=ClassRole.STUDENT)
    one.opened(abe, days=1)
    one.opened(bea, days=5, finished=True)
    one.opened(bea, view=1, finished=True)
    one.wrote(cy)
    one.answered(cy)
    names = ("abe", "bea", "cy", "sam")

    def found(**query: str) -> list[str]:
        return shown(page(one, **query), *names)

    assert found() == ["abe", "bea", "cy", "sam"]
    assert found(sort="read")[:2] == ["bea", "abe"]
    assert found(sort="marks")[0] == found(sort="answers")[0] == "cy"
    first = f"{one.views[0].pk}"
    assert found(state="unopened", view=first) == ["cy", "sam"]
    assert found(state="unread", view=first) == ["abe", "cy", "sam"]
    assert found(state="unanswered") == ["abe", "bea", "sam"]
    assert found(sort="'; --", state="x", view="\x00", page="-1") == ["abe", "bea", "cy", "sam"]
    part = one.browser("instructor").get(one.path("progress/"), headers={"HX-Request": "true"})
    assert "<html" not in content(part)


def test_it_asks_as_much_of_three_students_as_of_three_hundred(one: Read) -> None:
    def queries(**query: str) -> int:
        client = one.browser("instructor")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(one.path("progress/"), query).status_code == 200
        return len(captured)

    enrolled(one, 2)
    few = [queries(), queries(sort="marks"), queries(prompt=f"{one.prompts[0].pk}")]
    people = enrolled(one, 300)
    ReadingRecord.objects.bulk_create(
        ReadingRecord(view=view, person=person, first_at=MONDAY, last_at=MONDAY)
        for view in one.views
        for person in people
    )
    for number in range(8):
        planned(one.group, f"Week {number}", one.texts[1], position=number + 5)
    assert [queries(), queries(sort="marks"), queries(prompt=f"{one.prompts[0].pk}")] == few
    assert few[0] <= 15 and max(few) <= 16
    words = page(one)
    assert words.count("<bdi>student0") <= 50
    assert len(words) < 250_000


def test_an_empty_class_tells_what_will_stand_here(one: Read) -> None:
    for view in one.views:
        view.delete()
    assert "Nothing is in the reading plan yet." in page(one)
    Membership.objects.filter(role=ClassRole.STUDENT).delete()
    assert "There are no students yet." in page(one)


def test_names_and_titles_made_of_markup_are_words(one: Read) -> None:
    User.objects.filter(username="sam").update(first_name="<b>x</b>", last_name="“&”")
    one.views[0].title = "<script>alert(1)</script>"
    one.views[0].save()
    words = page(one)
    assert "&lt;b&gt;x&lt;/b&gt;" in words
    assert "<script>alert" not in words


def test_a_bar_is_a_day_or_of_a_long_time_a_week() -> None:
    from datetime import date, timedelta

    first = date(2027, 3, 1)
    days = [first, first, first + timedelta(days=2)]
    assert [bar.number for bar in chart.bars(days)] == [2, 0, 1]
    long = chart.bars([first + timedelta(days=day) for day in range(400)])
    assert {bar.number for bar in long[:-1]} == {7}
    assert len(chart.bars([first, first + timedelta(days=5000)])) == chart.BARS_AT_MOST
    svg = chart.drawn(chart.bars(days), "<T>", "&")
    assert "&lt;T&gt;" in svg
    assert "style=" not in svg
    assert chart.drawn([], "", "") == ""


def test_the_page_of_a_class_lists_ten_views_of_its_plan_and_counts_all(one: Read) -> None:
    for place in range(2, 11):
        planned(one.group, f"Week {place}", one.texts[0], position=place)
    page = content(one.browser("student").get(one.path()))
    assert "Week 9<" in page and "Week 10<" not in page
    assert "The whole plan: 11 views" in page
