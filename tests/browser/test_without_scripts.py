"""Reading without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation
from tests import make
from tests.browser import texts
from tests.browser.conftest import SignedIn
from tests.browser.texts import MIDDLE, PHONE, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page without scripts."""
    return new_context(java_script_enabled=False).new_page()


def plain(page: Page, server: LiveServer, path: str, size: tuple[int, int] = MIDDLE) -> None:
    """Open a page."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(server.url + path)


@pytest.mark.parametrize("size", [MIDDLE, WIDE, PHONE])
def test_a_mark_leads_to_its_note_and_back(
    page: Page, live_server: LiveServer, size: tuple[int, int]
) -> None:
    texts.pair()
    plain(page, live_server, "/facing/quiet-warrant/tide-toll/", size)
    page.click("#left-m5")
    expect(page.locator("#left-n5")).to_be_in_viewport()
    page.click("#left-n5 .back")
    expect(page.locator("#left-m5")).to_be_in_viewport()


def test_both_texts_are_there_in_full(page: Page, live_server: LiveServer) -> None:
    texts.pair()
    plain(page, live_server, "/facing/quiet-warrant/tide-toll/")
    expect(page.locator("#right-p14")).to_have_count(1)
    page.locator("#right-p14").scroll_into_view_if_needed()
    expect(page.locator("#right-p14")).to_be_in_viewport()
    expect(page.locator("#left .title")).to_be_in_viewport()


def test_a_book_is_read_from_part_to_part(page: Page, live_server: LiveServer) -> None:
    texts.book()
    plain(page, live_server, "/read/long-book/")
    page.locator(".waiting a").first.click()
    expect(page).to_have_url(re.compile(r"left=c\d+"))
    expect(page.locator("#left .chunk:not(.waiting) p.block").first).to_be_in_viewport()


def test_contents_find_and_settings_work(page: Page, live_server: LiveServer) -> None:
    texts.pair()
    plain(page, live_server, "/facing/quiet-warrant/tide-toll/")
    page.click("#left .contents summary")
    page.click("#left .contents a >> text=After the storm")
    expect(page.locator("#left-s3")).to_be_in_viewport()
    page.click(".settings summary")
    page.locator("[name=theme][value=sepia]").check(force=True)
    page.click(".settings-form button")
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    page.fill(".find input[type=search]", "surveyor")
    page.keyboard.press("Enter")
    expect(page.locator(".found-list li").first).to_be_visible()
    page.locator(".found-list li a").first.click()
    expect(page).to_have_url(re.compile("/facing/.*#(left|right)-p"))


def test_on_a_phone_the_other_text_is_a_link_away(page: Page, live_server: LiveServer) -> None:
    texts.pair()
    plain(page, live_server, "/facing/quiet-warrant/tide-toll/", PHONE)
    page.click(".bar-other")
    expect(page.locator("#right .title")).to_be_in_viewport()


def test_a_passage_is_marked_by_its_sentences(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    texts.pair()
    plain(signed_in(page, make.bob()), live_server, "/facing/quiet-warrant/tide-toll/", PHONE)
    page.click("#left-p2 .annotate")
    page.get_by_role("radio", name="to here").nth(1).check()
    page.get_by_role("radio", name="Note", exact=True).check()
    page.fill("[name=body]", "Without a script.")
    page.click("main form button.primary")
    expect(page.locator("#left-p2 mark.kind-note")).not_to_have_count(0)
    expect(page.locator("#left .cards .card .body")).to_have_text("Without a script.")
    assert Annotation.objects.get().passages.get().exact == texts.prose(2, 2)
