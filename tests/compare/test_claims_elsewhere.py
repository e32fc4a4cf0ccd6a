"""Claims wherever annotations are listed, kept, deleted, taken away or brought in."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from reader.annotate import actions
from reader.annotate.bringing import Report, import_annotations
from reader.annotate.codes import codes_named
from reader.annotate.history import versions
from reader.annotate.leaving import on_account_leaving
from reader.annotate.models import Annotation, Notice
from reader.annotate.relations import BACK, LOOKS, words_of
from reader.annotate.w3c_reading import RELATIONS
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import User
from tests import make
from tests.compare.claimed import SALT, claimed, pair
from tests.desk.pages import page
from tests.desk.pages import words_of as words_in

pytestmark = pytest.mark.django_db

LEFT, RIGHT = "lit before the tide", "No lantern was lit"


@pytest.fixture
def texts() -> tuple[Document, Document]:
    """Two public texts."""
    return pair()


def both(texts: tuple[Document, Document], relation: str = "contradicts", **more: Any) -> Annotation:
    """A claim of bob's that joins them."""
    return claimed((texts[0], LEFT), (texts[1], RIGHT), relation, **more)


def silence(texts: tuple[Document, Document], **more: Any) -> Annotation:
    """bob says that the second text is silent."""
    return claimed((texts[0], "thirty petitions"), relation="silent", about=texts[1], **more)


def taken(client: Client, form: str, query: str = "") -> str:
    """The file that bob takes away."""
    client.force_login(make.bob())
    answer = client.get(f"/notes/export.{form}{query}")
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_every_relation_has_its_words_look_and_name_in_files() -> None:
    relations = set(Annotation.Relation.values)
    assert set(BACK) == set(LOOKS) == set(RELATIONS) == relations
    assert len(set(LOOKS.values())) == len(relations)
    assert (words_of("cites"), words_of("cites", back=True), words_of("")) == ("cites", "is cited by", "")


def test_the_list_shows_both_passages_and_how_they_stand(
    client: Client, texts: tuple[Document, Document]
) -> None:
    both(texts, "qualifies", body="Why.")
    silence(texts)
    root = page(client, "/notes/")
    silent, joined = (words_in(entry) for entry in root.find("article", "entry"))
    assert joined.index(LEFT) < joined.index("qualifies") < joined.index(RIGHT)
    assert "Claim" in joined and "Why." in joined
    assert "is met with silence in On Salt" in silent


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=claim", 2),
        ("kind=note", 0),
        ("text=salt", 2),
        ("q=lantern", 1),
        ("q=petitions", 1),
        ("q=Why", 1),
    ],
)
def test_the_list_finds_claims_by_kind_text_and_words(
    client: Client, texts: tuple[Document, Document], query: str, count: int
) -> None:
    both(texts, body="Why.")
    silence(texts)
    assert len(page(client, f"/notes/?{query}").find("article", "entry")) == count


def test_a_passage_that_is_gone_is_listed_with_its_words(
    client: Client, texts: tuple[Document, Document]
) -> None:
    claimed((texts[0], LEFT), (texts[1], "twenty petitions"))
    make.kept(make.parsed("On Salt", make.paragraph(SALT)), revises=texts[1])
    words = words_in(page(client, "/notes/").find("article", "entry")[0])
    assert "twenty petitions" in words and "no longer in the text" in words


def test_who_lost_the_place_of_a_claim_reviews_it(client: Client, texts: tuple[Document, Document]) -> None:
    made = claimed((texts[0], LEFT), (texts[1], "twenty petitions"))
    make.kept(make.parsed("On Salt", make.paragraph(SALT)), revises=texts[1])
    client.force_login(make.bob())
    words = words_in(page(client, f"/texts/{texts[1].slug}/carried/"))
    assert "your claim" in words and "twenty petitions" in words
    passage = made.passages.get(document=texts[1])
    client.post(f"/texts/{texts[1].slug}/carried/{passage.pk}/leave/")
    passage.refresh_from_db()
    assert passage.state == "left"


