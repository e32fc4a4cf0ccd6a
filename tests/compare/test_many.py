"""However much two texts have in common, a page asks and shows a bounded part of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.compare.links import AT_MOST
from reader.compare.models import Parallel, Verdict
from reader.compare.overview import JOINTS_AT_MOST
from reader.library.models import Document
from reader.people.models import Role
from tests import make
from tests.compare.joining import pairing, parallel
from tests.compare.pair import address
from tests.desk.pages import page, words_of

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}


def alike(count: int) -> tuple[Document, Document]:
    """A text of so many paragraphs that all say what the first of another one says."""
    one = make.document(make.parsed("Many", *[make.paragraph(f"Lamp {n}.") for n in range(count)]))
    other = make.document(make.parsed("One", make.paragraph("A lamp."), make.paragraph("No lamp.")))
    pair = pairing(one, other)
    for number in range(1, count + 1):
        parallel(pair, number, 1, score=number / (count + 1))
    return one, other


def test_a_paragraph_that_many_are_like_has_some_links_on_the_desk(client: Client) -> None:
    one, other = alike(AT_MOST + 5)
    for path, more in (
        (f"/facing/{one.slug}/{other.slug}/", {}),
        (f"/facing/{other.slug}/{one.slug}/", {}),
        (address(one, other) + "?left=0-99999&right=0-99999", PART),
    ):
        shown = client.get(path, headers=more).content.decode()
        assert shown.count('<a class="strong"') == AT_MOST
    # The best of them, in the order of the text; and all where the others' places alone are shown.
    assert f"{AT_MOST + 5} ⇄ 1" in shown
    assert "\n5 ⇄ 1" not in shown
    assert one.current is not None
    start = one.current.text.index("Lamp 2.")
    part = client.get(address(one, other) + f"?left={start}-{start + 5}", headers=PART).content.decode()
    assert ">3 ⇄ 1<" in part


def test_a_paragraph_that_many_are_like_names_some_in_the_overview(client: Client) -> None:
    one, other = alike(JOINTS_AT_MOST + 5)
    rows = page(client, address(other, one, "overview")).find("tr")
    (row,) = [row for row in rows if "A lamp." in words_of(row)]
    assert len(row.find("a")) == JOINTS_AT_MOST + 1
    assert "and 5 more" in words_of(row)


@pytest.mark.parametrize("name", ["parallels", "overview", "claims", "facts"])
def test_ten_times_the_parallels_take_no_more_queries(client: Client, name: str) -> None:
    ann = make.user("ann", role=Role.ANALYST)
    client.force_login(ann)
    counts = []
    for number in (3, 30):
        one, other = alike(number)
        for each in Parallel.objects.filter(pairing__first=one):
            Verdict.objects.create(parallel=each, person=ann, says="confirmed")
        for path in (address(one, other, name), f"/facing/{one.slug}/{other.slug}/"):
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            counts.append(len(captured))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 18
