"""Claims at the desk: made with keys from two selections, seen at both ends, kept through all that happens."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation
from tests import make
from tests.browser import texts
from tests.browser.conftest import AxeCheck, Console, SignedIn
from tests.browser.marks import opened, press, said, select
from tests.browser.texts import MIDDLE, PHONE, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


def begin(page: Page) -> None:
    """Begin a claim in the left text, and go on in the right one."""
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    said(page, "Claim begun at")
    select(page, "#right-p1", 0, 30)
    page.keyboard.press("c")
    expect(page.get_by_role("form", name="Claim")).to_be_visible()


def test_two_selections_and_three_keys_make_a_claim_that_both_leaves_show(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in, size=WIDE)
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    said(page, "Choose a passage of the other text")
    select(page, "#right-p1", 0, 30)
    page.keyboard.press("c")
    expect(page.locator(".claiming input").first).to_be_focused()
    page.keyboard.press("2")
    said(page, "Claim kept: contradicts.")
    claim = Annotation.objects.get()
    assert [str(one.passage) for one in claim.targets.select_related("passage")] == [
        texts.prose(2)[4:40].strip(),
        texts.prose(0)[:30].strip(),
    ]
    for side in ("left", "right"):
        expect(page.locator(f"#{side} mark.kind-claim")).not_to_have_count(0)
        card = page.locator(f"#{side} .cards .card")
        expect(card.locator(".relation")).to_have_text("contradicts")
    expect(page.locator(".claiming")).to_have_count(0)
    assert not page.evaluate("CSS.highlights.has('claimed')")
    page.keyboard.press("u")
    said(page, "Undone")
    expect(page.locator("mark.kind-claim")).to_have_count(0)
    expect(page.locator(".cards .card")).to_have_count(0)
