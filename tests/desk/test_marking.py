"""Making marks: what comes back, what is kept, and what is refused."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reader.annotate.codes import codes_named, delete_code
from reader.annotate.models import Annotation, Change, Code, Codebook, Meaning
from reader.annotate.recoding import merge_codes
from reader.library.models import Document
from tests import make
from tests.desk.marks import PART, act, at, mark, said
from tests.desk.pages import words_of
from tests.library.laid import read

pytestmark = pytest.mark.django_db

WORDS = "The tide rose over the quay, and nobody had seen it come."


@pytest.fixture
def document() -> Document:
    """A public text of alice's."""
    return make.document(make.parsed("On Tides", make.paragraph(WORDS), make.paragraph("A second one.")))


@pytest.fixture
def as_bob(client: Client) -> Client:
    """bob, signed in."""
    client.force_login(make.bob())
    return client


def test_a_highlight_comes_back_as_its_run_and_its_card(as_bob: Client, document: Document) -> None:
    parts = mark(as_bob, document, "tide rose over")
    assert said(parts) == "Highlighted, 3 words."
    (run,) = parts.find("template", "run")
    assert run.attributes["data-start"] == "9"
    assert run.attributes["data-revision"] == "1"
    (drawn,) = run.find("mark", "range")
    assert words_of(drawn) == "tide rose over"
    assert words_of(run) == WORDS
    (card,) = parts.find("article", "card")
    pk = Annotation.objects.get().pk
    assert card.attributes["id"] == f"left-a{pk}"
    assert drawn.attributes["data-range"] == f"a{pk}"


def test_a_mark_without_a_script_leads_back_to_it(as_bob: Client, document: Document) -> None:
    answer = as_bob.post(f"/read/{document.slug}/annotations/", at(document, "tide rose"))
    pk = Annotation.objects.get().pk
    assert answer.status_code == 302
    assert answer["Location"] == f"/read/{document.slug}/?note={pk}#left-a{pk}"


def test_the_other_half_stays_when_a_mark_leads_back(as_bob: Client, document: Document) -> None:
    other = make.document(title="A Second Text")
    back = f"/facing/{other.slug}/{document.slug}/?left=p1&right=p2"
    answer = as_bob.post(f"/read/{document.slug}/annotations/", {**at(document, "tide"), "back": back})
    pk = Annotation.objects.get().pk
    path = f"/facing/{other.slug}/{document.slug}/"
    assert answer["Location"] == f"{path}?left=p1&right=p2&note={pk}#right-a{pk}"


def test_the_same_form_twice_makes_one(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide rose", token="abc")
    again = mark(as_bob, document, "tide rose", 200, token="abc")
    assert said(again) == "This was kept already."
    assert Annotation.objects.count() == Change.objects.count() == 1


def test_a_code_is_made_while_tagging_and_used_again(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide", kind="tag", new_code="Water / Tides")
    mark(as_bob, document, "quay", kind="tag", new_code="water / tides")
    assert [code.name for code in Code.objects.order_by("pk")] == ["Water", "Tides"]
    assert Code.objects.get(name="Tides").tags.count() == 2


def test_a_code_of_a_codebook_that_was_closed_stays_on_what_has_it(
    as_bob: Client, document: Document
) -> None:
    dora = make.user("dora")
    [code] = codes_named(dora, ["Water"])
    Codebook.objects.update(is_public=True)
    mark(as_bob, document, "quay", kind="tag", code=str(code.pk))
    tag = Annotation.objects.get()
    Codebook.objects.update(is_public=False)
    act(as_bob, f"/annotations/{tag.pk}/edit/", version="1", body="More.")
    page = as_bob.get(f"/annotations/{tag.pk}/edit/").content.decode()
    assert f'type="checkbox" name="code" value="{code.pk}" checked' in page
    act(as_bob, f"/annotations/{tag.pk}/edit/", version="2", body="Most.", code=["", str(code.pk)])
    assert list(tag.codes.all()) == list(Code.objects.all()) == [code]


def test_a_code_that_is_gone_makes_none_of_its_key(as_bob: Client, document: Document) -> None:
    [water, salt] = codes_named(make.bob(), ["Water", "Salt"])
    mark(as_bob, document, "quay", kind="tag", code=[str(water.pk), str(salt.pk)])
    tag = Annotation.objects.get()
    delete_code(by=make.bob(), code=salt)
    form: dict[str, Any] = {"version": "1", "body": "Kept.", "code": ["", str(water.pk), str(salt.pk)]}
    answer = as_bob.post(f"/annotations/{tag.pk}/edit/", form)
    assert answer.status_code == 422
    again = read(answer.content.decode())
    named = [field.attributes for field in again.find("input") if field.attributes.get("name") == "code"]
    form["code"] = [a["value"] for a in named if a["type"] != "checkbox" or "checked" in a]
    act(as_bob, f"/annotations/{tag.pk}/edit/", **form)
    assert Code.objects.count() == 2
    tag.refresh_from_db()
    assert tag.body == "Kept."


def test_an_act_on_codes_tells_nothing_of_where_others_use_them_alone(
    as_bob: Client, document: Document
) -> None:
    dora = make.user("dora")
    [water, salt] = codes_named(dora, ["Water", "Salt"])
    Codebook.objects.update(is_public=True)
    mark(as_bob, document, "quay", kind="tag", code=str(water.pk))
    change = merge_codes(by=dora, code=water, into=salt)
    as_bob.force_login(dora)
    assert not act(as_bob, f"/changes/{change.pk}/undo/").find("template", "run")


def test_undo_takes_back_and_redo_does_again(as_bob: Client, document: Document) -> None:
    mark(as_bob, document, "tide rose")
    pk = Annotation.objects.get().pk
    parts = act(as_bob, "/changes/undo/")
    assert said(parts) == "Undone: Highlighted, 2 words."
    assert parts.find("template", "gone")[0].attributes["data-annotation"] == str(pk)
    assert not parts.find("mark")
    parts = act(as_bob, "/changes/redo/")
    assert parts.find("article", "card")
    assert parts.find("mark", "range")
    act(as_bob, "/changes/redo/", 422)


def test_a_stranger_gets_nothing_of_a_private_text(client: Client) -> None:
    document = make.document(public=False, title="Mine")
    client.force_login(make.user("charlie"))
    assert client.post(f"/read/{document.slug}/annotations/", {"start": 0, "end": 4}).status_code == 404


def test_whoever_is_not_signed_in_is_told_where(client: Client, document: Document) -> None:
    answer = client.post(f"/read/{document.slug}/annotations/", at(document, "tide"), headers=PART)
    assert answer.status_code == 401
    assert f'href="/sign-in/?next=%2Fread%2F{document.slug}%2F"' in answer.content.decode()


def test_a_highlight_takes_few_queries(
    as_bob: Client, document: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, person, passage, layer, meaning; four rows in one transaction; the run with its marks."""
    meaning = Meaning.objects.for_choice(make.bob())[0]
    mark(as_bob, document, "tide")
    form = {**at(document, "tide rose"), "meaning": meaning.pk, "token": "t"}
    with django_assert_max_num_queries(15):
        as_bob.post(f"/read/{document.slug}/annotations/", form, headers=PART)
