"""Parallels between the leaves: their lines, and going along them and back."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import joined, texts

pytestmark = pytest.mark.django_db(transaction=True)

LINE = """(key) => {
  const path = document.querySelector(`.gutter [data-parallel="${key}"] .stroke`);
  if (!path) return null;
  const [from, to] = [path.getPointAtLength(0), path.getPointAtLength(path.getTotalLength())];
  const { left, top } = path.ownerSVGElement.getBoundingClientRect();
  return [from.x + left, from.y + top, to.x + left, to.y + top];
}"""

# The middle of what the page shows of a passage, in the window: {left, right}.
PASSAGE = """async (key) => {
  const { rangesOf, runs } = await import(`${location.origin}/static/js/text/offsets.js`);
  const { all } = await import(`${location.origin}/static/js/desk/parallels.js`);
  const one = all().find((each) => each.key === key);
  return ["left", "right"].map((side) => {
    const ranges = rangesOf(one[side], runs(document.querySelector(`#${side} .text`)));
    const rects = ranges.flatMap((range) => [...range.getClientRects()]);
    const bottom = Math.min(innerHeight, Math.max(...rects.map((rect) => rect.bottom)));
    return (Math.min(...rects.map((rect) => rect.top)) + bottom) / 2;
  });
}"""


def joins(page: Page, key: int) -> bool:
    """Whether the line of a parallel runs from the middle of one passage to that of the other."""
    page.wait_for_timeout(120)
    line = page.evaluate(LINE, str(key))
    if line is None:
        return False
    middles = page.evaluate(PASSAGE, str(key))
    left, right = texts.box(page, "#left .text"), texts.box(page, "#right .text")
    ends = abs(line[1] - middles[0]) < 3 and abs(line[3] - middles[1]) < 3
    return bool(ends and left["right"] < line[0] < line[2] < right["left"])


@pytest.mark.parametrize("size", [texts.MIDDLE, texts.WIDE, texts.TABLET])
def test_a_line_joins_two_passages_in_view(
    page: Page, live_server: LiveServer, size: tuple[int, int]
) -> None:
    pair = joined.facing()
    key = joined.join(*pair, 2, 2).pk
    texts.desk(page, live_server, *pair, size=size)
    page.wait_for_selector(".gutter .line", state="attached")
    assert joins(page, key)


def test_the_line_follows_scrolling_type_and_width(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    key = joined.join(*pair, 3, 4).pk
    texts.desk(page, live_server, *pair, at="?left=p2&right=p3")
    page.wait_for_selector(".gutter .line", state="attached")
    for side, by in (("left", 90), ("right", -60)):
        texts.scroll(page, side, int(texts.top(page, side)) + by)
        assert joins(page, key), side
    page.set_viewport_size({"width": 1180, "height": 900})
    assert joins(page, key)
    page.evaluate("document.documentElement.dataset.size = '3'")
    assert joins(page, key)
    page.evaluate("document.body.style.setProperty('--split', '42%')")
    assert joins(page, key)


def test_p_brings_the_other_text_to_the_parallel_at_the_same_height(
    page: Page, live_server: LiveServer
) -> None:
    pair = joined.facing()
    joined.join(*pair, 3, 15)
    texts.desk(page, live_server, *pair, at="?left=p2")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#left-p3")).to_be_focused()
    page.keyboard.press("p")
    expect(page.get_by_role("status").last).to_have_text("¶ 15, strong.")
    assert abs(joined.at(page, "left", 3) - joined.at(page, "right", 15)) < 2
    expect(page.locator("#left-p3")).to_be_focused()
    expect(page).to_have_url(re.compile("right=p1"))


def test_p_again_goes_to_the_next_best_and_back_to_the_first(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    joined.join(*pair, 3, 18, "likely")
    joined.join(*pair, 3, 15)
    joined.join(*pair, 3, 8, "faint")
    texts.desk(page, live_server, *pair, at="?left=p3")
    page.keyboard.press("j")
    for said in (
        "1 of 3, strong: ¶ 15.",
        "2 of 3, likely: ¶ 18.",
        "3 of 3, faint: ¶ 8.",
        "1 of 3, strong: ¶ 15.",
    ):
        page.keyboard.press("p")
        expect(page.get_by_role("status").last).to_have_text(said)


@pytest.mark.parametrize("way", ["P", "Escape", "Back"])
def test_the_other_text_goes_back_to_where_it_was(page: Page, live_server: LiveServer, way: str) -> None:
    pair = joined.facing()
    joined.join(*pair, 3, 15)
    joined.join(*pair, 3, 18, "likely")
    texts.desk(page, live_server, *pair, at="?left=p3&right=p6")
    page.keyboard.press("j")
    before = [texts.top(page, "left"), texts.top(page, "right")]
    page.keyboard.press("p")
    expect(page.get_by_role("status").last).to_contain_text("1 of 2")
    page.keyboard.press("p")
    expect(page.get_by_role("status").last).to_contain_text("2 of 2")
    assert texts.top(page, "right") != before[1]
    if way == "Back":
        page.go_back()
    else:
        page.keyboard.press(way)
    texts.until(page, f"Math.abs(document.getElementById('right').scrollTop - {before[1]}) < 2")
    assert texts.top(page, "left") == before[0]
    expect(page.locator("#left-p3")).to_be_focused()


def test_a_passage_without_a_parallel_says_so(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    joined.join(*pair, 3, 15)
    texts.desk(page, live_server, *pair, at="?left=p5")
    page.keyboard.press("p")
    expect(page.get_by_role("status").last).to_have_text("No parallel of this passage is known.")


def test_one_text_alone_has_no_parallels(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, joined.facing()[0])
    page.keyboard.press("p")
    expect(page.get_by_role("status").last).to_have_text("One text is open.")
