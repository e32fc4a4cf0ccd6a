"""Marking, rewriting, answering and undoing without JavaScript; and what axe finds on those pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate import actions
from reader.annotate.models import Annotation, Layer
from reader.annotate.placing import Place
from reader.people.models import User
from tests import make
from tests.browser import texts
from tests.browser.conftest import AxeCheck, SignedIn
from tests.browser.texts import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bare(new_context: Callable[..., BrowserContext]) -> Page:
    """A page without scripts, on a phone."""
    width, height = PHONE
    context = new_context(java_script_enabled=False, viewport={"width": width, "height": height})
    return context.new_page()


def note_by(person: User) -> Annotation:
    """A question of this person on the first text."""
    document, _ = texts.pair()
    revision = document.current
    assert revision is not None
    start = revision.text.index("\n") + 1
    return actions.annotate(
        by=person,
        document=document,
        revision=revision,
        places=[Place(start, start + 20)],
        kind="question",
        layer=Layer.objects.public(),
        body="Is that *so*?",
    )[0]


def test_somebody_signs_in_on_the_way_marks_rewrites_answers_and_undoes(
    bare: Page, live_server: LiveServer
) -> None:
    texts.pair()
    make.bob()
    bare.goto(f"{live_server.url}/facing/quiet-warrant/tide-toll/")
    bare.locator("#left-p1 .annotate").click()
    bare.get_by_label("to here").first.check()
    bare.get_by_label("Question").check()
    bare.get_by_label("Words, where you want to write some").fill("Is that so?")
    bare.get_by_label("Everybody").check()
    bare.get_by_role("button", name="Keep").click()
    bare.get_by_label("Username").fill("bob")
    bare.get_by_label("Password").fill("sesame")
    bare.get_by_role("button", name="Sign in").click()
    expect(bare.get_by_label("Words, where you want to write some")).to_have_value("Is that so?")
    bare.get_by_role("button", name="Keep").click()
    expect(bare.get_by_role("status")).to_contain_text("Question asked")
    assert "/facing/quiet-warrant/tide-toll/" in bare.url
    card = bare.locator("#left .card")
    expect(card).to_contain_text("Is that so?")
    card.get_by_role("link", name="Edit").click()
    bare.locator("#body").fill("Is that really so?")
    bare.get_by_role("button", name="Keep").click()
    expect(card).to_contain_text("Is that really so?")
    card.get_by_role("link", name="Reply").click()
    bare.locator("#body").fill("It is.")
    bare.get_by_role("button", name="Reply").click()
    expect(card).to_contain_text("1 reply")
    card.get_by_role("button", name="Answered").click()
    expect(bare.locator("#left .card.answered")).to_have_count(1)
    card.get_by_role("button", name="Delete").click()
    expect(card).to_have_count(0)
    bare.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(card).to_contain_text("Is that really so?")
    card.get_by_role("link", name="History").click()
    expect(bare.locator("ins")).to_have_text("really")


@pytest.mark.parametrize("theme", ["paper", "night"])
def test_the_pages_for_marking_have_no_fault(
    page: Page, live_server: LiveServer, signed_in: SignedIn, axe: AxeCheck, theme: str
) -> None:
    bob = make.bob()
    question = note_by(bob)
    signed_in(page, bob)
    page.context.add_cookies([{"name": "reading", "value": f"{theme}.2.2.2", "url": live_server.url}])
    for path in (
        "/read/quiet-warrant/annotate/?at=p1",
        "/read/quiet-warrant/annotations/",
        f"/annotations/{question.pk}/edit/",
        f"/annotations/{question.pk}/reply/",
        f"/annotations/{question.pk}/history/",
    ):
        page.goto(live_server.url + path)
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
