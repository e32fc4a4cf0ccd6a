"""Where the reader is: each leaf by itself, in the address, in memory."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import texts
from tests.browser.texts import MIDDLE, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def first_seen(page: Page, side: str) -> str:
    """The id of the block at the upper edge of a leaf's text."""
    found: str = page.evaluate(
        """async (side) => {
          const m = await import(`${location.origin}/static/js/desk/leaf.js`);
          return m.topPlace(document.getElementById(side)).id;
        }""",
        side,
    )
    return found


def test_each_leaf_scrolls_by_itself(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    texts.scroll(page, "right", 700)
    assert texts.top(page, "right") == 700
    assert texts.top(page, "left") == 0
    assert page.evaluate("scrollY") == 0


def test_a_line_shows_how_far_each_text_is_read(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    before = texts.box(page, ".progress[data-side=left]")["width"]
    texts.scroll(page, "left", 100_000)
    line = texts.box(page, ".progress[data-side=left]")
    assert before < 5
    assert abs(line["width"] - texts.box(page, "#left")["width"]) < 2
    assert texts.box(page, ".progress[data-side=right]")["width"] < 5


def test_the_address_says_where_each_half_is(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    texts.scroll(page, "left", 900)
    texts.scroll(page, "right", 1200)
    expect(page).to_have_url(re.compile(r"[?&]left=[ps]\d+&right=p\d+$"))
    here = [first_seen(page, side) for side in ("left", "right")]
    page.reload()
    texts.ready(page)
    assert [first_seen(page, side) for side in ("left", "right")] == here


def test_scrolling_adds_nothing_to_the_history(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    steps = page.evaluate("history.length")
    for top in (300, 900, 1500):
        texts.scroll(page, "left", top)
        page.wait_for_timeout(400)
    assert page.evaluate("history.length") == steps


@pytest.mark.parametrize("at", ["?left=p9&right=p6", "?right=p6#left-p9"])
def test_a_sent_address_opens_both_texts_at_their_places(
    page: Page, live_server: LiveServer, at: str
) -> None:
    texts.desk(page, live_server, *texts.pair(), at=at)
    assert first_seen(page, "left") == "left-p9"
    assert first_seen(page, "right") == "right-p6"


def test_the_place_that_was_sent_lights_up(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), at="?left=p9")
    expect(page.locator("#left-p9")).to_have_class(re.compile("flash"))
    expect(page.locator("#left-p9")).not_to_have_class(re.compile("flash"), timeout=8000)


def test_contents_lead_to_a_section_and_back_returns(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.click("#left .contents summary")
    page.click("#left .contents a[href$='left-s3']")
    expect(page.locator("#left-s3")).to_be_focused()
    assert first_seen(page, "left") == "left-s3"
    expect(page.locator("#left .contents [aria-current]")).to_have_text("After the storm")
    page.go_back()
    texts.until(page, "document.getElementById('left').scrollTop === 0")


def test_back_from_a_jump_returns_to_the_very_line(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), at="?left=p3")
    texts.scroll(page, "left", int(texts.top(page, "left")) + 37)
    was = texts.top(page, "left")
    page.evaluate("document.querySelector('#left .contents details').open = true")
    was = texts.top(page, "left")
    page.evaluate("document.querySelector(\"#left .contents a[href$='left-s3']\").click()")
    texts.until(page, f"document.getElementById('left').scrollTop > {was} + 200")
    page.go_back()
    texts.until(page, f"Math.abs(document.getElementById('left').scrollTop - {was}) < 3")


def test_a_text_offers_to_go_on_where_the_reader_stopped(page: Page, live_server: LiveServer) -> None:
    left, _ = texts.pair()
    texts.desk(page, live_server, left)
    page.evaluate("document.getElementById('left-p10').scrollIntoView()")
    page.wait_for_timeout(600)
    here = first_seen(page, "left")
    texts.desk(page, live_server, left)
    assert texts.top(page, "left") == 0
    offer = page.locator(".resume a")
    expect(offer).to_have_text(re.compile(r"^Continue at “.+”, \d+ %$"))
    offer.click()
    expect(page.locator(f"#{here}")).to_be_focused()
    expect(page.locator(".resume")).to_have_count(0)


def test_who_would_rather_begin_again_is_left_in_peace(page: Page, live_server: LiveServer) -> None:
    left, _ = texts.pair()
    texts.desk(page, live_server, left, at="?left=p10")
    texts.scroll(page, "left", int(texts.top(page, "left")) + 5)
    page.wait_for_timeout(600)
    texts.desk(page, live_server, left)
    page.click(".resume button")
    expect(page.locator(".resume")).to_have_count(0)
    assert texts.top(page, "left") == 0


def test_the_shelf_offers_it_too(page: Page, live_server: LiveServer) -> None:
    left, _ = texts.pair()
    texts.desk(page, live_server, left, at="?left=p10")
    texts.scroll(page, "left", int(texts.top(page, "left")) + 5)
    page.wait_for_timeout(600)
    page.goto(live_server.url)
    texts.ready(page)
    page.click("text=/^Continue at/")
    texts.ready(page)
    assert first_seen(page, "left") == "left-p10"


def test_the_line_between_the_leaves_moves_by_keys_and_is_remembered(
    page: Page, live_server: LiveServer
) -> None:
    pair = texts.pair()
    texts.desk(page, live_server, *pair)
    divider = page.get_by_role("separator")
    expect(divider).to_have_attribute("aria-valuenow", "50")
    divider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(divider).to_have_attribute("aria-valuenow", "60")
    assert abs(texts.box(page, "#left")["right"] - 0.6 * MIDDLE[0]) < 3
    texts.desk(page, live_server, *pair)
    assert abs(texts.box(page, "#left")["right"] - 0.6 * MIDDLE[0]) < 3


def test_the_line_between_the_leaves_can_be_dragged(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.mouse.move(720, 500)
    page.mouse.down()
    page.mouse.move(520, 480, steps=4)
    page.mouse.up()
    assert abs(texts.box(page, "#left")["right"] - 520) < 4


def test_a_moved_divider_keeps_both_texts_at_their_lines(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), at="?left=p9&right=p6")
    page.get_by_role("separator").focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    assert first_seen(page, "left") == "left-p9"
    assert first_seen(page, "right") == "right-p6"


def test_a_swap_keeps_both_texts_at_their_lines(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    texts.scroll(page, "left", 1100)
    texts.scroll(page, "right", 700)
    page.wait_for_timeout(500)
    left, right = first_seen(page, "left"), first_seen(page, "right")
    page.click(".bar-swap")
    page.wait_for_url("**/facing/tide-toll/quiet-warrant/**")
    texts.ready(page)
    assert first_seen(page, "right") == left.replace("left", "right")
    assert first_seen(page, "left") == right.replace("right", "left")


def test_a_closed_half_leaves_the_other_at_its_line(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    texts.scroll(page, "right", 900)
    page.wait_for_timeout(500)
    here = first_seen(page, "right")
    page.click("#left .leaf-tools .close")
    page.wait_for_url("**/read/tide-toll/**")
    texts.ready(page)
    assert first_seen(page, "left") == here.replace("right", "left")


def test_on_a_phone_a_button_brings_the_other_text(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), size=PHONE)
    assert abs(texts.box(page, "#left")["left"]) < 1
    assert texts.box(page, "#right")["left"] >= PHONE[0] - 1
    expect(page.locator(".bar-title[data-side=left]")).to_be_visible()
    page.click(".bar-other")
    texts.until(page, "document.body.dataset.leaf === 'right'")
    assert abs(texts.box(page, "#right")["left"]) < 1
    expect(page.locator(".bar-title[data-side=right]")).to_be_visible()
    expect(page.locator(".bar-title[data-side=left]")).to_be_hidden()
    page.click(".bar-other")
    texts.until(page, "document.body.dataset.leaf === 'left'")


def test_on_a_phone_a_swipe_stops_at_a_whole_text(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), size=PHONE)
    page.evaluate("document.querySelector('.leaves').scrollTo({ left: 260, behavior: 'smooth' })")
    page.wait_for_timeout(900)
    assert abs(texts.box(page, "#right")["left"]) < 1


def test_the_bar_goes_while_reading_on_and_comes_back(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), size=PHONE)
    for top in (100, 200, 300):
        texts.scroll(page, "left", top)
    texts.until(page, "document.querySelector('.bar').getBoundingClientRect().bottom <= 0")
    texts.scroll(page, "left", 200)
    texts.until(page, "document.querySelector('.bar').getBoundingClientRect().top >= 0")
