"""Making a claim at the desk: as a script does, and as a form without one does."""

from typing import Any

import pytest
from django.test import Client

from reader.annotate.models import Annotation, Change, Code
from reader.library.models import Document
from reader.library.passages import Passage
from tests import make
from tests.compare.claimed import claimed, pair
from tests.desk.marks import PART, act, at, said
from tests.desk.pages import page, words_of
from tests.library.laid import Element, ids, read

pytestmark = pytest.mark.django_db

LEFT, RIGHT = "lit before the tide", "No lantern was lit"


@pytest.fixture
def texts() -> tuple[Document, Document]:
    """Two public texts."""
    return pair()


@pytest.fixture
def as_bob(client: Client) -> Client:
    """bob, signed in."""
    client.force_login(make.bob())
    return client


def way(texts: tuple[Document, Document]) -> str:
    """Where a claim about these texts is made."""
    return f"/facing/{texts[0].slug}/{texts[1].slug}/claims/new/"


def ends(texts: tuple[Document, Document], left: str = LEFT, right: str = RIGHT) -> dict[str, Any]:
    """The fields that say where these words stand."""
    found: dict[str, Any] = {}
    for side, text, words in zip(("left", "right"), texts, (left, right), strict=True):
        if words:
            found |= {f"{side}_{name}": value for name, value in at(text, words).items()}
    return found


def make_claim(client: Client, texts: tuple[Document, Document], status: int = 201, **fields: Any) -> Element:
    """Claim as a script does; the parts of the answer."""
    facing = f"/facing/{texts[0].slug}/{texts[1].slug}/"
    given = {**ends(texts), "relation": "contradicts", "back": facing, **fields}
    answer = client.post(way(texts), given, headers=PART)
    assert answer.status_code == status, answer.content.decode()
    return read(answer.content.decode())


def test_a_claim_comes_back_as_a_run_and_a_card_in_each_leaf(
    as_bob: Client, texts: tuple[Document, Document]
) -> None:
    parts = make_claim(as_bob, texts, body="Which of *them*?")
    assert said(parts) == "Claim kept: contradicts."
    runs = {run.attributes["data-slug"]: run for run in parts.find("template", "run")}
    drawn = {slug: words_of(run.find("mark", "kind-claim")[0]) for slug, run in runs.items()}
    assert drawn == {texts[0].slug: LEFT, texts[1].slug: RIGHT}
    pk = Annotation.objects.get().pk
    cards = [card.attributes["id"] for card in parts.find("article", "card")]
    assert sorted(cards) == [f"left-a{pk}", f"right-a{pk}"]


def test_the_text_where_a_claim_began_comes_first(as_bob: Client, texts: tuple[Document, Document]) -> None:
    make_claim(as_bob, texts, first="right", relation="cites")
    first, second = Annotation.objects.get().targets.select_related("passage")
    assert (first.passage.exact, second.passage.exact) == (RIGHT, LEFT)


def test_a_text_that_is_silent_needs_no_passage(as_bob: Client, texts: tuple[Document, Document]) -> None:
    answer = as_bob.post(way(texts), {**ends(texts, right=""), "relation": "silent"}, headers=PART)
    assert answer.status_code == 201
    # Where one was chosen nevertheless, it does not count.
    make_claim(as_bob, texts, relation="silent", first="right")
    one, other = Annotation.objects.order_by("pk")
    assert (one.about, str(one.passages.get())) == (texts[1], LEFT)
    assert (other.about, str(other.passages.get())) == (texts[0], RIGHT)


def test_several_passages_of_a_text_are_kept_in_order(
    as_bob: Client, texts: tuple[Document, Document]
) -> None:
    more = at(texts[0], "thirty petitions")
    given = ends(texts)
    for part in ("start", "end", "exact"):
        given[f"left_{part}"] = [given[f"left_{part}"], more[part]]
    make_claim(as_bob, texts, **given)
    found = [str(t.passage) for t in Annotation.objects.get().targets.select_related("passage")]
    assert found == [LEFT, "thirty petitions", RIGHT]


def test_the_same_form_twice_makes_one(as_bob: Client, texts: tuple[Document, Document]) -> None:
    make_claim(as_bob, texts, token="abc")
    assert said(make_claim(as_bob, texts, 200, token="abc")) == "This was kept already."
    assert Annotation.objects.count() == Change.objects.count() == 1


def test_a_claim_is_undone_and_done_again_in_both_leaves(
    as_bob: Client, texts: tuple[Document, Document]
) -> None:
    make_claim(as_bob, texts)
    back = f"/facing/{texts[0].slug}/{texts[1].slug}/"
    parts = act(as_bob, "/changes/undo/", back=back)
    assert len(parts.find("template", "run")) == 2 and not parts.find("mark")
    parts = act(as_bob, "/changes/redo/", back=back)
    assert len(parts.find("mark", "kind-claim")) == len(parts.find("article", "card")) == 2


