"""Who says what in figures, in a browser: no fault for axe, fit for a phone and paper, links to the desk."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import AxeCheck
from tests.browser.texts import ready
from tests.compare.test_facts import ANSWER, LEDGER
from tests.compare.test_facts_page import at, text

pytestmark = pytest.mark.django_db(transaction=True)

PHONE: ViewportSize = {"width": 360, "height": 740}


def address() -> str:
    """The page of two texts that differ, agree, and have names alone."""
    left = text("Ledger", *LEDGER, "They love Stralsund.", "In 1699 it burned.")
    return at(left, text("Answer", *ANSWER, "They fear Rostock.", "The fire was in 1699."))


@pytest.mark.parametrize("theme", ["sepia", "night"])
def test_axe_finds_no_fault(page: Page, live_server: LiveServer, axe: AxeCheck, theme: str) -> None:
    page.context.add_cookies([{"name": "reading", "value": f"{theme}.2.2.2", "url": live_server.url}])
    page.goto(live_server.url + address())
    page.get_by_text("Names that only one of the texts has").click()
    axe(page)
    page.set_viewport_size(PHONE)
    axe(page)


def test_a_phone_shows_each_entry_whole_and_keeps_the_table(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + address())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("table")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("boats . vessels"))
    expect(row.get_by_role("rowheader")).to_contain_text("likely one thing")
    expect(row.get_by_role("cell")).to_have_count(2)
    # On a phone no head stands above a cell, so that each says whose it is.
    expect(row.get_by_text("Ledger", exact=True)).to_be_visible()


def test_an_entry_opens_both_texts_at_their_places(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + address())
    page.get_by_role("link", name="August 1712, paragraph 2").focus()
    page.keyboard.press("Enter")
    ready(page)
    expect(page.locator("#right-p2")).to_be_in_viewport()
    expect(page.locator("#left-p2")).to_be_in_viewport()


def test_kinds_are_chosen_and_names_unfolded_without_a_script(
    new_context: Any, live_server: LiveServer
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + address())
    page.get_by_role("link", name="Names").click()
    expect(page.get_by_role("link", name="Names")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("row")).to_have_count(4)
    expect(page.locator("mark").first).to_have_text("Heinrich Voss")


def test_paper_shows_the_table_and_none_of_the_ways(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + address())
    page.emulate_media(media="print")
    expect(page.get_by_text("4 June 1703").last).to_be_visible()
    expect(page.locator(".kinds")).to_be_hidden()
