"""axe finds nothing on any page, by day and by night."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.library.models import Import
from tests import make
from tests.browser import texts
from tests.browser.conftest import AxeCheck, Console, SignedIn

pytestmark = pytest.mark.django_db(transaction=True)

SCHEMES = ["light", "dark"]
PAGES = {
    "the desk with two texts": "/facing/quiet-warrant/tide-toll/",
    "the desk with one text": "/read/quiet-warrant/",
    "the choice of a text to face": "/read/quiet-warrant/facing/",
    "what find found": "/facing/quiet-warrant/tide-toll/find/?q=surveyor",
    "all headings": "/read/quiet-warrant/contents/",
    "the shelf": "/",
    "a text's own page": "/texts/quiet-warrant/",
    "a revision's report": "/texts/quiet-warrant/revisions/1/",
    "the works cited": "/texts/quiet-warrant/works/",
    "signing in": "/sign-in/",
    "help": "/help/",
    "a page that is not there": "/nowhere/",
}
# By night it is the colours that differ: these have all of them.
BY_NIGHT = ("the desk with two texts", "what find found", "the shelf", "signing in")
STAFF_PAGES = {
    "adding a text": "/add/",
    "a text's own page": "/texts/quiet-warrant/",
    "deleting": "/texts/quiet-warrant/delete/",
}


@pytest.mark.parametrize(
    ("name", "scheme"), [*((name, "light") for name in PAGES), *((name, "dark") for name in BY_NIGHT)]
)
def test_axe_finds_nothing_on(
    page: Page, live_server: LiveServer, axe: AxeCheck, console: Console, name: str, scheme: str
) -> None:
    console.allow("404")
    texts.pair()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(live_server.url + PAGES[name])
    texts.ready(page)
    axe(page)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_where_everything_is_open(
    page: Page, live_server: LiveServer, axe: AxeCheck, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    texts.desk(page, live_server, *texts.pair())
    page.click("#left .contents summary")
    page.keyboard.press("/")
    page.keyboard.type("surveyor")
    page.keyboard.press("Enter")
    expect(page.locator(".found li").first).to_be_visible()
    page.evaluate("document.querySelector('#left-m8').click()")
    expect(page.locator("#left-n8:popover-open")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("size", [texts.WIDE, texts.PHONE])
def test_axe_finds_nothing_at_other_sizes(
    page: Page, live_server: LiveServer, axe: AxeCheck, size: tuple[int, int]
) -> None:
    texts.desk(page, live_server, *texts.pair(), size=size)
    axe(page)


def test_axe_finds_nothing_in_the_list_of_keys(page: Page, live_server: LiveServer, axe: AxeCheck) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    axe(page)


def test_axe_finds_nothing_on_an_empty_shelf(page: Page, live_server: LiveServer, axe: AxeCheck) -> None:
    page.goto(live_server.url)
    texts.ready(page)
    axe(page)


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_axe_finds_nothing_for_staff_on(
    page: Page, live_server: LiveServer, axe: AxeCheck, signed_in: SignedIn, name: str
) -> None:
    texts.pair()
    signed_in(page, make.alice()).goto(live_server.url + STAFF_PAGES[name])
    texts.ready(page)
    axe(page)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_a_review(
    page: Page, live_server: LiveServer, axe: AxeCheck, signed_in: SignedIn, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    signed_in(page, make.alice()).goto(live_server.url + "/add/")
    words = f"# The Mud\n\n{texts.prose(1)}[^1]\n\n{texts.prose(2)}[^2]\n\n[^1]: {texts.TOLL}\n"
    page.set_input_files(
        "input[type=file]", {"name": "mud.md", "mimeType": "text/markdown", "buffer": words.encode()}
    )
    page.click("main button[type=submit]")
    expect(page.locator(".review")).to_be_visible()
    assert Import.objects.count() == 1
    axe(page)