def test_codes_layer_and_why_are_kept(as_bob: Client, texts: tuple[Document, Document]) -> None:
    make_claim(as_bob, texts, new_code=["Light / Lanterns"], layer="public", body="Why.")
    claim = Annotation.objects.get()
    assert (claim.layer.kind, claim.body, claim.codes.get().name) == ("public", "Why.", "Lanterns")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"relation": ""}, "Choose how the passages stand"),
        ({"relation": "hates"}, "Choose how the passages stand"),
        ({"left_start": "x"}, "choose one in each text"),
        ({"right_start": [], "right_end": []}, "choose one in each text"),
        ({"left_exact": "something else"}, "not what it was"),
        ({"right_revision": "9"}, "no such revision"),
        ({"right_revision": "x"}, "no such revision"),
        ({"left_start": 4_000_000, "left_end": 4_000_009}, "does not lie in the text"),
        ({"left_start": [9] * 21, "left_end": [12] * 21, "left_exact": [""] * 21}, "Up to 20"),
        ({"layer": "x"}, "Choose who shall see it"),
        ({"body": "a" * 20_001}, "Shorten it"),
        ({"token": "no token!"}, "not one of ours"),
        ({"code": ["987"]}, "gone"),
    ],
)
def test_a_claim_that_cannot_be_kept_says_what_to_do_and_loses_nothing(
    as_bob: Client, texts: tuple[Document, Document], changed: dict[str, Any], told: str
) -> None:
    fields = {"new_code": ["New"], **changed}
    parts = make_claim(as_bob, texts, 422, **fields)
    assert told in words_of(parts.find("p", "problem")[0])
    given = {**ends(texts), "relation": "agrees", "body": "Typed.", **fields}
    answer = as_bob.post(way(texts), given)
    assert answer.status_code == 422
    again = read(answer.content.decode())
    assert told in words_of(again.find("p", "problem")[0])
    assert words_of(again.find("textarea")[0]) == given["body"]
    assert not Annotation.objects.exists() and not Passage.objects.exists() and not Code.objects.exists()


def test_a_passage_of_an_older_revision_comes_along(as_bob: Client, texts: tuple[Document, Document]) -> None:
    fields = ends(texts)
    words = "Something new stands first. " + RIGHT + " on the quay that year."
    make.kept(make.parsed("On Salt", make.paragraph(words)), revises=texts[1])
    make_claim(as_bob, texts, **fields)
    passage = Annotation.objects.get().passages.get(document=texts[1])
    assert passage.revision is not None and (passage.revision.number, passage.exact) == (2, RIGHT)


def test_a_stranger_gets_nothing_of_a_private_text(client: Client) -> None:
    texts = pair(public=False)
    client.force_login(make.user("charlie"))
    for method in (client.get, client.post):
        for address in (way(texts), way((texts[1], texts[0])), way((texts[0], texts[0]))):
            assert method(address).status_code == 404


def test_who_is_not_signed_in_is_told_where(client: Client, texts: tuple[Document, Document]) -> None:
    facing = f"/facing/{texts[0].slug}/{texts[1].slug}/"
    given = {**ends(texts), "relation": "agrees", "back": facing}
    answer = client.post(way(texts), given, headers=PART)
    assert answer.status_code == 401
    assert "/sign-in/?next=%2Ffacing" in answer.content.decode()


def chosen(form: Element) -> dict[str, str]:
    """The radio buttons that are set, by name."""
    fields = [field.attributes for field in form.find("input")]
    return {a["name"]: a["value"] for a in fields if a.get("type") == "radio" and "checked" in a}


def test_without_a_script_a_claim_is_made_of_sentences(
    as_bob: Client, texts: tuple[Document, Document]
) -> None:
    root = page(as_bob, f"{way(texts)}?left=p1&right=p2")
    [form] = root.find("form", "claim-form")
    fields = {
        a["name"]: a.get("value", "")
        for a in (i.attributes for i in form.find("input"))
        if a["type"] == "hidden"
    }
    left = [words_of(one) for one in root.find("span") if one.attributes.get("id", "").startswith("left-")]
    assert left == ["The lantern on the quay was lit before the tide.", "Nobody had paid for the oil."]
    fields |= chosen(form) | {"relation": "extends", "layer": "public", "body": "More *so*."}
    answer = as_bob.post(way(texts), fields)
    claim = Annotation.objects.get()
    facing = f"/facing/{texts[0].slug}/{texts[1].slug}/"
    assert answer["Location"] == f"{facing}?left=p1&right=p2&note={claim.pk}#left-a{claim.pk}"
    assert f"left-a{claim.pk}" in ids(page(as_bob, answer["Location"]))
    assert [str(t.passage)[:11] for t in claim.targets.select_related("passage")] == [
        "The lantern",
        "The board m",
    ]


