"""A citation opens the other text at the passage that it leans on, as people set it right."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from reader.compare import judging
from reader.compare.leaning import leans
from reader.compare.reading import pair_of
from reader.library.models import Document
from reader.people.models import Role
from tests import make
from tests.compare.pair import CITED, CITING, between, cited, citing, revise, texts
from tests.compare.test_judging import draw
from tests.desk.pages import page, words_of
from tests.library.laid import Element

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Document, Document]:
    return texts()


def link(client: Client, address: str) -> Element:
    """What leads from the note to the work that it cites."""
    (found,) = [e for kind in ("a", "span") for e in page(client, address).find(kind, "facing")]
    return found


def facing(pair: tuple[Document, Document]) -> str:
    return f"/facing/{pair[0].slug}/{pair[1].slug}/"


def test_a_note_leads_to_the_passage_and_to_what_it_may_be_else(
    client: Client, pair: tuple[Document, Document]
) -> None:
    span = link(client, facing(pair))
    ways = [a.attributes["href"] for a in span.find("a")]
    assert ways[0] == "?left=n1&right=p3#right-p3"
    assert words_of(span).startswith("In the facing text: paragraph 3")
    # Turned round, the citing text is on the right.
    turned = link(client, facing(pair[::-1]))
    assert turned.find("a")[0].attributes["href"] == "?right=n1&left=p3#left-p3"


def test_a_text_alone_opens_the_other_one_at_the_passage(
    client: Client, pair: tuple[Document, Document]
) -> None:
    way = link(client, f"/read/{pair[0].slug}/").attributes["href"]
    assert way == f"{facing(pair)}?left=n1&right=p3#left-n1"


def test_texts_that_were_never_compared_open_at_their_beginning(client: Client) -> None:
    second, first = make.document(cited()), make.document(citing())
    assert link(client, facing((first, second))).attributes["href"] == "#right"
    assert "right=" not in link(client, f"/read/{first.slug}/").attributes["href"]


def test_a_reader_sets_right_what_a_citation_leans_on(
    client: Client, pair: tuple[Document, Document]
) -> None:
    judging.judge(parallel=between(*pair, 2, 3), by=make.bob(), says="rejected")
    draw(make.bob(), *pair, CITING[1], "The salt monopoly made the harbour rich")
    client.force_login(make.bob())
    assert "right=p1#" in link(client, facing(pair)).find("a")[0].attributes["href"]
    # For others nothing has changed until somebody says so whose verdict counts.
    client.logout()
    assert "right=p3#" in link(client, facing(pair)).find("a")[0].attributes["href"]
    ann = make.user("ann", role=Role.ANALYST)
    judging.judge(parallel=between(*pair, 2, 3), by=ann, says="rejected")
    assert "right=p3#" not in words_of(link(client, facing(pair)))


def test_a_revision_of_the_cited_text_moves_the_place(
    client: Client, pair: tuple[Document, Document]
) -> None:
    assert "right=p3#" in link(client, facing(pair)).find("a")[0].attributes["href"]
    revise(pair[1], cited("A first paragraph that was not there, on oil and on candles.", *CITED))
    assert "right=p4#" in link(client, facing(pair)).find("a")[0].attributes["href"]


def test_a_private_text_is_no_link(client: Client) -> None:
    second = make.document(cited(), public=False)
    first = make.document(citing())
    client.force_login(make.alice())
    client.post(f"/facing/{first.slug}/{second.slug}/parallels/find/")
    assert "right=p3" in link(client, f"/read/{first.slug}/").attributes["href"]
    client.force_login(make.bob())
    assert not page(client, f"/read/{first.slug}/").find("a", "facing")


def test_what_a_text_leans_on_is_told_for_each_note(pair: tuple[Document, Document]) -> None:
    found = leans(pair_of(*pair), AnonymousUser())
    assert found["left"][0][0].right.number == 3
    assert found["right"] == {}
