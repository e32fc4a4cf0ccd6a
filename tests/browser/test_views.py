"""Views in a real browser: prepared at the desk, answered on a phone, and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FloatRect, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation
from reader.share.models import Asked, ReadingRecord, View
from tests import make
from tests.browser import texts
from tests.browser.conftest import AxeCheck, SignedIn
from tests.browser.marks import select
from tests.people.classes import enrolled, taught
from tests.share.given import answered, asked, viewed

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def panel_of(page: Page) -> FloatRect:
    """Where the panel lies."""
    box = page.locator(".view-panel").bounding_box()
    assert box
    return box


def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_view_is_made_at_the_desk_asked_in_and_answered_on_a_phone(
    page: Page,
    live_server: LiveServer,
    signed_in: SignedIn,
    axe: AxeCheck,
    new_context: Callable[..., BrowserContext],
) -> None:
    one = taught()
    nora = make.user("nora")
    enrolled(one.group, nora)
    pair = texts.pair()
    texts.desk(signed_in(page, one.people["instructor"]), live_server, *pair, size=texts.MIDDLE)
    page.get_by_role("link", name="Make a view…").click()
    page.get_by_label("For", exact=True).select_option(label="On Tides")
    page.get_by_label("Title").fill("Whose mud?")
    page.get_by_label("Introduction").fill("Read *both*.")
    page.get_by_label("Tide and Toll:").fill("2")
    page.get_by_label("Show it to the class at once").check()
    axe(page)
    page.get_by_role("button", name="Make the view").click()
    expect(page.get_by_text("is in the reading plan of On Tides.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Open at the desk").click()
    panel = page.get_by_role("region", name="The view")
    expect(panel.get_by_text("Whose mud?")).to_be_visible()
    select(page, "#left-p2", 0, 30)
    page.get_by_role("button", name="Ask about this").click()
    page.get_by_label("What you ask").fill("Who owned it?")
    page.get_by_label("Peers do not see who answered what").check()
    axe(page)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile("note="))
    expect(panel.get_by_role("link", name="Who owned it?")).to_be_visible()
    expect(page.get_by_role("dialog", name="Notes on this passage")).to_contain_text("Who owned it?")
    axe(page)
    passage = Annotation.objects.get(kind="prompt").passages.get()
    assert passage.exact.startswith("Water that runs out")
    # The panel takes its strip, and the leaves the rest.
    panel.locator("summary").click()
    expect(panel.get_by_role("link", name="Close the view")).to_be_hidden()
    sizes = page.evaluate("[innerHeight, document.querySelector('.leaf').getBoundingClientRect().bottom]")
    assert abs(sizes[0] - sizes[1]) < 2
    panel.locator("summary").click()
    panel.get_by_role("link", name="Close the view").click()
    expect(panel).to_be_hidden()
    answered(Asked.objects.get(), nora, "The parish did.")

    phone = signed_in(
        new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page(), one.people["student"]
    )
    phone.goto(f"{live_server.url}/classes/{one.group.pk}/")
    phone.get_by_role("link", name="Whose mud?").click()
    assert fits(phone)
    phone.get_by_role("link", name="Open at the desk").click()
    expect(phone.locator(".view-panel")).to_be_visible()
    assert fits(phone)
    # On a phone it is one line, over the text, until somebody unfolds it.
    line = phone.locator(".view-panel summary")
    expect(line).to_contain_text("0 of 1 answered")
    expect(phone.get_by_role("link", name="Close the view")).to_be_hidden()
    assert panel_of(phone)["height"] < 60
    line.click()
    expect(phone.get_by_role("link", name="Close the view")).to_be_in_viewport(ratio=1)
    axe(phone)
    phone.get_by_role("link", name="Not yet answered, prompt 1").click()
    expect(phone.get_by_text("1 other has answered.")).to_be_visible()
    expect(phone.get_by_text("The parish did.")).to_be_hidden()
    assert fits(phone)
    phone.get_by_label("Your answer").fill("Nobody could say.")
    phone.get_by_role("button", name="Answer").click()
    expect(phone.get_by_text("The parish did.")).to_be_visible()
    expect(phone.get_by_text("Anonymous")).to_be_visible()
    axe(phone)
    assert fits(phone)
    phone.get_by_role("link", name="At the desk").click()
    # It goes where the bar was, and leaves no band.
    scrolled = "([by, leaf]) => (document.querySelector(leaf).scrollTop += by)"
    for by in (100, 200):
        phone.evaluate(scrolled, [by, ".leaf[data-side='left']"])
        phone.wait_for_timeout(50)
    expect(phone.locator(".bar")).to_have_class("bar away")
    phone.wait_for_function("document.querySelector('.view-panel').getBoundingClientRect().top < 1")
    phone.locator(".view-panel summary").click()
    expect(phone.get_by_role("link", name="Answered, prompt 1")).to_be_visible()
    phone.get_by_role("button", name="I have read this").click()
    expect(phone.locator(".view-panel summary")).to_contain_text("1 of 1 answered read")
    phone.locator(".view-panel summary").click()
    expect(phone.get_by_text("You have read this.")).to_be_visible()
    assert ReadingRecord.objects.get().finished_at


def test_prompts_are_answered_at_their_cards_and_everything_works_without_scripts(
    page: Page, live_server: LiveServer, signed_in: SignedIn, new_context: Callable[..., BrowserContext]
) -> None:
    one = taught()
    left, right = texts.pair()
    ines = one.people["instructor"]
    first = viewed(one.group, ines, [left, right], title="First", places=("2", "2"))
    viewed(one.group, ines, [left], title="Second", places=())
    asked(first, ines, "Which wheel?")
    page.set_viewport_size({"width": 1440, "height": 900})
    signed_in(page, one.people["student"]).goto(f"{live_server.url}/views/{first.pk}/open/")
    page.get_by_role("link", name="Which wheel?").click()
    card = page.get_by_role("dialog", name="Notes on this passage")
    card.get_by_role("link", name="Answer", exact=True).click()
    card.get_by_label("Your answer").fill("The old one.")
    card.get_by_role("button", name="Answer", exact=True).click()
    expect(card).to_contain_text("1 answer")
    expect(page.get_by_text("Answer kept.")).to_be_visible()
    panel = page.get_by_role("region", name="The view")
    expect(panel.get_by_role("link", name="Answered, prompt 1")).to_be_visible()
    expect(panel).to_contain_text("1 of 1 answered")
    page.get_by_role("button", name="Undo").click()
    expect(panel.get_by_role("link", name="Not yet answered, prompt 1")).to_be_visible()
    page.get_by_role("button", name="Do again").click()
    expect(panel.get_by_role("link", name="Answered, prompt 1")).to_be_visible()
    assert Annotation.objects.get(kind="reply").body == "The old one."

    plain = signed_in(new_context(java_script_enabled=False).new_page(), ines)
    plain.goto(f"{live_server.url}/classes/{one.group.pk}/views/")
    plain.get_by_role("button", name="Move Second up").click()
    expect(plain.locator(".plan .title").first).to_contain_text("Second")
    plain.get_by_role("button", name="Hide First").click()
    expect(plain.get_by_text("“First” is a draft now.")).to_be_visible()
    plain.get_by_role("button", name="Undo").click()
    assert View.objects.get(title="First").shown_at
    plain.goto(f"{live_server.url}/views/{first.pk}/prompts/new/")
    plain.get_by_label("Paragraph", exact=True).fill("4")
    plain.get_by_label("What you ask").fill("Why here?")
    plain.get_by_role("button", name="Ask", exact=True).click()
    plain.get_by_role("button", name="Move prompt 2 up").click()
    expect(plain.locator(".prompts > li").first).to_contain_text("Why here?")
    plain.get_by_role("link", name="Open at the desk").click()
    plain.get_by_role("link", name="Why here?").click()
    expect(plain.locator(".view-panel")).to_be_visible()
    assert "left=p4" in plain.url
    plain.get_by_role("link", name="Previous view").click()
    expect(plain.locator(".view-panel .title")).to_have_text("Second")
