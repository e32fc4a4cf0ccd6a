"""Classes in a real browser: for axe, by keyboard, on a phone, without scripts, and on paper."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.people.class_models import Class, Membership, RosterLine
from reader.people.models import Role, User
from tests import make
from tests.browser.conftest import AxeCheck, Console, SignedIn
from tests.browser.vectors import ALL
from tests.people.classes import Taught, begun, enrolled, invited, taught

pytestmark = pytest.mark.django_db(transaction=True)

SCHEMES = ["light", "dark"]
WIDE = "W" * 120


@pytest.fixture(autouse=True)
def no_attempts_yet(transactional_db: None) -> None:
    """The cache's table is none of Django's models, so that no test empties it."""
    cache.clear()


def pages(one: Taught) -> list[str]:
    """The pages of a class."""
    base, pk = f"/classes/{one.group.pk}/", one.membership("student").pk
    ways = ("", "edit/", "copy/", "leave/", "members/", f"members/{pk}/remove/", "invitations/", "roster/")
    more = (f"{base}views/", f"/views/new/?class={one.group.pk}")
    return ["/classes/", "/classes/new/", *(base + way for way in ways), *more, "/join/"]


def expected(group: Class) -> None:
    """Somebody who is on the roster and has not come."""
    RosterLine.objects.create(group=group, name="Tom Tull", address="tom@example.org", key="tom@example.org")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(
    page: Page, live_server: LiveServer, signed_in: SignedIn, axe: AxeCheck, scheme: str
) -> None:
    one = taught()
    expected(one.group)
    _, token = invited(one.group)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    signed_in(page, one.people["instructor"])
    # By night it is the colours that differ, and these pages have the same.
    for path in pages(one) if scheme == "light" else pages(one)[:3]:
        page.goto(live_server.url + path)
        axe(page)
    page.goto(f"{live_server.url}/join/")
    page.get_by_label("The code").fill("x")
    page.goto(f"{live_server.url}/classes/{one.group.pk}/invitations/")
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_label("The link", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    axe(page)
    page.goto(f"{live_server.url}/classes/{one.group.pk}/roster/")
    page.get_by_label("Names or e-mail addresses").fill("Nora Nield\nsam")
    page.get_by_role("button", name="Look what it does").click()
    expect(page.get_by_text("is expected")).to_be_visible()
    axe(page)
    signed_in(page, one.people["stranger"])
    page.goto(f"{live_server.url}/join/{token}/")
    axe(page)


def test_a_class_is_begun_and_joined_by_keyboard_alone(
    page: Page, live_server: LiveServer, signed_in: SignedIn, new_context: Callable[..., BrowserContext]
) -> None:
    signed_in(page, make.user("ines", role=Role.INSTRUCTOR))
    page.goto(f"{live_server.url}/classes/new/")
    page.get_by_label("Name").focus()
    page.keyboard.type("On Tides")
    page.keyboard.press("Enter")
    page.wait_for_url("**/invitations/")
    page.get_by_label("Link", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    code = page.locator(".class-code")
    expect(code).to_have_text(re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$"))
    make.user("nora")
    other = new_context(viewport={"width": 320, "height": 568}).new_page()
    other.goto(f"{live_server.url}/join/")
    other.get_by_label("The code").focus()
    other.keyboard.type(code.inner_text().lower())
    other.keyboard.press("Enter")
    other.get_by_role("link", name="Sign in to join").focus()
    other.keyboard.press("Enter")
    other.get_by_label("Username").focus()
    for word in ("nora", "sesame"):
        other.keyboard.type(word)
        other.keyboard.press("Tab")
    other.keyboard.press("Enter")
    other.get_by_role("button", name="Join").focus()
    other.keyboard.press("Enter")
    other.wait_for_url(re.compile(r"/classes/\d+/$"))
    expect(other.get_by_text("You are in “On Tides”.")).to_be_visible()
    assert Membership.objects.active().filter(person__username="nora").exists()


def test_a_first_class_is_where_the_browser_is_and_a_second_where_the_first_was(
    live_server: LiveServer, new_context: Callable[..., BrowserContext], signed_in: SignedIn
) -> None:
    ines = make.user("ines", role=Role.INSTRUCTOR)
    page = signed_in(new_context(timezone_id="Asia/Tokyo").new_page(), ines)
    page.goto(f"{live_server.url}/classes/new/")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    begun(by=ines, zone="Europe/Berlin")
    page.goto(f"{live_server.url}/classes/new/")
    page.locator("html[data-ready]").wait_for()
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")


def test_the_secret_of_a_link_stands_in_no_address_that_the_page_has(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    one = taught()
    _, token = invited(one.group)
    asked: list[Any] = []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))
    signed_in(page, one.people["stranger"])
    page.goto(f"{live_server.url}/join/{token}/")
    assert page.url == f"{live_server.url}/join/class/"
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(re.compile(r"/classes/\d+/$"))
    assert asked[0][0].endswith(f"/join/{token}/")
    assert token not in str(asked[1:])
    page.go_back()
    assert token not in page.url
    assert token not in page.content()


@pytest.mark.parametrize("width", [320, 390])
def test_pages_fit_a_phone(page: Page, live_server: LiveServer, signed_in: SignedIn, width: int) -> None:
    one = taught(WIDE)
    User.objects.filter(pk=one.people["student"].pk).update(first_name=WIDE)
    RosterLine.objects.create(group=one.group, name=WIDE, address="x" * 60 + "@example.org", key="x")
    _, token = invited(one.group)
    signed_in(page, one.people["instructor"])
    page.set_viewport_size({"width": width, "height": 700})
    for path in pages(one):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    signed_in(page, one.people["stranger"])
    page.goto(f"{live_server.url}/join/{token}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_names_made_of_markup_are_only_shown(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    page.add_init_script("window.ran = () => { window.hasRun = true; };")
    ines = make.user("ines", role=Role.INSTRUCTOR)
    for number, vector in enumerate(ALL[::6]):
        name = " ".join(vector.split())[:120]
        group = begun(by=ines, name=name)
        sam = User.objects.create(username=f"sam{number}", first_name=name, last_name=name)
        enrolled(group, sam)
        RosterLine.objects.create(group=group, name=name, key=name)
        if number % 4 == 0:
            signed_in(page, ines)
            for way in ("", "members/", "roster/", "invitations/", "edit/", "leave/"):
                page.goto(f"{live_server.url}/classes/{group.pk}/{way}")
                assert page.evaluate("window.hasRun") is None
    page.goto(f"{live_server.url}/classes/")
    assert page.evaluate("window.hasRun") is None
    assert page.locator(".class-list > li").count() == len(ALL[::6])


def test_the_members_are_narrowed_as_one_types(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    one = taught()
    signed_in(page, one.people["instructor"])
    page.goto(f"{live_server.url}/classes/{one.group.pk}/members/")
    rows = page.locator("#members tbody tr")
    expect(rows).to_have_count(3)
    page.get_by_label("Words of a name or username").press_sequentially("sam")
    expect(rows).to_have_count(1)
    assert page.url.endswith("?q=sam")
    page.get_by_role("combobox", name="Role of sam").select_option("assistant")
    page.get_by_role("button", name="Change the role of sam").click()
    expect(page.get_by_text("sam: assistant now.")).to_be_visible()


def test_all_of_it_works_without_scripts(
    live_server: LiveServer, new_context: Callable[..., BrowserContext], signed_in: SignedIn
) -> None:
    one = taught()
    page = signed_in(new_context(java_script_enabled=False).new_page(), one.people["instructor"])
    page.goto(f"{live_server.url}/classes/{one.group.pk}/members/")
    page.get_by_label("Words of a name or username").fill("sam")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="Remove sam…").click()
    page.get_by_label("It stays in the class, without the name").check()
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Take sam back").click()
    assert page.get_by_text("sam is back.").is_visible()
    page.get_by_role("link", name="Roster").click()
    page.get_by_label("Names or e-mail addresses").fill("charlie\nTom Tull")
    page.get_by_role("button", name="Look what it does").click()
    page.get_by_role("button", name="Put them on the roster").click()
    assert page.get_by_text("1 joined, 1 wait.").is_visible()
    page.get_by_label("Username of Tom Tull").fill("sam")
    page.get_by_role("button", name="Tom Tull is this member").click()
    assert not page.get_by_role("heading", name="Expected").is_visible()


def test_the_roster_is_printed_without_what_is_for_the_screen(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    one = taught()
    expected(one.group)
    signed_in(page, one.people["instructor"])
    page.goto(f"{live_server.url}/classes/{one.group.pk}/roster/")
    page.emulate_media(media="print")
    for words in ("Roster", "In it", "Expected", "Tom Tull", "tom@example.org"):
        expect(page.locator("main").get_by_text(words, exact=False).first).to_be_visible()
    for hidden in (page.get_by_role("navigation"), page.get_by_role("button"), page.locator("#paste")):
        for shown in hidden.all():
            expect(shown).to_be_hidden()


def test_a_wrong_code_is_told(page: Page, live_server: LiveServer, console: Console, axe: AxeCheck) -> None:
    console.allow("404|422")
    page.goto(f"{live_server.url}/join/")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    axe(page)
    page.get_by_label("The code").fill("BCDF-GHJK")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This invitation is not valid any more")).to_be_visible()
    axe(page)
