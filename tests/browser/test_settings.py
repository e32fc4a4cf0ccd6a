"""Size, measure, leading and theme: at once, and the next time too."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import texts
from tests.browser.conftest import Console

pytestmark = pytest.mark.django_db(transaction=True)


def style(page: Page, selector: str, name: str) -> str:
    """A computed style."""
    found: str = page.evaluate(
        "([s, n]) => getComputedStyle(document.querySelector(s)).getPropertyValue(n)", [selector, name]
    )
    return found


def choose(page: Page, name: str, value: str) -> None:
    """Take a setting in the panel, and wait until it is kept."""
    with page.expect_response("**/reading/"):
        page.locator(f"input[name={name}][value='{value}']").check(force=True)


@pytest.mark.parametrize(
    ("name", "value", "selector", "property"),
    [
        ("size", "4", "#left-p2", "font-size"),
        ("measure", "1", "#left .text", "width"),
        ("leading", "3", "#left-p2", "line-height"),
        ("theme", "night", "html", "background-color"),
        ("theme", "sepia", "html", "background-color"),
    ],
)
def test_a_setting_takes_effect_at_once_and_is_remembered(
    page: Page, live_server: LiveServer, name: str, value: str, selector: str, property: str
) -> None:
    left, _ = texts.pair()
    texts.desk(page, live_server, left)
    before = style(page, selector, property)
    page.click(".settings summary")
    choose(page, name, value)
    now = style(page, selector, property)
    assert now != before
    page.reload()
    texts.ready(page)
    assert style(page, selector, property) == now


def test_a_larger_type_keeps_the_line(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), at="?left=p9&right=p6")
    page.click(".settings summary")
    choose(page, "size", "5")
    for block in ("#left-p9", "#right-p6"):
        assert 0 < texts.box(page, block)["top"] < 140


def test_the_panel_works_by_keys_and_escape_closes_it(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.pair()[0])
    page.focus(".settings summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_response("**/reading/"):
        page.keyboard.press("ArrowRight")
    expect(page.locator("html")).to_have_attribute("data-theme", "paper")
    page.keyboard.press("Escape")
    expect(page.locator(".settings-form")).to_be_hidden()
    expect(page.locator(".settings summary")).to_be_focused()


def test_the_page_says_what_was_set(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.pair()[0])
    page.click(".settings summary")
    choose(page, "theme", "night")
    expect(page.locator(".said")).to_contain_text("Night")


def test_a_setting_that_cannot_be_kept_is_said(page: Page, live_server: LiveServer, console: Console) -> None:
    console.allow("Failed to load resource")
    texts.desk(page, live_server, texts.pair()[0])
    page.route("**/reading/", lambda route: route.abort())
    page.click(".settings summary")
    page.locator("input[name=theme][value=night]").check(force=True)
    expect(page.locator(".said")).to_contain_text("could not be kept")
    expect(page.locator("html")).to_have_attribute("data-theme", "night")


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_auto_follows_the_device(page: Page, live_server: LiveServer, scheme: str, dark: bool) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    texts.desk(page, live_server, texts.pair()[0])
    ink = page.evaluate(
        """() => {
          const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          pen.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
          pen.fillRect(0, 0, 1, 1);
          return pen.getImageData(0, 0, 1, 1).data[0];
        }"""
    )
    assert (ink < 128) is dark
