"""Two texts scrolled together by their parallels."""

import random
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import joined, texts
from tests.browser.texts import module

pytestmark = pytest.mark.django_db(transaction=True)

FOLLOW = "text/follow.js"


def chain(
    page: Page, server: LiveServer, points: list[tuple[int, int, float]], **more: Any
) -> list[list[int]]:
    """The chain of points (left, right, weight) in two texts of 1,000 characters: [[left, right]]."""
    values = [{"left": left, "right": right, "weight": weight} for left, right, weight in points]
    found: list[list[int]] = module(
        page,
        server,
        FOLLOW,
        "m.chain(v[0], v[1]).map((p) => [p.left, p.right])",
        values,
        {"left": 1000, "right": 1000} | more,
    )
    return found


def test_points_in_one_order_are_all_followed(page: Page, live_server: LiveServer) -> None:
    points = [(600, 550, 1.0), (100, 120, 1.0), (300, 280, 1.0)]
    assert chain(page, live_server, points) == [[100, 120], [300, 280], [600, 550]]


def test_of_two_that_cross_the_heavier_is_followed(page: Page, live_server: LiveServer) -> None:
    assert chain(page, live_server, [(400, 600, 1.0), (600, 400, 4.0)]) == [[600, 400]]
    assert chain(page, live_server, [(400, 600, 4.0), (600, 400, 1.0)]) == [[400, 600]]


def test_many_light_ones_outweigh_a_heavy_one(page: Page, live_server: LiveServer) -> None:
    light = [(n, n, 0.2) for n in range(100, 1000, 20)]
    assert [200, 800] not in chain(page, live_server, [*light, (200, 800, 4.0)])


def test_no_point_asks_for_a_leap(page: Page, live_server: LiveServer) -> None:
    found = chain(page, live_server, [(500, 100, 1.0), (510, 900, 1.0)])
    assert len(found) == 1
    rng = random.Random(7)
    points = [(rng.randrange(1000), rng.randrange(1000), rng.random()) for _ in range(400)]
    way = [[0, 0], *chain(page, live_server, points), [1000, 1000]]
    for (left, right), (next_left, next_right) in pairwise(way):
        if next_left == left:
            assert next_right == right
        else:
            assert 1 / 6 - 1e-9 <= (next_right - right) / (next_left - left) <= 6 + 1e-9


def test_no_other_chain_is_heavier(page: Page, live_server: LiveServer) -> None:
    rng = random.Random(11)
    points = [(rng.randrange(1, 1000), rng.randrange(1, 1000), round(rng.random(), 3)) for _ in range(60)]
    weights = {(left, right): weight for left, right, weight in points}

    def goes(one: tuple[int, int], other: tuple[int, int]) -> bool:
        over, up = other[0] - one[0], other[1] - one[1]
        return over >= 0 and up >= 0 and over <= 6 * up and up <= 6 * over

    best: dict[tuple[int, int], float] = {}
    inside = [p for p in sorted(weights) if goes((0, 0), p) and goes(p, (1000, 1000))]
    for point in inside:
        best[point] = weights[point] + max([0.0, *(best[b] for b in best if b != point and goes(b, point))])
    found = chain(page, live_server, points)
    assert sum(weights[left, right] for left, right in found) == pytest.approx(max(best.values()))


def test_many_thousand_points_are_no_trouble(page: Page, live_server: LiveServer) -> None:
    page.set_default_timeout(5000)
    found = module(
        page,
        live_server,
        FOLLOW,
        "m.chain(v[0].map(([left, right]) => ({ left, right, weight: 1 })), v[1]).length",
        [(n, n * 7919 % 20_000) for n in range(20_000)],
        {"left": 20_000, "right": 20_000},
    )
    assert found > 100


def test_texts_without_words_have_no_chain(page: Page, live_server: LiveServer) -> None:
    assert chain(page, live_server, [(1, 1, 1.0)], left=0) == []
    assert chain(page, live_server, []) == []


@pytest.mark.parametrize(
    ("y", "to"), [(-5, 0), (0, 0), (50, 100), (100, 200), (150, 225), (200, 250), (900, 250)]
)
def test_the_way_is_gone_evenly_from_point_to_point(
    page: Page, live_server: LiveServer, y: int, to: int
) -> None:
    way = [[0, 0], [100, 200], [200, 250]]
    assert module(page, live_server, FOLLOW, "m.map(v[0], v[1])", way, y) == to


