"""A claim shows at both of its ends: a mark in each text, and a card in each margin."""

import pytest
from django.test import Client

from reader.annotate.codes import codes_named
from reader.annotate.models import Annotation, Layer
from reader.compare.claims import claim
from reader.library.actions import delete as delete_document
from reader.library.models import Document
from tests import make
from tests.compare.claimed import SALT, TIDES, claimed, pair, passage
from tests.desk.marks import act
from tests.desk.pages import page, words_of
from tests.library.laid import Element, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts() -> tuple[Document, Document]:
    """Two public texts."""
    return pair()


def card(root: Element, side: str, made: Annotation) -> Element:
    """The card of a claim in one of the leaves."""
    [found] = [one for one in root.find("article", "card") if one.attributes["id"] == f"{side}-a{made.pk}"]
    return found


def stance(card: Element) -> tuple[str, str]:
    """How the card says that its passage stands, and the words that it stands to."""
    return words_of(card.find("p", "relation")[0]), words_of(card.find("ul", "ends")[0].find("q")[0])


def test_both_leaves_have_a_mark_and_a_card_with_the_other_passage(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    made = claimed(
        (tides, "lit before the tide"), (salt, "No lantern was lit"), "qualifies", body="Why *so*?"
    )
    root = page(client, f"/facing/{tides.slug}/{salt.slug}/")
    assert len(root.find("mark", "kind-claim")) == 2
    left, right = card(root, "left", made), card(root, "right", made)
    assert stance(left) == ("qualifies", "No lantern was lit")
    assert stance(right) == ("is qualified by", "lit before the tide")
    for one in (left, right):
        assert one.find("em") and words_of(one.find("bdi", "author")[0]) == "bob"


def test_the_link_of_a_card_opens_both_texts_at_their_places(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    made = claimed((tides, "lit before the tide"), (salt, "twenty petitions"))
    for path, way, back in (
        (f"/facing/{tides.slug}/{salt.slug}/", "left=p1&right=p2#right-p2", "left=p1&right=p2#left-p1"),
        (f"/facing/{salt.slug}/{tides.slug}/", "left=p2&right=p1#left-p2", "left=p2&right=p1#right-p1"),
    ):
        root = page(client, path)
        first, second = ("left", "right") if path.endswith("salt/") else ("right", "left")
        [there] = card(root, first, made).find("ul", "ends")[0].find("a")
        [here] = card(root, second, made).find("ul", "ends")[0].find("a")
        assert there.attributes["href"] == f"{path}?{way}"
        assert here.attributes["href"] == f"{path}?{back}"
        for address in (there.attributes["href"], here.attributes["href"]):
            assert address.partition("#")[2] in ids(page(client, address))


def test_one_text_alone_names_the_other_and_leads_to_both(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    made = claimed((tides, "lit before"), (salt, "No lantern"))
    one = card(page(client, f"/read/{salt.slug}/"), "left", made)
    [way] = one.find("ul", "ends")[0].find("a")
    assert way.attributes["href"] == f"/facing/{salt.slug}/{tides.slug}/?left=p1&right=p1#right-p1"
    assert words_of(one.find("cite")[0]) == "On Tides"


def test_silence_names_the_text_that_is_silent(client: Client, texts: tuple[Document, Document]) -> None:
    tides, salt = texts
    made = claimed((tides, "thirty petitions"), relation="silent", about=salt)
    one = card(page(client, f"/read/{tides.slug}/"), "left", made)
    assert words_of(one.find("p", "relation")[0]) == "is met with silence in"
    assert words_of(one.find("ul", "ends")[0]) == "On Salt"
    assert not page(client, f"/read/{salt.slug}/").find("article", "card")


def test_several_passages_have_one_card_in_each_text(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    here = [passage(tides, "lit before"), passage(tides, "thirty petitions")]
    ends = [*here, passage(salt, "twenty petitions")]
    made, _ = claim(by=make.bob(), passages=ends, relation="agrees", layer=Layer.objects.public())
    root = page(client, f"/facing/{tides.slug}/{salt.slug}/")
    assert len(root.find("mark", "kind-claim")) == 3
    words = [words_of(each) for each in card(root, "right", made).find("q")]
    assert words == ["lit before", "thirty petitions"]
    assert stance(card(root, "left", made)) == ("agrees with", "twenty petitions")


def test_codes_and_replies_stand_on_both_cards(client: Client, texts: tuple[Document, Document]) -> None:
    tides, salt = texts
    made = claimed((tides, "lit before"), (salt, "No lantern"), codes=codes_named(make.bob(), ["Light"]))
    client.force_login(make.alice())
    parts = act(client, f"/annotations/{made.pk}/reply/", 201, body="Indeed.", back=f"/read/{salt.slug}/")
    assert len(parts.find("template", "card")) == 2
    root = page(client, f"/facing/{tides.slug}/{salt.slug}/")
    for side in ("left", "right"):
        one = card(root, side, made)
        assert words_of(one.find("ul", "codes")[0]) == "Light"
        assert words_of(one.find("p", "count")[0]) == "1 reply"


def test_an_act_comes_back_as_the_runs_and_cards_of_both_leaves(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    made = claimed((tides, "lit before"), (salt, "No lantern"))
    client.force_login(make.bob())
    back = f"/facing/{salt.slug}/{tides.slug}/"
    parts = act(client, f"/annotations/{made.pk}/delete/", back=back)
    runs = {run.attributes["data-slug"]: words_of(run) for run in parts.find("template", "run")}
    assert runs == {tides.slug: TIDES, salt.slug: SALT}
    assert len(parts.find("template", "gone")) == 1
    parts = act(client, "/changes/undo/", back=back)
    cards = {one.attributes["data-slug"]: one for one in parts.find("template", "card")}
    named = {slug: one.find("article", "card")[0].attributes["id"] for slug, one in cards.items()}
    assert named == {salt.slug: f"left-a{made.pk}", tides.slug: f"right-a{made.pk}"}


def test_what_is_written_at_a_place_is_told_from_there(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    made = claimed((tides, "lit before"), (salt, "No lantern"), "extends")
    for text, words in ((tides, "extends"), (salt, "is extended by")):
        root = page(client, f"/read/{text.slug}/annotations/?from=0&to=90")
        assert stance(card(root, "left", made))[0] == words


def test_a_passage_that_was_revised_away_leads_to_the_revision_that_had_it(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    made = claimed((tides, "thirty petitions"), (salt, "twenty petitions"))
    make.kept(make.parsed("On Salt", make.paragraph(SALT)), revises=salt)
    one = card(page(client, f"/facing/{tides.slug}/{salt.slug}/"), "left", made)
    assert stance(one) == ("contradicts", "twenty petitions")
    assert "no longer in the text: revision 1" in words_of(one)
    [way] = one.find("ul", "ends")[0].find("a")
    old = page(client, way.attributes["href"])
    assert stance(card(old, "left", made)) == ("contradicts", "thirty petitions")


def test_whoever_claimed_something_of_a_text_that_is_gone_still_reads_its_words(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    made = claimed((tides, "lit before"), (salt, "No lantern"))
    silent = claimed((tides, "thirty petitions"), relation="silent", about=salt)
    delete_document(document=salt)
    client.force_login(make.bob())
    root = page(client, f"/read/{tides.slug}/")
    one = card(root, "left", made)
    assert stance(one) == ("contradicts", "No lantern")
    assert "On Salt, a text that is not here any more" in words_of(one)
    assert "not here any more" in words_of(card(root, "left", silent))
    assert not one.find("ul", "ends")[0].find("a")


def test_a_hidden_text_of_one_s_own_claim_has_its_words_and_no_way(
    client: Client, texts: tuple[Document, Document]
) -> None:
    tides, salt = texts
    made = claimed((tides, "lit before"), (salt, "No lantern"), public=False)
    Document.objects.filter(pk=salt.pk).update(is_public=False)
    client.force_login(make.bob())
    one = card(page(client, f"/read/{tides.slug}/"), "left", made)
    assert not one.find("ul", "ends")[0].find("a")
    assert stance(one) == ("contradicts", "No lantern")


def test_hostile_words_are_shown_as_they_are(client: Client) -> None:
    evil = "“<img src=x onerror=alert(1)>” & <script>"
    tides = make.document(make.parsed("On <b>Tides</b>", make.paragraph(evil)))
    salt = make.document(make.parsed("On Salt", make.paragraph("Plain.")))
    made = claimed((tides, evil), (salt, "Plain."), body="<script>alert(1)</script> [x](javascript:alert(1))")
    root = page(client, f"/facing/{salt.slug}/{tides.slug}/")
    one = card(root, "left", made)
    assert stance(one)[1] == evil
    assert not one.find("img") and not one.find("script")
    assert "javascript" not in "".join(way.attributes.get("href", "") for way in one.find("a"))


def test_the_address_of_a_claim_opens_both_texts_at_its_passages(client: Client) -> None:
    tides, salt = pair()
    made = claimed((tides, "thirty petitions"), (salt, "twenty petitions"))
    silent = claimed((salt, "twenty petitions"), relation="silent", about=tides)
    facing = f"/facing/{tides.slug}/{salt.slug}/"
    there = client.get(f"/annotations/{made.pk}/")["Location"]
    assert there == f"{facing}?left=p2&right=p2&note={made.pk}#left-a{made.pk}"
    there = client.get(f"/annotations/{silent.pk}/")["Location"]
    assert there == f"/facing/{salt.slug}/{tides.slug}/?left=p2&note={silent.pk}#left-a{silent.pk}"
    make.kept(make.parsed("On Salt", make.paragraph(SALT)), revises=salt)
    there = client.get(f"/annotations/{made.pk}/")["Location"]
    assert there == f"{facing}?left=p2&note={made.pk}#left-a{made.pk}"
    # Who came from elsewhere on the desk goes back there.
    back = f"/facing/{salt.slug}/{tides.slug}/?left=p1"
    there = client.get(f"/annotations/{made.pk}/?back={back}")["Location"]
    assert there == f"/facing/{salt.slug}/{tides.slug}/?left=p1&right=p2&note={made.pk}#right-a{made.pk}"
