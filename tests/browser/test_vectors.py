"""Hostile words in every place where somebody can write some: nothing runs, with the policy or without."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Dialog, Page, Request
from pytest_django.live_server_helper import LiveServer

from reader.annotate import actions, codes
from reader.annotate.models import Annotation, Layer, Meaning
from reader.annotate.placing import Place, revision_of
from reader.library.models import Document
from reader.people.models import Role, User
from tests import make
from tests.browser.conftest import Console, SignedIn
from tests.browser.vectors import ALL

pytestmark = pytest.mark.django_db(transaction=True)

# What vectors call, and what they would fetch; whatever comes through is remembered.
TRAP = """
window.caught = [];
window.ran = (number) => { window.caught.push(number); };
for (const name of ["alert", "confirm", "prompt"]) window[name] = window.ran;
"""

# Elements and attributes that nothing somebody wrote may bring onto a page.
LIVE = (Path(__file__).parent / "live.js").read_text(encoding="utf-8")


def plant() -> tuple[User, Document]:
    """A library in which every field that somebody can write holds vectors."""
    person = make.user("mallory", role=Role.ANALYST)
    person.first_name, person.last_name = ALL[8][:150], ALL[80][:150]
    person.save()
    blocks = [
        make.paragraph(" ".join(ALL[place : place + 4]).replace("\n", " ")) for place in range(0, len(ALL), 4)
    ]
    notes = tuple(
        make.note(ALL[n][:30], ALL[n], url=f"https://x.example/{ALL[n]}", title=ALL[n]) for n in (3, 31, 60)
    )
    document = make.document(
        make.parsed(ALL[0], make.heading(ALL[12]), *blocks, notes=notes),
        by=person,
        authors=(ALL[8], ALL[9]),
        publication=ALL[10],
        source_url=f"https://x.example/{ALL[11]}",
        language='en"onload=ran(1)',
    )
    book = codes.add_codebook(by=person, name=ALL[13][:100])[0]
    made = [
        codes.add_code(
            by=person, codebook=book, name=vector[:100].replace("/", "∕"), definition=vector, memo=vector
        )[0]
        for vector in ALL[20:26]
    ]
    codes.edit_codebook(by=person, codebook=book, name=book.name, is_public=True)
    meaning = Meaning.objects.create(owner=person, name=ALL[14][:100])
    revision = revision_of(document, None)
    public, private = Layer.objects.public(), Layer.objects.private_to(person)
    for number, vector in enumerate(ALL):
        note, _ = actions.annotate(
            by=person,
            document=document,
            revision=revision,
            places=[Place(number * 20 + 1, number * 20 + 18)],
            kind=(Annotation.Kind.NOTE, Annotation.Kind.QUESTION, Annotation.Kind.TAG)[number % 3],
            layer=(public, private)[number % 2],
            meaning=meaning if number % 3 == 0 else None,
            body=vector,
            codes=[made[number % len(made)]] if number % 3 == 2 else [],
        )
        if number % 10 == 0:
            actions.reply(to=note, by=make.bob(), body=vector)
    actions.delete(annotation=note, by=person)
    return person, document


@pytest.fixture
def trap(page: Page) -> Iterator[list[Any]]:
    """What ran, and what was fetched, on the page of this test."""
    caught: list[Any] = []

    def fetched(request: Request) -> None:
        if "/ran/" in request.url:
            caught.append(request.url)

    def asked(dialog: Dialog) -> None:
        caught.append(dialog.message)
        dialog.dismiss()

    page.add_init_script(TRAP)
    page.on("request", fetched)
    page.on("dialog", asked)
    yield caught


@pytest.mark.parametrize("policy", ["with the policy", "without it"])
def test_nothing_that_somebody_wrote_runs(
    policy: str,
    page: Page,
    live_server: LiveServer,
    signed_in: SignedIn,
    trap: list[Any],
    console: Console,
    settings: Any,
) -> None:
    if policy == "without it":
        settings.CONTENT_SECURITY_POLICY = None
    person, document = plant()
    signed_in(page, person)
    note = Annotation.objects.filter(author=person, kind="note").earliest("pk")
    code = person.codebooks.get().codes.earliest("pk")
    addresses = [
        reverse("library:shelf"),
        reverse("library:document", args=[document.slug]),
        reverse("library:works", args=[document.slug]),
        reverse("desk:read", args=[document.slug]),
        reverse("desk:contents", args=[document.slug]),
        reverse("desk:find", args=[document.slug]) + "?q=" + "%3Cscript%3Eran(1)%3C/script%3E",
        reverse("desk:notes_at", args=[document.slug]) + "?from=0&to=5000",
        reverse("desk:edit", args=[note.pk]),
        reverse("desk:history", args=[note.pk]),
        reverse("annotate:notes"),
        reverse("annotate:notes") + "?words=%3Cimg+src=x+onerror=ran(1)%3E",
        reverse("annotate:trash"),
        reverse("annotate:codebooks"),
        reverse("annotate:codebook", args=[code.codebook_id]),
        reverse("annotate:code", args=[code.pk]),
        reverse("annotate:carried", args=[document.slug]),
        reverse("people:account"),
    ]
    for address in addresses:
        answer = page.goto(live_server.url + address)
        assert answer is not None
        assert answer.status == 200, address
        assert ("content-security-policy" in answer.headers) == (policy == "with the policy")
        assert page.evaluate(LIVE) == [], address
        page.mouse.move(200, 300)
        page.keyboard.press("Tab")
        assert page.evaluate("window.caught") == [], address
        assert trap == [], address
