"""Links to views in a real browser: given, read by a stranger, revoked; on a phone, at night, on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.share.models import Link
from tests import make
from tests.browser.conftest import AxeCheck, Console, SignedIn
from tests.share.links import shared

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_instructor_gives_a_view_that_a_stranger_reads_until_it_is_revoked(
    page: Page,
    live_server: LiveServer,
    signed_in: SignedIn,
    new_context: Callable[..., BrowserContext],
    axe: AxeCheck,
    console: Console,
) -> None:
    one = shared(title="Week 1", html="<p>Ask what <strong>stands still</strong>.</p>")
    signed_in(page, one.ines)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/views/{one.view.pk}/links/")
    axe(page)
    page.get_by_label("Give what others wrote").check()
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("The link", exact=True).input_value()
    assert re.fullmatch(rf"{live_server.url}/view/[\w-]{{32}}/", address)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    axe(page)

    # A stranger on a telephone, by night, without scripts.
    phone = new_context(
        viewport={"width": 390, "height": 800}, color_scheme="dark", java_script_enabled=False
    ).new_page()
    asked = []
    phone.on("request", lambda request: asked.append(request.headers.get("referer", "")))
    phone.goto(address)
    assert phone.url == f"{live_server.url}/shared/{Link.objects.get().key}/"
    assert not any(asked)
    expect(phone.get_by_role("heading", name="Week 1")).to_be_visible()
    expect(phone.get_by_text("secret thought")).to_be_visible()
    expect(phone.get_by_role("region", name="On Mills")).to_contain_text("Look at the quay.")
    expect(phone.get_by_text("sam", exact=True)).to_have_count(0)

    # Another on a wide screen, by day, and then on paper.
    wide = new_context(viewport={"width": 1300, "height": 900}).new_page()
    wide.goto(address)
    left, right = (wide.locator(f"#{side}").bounding_box() for side in ("left", "right"))
    assert left and right
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"] + 1
    assert wide.locator("script").count() == 0
    axe(wide)
    wide.set_viewport_size({"width": 390, "height": 800})
    wide.emulate_media(color_scheme="dark")
    assert wide.evaluate("document.documentElement.scrollWidth") <= 390
    axe(wide)
    wide.emulate_media(media="print", color_scheme="light")
    expect(wide.get_by_text("secret thought")).to_be_visible()
    expect(wide.get_by_text("Given to you by a link")).to_be_hidden()
    wide.emulate_media(media="screen")

    page.goto(f"{live_server.url}/views/{one.view.pk}/links/")
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("Revoked. It opens nothing any more")).to_be_visible()
    console.allow("404")
    for stranger in (phone, wide):
        for where in (stranger.url, address):
            stranger.goto(where)
            expect(stranger.get_by_role("heading", name="There is nothing here")).to_be_visible()
            expect(stranger.get_by_text("Week 1")).to_have_count(0)
    axe(wide)


def test_a_long_text_is_read_on_part_by_part_and_its_links_lead_to_their_part(
    page: Page, live_server: LiveServer, console: Console
) -> None:
    one = shared(title="A book")
    one.view.left = make.document(make.book(paragraphs=700, notes=20), by=one.ines)
    one.view.save()
    link, token = one.give()
    page.goto(f"{live_server.url}/view/{token}/")
    page.get_by_role("link", name="Read on").click()
    expect(page).to_have_url(re.compile(r"/part/left/\d+/$"))
    expect(page.get_by_role("link", name="Read what comes before")).to_be_visible()
    Link.objects.filter(pk=link.pk).update(revoked_at=link.made_at)
    console.allow("404")
    page.get_by_role("link", name="Read on").click()
    expect(page.get_by_text("what it led to is not given any more")).to_be_visible()