def test_the_trash_has_claims_with_both_passages(client: Client, texts: tuple[Document, Document]) -> None:
    made = both(texts)
    actions.delete(annotation=made, by=make.bob())
    client.force_login(make.bob())
    words = words_in(page(client, "/notes/trash/").find("article", "entry")[0])
    assert words.index(LEFT) < words.index("contradicts") < words.index(RIGHT)
    client.post(f"/notes/{made.pk}/restore/")
    assert Annotation.objects.live().count() == 1


def test_the_history_tells_how_the_passages_were_said_to_stand(texts: tuple[Document, Document]) -> None:
    made = both(texts, body="Why.")
    facts: dict[str, Any] = {
        "by": make.bob(),
        "kind": "claim",
        "meaning": None,
        "codes": [],
        "layer": made.layer,
    }
    now, _ = actions.edit(annotation=made, version=1, body="Why.", relation="qualifies", **facts)
    now, _ = actions.edit(annotation=now, version=now.version, body="Because.", relation="qualifies", **facts)
    told = [(version.stance, version.body) for version in versions(now, make.bob())]
    assert told == [("contradicts", "Why."), ("qualifies", "Why."), ("qualifies", "Because.")]


def test_a_reply_to_a_claim_is_told_to_its_author(client: Client, texts: tuple[Document, Document]) -> None:
    made = both(texts)
    actions.reply(to=made, by=make.alice(), body="Indeed.")
    assert Notice.objects.get().person == make.bob()
    client.force_login(make.bob())
    words = words_in(page(client, "/notices/"))
    assert "answered your claim" in words and RIGHT in words


def test_csv_has_a_row_for_each_passage_with_the_relation(
    client: Client, texts: tuple[Document, Document]
) -> None:
    both(texts, body="=1+1")
    silence(texts)
    rows = list(csv.DictReader(io.StringIO(taken(client, "csv"), newline="")))
    told = [(row["text"], row["passage"], row["relation"], row["about"]) for row in rows]
    assert told == [
        ("On Tides", LEFT, "contradicts", ""),
        ("On Salt", RIGHT, "contradicts", ""),
        ("On Tides", "thirty petitions", "silent", "On Salt"),
    ]
    assert rows[0]["note"] == "'=1+1"


def test_markdown_names_the_text_of_each_passage(client: Client, texts: tuple[Document, Document]) -> None:
    both(texts, body="Why.")
    silence(texts)
    words = taken(client, "md")
    order = [f"> {LEFT}", "— *On Tides*", "\ncontradicts\n", f"> {RIGHT}", "— *On Salt*", "**Claim**", "Why."]
    assert sorted(order, key=words.index) == order
    assert "is met with silence in *On Salt*" in words


def items(words: str) -> list[dict[str, Any]]:
    """The annotations of a file."""
    return list(json.loads(words)["first"]["items"])


def test_the_w3c_form_links_two_sources_and_comes_back_as_it_was(
    client: Client, texts: tuple[Document, Document]
) -> None:
    codes = codes_named(make.bob(), ["Light / Lanterns"])
    both(texts, "extends", body="Why *so*?", codes=codes, public=False)
    silence(texts)
    words = taken(client, "jsonld")
    joined, silent = items(words)
    assert joined["motivation"] == silent["motivation"] == "linking"
    sources = [target["source"]["id"] for target in joined["target"]]
    assert sources == ["http://testserver/read/tides/", "http://testserver/read/salt/"]
    assert {"type": "TextualBody", "value": "extends", "purpose": "linking"} in joined["body"]
    assert silent["about"]["label"] == "On Salt"
    before = _facts()
    Annotation.objects.all().delete()
    assert import_annotations(data=words.encode(), by=make.bob()).counts == {"kept": 2}
    assert _facts() == before
    assert items(taken(client, "jsonld")) == [joined, silent]


