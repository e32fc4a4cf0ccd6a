"""What one wrote can be taken away, all of it, and nobody else's."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reader.annotate.actions import delete, reply
from reader.annotate.bringing import import_annotations
from reader.annotate.codes import codes_named
from reader.annotate.models import Annotation
from tests import make
from tests.annotate.test_lists import many, note, text

pytestmark = pytest.mark.django_db


def taken(client: Client, form: str, **asked: Any) -> str:
    """The file that bob takes away."""
    client.force_login(make.bob())
    answer = client.get(reverse("annotate:export", args=[form]), asked)
    assert answer.status_code == 200
    assert f'.{form}"' in answer["Content-Disposition"]
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def rows(words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(words.removeprefix("\ufeff"), newline="")))


def test_markdown_is_grouped_by_text_in_reading_order_with_threads(client: Client) -> None:
    later = note(make.bob(), "Later in the text.", start=60)
    note(make.bob(), "First in the text.", codes=codes_named(make.bob(), ["Harbour / Quay"]))
    note(make.bob(), "In another text.", on=text("On Salt"))
    reply(to=later, by=make.alice(), body="Are you *sure*?\n\nI am not.")
    words = taken(client, "md")
    order = ["## On Salt", "In another text.", "## On Tides", "First in the text.", "Later in the text."]
    assert sorted(order, key=words.index) == order
    assert f"> {later.passages.get().exact}" in words
    assert "`Harbour / Quay`" in words
    assert "- **alice**" in words and "  Are you *sure*?" in words and "  I am not." in words


@pytest.mark.parametrize("form", ["md", "csv", "jsonld"])
def test_only_one_s_own_goes_with_one(client: Client, form: str) -> None:
    note(make.alice(), "Hers.")
    note(make.alice(), "Hers alone.", public=False)
    delete(annotation=note(make.bob(), "Deleted."), by=make.bob())
    note(make.bob(), "Mine alone.", public=False)
    words = taken(client, form)
    assert "Mine alone." in words
    assert "Hers" not in words and "Deleted" not in words


def test_a_filter_narrows_what_is_taken(client: Client) -> None:
    note(make.bob(), "On tides.")
    note(make.bob(), "On salt.", on=text("On Salt"))
    assert [row["note"] for row in rows(taken(client, "csv", text="salt"))] == ["On salt."]


def test_csv_tells_everything_in_columns(client: Client) -> None:
    made = note(make.bob(), 'With "quotes",\nlines and 😀.', codes=codes_named(make.bob(), ["A / B", "C"]))
    [row] = rows(taken(client, "csv"))
    assert row["note"] == made.body
    assert row["codes"] == "A / B; C"
    assert row["passage"] == made.passages.get().exact
    assert row["text"] == "On Tides"
    assert row["link"].endswith(reverse("desk:annotation", args=[made.pk]))


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20A"]
)
def test_no_cell_is_a_formula(client: Client, words: str) -> None:
    note(make.bob(), words)
    [row] = rows(taken(client, "csv"))
    assert row["note"] == f"'{words}"


def test_a_spreadsheet_may_ask_for_the_mark_of_utf_8(client: Client) -> None:
    note(make.bob())
    assert taken(client, "csv", bom="").startswith("\ufeffid,")
    assert taken(client, "csv").startswith("id,")


def test_json_ld_is_a_collection_that_our_own_import_takes_back(client: Client) -> None:
    for number in range(3):
        note(make.bob(), f"Note {number}.", start=number)
    words = taken(client, "jsonld")
    given = json.loads(words)
    assert given["type"] == "AnnotationCollection"
    assert given["total"] == len(given["first"]["items"]) == 3
    source = given["first"]["items"][0]["target"]["source"]
    assert source["id"] == "http://testserver/read/tides/"
    Annotation.objects.all().delete()
    report = import_annotations(data=words.encode(), by=make.bob())
    assert report.counts == {"kept": 3}


def test_an_empty_file_is_a_file(client: Client) -> None:
    assert json.loads(taken(client, "jsonld"))["first"]["items"] == []
    assert rows(taken(client, "csv")) == []
    assert taken(client, "md") == "# Notes\n"


@pytest.mark.parametrize("form", ["md", "csv", "jsonld"])
def test_many_are_streamed_with_few_queries(
    client: Client, django_assert_max_num_queries: Any, form: str
) -> None:
    many(make.bob(), 1_200)
    make.alice()
    with django_assert_max_num_queries(50):
        words = taken(client, form)
    assert words.count("Note ") >= 1_200


def test_what_there_is_not_cannot_be_taken(client: Client) -> None:
    assert client.get(reverse("annotate:export", args=["md"])).status_code == 302
    client.force_login(make.bob())
    assert client.get(reverse("annotate:export", args=["exe"])).status_code == 404


def test_the_account_page_leads_there(client: Client) -> None:
    client.force_login(make.bob())
    page = client.get(reverse("people:account")).content.decode()
    for form in ("md", "csv", "jsonld"):
        assert reverse("annotate:export", args=[form]) in page
