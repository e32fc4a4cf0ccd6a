"""The pages about what readers added, in a browser: no fault for axe, everything from the keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.actions import delete, reply
from reader.annotate.codes import codes_named
from reader.annotate.models import Annotation, Code
from tests import make
from tests.annotate.test_lists import note
from tests.browser.conftest import AxeCheck, SignedIn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def written() -> Code:
    """Notes of bob and alice, a code, something in the trash, and a reply to bob."""
    [harbour, *_] = codes_named(make.bob(), ["Harbour", "Harbour / Quay", "Sea"])
    question = note(make.bob(), "Why **so**?", kind="question", codes=[harbour])
    note(make.alice(), "| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two", start=20)
    reply(to=question, by=make.alice(), body="Because of the tide.")
    delete(annotation=note(make.bob(), "Gone."), by=make.bob())
    return harbour


@pytest.mark.parametrize("theme", ["paper", "night"])
def test_axe_finds_no_fault(
    page: Page, live_server: LiveServer, signed_in: SignedIn, axe: AxeCheck, written: Code, theme: str
) -> None:
    signed_in(page, make.bob())
    page.context.add_cookies([{"name": "reading", "value": f"{theme}.2.2.2", "url": live_server.url}])
    for path in (
        "/notes/?kind=question&person=bob",
        "/notes/trash/",
        "/notices/",
        "/notes/import/",
        "/codebooks/",
        f"/codebooks/{written.codebook_id}/",
        f"/codes/{written.pk}/",
    ):
        page.goto(live_server.url + path)
        axe(page)


def test_the_list_is_narrowed_in_place_and_its_address_follows(
    page: Page, live_server: LiveServer, signed_in: SignedIn, written: Code
) -> None:
    signed_in(page, make.bob())
    page.goto(live_server.url + "/notes/")
    expect(page.locator(".entry")).to_have_count(2)
    page.get_by_label("Kind").select_option("question")
    expect(page.locator(".entry")).to_have_count(1)
    expect(page).to_have_url(re.compile("kind=question"))
    page.reload()
    expect(page.locator(".entry")).to_have_count(1)
    page.go_back()
    expect(page.locator(".entry")).to_have_count(2)


def test_a_note_is_deleted_and_brought_back_without_a_script(
    new_context: object, live_server: LiveServer, signed_in: SignedIn, written: Code
) -> None:
    page = new_context(java_script_enabled=False).new_page()  # type: ignore[operator]
    signed_in(page, make.bob())
    page.goto(live_server.url + "/notes/?person=bob")
    page.get_by_role("button", name="Delete the question").click()
    expect(page.locator(".messages")).to_contain_text("Question deleted.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Why so?")).to_be_visible()
    assert Annotation.objects.live().filter(kind="question").exists()


def test_a_code_is_renamed_and_moved_with_the_keyboard_alone(
    page: Page, live_server: LiveServer, signed_in: SignedIn, written: Code
) -> None:
    signed_in(page, make.bob())
    page.goto(f"{live_server.url}/codebooks/{written.codebook_id}/")
    page.get_by_role("button", name="Harbour down").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".code-tree > li").first).to_contain_text("Sea")
    page.get_by_role("link", name="Harbour", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name").first.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Port")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Code “Port” changed.")
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour")


def test_new_replies_are_counted_at_the_desk_and_g_n_leads_there(
    page: Page, live_server: LiveServer, signed_in: SignedIn, written: Code
) -> None:
    signed_in(page, make.bob())
    page.goto(live_server.url + "/read/tides/")
    expect(page.get_by_role("link", name="Notes: 1 new reply")).to_be_visible()
    page.locator("html[data-ready]").wait_for()
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Replies")
    expect(page.get_by_text("Because of the tide.")).to_be_visible()


def test_a_phone_scrolls_no_page_sideways(
    page: Page, live_server: LiveServer, signed_in: SignedIn, written: Code
) -> None:
    codes_named(make.bob(), ["Harbour / " + "x" * 60])
    note(make.bob(), "https://long.example/" + "y" * 200)
    signed_in(page, make.bob())
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/notes/", f"/codebooks/{written.codebook_id}/", f"/codes/{written.pk}/", "/notes/trash/"):
        page.goto(live_server.url + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, path
