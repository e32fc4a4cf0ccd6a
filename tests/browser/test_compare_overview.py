"""The strips beside the leaves: where one is, and going elsewhere by click, pull and key."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.library.models import Document
from tests.browser import texts
from tests.browser.conftest import AxeCheck
from tests.compare.joining import pairing, parallel

pytestmark = pytest.mark.django_db(transaction=True)


def compared() -> tuple[Document, Document]:
    """The two texts with three parallels; the first cites the second in one of them."""
    warrant, toll = texts.pair()
    of = pairing(warrant, toll)
    assert of.first == toll
    parallel(of, 2, 12, "strong", "second")
    parallel(of, 5, 3, "likely")
    parallel(of, 6, 4)
    return warrant, toll


def opened(page: Page, server: LiveServer, size: tuple[int, int] = texts.MIDDLE, at: str = "") -> None:
    """Open both and wait until their strips are at work."""
    texts.desk(page, server, *compared(), size=size, at=at)
    page.mouse.move(size[0] / 2, size[1] / 2)
    texts.until(page, "document.querySelectorAll('.strip .view').length === 2")


def at(page: Page, side: str, share: float) -> tuple[float, float]:
    """The point of a strip at this share of its height."""
    strip = texts.box(page, f".strip[data-side={side}]")
    return strip["left"] + strip["width"] / 2, strip["top"] + share * strip["height"]


def view(page: Page, side: str) -> tuple[float, float]:
    """From which share of a strip to which the text is in view."""
    strip, seen = (
        texts.box(page, f".strip[data-side={side}]"),
        texts.box(page, f".strip[data-side={side}] .view"),
    )
    return (
        (seen["top"] - strip["top"]) / strip["height"],
        (seen["bottom"] - strip["top"]) / strip["height"],
    )


@pytest.mark.parametrize("size", [texts.WIDE, texts.MIDDLE, texts.TABLET])
def test_a_strip_stands_at_the_outer_edge_of_each_leaf_and_covers_none_of_it(
    page: Page, live_server: LiveServer, size: tuple[int, int]
) -> None:
    opened(page, live_server, size)
    left, right = (texts.box(page, f".strip[data-side={side}]") for side in ("left", "right"))
    assert left["left"] == 0
    assert right["right"] == size[0]
    assert texts.box(page, "#left")["left"] == left["right"]
    assert texts.box(page, "#right")["right"] == right["left"]
    assert left["bottom"] == size[1]


def test_a_click_goes_to_the_paragraph_at_that_height(page: Page, live_server: LiveServer) -> None:
    opened(page, live_server)
    page.mouse.click(*at(page, "right", 0.6))
    texts.until(page, "document.getElementById('right').scrollTop > 0")
    assert re.fullmatch(r"right-p\d+", texts.focused(page))
    first, last = view(page, "right")
    assert first - 0.05 < 0.6 < last
    assert texts.top(page, "left") == 0
    page.go_back()
    texts.until(page, "document.getElementById('right').scrollTop < 30")


def test_a_pull_takes_the_text_along_and_is_no_click(page: Page, live_server: LiveServer) -> None:
    opened(page, live_server)
    page.mouse.move(*at(page, "left", 0.1))
    page.mouse.down()
    page.mouse.move(*at(page, "left", 0.5), steps=6)
    halfway = texts.top(page, "left")
    page.mouse.move(*at(page, "left", 0.9), steps=6)
    page.mouse.up()
    assert 0 < halfway < texts.top(page, "left")
    page.wait_for_timeout(200)
    first, last = view(page, "left")
    assert first < 0.9 < last + 0.02
    assert texts.focused(page) != "left-p1"


def test_the_frame_says_what_is_in_view(page: Page, live_server: LiveServer) -> None:
    opened(page, live_server)
    first, last = view(page, "left")
    assert first < 0.02
    assert 0.05 < last < 0.6
    texts.scroll(page, "left", 100_000)
    first, last = view(page, "left")
    assert first > 0.5
    assert last > 0.97
    texts.scroll(page, "left", 900)
    first, last = view(page, "left")
    page.set_viewport_size({"width": 1440, "height": 500})
    page.wait_for_timeout(200)
    smaller = view(page, "left")
    assert smaller[1] - smaller[0] < 0.7 * (last - first)


def test_the_strip_is_one_stop_of_the_tabulator_and_arrows_go_along_it(
    page: Page, live_server: LiveServer
) -> None:
    opened(page, live_server)
    stops = page.locator(".strip[data-side=left] a[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    link = page.locator(".strip[data-side=left] a:focus")
    expect(link.locator("i")).to_be_visible()
    place = (link.get_attribute("href") or "").partition("#")[2]
    page.keyboard.press("Enter")
    texts.until(page, f"document.activeElement.id === '{place}'")
    page.locator(".strip[data-side=left] a[tabindex='0']").focus()
    page.keyboard.press("End")
    expect(page.locator(".strip[data-side=left] a").last).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator(".strip[data-side=left] a").first).to_be_focused()


def test_a_part_of_a_book_that_waits_is_brought_by_a_click(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.book())
    page.keyboard.press("Shift")
    texts.until(page, "document.querySelector('.strip .view')")
    page.mouse.click(*at(page, "left", 0.7))
    texts.until(page, "/^left-p\\d+$/.test(document.activeElement.id)")
    assert 0.6 * 1500 < int(texts.focused(page).partition("-p")[2]) < 0.8 * 1500


def test_without_scripts_a_stretch_is_a_link_and_the_other_half_stays(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    warrant, toll = compared()
    page.goto(f"{live_server.url}/facing/{warrant.slug}/{toll.slug}/?left=p9")
    page.mouse.click(*at(page, "right", 0.6))
    expect(page).to_have_url(re.compile(r"\?left=p9&right=p\d+#right-p\d+$"))
    expect(page.locator(f"#{page.url.partition('#')[2]}")).to_be_in_viewport()


def test_a_phone_has_its_room_for_the_text(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *compared(), size=texts.PHONE)
    expect(page.locator(".strip").first).to_be_hidden()
    assert texts.box(page, "#left")["width"] == texts.PHONE[0]


def test_paper_has_no_strip(page: Page, live_server: LiveServer) -> None:
    opened(page, live_server)
    page.emulate_media(media="print")
    expect(page.locator(".strip").first).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_desk_with_strips(
    page: Page, live_server: LiveServer, axe: AxeCheck, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened(page, live_server)
    axe(page)


@pytest.mark.parametrize(("size", "scheme"), [(texts.MIDDLE, "light"), (texts.PHONE, "dark")])
def test_the_overview_leads_to_both_places_and_axe_finds_nothing(
    page: Page, live_server: LiveServer, axe: AxeCheck, size: tuple[int, int], scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    warrant, toll = compared()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{live_server.url}/facing/{warrant.slug}/{toll.slug}/overview/")
    texts.ready(page)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("table.overview >> nth=0 >> text=¶ 2")
    texts.ready(page)
    expect(page).to_have_url(re.compile("left=p12"))
    expect(page.locator("#left-p12")).to_be_in_viewport()
    if size != texts.PHONE:
        expect(page.locator("#right-p2")).to_be_in_viewport()


@pytest.mark.parametrize("size", [texts.MIDDLE, texts.PHONE])
def test_axe_finds_nothing_where_texts_cite_each_other(
    page: Page, live_server: LiveServer, axe: AxeCheck, size: tuple[int, int]
) -> None:
    compared()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(live_server.url + "/citing/")
    texts.ready(page)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_sum_is_seen_whole_on_a_phone(page: Page, live_server: LiveServer) -> None:
    left, right = compared()
    page.set_viewport_size({"width": texts.PHONE[0], "height": texts.PHONE[1]})
    page.goto(f"{live_server.url}/facing/{left.slug}/{right.slug}/overview/")
    assert texts.box(page, ".overview-sum")["right"] <= texts.PHONE[0]
    expect(page.get_by_role("rowheader", name=left.title)).to_be_visible()