def _facts() -> list[tuple[Any, ...]]:
    fields = ("uuid", "kind", "relation", "about", "body", "html", "look", "layer", "made_at", "codes")
    rows = Annotation.objects.order_by("made_at").values_list(*fields)
    places = Passage.objects.order_by("revision", "start").values_list("revision", "start", "exact", "state")
    return [*rows, *places.filter(targets__isnull=False)]


def brought(*given: dict[str, Any], by: User | None = None, **more: Any) -> Report:
    """What becomes of these items."""
    return import_annotations(data=json.dumps(given).encode(), by=by or make.bob(), **more)


def end(slug: str, words: str) -> dict[str, Any]:
    """A target on these words of a text."""
    selector = {"type": "TextQuoteSelector", "exact": words}
    return {"source": f"https://elsewhere.example/read/{slug}/", "selector": selector}


def linking(relation: str = "agrees", *targets: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A claim as a file has it."""
    body = [{"type": "TextualBody", "value": relation, "purpose": "linking"}]
    ends = list(targets) or [end("tides", LEFT), end("salt", RIGHT)]
    return {"type": "Annotation", "motivation": "linking", "body": body, "target": ends, **more}


@pytest.mark.usefixtures("texts")
def test_a_claim_is_placed_in_the_texts_that_it_names_whatever_text_is_chosen() -> None:
    report = brought(linking(), document=Document.objects.get(slug="salt"))
    assert report.counts == {"kept": 1}
    assert [p.document.slug for p in Annotation.objects.get().passages.order_by("pk") if p.document] == [
        "tides",
        "salt",
    ]


@pytest.mark.usefixtures("texts")
def test_names_of_texts_may_mean_others_here() -> None:
    named = {"one": Document.objects.get(slug="tides"), "two": Document.objects.get(slug="salt")}
    report = brought(
        linking("agrees", end("one", LEFT), end("two", RIGHT)),
        linking("silent", end("one", LEFT), about={"id": "https://elsewhere.example/read/two/"}),
        texts=named,
    )
    assert report.counts == {"kept": 2}
    assert Annotation.objects.get(relation="silent").about == named["two"]


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize(
    ("given", "state"),
    [
        (linking("agrees", end("tides", LEFT)), "refused"),
        (linking("agrees", end("tides", LEFT), end("tides", "thirty")), "refused"),
        (linking("silent", end("tides", LEFT)), "refused"),
        (linking("silent", end("tides", LEFT), about="https://elsewhere.example/read/tides/"), "refused"),
        (linking("silent", end("tides", LEFT), about={"id": 7}), "refused"),
        (linking("agrees", end("tides", LEFT), end("nowhere", RIGHT)), "unplaced"),
        (linking("agrees", end("tides", LEFT), end("salt", "not there at all")), "unplaced"),
    ],
)
def test_half_a_claim_is_told_and_not_kept(given: dict[str, Any], state: str) -> None:
    report = brought(given)
    assert report.counts == {state: 1}
    assert report.outcomes[0].said
    assert not Annotation.objects.exists()


@pytest.mark.usefixtures("texts")
def test_links_of_other_programs_are_notes_with_their_words() -> None:
    brought(linking("see also", end("tides", LEFT)))
    note = Annotation.objects.get()
    assert (note.kind, note.body, note.relation) == ("note", "see also", "")


def test_nobody_brings_in_a_claim_about_a_text_that_they_may_not_read() -> None:
    pair(public=False)
    make.alice()
    about = {"id": "https://elsewhere.example/read/salt/"}
    report = brought(linking(), linking("silent", end("tides", LEFT), about=about))
    assert report.counts == {"unplaced": 1, "refused": 1}


def test_who_leaves_takes_their_claims_along_but_for_those_that_others_answered(
    texts: tuple[Document, Document],
) -> None:
    both(texts)
    answered = silence(texts)
    actions.reply(to=answered, by=make.alice(), body="No.")
    bob = make.bob()
    on_account_leaving(person=bob, asking=False)
    stays = Annotation.objects.get(kind="claim")
    assert (stays.pk, stays.author, stays.about) == (answered.pk, None, texts[1])