def test_a_stretch_that_stands_elsewhere_is_passed_standing_still(
    page: Page, live_server: LiveServer
) -> None:
    still = "[20, 40, 60, 80].map((y) => m.map(m.still(v[0], v[1]), y))"
    found = module(page, live_server, FOLLOW, still, [[0, 0], [100, 100]], [[40, 60]])
    assert found == [25, 50, 50, 75]
    # However much stands elsewhere, it never comes to a leap.
    way = module(
        page, live_server, FOLLOW, "m.still(v[0], v[1])", [[0, 0], [100, 100]], [[-20, 70], [60, 300]]
    )
    assert way[-1] == [100, 100]
    assert max((b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(way) if b[0] > a[0]) <= 2.51


def locked(page: Page, server: LiveServer, size: tuple[int, int] = texts.MIDDLE) -> None:
    """Two texts that part ways in the middle, scrolling together from the left."""
    pair = joined.facing(40, 40)
    for left, right in ((6, 4), (14, 9), (20, 22), (30, 33)):
        joined.join(*pair, left, right)
    texts.desk(page, server, *pair, size=size)
    joined.ready(page)
    page.keyboard.press("l")
    expect(page.get_by_role("status").last).to_have_text("The texts scroll together, by what they share.")


def to(page: Page, side: str, number: int) -> None:
    """Scroll a leaf until the middle of this paragraph is at its reading line."""
    page.evaluate(
        """async ([side, number]) => {
          const { heightOf } = await import(`${location.origin}/static/js/desk/heights.js`);
          const { readingLine } = await import(`${location.origin}/static/js/desk/work.js`);
          const { all } = await import(`${location.origin}/static/js/desk/parallels.js`);
          const leaf = document.getElementById(side);
          const one = all().find((each) => new URL(each.link.href).searchParams.get(side) === `p${number}`);
          leaf.scrollTop = heightOf(leaf, one[side]).top - readingLine(leaf);
        }""",
        [side, number],
    )
    page.wait_for_timeout(150)


@pytest.mark.parametrize("size", [texts.MIDDLE, texts.TABLET, texts.WIDE])
def test_parallels_meet_at_the_reading_line(
    page: Page, live_server: LiveServer, size: tuple[int, int]
) -> None:
    locked(page, live_server, size)
    for left, right in ((6, 4), (30, 33), (20, 22), (14, 9)):
        to(page, "left", left)
        assert abs(joined.at(page, "left", left) - joined.at(page, "right", right)) < 4


def test_the_leaf_with_the_focus_leads(page: Page, live_server: LiveServer) -> None:
    locked(page, live_server)
    page.keyboard.press("w")
    to(page, "right", 22)
    to(page, "right", 33)
    assert abs(joined.at(page, "left", 30) - joined.at(page, "right", 33)) < 4


def test_both_ends_are_reached_together(page: Page, live_server: LiveServer) -> None:
    locked(page, live_server)
    texts.scroll(page, "left", 100_000)
    right = page.evaluate("right.scrollHeight - right.clientHeight - right.scrollTop")
    assert right < 2
    texts.scroll(page, "left", 0)
    assert texts.top(page, "right") == 0


def test_one_scroll_is_followed_once_and_nothing_answers_it(page: Page, live_server: LiveServer) -> None:
    locked(page, live_server)
    texts.scroll(page, "left", 400)
    page.evaluate(
        """() => {
          window.heard = { left: 0, right: 0 };
          document.addEventListener("scroll", ({ target }) => window.heard[target.id]++, { capture: true });
        }"""
    )
    for top in (900, 1400, 1900):
        texts.scroll(page, "left", top)
    page.wait_for_timeout(300)
    assert page.evaluate("window.heard") == {"left": 3, "right": 3}
    assert texts.top(page, "left") == 1900


def test_the_other_text_scrolled_by_hand_lets_go_at_once(page: Page, live_server: LiveServer) -> None:
    locked(page, live_server)
    to(page, "left", 14)
    left, right = texts.top(page, "left"), texts.top(page, "right")
    page.mouse.move(1100, 500)
    page.mouse.wheel(0, 300)
    texts.until(page, f"right.scrollTop > {right + 250}")
    expect(page.get_by_role("status").last).to_have_text("Each text scrolls by itself again.")
    expect(page.locator(".together .lock")).to_have_attribute("aria-pressed", "false")
    assert texts.top(page, "left") == left
    right = texts.top(page, "right")
    texts.scroll(page, "left", int(left) + 500)
    assert texts.top(page, "right") == right


def test_a_finger_on_the_other_text_lets_go(new_context: Any, live_server: LiveServer) -> None:
    context: BrowserContext = new_context(has_touch=True)
    page = context.new_page()
    locked(page, live_server)
    session = context.new_cdp_session(page)
    at = {"x": 1100, "y": 600}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at | {"y": 500}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(".together .lock")).to_have_attribute("aria-pressed", "false")


def test_the_hand_s_offset_can_be_kept_and_set_to_zero(page: Page, live_server: LiveServer) -> None:
    locked(page, live_server)
    to(page, "left", 14)
    page.mouse.move(1100, 500)
    page.mouse.wheel(0, 120)
    page.get_by_role("button", name="Keep this offset").click()
    expect(page.locator(".together .lock")).to_have_attribute("aria-pressed", "true")
    to(page, "left", 20)
    apart = joined.at(page, "left", 20) - joined.at(page, "right", 22)
    assert 110 < apart < 130
    page.reload()
    texts.ready(page)
    joined.ready(page)
    for left in (14, 30, 20):
        to(page, "left", left)
    assert abs(joined.at(page, "left", 20) - joined.at(page, "right", 22) - apart) < 4
    page.get_by_role("button", name="lines: to zero").click()
    assert abs(joined.at(page, "left", 20) - joined.at(page, "right", 22)) < 4


