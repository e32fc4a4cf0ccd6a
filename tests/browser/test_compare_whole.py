"""The two commentaries themselves, read facing: what leans on what, a claim, and scrolling together."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation
from reader.library.models import Document, Work
from reader.management.commands.ingest import ingest
from reader.people.models import Role
from tests import make
from tests.browser.conftest import SignedIn
from tests.browser.marks import said, select
from tests.browser.texts import MIDDLE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.originals]

# The item on the diversification of alliances, and the passage that it leans on.
ITEM, LEANS_ON = 11, 5


@pytest.fixture
def pair(originals: Path) -> tuple[Document, Document]:
    """What cites, and what is cited; compared as they come into the library."""
    for path in sorted(originals.glob("*.txt")):
        assert not ingest(path, public=True)["error"]
    (found,) = Work.objects.pairs(None)
    return Document.objects.get(slug=found.citing), Document.objects.get(slug=found.cited)


def desk(page: Page, server: LiveServer, pair: tuple[Document, Document], query: str = "") -> None:
    """Open the desk with both."""
    page.set_viewport_size({"width": MIDDLE[0], "height": MIDDLE[1]})
    page.goto(server.url + reverse("desk:facing", args=[pair[0].slug, pair[1].slug]) + query)
    page.wait_for_selector(".gutter")


def top(page: Page, selector: str) -> float:
    """How far an element begins below the top of the window."""
    found: float = page.evaluate("(s) => document.querySelector(s).getBoundingClientRect().top", selector)
    return found


def test_one_sees_what_the_item_leans_on_and_goes_there_and_back(
    page: Page, live_server: LiveServer, pair: tuple[Document, Document]
) -> None:
    desk(page, live_server, pair, f"?left=p{ITEM}#left-p{ITEM}")
    link = page.locator(".parallels a.credited")
    expect(link).to_have_count(1)
    assert f"left=p{ITEM}&right=p{LEANS_ON}" in (link.get_attribute("href") or "")
    assert "strong" in (link.get_attribute("class") or "")
    page.keyboard.press("p")
    said(page, f"strong, credited: ¶ {LEANS_ON}")
    assert 0 < top(page, f"#right-p{LEANS_ON}") < MIDDLE[1] / 2
    expect(page.locator(".gutter .line.credited")).to_have_count(1)
    expect(page.locator("#right").get_by_text(f"cited by ¶ {ITEM}")).to_be_visible()


def test_a_claim_takes_three_keys_and_stands_in_the_ledger(
    page: Page, live_server: LiveServer, signed_in: SignedIn, pair: tuple[Document, Document]
) -> None:
    signed_in(page, make.user("ann", role=Role.ANALYST))
    desk(page, live_server, pair, f"?left=p{ITEM}&right=p{LEANS_ON}#left-p{ITEM}")
    select(page, f"#left-p{ITEM} [data-start], #left-p{ITEM}[data-start]", 0, 40)
    page.keyboard.press("c")
    select(page, f"#right-p{LEANS_ON}", 0, 40)
    page.keyboard.press("c")
    expect(page.locator(".claiming input").first).to_be_focused()
    page.keyboard.press("5")
    said(page, "Claim kept: cites.")
    assert Annotation.objects.get().relation == "cites"
    page.goto(live_server.url + reverse("compare:claims", args=[pair[0].slug, pair[1].slug]))
    row = page.locator("tbody tr").first
    expect(row).to_contain_text(f"paragraph {ITEM}")
    expect(row).to_contain_text(f"paragraph {LEANS_ON}")


def test_one_text_scrolls_and_the_other_follows_by_what_they_say(
    page: Page, live_server: LiveServer, pair: tuple[Document, Document]
) -> None:
    desk(page, live_server, pair)
    page.keyboard.press("l")
    said(page, "together")
    page.evaluate(f"document.querySelector('#left-p{ITEM}').scrollIntoView({{ block: 'center' }})")
    page.wait_for_timeout(600)
    far = top(page, f"#right-p{LEANS_ON}")
    assert -100 < far < MIDDLE[1]