def test_the_form_leads_from_paragraph_to_paragraph_and_turns_round(
    client: Client, texts: tuple[Document, Document]
) -> None:
    root = page(client, f"{way(texts)}?left=1&right=p2")
    ways = {words_of(one): one.attributes["href"] for one in root.find("a")}
    assert ways["The next paragraph"] == "?left=p2&right=p2"
    assert ways["The paragraph before"] == "?left=p1&right=p1"
    assert ways["The other way round"] == f"{way((texts[1], texts[0]))}?left=p2&right=p1"


@pytest.mark.parametrize("asked", ["", "?left=p99&right=b0", "?left=x&right=n4", "?left=s1", "?left=%00"])
def test_odd_places_open_the_form_nevertheless(
    client: Client, texts: tuple[Document, Document], asked: str
) -> None:
    assert page(client, way(texts) + asked).find("form", "claim-form")


def test_what_was_filled_in_before_signing_in_comes_back(
    client: Client, texts: tuple[Document, Document]
) -> None:
    given = {**ends(texts, right="twenty petitions"), "relation": "qualifies", "body": "Not so fast."}
    answer = client.post(way(texts), {**given, "right_at": "p2"})
    assert answer.status_code == 302
    client.force_login(make.bob())
    root = page(client, f"{way(texts)}?right=p2&draft=1")
    [form] = root.find("form", "claim-form")
    assert words_of(form.find("textarea")[0]) == "Not so fast."
    words = at(texts[1], "twenty petitions")
    assert chosen(form)["relation"] == "qualifies"
    assert client.session["draft"]["typed"]["right"]["places"] == [[words["start"], words["end"], ""]]


def test_the_form_of_a_paragraph_leads_to_the_form_of_a_claim(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    back = f"/facing/{salt.slug}/{tides.slug}/?left=p2"
    root = page(
        client, f"/read/{tides.slug}/annotate/?at=p1&back={back.replace('?', '%3F').replace('=', '%3D')}"
    )
    [found] = [a.attributes["href"] for a in root.find("a") if words_of(a).startswith("Claim")]
    assert found == f"{way((salt, tides))}?left=p2&right=p1"
    alone = page(client, f"/read/{tides.slug}/annotate/?at=p1")
    [found] = [a.attributes["href"] for a in alone.find("a") if words_of(a).startswith("Claim")]
    assert found == f"/read/{tides.slug}/facing/?left=p1"
    assert not [i for i in root.find("input") if i.attributes.get("value") == "claim"]


def test_a_claim_is_edited_on_its_page_and_stays_of_its_kind(
    as_bob: Client, texts: tuple[Document, Document]
) -> None:
    made = claimed((texts[0], LEFT), (texts[1], RIGHT), body="Why.")
    root = page(as_bob, f"/annotations/{made.pk}/edit/")
    offered = [i.attributes["value"] for i in root.find("input") if i.attributes["name"] == "relation"]
    assert offered == ["agrees", "contradicts", "qualifies", "extends", "cites"]
    assert not [i for i in root.find("input") if i.attributes["name"] == "meaning"]
    act(as_bob, f"/annotations/{made.pk}/edit/", version=1, relation="agrees", body="Because.")
    made.refresh_from_db()
    assert (made.relation, made.body, made.kind) == ("agrees", "Because.", "claim")
    answer = as_bob.post(f"/annotations/{made.pk}/edit/", {"version": 1, "body": "Late."}, headers=PART)
    assert answer.status_code == 409 and "Late." in answer.content.decode()


def test_a_claim_of_silence_keeps_its_silence_when_it_is_edited(
    as_bob: Client, texts: tuple[Document, Document]
) -> None:
    made = claimed((texts[0], LEFT), relation="silent", about=texts[1])
    root = page(as_bob, f"/annotations/{made.pk}/edit/")
    assert not [i for i in root.find("input") if i.attributes["name"] == "relation"]
    act(as_bob, f"/annotations/{made.pk}/edit/", version=1, body="Telling.")
    made.refresh_from_db()
    assert (made.relation, made.body) == ("silent", "Telling.")


def test_the_pages_of_a_claim_show_its_passages_in_their_order(
    as_bob: Client, texts: tuple[Document, Document]
) -> None:
    made = claimed((texts[1], RIGHT), (texts[0], LEFT), "qualifies", body="Why.")
    silent = claimed((texts[0], LEFT), relation="silent", about=texts[1])
    for name in ("edit", "reply", "history"):
        words = words_of(page(as_bob, f"/annotations/{made.pk}/{name}/"))
        assert words.index(RIGHT) < words.index(" qualifies ") < words.index(LEFT)
        assert "is met with silence in On Salt" in words_of(page(as_bob, f"/annotations/{silent.pk}/{name}/"))
