"""Accounts in a real browser: nothing for axe to find, everything by keyboard, and back to the very place."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.people.models import Role, User
from tests import make
from tests.browser import texts
from tests.browser.conftest import AxeCheck, Console, SignedIn

pytestmark = pytest.mark.django_db(transaction=True)

SCHEMES = ["light", "dark"]
PASSWORD = "tide-mill-quay-9"


@pytest.fixture(autouse=True)
def no_attempts_yet(transactional_db: None) -> None:
    """The cache's table is none of Django's models, so that no test empties it."""
    cache.clear()


def type_in(page: Page, *words: str) -> None:
    """Fill the first form from its first field on, with the keyboard alone, and send it."""
    page.locator("main .form :is(input, textarea):not([type=hidden])").first.focus()
    for word in words:
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_at_the_doors(
    page: Page, live_server: LiveServer, axe: AxeCheck, console: Console, scheme: str
) -> None:
    console.allow("422")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/sign-in/")
    type_in(page, "nobody", "wrong")
    expect(page.get_by_text("do not belong together")).to_be_visible()
    axe(page)
    page.goto(f"{live_server.url}/sign-up/")
    type_in(page, "no body", "short", "other")
    expect(page.locator(".errorlist").first).to_be_visible()
    axe(page)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_an_account(
    page: Page, live_server: LiveServer, axe: AxeCheck, scheme: str
) -> None:
    make.document(by=make.user("dora", role=Role.ANALYST))
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/sign-in/?next=/account/two-factor/app/")
    type_in(page, "dora", "sesame")
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    axe(page)
    type_in(page, "sesame")
    expect(page.locator(".qr")).to_be_visible()
    assert page.locator(".qr").evaluate("image => image.naturalWidth") > 0
    axe(page)
    for path in ("/account/", "/account/password/", "/account/delete/"):
        page.goto(live_server.url + path)
        axe(page)


def test_nora_signs_up_by_keyboard_and_is_back_at_her_paragraph(page: Page, live_server: LiveServer) -> None:
    slug = texts.pair()[0].slug
    page.goto(f"{live_server.url}/sign-in/?next=/read/{slug}/%3Fleft%3Dp6%23left-p6")
    page.get_by_role("link", name="Sign up").focus()
    page.keyboard.press("Enter")
    type_in(page, "nora", PASSWORD, PASSWORD)
    page.wait_for_url(f"**/read/{slug}/?left=p6#left-p6")
    assert User.objects.get().username == "nora"


def test_the_browser_carries_the_place_where_the_server_does_not_know_it(
    page: Page, live_server: LiveServer, console: Console
) -> None:
    console.allow("422")
    make.bob()
    page.goto(f"{live_server.url}/sign-in/?next=/help/#keys")
    type_in(page, "bob", "wrong")
    type_in(page, "bob", "sesame")
    page.wait_for_url("**/help/#keys")


@pytest.mark.parametrize("path", ["/sign-up/", "/account/", "/account/delete/", "/account/password/"])
def test_a_page_of_an_account_fits_320_pixels(
    page: Page, live_server: LiveServer, signed_in: SignedIn, path: str
) -> None:
    if path != "/sign-up/":
        dora = make.user("d" * 150, role=Role.ANALYST)
        make.document(make.parsed("W" * 300), by=dora)
        signed_in(page, dora)
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(live_server.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
