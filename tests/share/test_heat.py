"""A text as a heat map of a class, and what is recorded of each of its members."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.share.models import View
from tests import make
from tests.annotate.marked import people, words_of
from tests.people.classes import enrolled
from tests.people.visits import content
from tests.share.overseen import reading

pytestmark = pytest.mark.django_db


def test_a_heat_map_counts_people_marks_notes_and_questions_by_paragraph() -> None:
    one = reading()
    text = one.texts[1]
    path = one.path(f"heat/{text.slug}/")
    assert "Nobody has marked this text" in content(one.browser("assistant").get(path))
    start, end = words_of(text, text.current.text.split("\n")[1][:20] if text.current else "")
    one.wrote("student", start, end, 1)
    one.wrote("student", start, end, 1, kind="question", body="So?")
    one.wrote("assistant", start, end, 1, kind="note", body="<b>Markup</b>")
    page = content(one.browser("instructor").get(path))
    assert "2 people of the class marked it" in page
    row = page[page.index('class="kind-paragraph level-') :]
    numbers = row[row.index("</td>") : row.index("</tr>")]
    for count in ("<td>2</td>", "<td>3</td>", "<td>1</td>"):
        assert count in numbers
    assert "<b>Markup</b>" not in page
    for who, code in (("student", 403), ("stranger", 404), ("removed", 404), ("staff", 403)):
        assert one.browser(who).get(path).status_code == code, who


def test_a_heat_map_shows_the_words_of_a_text_and_nothing_to_press_in_them() -> None:
    one = reading()
    words = make.paragraph("Oats < rye, see [1].", make.mark("1", "see ", 0))
    text = make.document(make.parsed("On Oats", words, notes=(make.note("1", "A note."),)))
    one.texts.append(text)
    one.wrote("student", *words_of(text, "Oats"), text=len(one.texts) - 1)
    page = content(one.browser("instructor").get(one.path(f"heat/{text.slug}/")))
    rows = page[page.index("<tbody>") : page.index("</tbody>")]
    assert "Oats &lt; rye" in rows and "<td>1</td>" in rows
    for unwanted in ("\x01", "<mark", "tabindex", 'href="#'):
        assert unwanted not in rows, unwanted


def test_a_heat_map_of_many_marks_asks_and_shows_no_more() -> None:
    one = reading()
    text, client = one.texts[0], one.browser("instructor")
    path = one.path(f"heat/{text.slug}/")
    asked, sizes = [], []
    for more in (2, 30):
        for person in people(more) if more == 2 else [make.user(f"more{n}") for n in range(more)]:
            enrolled(one.group, person)
            one.wrote(person, 10, 20)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            sizes.append(len(client.get(path).content))
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 12
    assert sizes[1] < 1.3 * sizes[0]


def test_each_member_reads_what_is_recorded_of_them_and_of_nobody_else() -> None:
    one = reading()
    one.opened("student", finished=True)
    one.wrote("student", 10, 20, kind="note", body="Zinc.")
    page = content(one.browser("student").get(one.path("recorded/")))
    for words in ("Student since", "First week", "March 2027", "Note: 1"):
        assert words in page, words
    taken = one.browser("student").get(one.path("recorded.json")).json()
    assert [read["view"] for read in taken["reading"]] == ["First week"]
    assert taken["written"] == {"note": 1} and taken["answers"] == []
    answer = one.answered("student")
    page = content(one.browser("student").get(one.path("recorded/")))
    assert "Answers to prompts: 1" in page and "Reply" not in page
    assert f'href="/prompts/{one.prompts[0].pk}/#a{answer.pk}"' in page
    assert (
        one.browser("student").get(one.path("recorded.json")).json()["answers"][0]["asked"]
        == "Why do tides rise?"
    )
    View.objects.update(shown_at=None)
    page = content(one.browser("student").get(one.path("recorded/")))
    assert "to a prompt that is not asked any more" in page and "/prompts/" not in page
    of_ann = content(one.browser("assistant").get(one.path("recorded/")))
    assert "First week" not in of_ann and "Nothing yet." in of_ann
    for who, code in (("stranger", 404), ("removed", 404), ("staff", 404), ("anonymous", 302)):
        for rest in ("recorded/", "recorded.json"):
            assert one.browser(who).get(one.path(rest)).status_code == code, who
