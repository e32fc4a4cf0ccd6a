"""Nothing of a text, or of what is one person's alone, reaches whoever may not read it, by any page."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reader.annotate.models import Annotation, Change
from reader.compare.models import Parallel
from reader.library.actions import delete, keep, set_public
from reader.library.models import Document
from reader.people.models import Role, User
from tests import make
from tests.compare.claimed import claimed
from tests.compare.pair import CITED, address, between, cited, texts
from tests.compare.test_judging import draw

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}
# What only the hidden text has: its words, its title and its slug.
SECRET = (
    "monopoly made",
    "northern channel",
    "Tolland lent",
    "ruined granary",
    "/salt/",
    '"salt"',
    "On Salt<",
)
NEW = ("Quicksilver", "quicksilver", "The Hidden Title")


def cora() -> User:
    """She owns both texts, and is no staff."""
    return User.objects.filter(username="cora").first() or make.user("cora", role=Role.ANALYST)


def hers(*, public: bool = False) -> tuple[Document, Document]:
    """(A public text of hers, which cites the other one); the other one is public, too, if it shall be."""
    first, second = texts()
    Document.objects.update(owner=cora())
    for text in (first, second):
        text.refresh_from_db()
    if not public:
        hide(second)
    return first, second


def hide(document: Document) -> None:
    set_public(document=document, public=False)


def rewritten(document: Document) -> None:
    """The hidden text says something new, at the same places."""
    words = [one.replace("Gulls nested", "Quicksilver nested") for one in CITED]
    words = [one.replace("because every barge", "because quicksilver barge") for one in words]
    made = replace(cited(*words), title="The Hidden Title")
    made = replace(made, blocks=(replace(made.blocks[0], text="The Hidden Title"), *made.blocks[1:]))
    keep(parsed=made, source=repr(made).encode(), name="t.md", by=cora(), revises=document)
    document.refresh_from_db()


def addresses(first: Document, second: Document) -> list[str]:
    """Every page that has to do with the texts, what was written on them, or comparing them."""
    one, other = first.slug, second.slug
    found = [
        "/",
        "/?q=sluice",
        "/citing/",
        f"/citing/?of={one}",
        f"/citing/?of={other}",
        "/notes/",
        "/notices/",
    ]
    found += [f"/notes/?text={other}", "/notes/?q=barge", "/notes/trash/", "/notes/?kind=claim"]
    found += [f"/notes/export.{form}" for form in ("json", "jsonld", "csv")]
    for slug in (one, other):
        found += [f"/texts/{slug}/{more}" for more in ("", "works/", "revisions/1/", "codes/", "carried/")]
        found += [
            f"/read/{slug}/{more}" for more in ("", "contents/", "facing/", "find/?q=sluice", "chunk/0/")
        ]
        found += [f"/read/{slug}/annotate/?at=p1", f"/read/{slug}/annotations/?from=0&to=9999"]
        found += [f"/read/{slug}/facing/?q=sluice", f"/read/{slug}/revisions/1/"]
    for pair in ((one, other), (other, one)):
        found.append(f"/read/{pair[0]}/chunk/0/?side=right&beside={pair[1]}")
        found.append(f"/read/{pair[0]}/contents/?beside={pair[1]}")
        found += [reverse("desk:facing", args=pair), reverse("desk:claim", args=pair)]
        found.append(reverse("desk:find", args=pair) + "?q=sluice")
        for name in ("parallels", "draw", "claims", "export_claims", "facts", "overview"):
            found.append(reverse(f"compare:{name}", args=pair))
        found.append(reverse("compare:parallels", args=pair) + "?left=0-9999&right=0-9999")
    found += [reverse("compare:parallel", args=[one, other, key]) for key in keys(Parallel)]
    for key in keys(Annotation):
        found += [f"/annotations/{key}/{more}" for more in ("", "history/", "edit/", "reply/")]
    return found


def keys(model: Any) -> list[int]:
    return list(model.objects.values_list("pk", flat=True))


def read(client: Client, path: str, **more: Any) -> str:
    """Everything that an answer says, its headers too."""
    answer = client.get(path, **more)
    body = b"".join(getattr(answer, "streaming_content", ())) or answer.content
    return f"{body.decode()}\n{dict(answer.headers)}"


def told(client: Client, found: list[str], words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Where one of these words is said; to sign in leads back to where one wanted to go."""
    out = []
    for path in found:
        # Parts are made by the same views: those that answer HTMX with something else are asked twice.
        for more in ({}, {"headers": PART}) if path.startswith(("/facing/", "/notes/")) else ({},):
            said = read(client, path, **more).replace(f"?next={path.partition('?')[0]}", "")
            out += [(path, word) for word in words if word in said]
    return out


