"""Bringing notes in on the page: a file is chosen, looked at, and kept."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reader.annotate import actions, moderating
from reader.annotate.layer_models import Showing
from reader.annotate.models import Annotation, Layer, Notice
from reader.annotate.prompt_models import Prompt
from reader.people import classes
from tests import make
from tests.annotate.marked import mark
from tests.annotate.test_w3c import at, brought, item, text
from tests.people.classes import begun, enrolled

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(client: Client) -> Client:
    """Bob's browser."""
    client.force_login(make.bob())
    return client


def looked_at(client: Client, *items: Any, **fields: Any) -> Any:
    """The answer to uploading these items."""
    text()
    file = SimpleUploadedFile("notes.jsonld", json.dumps(items).encode())
    return client.post(reverse("annotate:import"), {"file": file, **fields})


def test_the_report_comes_before_anything_is_kept(bob: Client) -> None:
    answer = looked_at(
        bob, item(), item(number=2, target=at("lantern", 2)), item(number=3, target=at("moon"))
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Nothing is kept yet", "Keep 2", "Doubtful", "Not placed", "moon", "do not stand in"):
        assert words in page
    assert not Annotation.objects.exists()
    answer = bob.post(
        reverse("annotate:keep_import", args=[answer.context["key"]]), {"layer": "public"}, follow=True
    )
    assert "1 annotation brought in." in answer.content.decode()
    assert "Undo" in answer.content.decode()
    assert Annotation.objects.get().layer.kind == "public"


def test_the_doubtful_ones_are_kept_where_one_says_so(bob: Client) -> None:
    answer = looked_at(bob, item(target=at("lantern", 2)))
    bob.post(reverse("annotate:keep_import", args=[answer.context["key"]]), {"doubtful": "1"})
    assert Annotation.objects.count() == 1


def test_what_was_looked_at_is_one_s_own_and_for_once(bob: Client) -> None:
    key = looked_at(bob, item()).context["key"]
    bob.force_login(make.alice())
    assert bob.post(reverse("annotate:keep_import", args=[key])).status_code == 422
    bob.force_login(make.bob())
    assert bob.post(reverse("annotate:keep_import", args=[key])).status_code == 302
    assert bob.post(reverse("annotate:keep_import", args=[key])).status_code == 422
    assert Annotation.objects.count() == 1


def test_all_may_belong_to_one_text(bob: Client) -> None:
    there = text()
    elsewhere = item(target={**at("lit before"), "source": "https://other.example/x"})
    assert looked_at(bob, elsewhere).context["report"].kept == 0
    assert looked_at(bob, elsewhere, text=there.slug).context["report"].kept == 1
    assert looked_at(bob, elsewhere, text="no-such-text").status_code == 422


def test_notes_go_to_no_other_text_when_the_chosen_one_is_gone_meanwhile(bob: Client) -> None:
    there = text()
    key = looked_at(bob, item(), text=there.slug).context["key"]
    form = {"text": f"{there.slug}-which-is-gone"}
    assert bob.post(reverse("annotate:keep_import", args=[key]), form).status_code == 422
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("address", ["/notes/import/%00/", "/notes/import/a b/"])
def test_what_was_never_looked_at_is_not_there(bob: Client, address: str) -> None:
    assert bob.post(address).status_code == 404


def test_no_text_has_a_name_with_a_nul(bob: Client) -> None:
    assert looked_at(bob, item(), text="\x00").status_code == 422


def test_more_codes_than_a_codebook_holds_are_told(bob: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = {"type": "TextualBody", "purpose": "tagging", "value": "Water"}
    key = looked_at(bob, item(motivation="tagging", body=tag)).context["key"]
    monkeypatch.setattr("reader.annotate.codes.CODES_AT_MOST", 0)
    answer = bob.post(reverse("annotate:keep_import", args=[key]))
    assert answer.status_code == 422
    assert "begin another one" in answer.content.decode()


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, b"\xff", b"x"])
def test_a_file_that_is_none_is_told(bob: Client, data: bytes) -> None:
    answer = bob.post(reverse("annotate:import"), {"file": SimpleUploadedFile("notes.jsonld", data)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_nothing_of_a_hostile_file_stands_in_the_page_as_markup(bob: Client) -> None:
    bad = "<img src=x onerror=alert(1)>"
    page = looked_at(
        bob, item(id=bad, target=at(bad)), item(number=2, body={"value": bad}), {"id": bad}, bad
    ).content.decode()
    assert "<img" not in page
    assert "&lt;img" in page


def test_without_an_account_nothing_comes_in(client: Client) -> None:
    assert looked_at(client, item())["Location"].startswith(reverse("people:sign_in"))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("archived", "is archived"),
        ("taught", "Only who shows this"),
        ("hidden", "deleted meanwhile"),
        ("prompt", "answer it where it is asked"),
    ],
)
def test_no_file_brings_a_reply_where_nobody_may_answer(what: str, why: str) -> None:
    ines, bob = make.user("ines"), make.bob()
    group = begun(by=ines)
    enrolled(group, bob)
    layer = Layer.objects.teaching_of(ines) if what == "taught" else Layer.objects.of_class(group)
    Showing.objects.create(layer=Layer.objects.teaching_of(ines), group=group)
    by, kind = (bob, "note") if what == "hidden" else (ines, "prompt" if what == "prompt" else "note")
    note = mark(text(), 0, 5, by, layer=layer, kind=kind, body="Why?")
    if what == "prompt":
        Prompt.objects.create(annotation=note, reveal="now", is_anonymous=True)
        tess = make.user("tess")
        enrolled(group, tess)
        actions.reply(to=note, by=tess, body="Because.")
    elif what == "hidden":
        moderating.hide(annotation=note, by=ines, why="No")
    elif what == "archived":
        classes.archive(group=group)
    to: dict[str, Any] = {
        "motivation": "replying",
        "target": note.uuid.urn,
        "created": "2001-01-01T00:00:00Z",
    }
    [outcome, _] = brought(item(**to), item(number=2), by=bob).outcomes
    assert outcome.state == "refused" and why in outcome.said
    assert not Annotation.objects.filter(parent=note, author=bob).exists()
    assert not Notice.objects.exists()
