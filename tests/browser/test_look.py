"""How the pages look: contrast, measure, steadiness, room."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import texts
from tests.browser.conftest import Console
from tests.browser.texts import MIDDLE, PHONE, TABLET, WIDE

pytestmark = pytest.mark.django_db(transaction=True)

# The contrast of a text with what lies behind it, for every element with words of its own.
CONTRAST = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const pixel = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = pixel(colour).map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (pixel(backgroundColor)[3] === 255) return backgroundColor;
    }
    return "white";
  };
  const found = {};
  for (const element of document.querySelectorAll("body, body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility({ visibilityProperty: true })) continue;
    const both = [light(getComputedStyle(element).color), light(behind(element))];
    const [one, other] = both.sort((a, b) => b - a);
    const name = `${element.localName}.${element.className}`;
    found[name] = Math.min(found[name] ?? 99, (one + 0.05) / (other + 0.05));
  }
  return found;
}"""

LINES = """(selector) => {
  const counts = [];
  for (const block of document.querySelectorAll(selector)) {
    const range = document.createRange();
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let [top, count, lines] = [null, 0, []];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < node.length; at++) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        if (!box.height) continue;
        if (top !== null && box.top - top > 12) {
          lines.push(count);
          count = 0;
        }
        top = box.top;
        count++;
      }
    }
    counts.push(...lines);
  }
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}"""

SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""


def themed(page: Page, live_server: LiveServer, theme: str) -> None:
    """The cookie of a reader who likes this theme."""
    page.context.add_cookies([{"name": "reading", "value": f"{theme}.2.2.2", "url": live_server.url}])


@pytest.mark.parametrize("theme", ["paper", "sepia", "night"])
def test_every_text_stands_out_seven_to_one(page: Page, live_server: LiveServer, theme: str) -> None:
    themed(page, live_server, theme)
    texts.desk(page, live_server, *texts.pair())
    page.click("#left .contents summary")
    page.click("#left-m8")
    page.click(".settings summary")
    found = page.evaluate(CONTRAST)
    assert len(found) > 20
    assert {name: round(value, 2) for name, value in found.items() if value < 7} == {}


@pytest.mark.parametrize("theme", ["paper", "sepia", "night"])
def test_the_shelf_stands_out_seven_to_one(page: Page, live_server: LiveServer, theme: str) -> None:
    themed(page, live_server, theme)
    texts.pair()
    page.goto(live_server.url)
    found = page.evaluate(CONTRAST)
    assert {name: round(value, 2) for name, value in found.items() if value < 7} == {}


@pytest.mark.parametrize(
    ("size", "halves", "least", "most"),
    [(MIDDLE, 2, 48, 70), (WIDE, 2, 56, 74), (MIDDLE, 1, 58, 74), (WIDE, 1, 58, 74), (TABLET, 1, 56, 74)],
)
def test_lines_have_a_calm_length(
    page: Page, live_server: LiveServer, size: tuple[int, int], halves: int, least: int, most: int
) -> None:
    texts.desk(page, live_server, *texts.pair()[:halves], size=size)
    assert least <= page.evaluate(LINES, "#left .text > .chunk > p.block") <= most


@pytest.mark.parametrize("size", [WIDE, MIDDLE, PHONE])
def test_nothing_moves_while_the_page_opens(
    page: Page, live_server: LiveServer, size: tuple[int, int]
) -> None:
    pair = texts.pair()
    page.add_init_script(f"({SHIFTS})()")
    texts.desk(page, live_server, *pair, size=size)
    page.wait_for_timeout(500)
    assert page.evaluate("window.shifted") < 0.02


def test_nothing_moves_when_a_note_opens(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), at="?left=p6")
    line = texts.box(page, "#left-p6")["top"]
    page.click("#left-m5")
    expect(page.locator("#left-n5:popover-open")).to_be_visible()
    assert texts.box(page, "#left-p6")["top"] == line


@pytest.mark.parametrize("path", ["desk", "/", "works", "/help/", "/sign-in/", "/nowhere/"])
def test_a_page_fits_320_pixels(page: Page, live_server: LiveServer, console: Console, path: str) -> None:
    console.allow("404")
    left, right = texts.pair()
    paths = {"desk": f"/facing/{left.slug}/{right.slug}/", "works": f"/texts/{left.slug}/works/"}
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(live_server.url + paths.get(path, path))
    texts.ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if path == "desk":
        assert page.evaluate("document.getElementById('left').scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 390, 700, 768, 1000, 1024, 1440])
def test_nothing_in_the_bar_covers_anything_else(page: Page, live_server: LiveServer, width: int) -> None:
    texts.desk(page, live_server, *texts.pair(), size=(width, 800))
    things = [
        texts.box(page, selector)
        for selector in (
            ".bar-shelf",
            ".bar-title[data-side=left]",
            ".bar-swap",
            ".bar-title[data-side=right]",
            ".bar .find input[type=search]",
            ".settings summary",
            ".bar-other",
            ".bar-help",
        )
        if page.locator(selector).is_visible()
    ]
    assert len(things) >= 4
    if width < 1000:
        assert all(one["right"] <= next["left"] + 1 for one, next in pairwise(things))
    assert all(thing["left"] >= 0 and thing["right"] <= width for thing in things)


def test_the_text_can_be_read_on_a_low_screen(page: Page, live_server: LiveServer) -> None:
    """400 % zoom of a 1280 by 1024 screen: the bar does not stay over the text."""
    texts.desk(page, live_server, *texts.pair(), size=(320, 256))
    page.evaluate("document.getElementById('left-p3').scrollIntoView()")
    page.wait_for_timeout(300)
    covered = page.evaluate(
        """() => {
          const { left, top } = document.getElementById("left-p3").getBoundingClientRect();
          return document.elementFromPoint(left + 20, Math.max(top, 0) + 12)?.closest("[id]")?.id;
        }"""
    )
    assert covered == "left-p3"


def test_a_text_from_right_to_left_keeps_its_margin_outside(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.pair()[1], texts.arabic(), size=WIDE)
    assert page.evaluate("getComputedStyle(document.querySelector('#right-p1')).direction") == "rtl"
    column, note = texts.box(page, "#right .text"), texts.box(page, "#right-n1")
    assert note["left"] >= column["right"]
    assert note["right"] <= WIDE[0]


def test_colours_of_the_system_are_respected(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(forced_colors="active").new_page()
    texts.desk(page, live_server, *texts.pair())
    page.keyboard.press("j")
    rule = page.evaluate(
        "getComputedStyle(document.querySelector('.current'), '::before').borderInlineStartColor"
    )
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert rule != paper
    page.click(".settings summary")
    grounds = page.eval_on_selector_all(
        "[name=theme]", "all => all.map((one) => getComputedStyle(one.parentElement).backgroundColor)"
    )
    assert len(set(grounds)) == 2, "the one that is chosen is seen"


def test_who_wants_no_motion_gets_none(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    texts.desk(page, live_server, *texts.pair())
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
          const { transitionDuration, scrollBehavior } = getComputedStyle(element);
          return parseFloat(transitionDuration) > 0.01 || scrollBehavior === "smooth";
        }).length"""
    )
    assert moving == 0