def everybody() -> list[Client]:
    """A stranger, a student, and an analyst."""
    clients = [Client(), Client(), Client()]
    clients[1].force_login(make.bob())
    clients[2].force_login(User.objects.filter(username="ann").first() or make.user("ann", role=Role.ANALYST))
    return clients


def as_cora() -> Client:
    client = Client()
    client.force_login(cora())
    return client


def test_what_is_found_and_claimed_about_a_hidden_text_is_nowhere() -> None:
    first, second = hers()
    claimed((first, "a tenth of its cargo"), (second, "The salt monopoly made"), by=cora(), body="Why.")
    claimed((first, "damp cupboard"), relation="silent", about=second, by=cora(), body="Silence.")
    draw(cora(), first, second, "damp cupboard", "the pilots went home")
    owner = as_cora()
    for path in addresses(first, second):
        # Whatever a process keeps, it keeps of her reading.
        read(owner, path)
    for client in everybody()[::2]:
        assert told(client, addresses(first, second), (*SECRET, "Why.", "Silence.")) == []


def test_what_was_hidden_since_is_nowhere_but_in_what_people_quoted() -> None:
    first, second = hers(public=True)
    bob = make.bob()
    claimed((first, "a tenth of its cargo"), (second, "The salt monopoly made"), by=bob, body="Why.")
    claimed((first, "damp cupboard"), (second, "Gulls nested"), by=bob, public=False)
    draw(bob, first, second, "damp cupboard", "the pilots went home")
    clients = everybody()[:2]
    clients[1].post(address(first, second, "judge", between(first, second, 4, 1).pk), {"says": "confirmed"})
    for client in (as_cora(), *clients):
        for path in addresses(first, second):
            read(client, path)
    hide(second)
    rewritten(second)
    owner = as_cora()
    for path in addresses(first, second):
        read(owner, path)
    for client in clients:
        assert told(client, addresses(first, second), NEW) == []
        for change in keys(Change):
            for verb in ("undo", "redo"):
                for more in ({}, PART):
                    answer = client.post(f"/changes/{change}/{verb}/", headers=more, follow=True)
                    assert not [word for word in NEW if word in answer.content.decode()]


def test_what_a_student_claims_draws_and_says_for_themselves_is_nobody_else_s() -> None:
    first, second = hers(public=True)
    bob = make.bob()
    claimed((first, "press stood"), (second, "Gulls nested"), by=bob, public=False, body="My own guess.")
    drawn = draw(bob, first, second, "damp cupboard", "the pilots went home")
    clients = everybody()
    clients[1].post(address(first, second, "judge", between(first, second, 4, 1).pk), {"says": "rejected"})
    for path in addresses(first, second):
        read(clients[1], path)
    desk = f"/facing/{first.slug}/{second.slug}/"
    for client in (clients[0], clients[2]):
        assert told(client, addresses(first, second), ("My own guess.", f'data-parallel="{drawn.pk}"')) == []
        for shown in (read(client, desk), read(client, address(first, second))):
            assert "kind-claim" not in shown
            assert "1 reject" not in shown
        assert "4 ⇄ 1<" in read(client, desk)
        assert 'class="claims"' not in read(client, desk)
    assert "4 ⇄ 1<" not in read(clients[1], desk)


def test_a_text_that_was_deleted_is_nowhere_but_in_what_people_quoted() -> None:
    first, second = hers(public=True)
    ann = User.objects.filter(username="ann").first() or make.user("ann", role=Role.ANALYST)
    claimed((first, "a tenth of its cargo"), (second, "The salt monopoly made"), by=ann, body="Why.")
    draw(ann, first, second, "damp cupboard", "the pilots went home")
    stranger, _, analyst = everybody()
    for client in (stranger, analyst):
        for path in addresses(first, second):
            read(client, path)
    found = addresses(first, second)
    delete(document=second)
    assert told(stranger, found, (*SECRET, "Why.")) == []
    assert "The salt monopoly made" in read(analyst, "/notes/")
    assert told(analyst, found, ("northern channel", "Tolland lent", "ruined granary")) == []