def test_shift_and_the_wheel_set_the_offset(page: Page, live_server: LiveServer) -> None:
    locked(page, live_server)
    to(page, "left", 14)
    page.mouse.move(1100, 500)
    page.keyboard.down("Shift")
    page.mouse.wheel(0, 90)
    page.keyboard.up("Shift")
    page.wait_for_timeout(150)
    expect(page.locator(".together .lock")).to_have_attribute("aria-pressed", "true")
    to(page, "left", 20)
    assert 80 < joined.at(page, "left", 20) - joined.at(page, "right", 22) < 100


def test_a_pair_remembers_that_it_scrolls_together_and_others_do_not(
    page: Page, live_server: LiveServer
) -> None:
    locked(page, live_server)
    page.reload()
    texts.ready(page)
    joined.ready(page)
    expect(page.locator(".together .lock")).to_have_attribute("aria-pressed", "true")
    others = texts.pair()
    joined.join(*others, 2, 2)
    texts.desk(page, live_server, *others)
    joined.ready(page)
    expect(page.locator(".together .lock")).to_have_attribute("aria-pressed", "false")


def test_a_parallel_out_of_order_is_offered_and_not_followed(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing(40, 40)
    for left, right in ((6, 6), (10, 10), (22, 22), (30, 30), (16, 37)):
        joined.join(*pair, left, right)
    texts.desk(page, live_server, *pair)
    joined.ready(page)
    page.keyboard.press("l")
    to(page, "left", 16)
    offered = page.locator("nav.parallels .offered")
    expect(offered).to_have_text("16 ⇄ 37 strong")
    # The other text waits while the passage goes by.
    before = texts.top(page, "right")
    texts.scroll(page, "left", int(texts.top(page, "left")) + 30)
    assert texts.top(page, "right") == before
    offered.click()
    expect(page.get_by_role("status").last).to_contain_text("¶ 37")
    assert abs(joined.at(page, "left", 16) - joined.at(page, "right", 37)) < 4
    there = texts.top(page, "right")
    texts.scroll(page, "left", int(texts.top(page, "left")) + 40)
    assert texts.top(page, "right") == there, "nothing pulls it back"
    page.keyboard.press("P")
    texts.until(page, f"right.scrollTop < {there - 1000}")
    to(page, "left", 22)
    assert abs(joined.at(page, "left", 22) - joined.at(page, "right", 22)) < 4


TOP = """async () => {
  const { topPlace } = await import(`${location.origin}/static/js/desk/leaf.js`);
  return ["left", "right"].map((side) => topPlace(document.getElementById(side)).id);
}"""


def test_a_window_of_another_width_moves_no_text(page: Page, live_server: LiveServer) -> None:
    locked(page, live_server)
    to(page, "left", 20)
    before = page.evaluate(TOP)
    page.set_viewport_size({"width": 1200, "height": 900})
    page.wait_for_timeout(300)
    assert page.evaluate(TOP) == before
    for left, right in ((14, 9), (20, 22)):
        to(page, "left", left)
        assert abs(joined.at(page, "left", left) - joined.at(page, "right", right)) < 4


def test_parts_that_come_later_are_followed_too(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing(220, 220)
    for number in range(5, 220, 10):
        joined.join(*pair, number, number)
    texts.desk(page, live_server, *pair)
    joined.ready(page)
    page.keyboard.press("l")
    page.mouse.move(300, 500)
    seen = page.evaluate("document.querySelectorAll('nav.parallels > a').length")
    for _ in range(60):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(30)
    texts.until(page, f"document.querySelectorAll('nav.parallels > a').length > {seen}")
    page.wait_for_timeout(600)
    number = page.evaluate(
        """async () => {
          const { all } = await import(`${location.origin}/static/js/desk/parallels.js`);
          const { heightOf } = await import(`${location.origin}/static/js/desk/heights.js`);
          const one = all().findLast((each) => heightOf(left, each.left).top < left.scrollTop + 600);
          return Number(new URL(one.link.href).searchParams.get("left").slice(1));
        }"""
    )
    assert number > 60
    for again in (number - 10, number):
        to(page, "left", again)
    assert abs(joined.at(page, "left", number) - joined.at(page, "right", number)) < 4


def test_on_a_phone_the_button_has_room_beside_the_contents_before_it_is_there(
    page: Page, live_server: LiveServer
) -> None:
    pair = texts.pair()
    joined.join(*pair, 2, 2)
    texts.desk(page, live_server, *pair, size=texts.PHONE)
    before = texts.box(page, "#left .leaf-tools .choose")
    joined.ready(page)
    button = page.locator("#left").get_by_role("button", name="Scroll together")
    expect(button).to_be_visible()
    assert texts.box(page, "#left .leaf-tools .choose") == before
    shown = page.locator("#left .leaf-tools > :visible").first.bounding_box()
    contents = page.locator("#left .contents summary").bounding_box()
    assert shown and contents and contents["x"] + contents["width"] <= shown["x"]
    assert before["right"] <= texts.box(page, "#left .leaf-tools .lock")["left"]
