"""A passage goes to the clipboard with its source."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import texts

pytestmark = pytest.mark.django_db(transaction=True)

SELECT = """([from, to]) => {
  const range = document.createRange();
  range.setStart(document.querySelector(from).firstChild, 0);
  range.setEndAfter(document.querySelector(to).lastChild);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page that may use the clipboard."""
    return new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()


def clipboard(page: Page) -> str:
    """What lies on the clipboard."""
    found: str = page.evaluate("navigator.clipboard.readText()")
    return found


def test_the_button_copies_words_authors_title_publication_address_and_paragraph(
    page: Page, live_server: LiveServer
) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.evaluate(SELECT, ["#left-p1", "#left-p1"])
    page.get_by_role("button", name="Copy with citation").click()
    expect(page.locator(".said")).to_contain_text("Copied with its citation")
    words = texts.prose(1)
    assert clipboard(page) == (
        f"“{words}”\nTom Sedge, The Quiet Warrant, Harbour Quarterly, https://parish.example/warrant/, ¶ 1"
    )


def test_a_key_copies_too_and_says_so(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.evaluate(SELECT, ["#left-p1", "#left-p2"])
    page.keyboard.press("y")
    expect(page.locator(".said")).to_contain_text("Copied with its citation")
    copied = clipboard(page)
    assert copied.startswith(f"“{texts.prose(1)}\n{texts.prose(2)}”\n")
    assert copied.endswith("¶¶ 1–2")


def test_marks_are_no_part_of_the_words(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.evaluate(SELECT, ["#left-p1", "#left-p1"])
    page.keyboard.press("y")
    expect(page.locator(".said")).to_contain_text("Copied")
    assert clipboard(page).split("”\n")[0].endswith(texts.prose(1)[-20:])


def test_a_plain_copy_stays_plain(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.evaluate(SELECT, ["#left-p2", "#left-p2"])
    page.keyboard.press("Control+c")
    assert clipboard(page).strip() == texts.prose(2)


def test_nothing_selected_is_said(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.keyboard.press("y")
    expect(page.locator(".said")).to_contain_text("Select a passage first")


def test_the_button_goes_with_the_selection(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.evaluate(SELECT, ["#left-p1", "#left-p1"])
    expect(page.locator(".cite")).to_be_visible()
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator(".cite")).to_be_hidden()
