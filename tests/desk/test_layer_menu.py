"""Whose marks the desk draws: the menu, what it narrows, and what is seen in spite of it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.annotate.layer_models import Showing
from reader.annotate.models import Annotation, Layer
from reader.library.models import Document
from reader.people.class_models import Class, ClassRole, Membership
from reader.people.models import User
from tests import make
from tests.annotate.marked import mark as marked
from tests.desk.marks import PART, mark
from tests.people.classes import begun, enrolled
from tests.people.visits import content, signed_in

pytestmark = pytest.mark.django_db

TEXT = "The tide rose over the quay, and nobody had seen it come."
SAID = {"own": "For me.", "class": "For the class.", "taught": "Look here.", "public": "For all."}


@pytest.fixture
def document() -> Document:
    return make.document(make.parsed("On Tides", make.paragraph(TEXT)))


@pytest.fixture
def layers(document: Document) -> dict[str, Layer]:
    """Four layers that sam sees, with a note in each."""
    ines, sam = make.user("ines"), make.user("sam")
    group = begun(by=ines, name="History 7")
    enrolled(group, sam)
    found = {
        "own": Layer.objects.private_to(sam),
        "class": Layer.objects.of_class(group),
        "taught": Layer.objects.teaching_of(ines),
        "public": Layer.objects.public(),
    }
    Showing.objects.create(layer=found["taught"], group=group)
    for number, (name, layer) in enumerate(found.items()):
        by = sam if name in ("own", "class") else ines
        marked(document, 9 + number, 20 + number, by, layer=layer, kind="note", body=SAID[name])
    return found


def sams() -> Client:
    return signed_in(User.objects.get(username="sam"))


def drawn(client: Client, document: Document) -> set[str]:
    """Whose notes stand at the desk, in its list of what is written at a place, and in a part of the text."""
    path = f"/read/{document.slug}/"
    sets = []
    for address in (path, f"{path}chunk/0/", f"{path}annotations/"):
        shown = content(client.get(address))
        sets.append({name for name, said in SAID.items() if said in shown})
    assert sets[0] == sets[1] == sets[2]
    return sets[0]


def choose(client: Client, **form: Any) -> Any:
    answer = client.post("/layers/", {"back": "/read/tides/", **form})
    assert answer["Location"] == "/read/tides/"
    return answer


def test_the_desk_draws_the_layers_that_are_chosen_and_says_so(
    document: Document, layers: dict[str, Layer]
) -> None:
    client = sams()
    assert drawn(client, document) == set(SAID)
    assert "Show all" not in content(client.get("/read/tides/"))
    menu = content(client.get("/layers/?left=tides", headers=PART))
    assert "<h1" not in menu
    names = ("Only you", "Class: History 7", "Taught by ines", "Everybody")
    assert [menu.index(name) for name in names] == sorted(menu.index(name) for name in names)
    assert menu.count(" checked>") == 4 and menu.count(">1</span>") == 4
    choose(client, layer=[layers["class"].pk, layers["public"].pk])
    assert drawn(client, document) == {"class", "public"}
    page = content(client.get("/read/tides/"))
    assert "2 of 4" in page and "Show all" in page
    assert content(client.get("/layers/?left=tides", headers=PART)).count(" checked>") == 2
    for show, seen in (
        (f"only-{layers['class'].pk}", {"class"}),
        ("taught", {"taught"}),
        ("all", set(SAID)),
        ("only-999", set(SAID)),
    ):
        choose(client, show=show)
        assert drawn(client, document) == seen, show
    choose(client, show="mine")
    assert 'data-marks="mine"' in content(client.get("/read/tides/"))
    choose(client, show="all")
    assert 'data-marks="all"' in content(client.get("/read/tides/"))
    assert "layers" not in client.cookies or not client.cookies["layers"].value


def test_a_strip_has_no_marks_where_those_of_everybody_are_not_drawn(
    document: Document, layers: dict[str, Layer]
) -> None:
    client, path = sams(), '<path class="marks"'
    assert path in content(client.get("/read/tides/"))
    choose(client, layer=[layers["class"].pk])
    assert path not in content(client.get("/read/tides/"))
    assert path in content(Client().get("/read/tides/")), "what is kept is not another reader's"
    choose(client, layer=[layers["class"].pk, layers["public"].pk])
    assert path in content(client.get("/read/tides/"))


def test_it_takes_no_query_more_and_nothing_without_an_account(
    document: Document, layers: dict[str, Layer]
) -> None:
    client, stranger = sams(), Client()

    def queries(one: Client) -> int:
        one.get("/read/tides/")
        with CaptureQueriesContext(connection) as counted:
            one.get("/read/tides/")
        return len(counted)

    everything = queries(client)
    choose(client, layer=[layers["class"].pk])
    assert queries(client) == everything
    page = content(stranger.get("/read/tides/"))
    assert "layers" not in page.partition("<main")[0].partition("<body")[2]
    stranger.cookies["layers"] = client.cookies["layers"].value
    assert "For all." in content(stranger.get("/read/tides/"))
    assert stranger.get("/layers/")["Location"].startswith("/sign-in/")
    # Nor does somebody else's choice in the same browser count, or one that is none.
    ines = signed_in(User.objects.get(username="ines"))
    for value in (client.cookies["layers"].value, "x", "1_2_", "1_2_99999999999"):
        ines.cookies["layers"] = value
        assert drawn(ines, document) == {"class", "taught", "public"}


def test_it_only_narrows(document: Document, layers: dict[str, Layer]) -> None:
    kim = make.user("kim")
    client = signed_in(kim)
    everything = ".".join(str(layer.pk) for layer in layers.values())
    client.cookies["layers"] = f"{kim.pk}_4_{everything}"
    assert drawn(client, document) == {"public"}
    menu = content(client.get("/layers/?left=tides"))
    assert "History 7" not in menu and "Taught" not in menu
    choose(client, layer=[layer.pk for layer in layers.values()])
    assert drawn(client, document) == {"public"}
    Membership.objects.filter(person__username="sam").update(removed_at="2026-01-01T00:00Z")
    sam = sams()
    sam.cookies["layers"] = f"{User.objects.get(username='sam').pk}_4_{everything}"
    # Their own words stay theirs.
    assert drawn(sam, document) == {"own", "class", "public"}


def test_what_one_writes_or_looks_for_is_drawn(document: Document, layers: dict[str, Layer]) -> None:
    client = sams()
    choose(client, layer=[layers["class"].pk])
    mark(client, document, "nobody", kind="note", body="New.", layer="private")
    assert drawn(client, document) == {"own", "class"}
    note = Annotation.objects.get(body="For all.")
    assert client.get(f"/annotations/{note.pk}/").status_code == 302
    assert drawn(client, document) == {"own", "class", "public"}
    moved = Annotation.objects.get(body="New.")
    choose(client, layer=[layers["own"].pk])
    client.post(f"/annotations/{moved.pk}/move/", {"layer": layers["class"].key})
    assert drawn(client, document) == {"own", "class"}


def test_who_leads_chooses_where_the_teaching_layer_is_shown(
    document: Document, layers: dict[str, Layer]
) -> None:
    ines, sam = signed_in(User.objects.get(username="ines")), sams()
    group = Class.objects.get(name="History 7")
    other = begun(by=make.user("jo"), name="Jo’s")
    enrolled(other, User.objects.get(username="ines"), ClassRole.ASSISTANT)
    page = content(ines.get("/layers/"))
    assert (
        f'name="class" value="{group.pk}" checked' in page and "Jo’s" not in page.partition("Show it in")[2]
    )
    assert "Show it in" not in content(sam.get("/layers/"))
    ines.post("/layers/showings/", {"class": [other.pk]})
    assert not Showing.objects.exists()
    assert "taught" not in drawn(sam, document)
    ines.post("/layers/showings/", {"class": [group.pk, other.pk, "x"]})
    assert [one.group for one in Showing.objects.all()] == [group]
    assert "taught" in drawn(sam, document)
    mark(ines, document, "nobody", kind="note", body="Taught at once.", layer="teaching")
    assert "Taught at once." in content(sam.get("/read/tides/"))
    # Nobody else writes in it, not even below.
    note = Annotation.objects.get(body="Taught at once.")
    refused = sam.post(f"/annotations/{note.pk}/reply/", {"body": "But why?"})
    assert (refused.status_code, "But why?" in content(refused)) == (422, True)
    mark(sam, document, "nobody", status=422, kind="note", body="Mine?", layer="teaching")
