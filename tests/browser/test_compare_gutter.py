"""Parallels between the leaves: their lines, and going along them and back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.compare.models import Parallel
from reader.library.models import Citation, Document
from tests import make
from tests.browser import joined, texts
from tests.browser.conftest import AxeCheck, SignedIn

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
    joined.ready(page)
    page.wait_for_selector(".gutter .line", state="attached")
    assert joins(page, key)


def test_the_line_follows_scrolling_type_and_width(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    key = joined.join(*pair, 3, 4).pk
    texts.desk(page, live_server, *pair, at="?left=p2&right=p3")
    joined.ready(page)
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


def drawn(page: Page, server: LiveServer, items: list[dict[str, object]]) -> list[dict[str, object]]:
    """What threads() draws of these items in a view from 100 to 900."""
    found: list[dict[str, object]] = texts.module(
        page, server, "text/threads.js", "m.threads(v[0], v[1])", items, {"top": 100, "bottom": 900}
    )
    return found


def item(key: str, left: int, right: int, rank: float = 3, **more: object) -> dict[str, object]:
    """A parallel of passages that begin at these heights and are 60 high."""
    ends = {"left": {"top": left, "bottom": left + 60}, "right": {"top": right, "bottom": right + 60}}
    return {"key": key, "rank": rank, "faint": rank < 2, "work": False, **ends, **more}


def test_a_line_ends_in_the_middle_of_what_shows_and_points_to_what_does_not(
    page: Page, live_server: LiveServer
) -> None:
    items = [item("a", 200, 400), item("b", 80, 2000), item("c", -500, 880), item("d", -900, 3000)]
    assert drawn(page, live_server, items) == [
        {"key": "a", "left": 230, "right": 430},
        {"key": "b", "left": 120, "right": "down"},
        {"key": "c", "left": "up", "right": 890},
    ]


def test_of_a_crowd_only_so_many_as_can_be_read_are_drawn_the_surest_first(
    page: Page, live_server: LiveServer
) -> None:
    crowd = [item(str(n), 110 + n * 15, 110 + n * 14, rank=2 + n / 100) for n in range(50)]
    keys = [one["key"] for one in drawn(page, live_server, crowd)]
    assert keys == [str(n) for n in range(49, 37, -1)]
    one_passage = [item(str(n), 200, 150 + n * 90, rank=3 - n / 10) for n in range(6)]
    assert [one["key"] for one in drawn(page, live_server, one_passage)] == ["0", "1"]


def test_faint_ones_are_drawn_for_the_paragraph_at_work_alone(page: Page, live_server: LiveServer) -> None:
    items = [item("a", 200, 400, rank=1), item("b", 300, 500, rank=1, work=True)]
    assert [one["key"] for one in drawn(page, live_server, items)] == ["b"]


def test_strength_and_credit_are_told_without_colour(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    strong = joined.join(*pair, 2, 2, citing="first").pk
    likely = joined.join(*pair, 3, 3, "likely").pk
    texts.desk(page, live_server, *pair, size=(1440, 2400))
    joined.ready(page)
    page.wait_for_selector(".gutter .line", state="attached")

    def look(key: int, name: str) -> str:
        return str(
            page.evaluate(
                "([key, name]) => getComputedStyle(document.querySelector("
                "`.gutter [data-parallel='${key}'] .stroke`)).getPropertyValue(name)",
                [str(key), name],
            )
        )

    assert look(strong, "stroke-width") != look(likely, "stroke-width")
    assert look(strong, "stroke-dasharray") == "none" != look(likely, "stroke-dasharray")
    ends = page.eval_on_selector_all(
        f".gutter [data-parallel='{strong}'] .end", "all => all.map((one) => one.getAttribute('visibility'))"
    )
    assert sorted(ends) == ["hidden", "visible"], "the citing end is filled"


def test_the_list_is_one_stop_for_tab_and_arrows_go_through_it(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    for number in (2, 3, 4):
        joined.join(*pair, number, number + 1)
    texts.desk(page, live_server, *pair, at="?left=p3")
    joined.ready(page)
    page.wait_for_selector(".gutter .line", state="attached")
    page.keyboard.press("j")
    reachable = page.locator("nav.parallels > a[tabindex='0']")
    expect(reachable).to_have_text("3 ⇄ 4 strong")
    reachable.focus()
    expect(reachable).to_be_in_viewport()
    assert texts.box(page, "nav.parallels > a:focus")["width"] > 60
    expect(page.locator(".gutter .lit")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("nav.parallels > a:focus")).to_have_text("4 ⇄ 5 strong")
    expect(reachable).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").last).to_have_text("¶ 5, strong.")
    expect(page.locator("nav.parallels > a:focus")).to_have_text("4 ⇄ 5 strong")
    page.keyboard.press("Escape")
    expect(page.locator("#left-p3")).to_be_focused()


def test_a_line_tints_both_passages_and_says_what_made_it(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    pair = joined.facing()
    key = joined.join(*pair, 2, 2).pk
    texts.desk(signed_in(page, make.alice()), live_server, *pair)
    joined.ready(page)
    page.wait_for_selector(".gutter .line", state="attached")
    x, y, right, _ = page.evaluate(LINE, str(key))
    page.mouse.move(x + (right - x) * 0.2, y + 1, steps=3)
    page.mouse.move(x + 3, y, steps=3)
    expect(page.locator(".gutter .lit")).to_have_count(1)
    said = page.evaluate("[...CSS.highlights.get('parallel')].map(String)")
    assert len(said) == 2
    assert all(words.count(".") == 1 for words in said), "a sentence of each"
    tip = page.locator("nav.parallels .tip")
    expect(tip).to_contain_text("sluice")
    tip.get_by_role("button", name="Confirm").click()
    expect(page.locator("nav.parallels > a.confirmed")).to_have_count(1)
    expect(page.locator(".gutter .confirmed")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_rejected_parallel_leaves_the_page_and_undo_brings_it_back(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    pair = joined.facing()
    joined.join(*pair, 2, 2)
    joined.join(*pair, 3, 3)
    texts.desk(signed_in(page, make.alice()), live_server, *pair)
    joined.ready(page)
    page.wait_for_selector(".gutter .line", state="attached")
    page.locator("nav.parallels > a").first.focus()
    page.locator("nav.parallels .tip").get_by_role("button", name="Reject").click()
    expect(page.locator("nav.parallels > a")).to_have_count(1)
    page.locator("#left").focus()
    page.keyboard.press("u")
    expect(page.locator("nav.parallels > a")).to_have_count(2)


def test_what_is_said_of_a_parallel_stays_in_view_when_it_is_rejected_and_goes_when_that_is_undone(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    pair = joined.facing()
    key = joined.join(*pair, 2, 2).pk
    texts.desk(signed_in(page, make.alice()), live_server, *pair)
    page.wait_for_selector(".gutter .line", state="attached")
    x, y, *_ = page.evaluate(LINE, str(key))
    page.mouse.move(x + 3, y)  # the first sign of a hand, and it rests on the line
    tip = page.locator("nav.parallels .tip")
    expect(tip.get_by_role("button", name="Reject")).to_be_visible()
    top = texts.box(page, "nav.parallels .tip")["top"]
    tip.get_by_role("button", name="Reject").click()
    expect(tip.get_by_role("button", name="Take it back")).to_be_in_viewport(ratio=1)
    assert texts.box(page, "nav.parallels .tip")["top"] == top
    page.keyboard.press("u")
    expect(page.locator(f".gutter [data-parallel='{key}']")).to_have_count(1)
    expect(tip).to_be_hidden()


def test_a_citation_opens_the_passage_that_its_sentence_leans_on(page: Page, live_server: LiveServer) -> None:
    left, right = texts.pair()
    Parallel.objects.all().delete()
    number = page_number(left, "left-m8")
    joined.join(left, right, number, 3, "strong", whole=True)
    leans = joined.join(left, right, number, 9, "likely", whole=True, citing=joined.side_of(left, right))
    texts.desk(page, live_server, left, right, at=f"?left=p{number}")
    joined.ready(page)
    page.locator("#left-m8").focus()
    page.keyboard.press("p")
    expect(page.get_by_role("status").last).to_have_text("1 of 2, likely, credited: ¶ 9.")
    page.keyboard.press("p")
    expect(page.get_by_role("status").last).to_have_text("2 of 2, strong: ¶ 3.")
    page.keyboard.press("P")
    page.locator("#left-m8").press("Enter")
    page.locator("#left-n8 .facing a").first.click()
    expect(page.get_by_role("status").last).to_contain_text("¶ 9")
    expect(page.locator("#right-p9")).to_be_focused()
    page.keyboard.press("p")
    expect(page.get_by_role("status").last).to_contain_text("¶ 3")
    page.keyboard.press("P")
    expect(page.locator("#left :focus")).to_have_count(1)
    page.locator("#left-m8").press("Enter")
    page.locator("#left-n8 .facing a").first.click()
    expect(page.locator("#right-p9")).to_be_focused()
    chip = page.get_by_role("link", name=f"Cited by paragraph {number}")
    expect(chip).to_have_text(f"cited by ¶ {number}")
    expect(chip).to_have_attribute("data-parallel", str(leans.pk))
    texts.scroll(page, "left", 0)
    page.locator("#right").focus()
    chip.click()
    expect(page.get_by_role("status").last).to_contain_text(f"¶ {number}")
    expect(page.locator(f"#left-p{number}")).to_be_in_viewport()


def test_on_a_phone_a_chip_leads_across_and_a_button_back(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    joined.join(*pair, 3, 15)
    texts.desk(page, live_server, *pair, at="?left=p3", size=texts.PHONE)
    page.wait_for_selector("#left .chip")
    expect(page.locator("svg.gutter")).to_be_hidden()
    chip = page.locator("#left .chip")
    expect(chip).to_have_text("⇄ 15")
    words = page.evaluate(
        """async () => {
          const { wordsOf, runOf } = await import(`${location.origin}/static/js/text/offsets.js`);
          return wordsOf(runOf(document.querySelector("#left-p3"))).words;
        }"""
    )
    assert "15" not in words, "the chip is no part of the text"
    chip.click()
    expect(page.locator("#right-p15")).to_be_in_viewport()
    expect(page.locator("#right-p15")).to_be_focused()
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#left-p3")).to_be_in_viewport()
    expect(page.locator("#right-p15")).not_to_be_in_viewport()


def test_wide_pages_have_lines_in_place_of_chips(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    joined.join(*pair, 3, 15)
    texts.desk(page, live_server, *pair)
    joined.ready(page)
    page.wait_for_selector(".gutter .line", state="attached")
    expect(page.locator(".chip:not(.cited)").first).to_be_hidden()


def test_lines_scroll_without_laying_the_page_anew(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing(60, 60)
    for number in range(1, 60):
        joined.join(*pair, number, number)
    texts.desk(page, live_server, *pair)
    joined.ready(page)
    page.wait_for_selector(".gutter .line", state="attached")
    moved = page.evaluate(
        """async () => {
          let shifts = 0;
          const ours = ".leaf .text, .gutter, nav.parallels, .together";
          const count = (list) => {
            const moved = list.getEntries().flatMap(({ sources }) => sources.map(({ node }) => node));
            shifts += moved.filter((node) => node?.parentElement?.closest(ours)).length;
          };
          new PerformanceObserver(count).observe({ type: "layout-shift" });
          for (let top = 0; top < 3000; top += 60) {
            left.scrollTop = top;
            await new Promise(requestAnimationFrame);
          }
          await new Promise((done) => setTimeout(done, 100));
          return shifts;
        }"""
    )
    assert moved == 0
    assert page.locator(".gutter .line").count() <= 12 + 8 + 8


def test_on_paper_there_are_no_lines(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    joined.join(*pair, 2, 2, citing="first")
    texts.desk(page, live_server, *pair)
    joined.ready(page)
    page.wait_for_selector(".gutter .line", state="attached")
    page.emulate_media(media="print")
    for part in (".gutter", "nav.parallels", ".together", ".leads"):
        expect(page.locator(part).first).to_be_hidden()


def test_without_a_script_the_list_is_read_and_followed(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    pair = joined.facing()
    joined.join(*pair, 3, 15)
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/facing/{pair[0].slug}/{pair[1].slug}/")
    link = page.get_by_role("link", name="3 ⇄ 15")
    expect(link).to_be_in_viewport()
    link.click()
    expect(page).to_have_url(re.compile("left=p3&right=p15#right-p15"))


@pytest.mark.parametrize("size", [texts.MIDDLE, texts.PHONE])
def test_axe_finds_nothing_between_the_leaves(
    page: Page, live_server: LiveServer, axe: AxeCheck, size: tuple[int, int]
) -> None:
    pair = joined.facing()
    joined.join(*pair, 2, 2, citing="first")
    joined.join(*pair, 3, 3, "likely")
    texts.desk(page, live_server, *pair, size=size)
    joined.ready(page)
    axe(page, "nav.parallels")
    axe(page, ".together")
    axe(page, "#right .text")


def page_number(text: Document, mark: str) -> int:
    """The number of the paragraph with this citation mark."""
    assert text.current is not None
    found = Citation.objects.filter(revision=text.current).order_by("pk")[int(mark.rpartition("m")[2]) - 1]
    assert found.paragraph is not None
    return int(found.paragraph.number or 0)


def test_an_arrow_brings_the_text_that_it_points_to(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    key = joined.join(*pair, 18, 3).pk
    texts.desk(page, live_server, *pair, at="?right=p3")
    page.locator("#left").focus()
    page.wait_for_selector(".gutter .away", state="attached")
    before = texts.top(page, "right")
    x, y, *_ = page.evaluate(LINE, str(key))
    page.mouse.click(x, y)
    expect(page.get_by_role("status").last).to_have_text("¶ 18, strong.")
    assert texts.top(page, "right") == before
    assert abs(joined.at(page, "left", 18) - joined.at(page, "right", 3)) < 2


def test_a_link_of_the_list_shows_both_ends(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    joined.join(*pair, 18, 15)
    joined.join(*pair, 2, 2)
    texts.desk(page, live_server, *pair)
    joined.ready(page)
    page.wait_for_selector(".gutter .line", state="attached")
    page.locator("nav.parallels > a").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#left-p18")).to_be_in_viewport()
    expect(page.locator("#right-p15")).to_be_in_viewport()
    assert abs(joined.at(page, "left", 18) - joined.at(page, "right", 15)) < 2


def test_who_reads_on_in_the_other_text_keeps_it_with_escape_and_leaves_it_with_p(
    page: Page, live_server: LiveServer
) -> None:
    pair = joined.facing()
    joined.join(*pair, 3, 15)
    texts.desk(page, live_server, *pair, at="?left=p3")
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(page.get_by_role("status").last).to_have_text("¶ 15, strong.")
    page.mouse.move(1100, 500)
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(150)
    there = texts.top(page, "right")
    page.keyboard.press("Escape")
    page.wait_for_timeout(150)
    assert texts.top(page, "right") == there
    page.keyboard.press("P")
    texts.until(page, "right.scrollTop === 0")


@pytest.mark.parametrize("size", [texts.WIDE, texts.MIDDLE, texts.TABLET, texts.PHONE])
def test_who_opens_a_place_stays_there_when_chips_come(
    page: Page, live_server: LiveServer, size: tuple[int, int]
) -> None:
    left, right = joined.facing()
    for number in range(2, 12):
        joined.join(left, right, number, number, citing=joined.side_of(left, right))
    texts.desk(page, live_server, left, right, at="?right=p9&left=p8#right-p9", size=size)
    joined.ready(page)
    page.wait_for_timeout(200)
    for block in ("#left-p8", "#right-p9"):
        edge = page.evaluate(
            "async (id) => { const m = await import(`${location.origin}/static/js/desk/leaf.js`);"
            " const b = document.querySelector(id);"
            " return b.getBoundingClientRect().top - m.upperEdge(m.leafOf(b)); }",
            block,
        )
        assert abs(edge) < 3, block
