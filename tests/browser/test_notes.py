"""A citation mark, its note, and the way back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.browser import texts
from tests.browser.texts import MIDDLE, PHONE, TABLET, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [MIDDLE, TABLET, PHONE, WIDE])
def test_a_mark_opens_its_note_and_escape_returns_to_the_mark(
    page: Page, live_server: LiveServer, size: tuple[int, int]
) -> None:
    texts.desk(page, live_server, *texts.pair(), size=size)
    page.click("#left-m5")
    expect(page.locator("#left-n5")).to_be_focused()
    expect(page.locator("#left-n5")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#left-m5")).to_be_focused()
    expect(page.locator("#left-m5")).to_be_in_viewport()


@pytest.mark.parametrize("size", [MIDDLE, PHONE, WIDE])
def test_the_link_back_returns_to_the_very_mark(
    page: Page, live_server: LiveServer, size: tuple[int, int]
) -> None:
    texts.desk(page, live_server, *texts.pair(), size=size)
    page.click("#left-m6")
    page.click("#left-n6 .back")
    expect(page.locator("#left-m6")).to_be_focused()


@pytest.mark.parametrize("size", [MIDDLE, WIDE])
def test_back_closes_the_note_and_a_second_back_leaves(
    page: Page, live_server: LiveServer, size: tuple[int, int]
) -> None:
    pair = texts.pair()
    page.goto(live_server.url + "/")
    texts.desk(page, live_server, *pair, size=size)
    page.click("#left-m5")
    expect(page.locator("#left-n5")).to_be_focused()
    page.go_back()
    expect(page.locator("#left-m5")).to_be_focused()
    assert page.locator("#left-n5:popover-open").count() == 0
    page.go_back()
    expect(page).to_have_title("Shelf · Facing Pages")


def test_escape_takes_its_step_out_of_the_history(page: Page, live_server: LiveServer) -> None:
    pair = texts.pair()
    page.goto(live_server.url + "/")
    texts.desk(page, live_server, *pair)
    for mark in ("#left-m2", "#left-m5"):
        page.click(mark)
        page.keyboard.press("Escape")
        expect(page.locator(mark)).to_be_focused()
    page.go_back()
    expect(page).to_have_title("Shelf · Facing Pages")


def test_a_press_elsewhere_closes_the_note_and_leaves_the_focus_there(
    page: Page, live_server: LiveServer
) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.click("#left-m5")
    expect(page.locator("#left-n5:popover-open")).to_be_visible()
    page.click(".bar .find input[type=search]")
    assert page.locator(":popover-open").count() == 0
    expect(page.locator(".bar .find input[type=search]")).to_be_focused()


def test_one_mark_after_the_other_leaves_one_note_open(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.click("#left-m5")
    page.click("#left-m6")
    expect(page.locator("#left-n6")).to_be_focused()
    assert page.locator(":popover-open").count() == 1


def test_note_8_leads_into_the_other_text_and_back_to_its_mark(page: Page, live_server: LiveServer) -> None:
    left, right = texts.pair()
    texts.desk(page, live_server, left)
    page.click("#left-m8")
    page.click("#left-n8 .facing")
    texts.ready(page)
    expect(page).to_have_title(f"{left.title} · {right.title} · Facing Pages")
    expect(page.locator("#left-m8")).to_be_in_viewport()
    page.go_back()
    texts.ready(page)
    expect(page).to_have_title(f"{left.title} · Facing Pages")
    expect(page.locator("#left-m8")).to_be_focused()
    expect(page.locator("#left-m8")).to_be_in_viewport()


def test_beside_the_text_it_cites_note_8_turns_to_it_and_back(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.click("#left-m8")
    page.click("#left-n8 .facing a >> nth=0")
    expect(page.locator("#right .block:focus")).to_have_count(1)
    page.go_back()
    expect(page.locator("#left-m8")).to_be_focused()


def test_on_a_wide_screen_notes_stand_beside_their_marks_without_overlap(
    page: Page, live_server: LiveServer
) -> None:
    texts.desk(page, live_server, *texts.pair(), size=WIDE)
    column = texts.box(page, "#left .text")
    previous = 0.0
    for number in range(1, 10):
        note = texts.box(page, f"#left-n{number}")
        assert note["right"] < column["left"], "the margin is the outer one"
        assert note["left"] > 0
        assert note["top"] >= previous
        previous = note["bottom"]
    mark, note = texts.box(page, "#left-m8"), texts.box(page, "#left-n8")
    assert abs(mark["top"] - note["top"]) < 60


def test_notes_of_the_right_leaf_stand_on_its_right(page: Page, live_server: LiveServer) -> None:
    left, right = texts.pair()
    texts.desk(page, live_server, right, left, size=WIDE)
    assert texts.box(page, "#right-n2")["left"] > texts.box(page, "#right .text")["right"]
    assert texts.box(page, "#right-n2")["right"] < WIDE[0]


def test_notes_are_moved_not_copied(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), size=WIDE)
    order = page.eval_on_selector_all("#left .notes > ol > .note", "all => all.map((note) => note.id)")
    assert order == [f"left-n{number}" for number in range(1, 10)]
    assert page.locator("[id='left-n8']").count() == 1


def test_a_long_note_is_shortened_until_it_has_the_focus(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), size=WIDE)
    short = texts.box(page, "#left-n7")["height"]
    page.click("#left-m7")
    expect(page.locator("#left-n7")).to_be_focused()
    assert texts.box(page, "#left-n7")["height"] > 1.5 * short
    assert texts.box(page, "#left-n8")["top"] >= texts.box(page, "#left-n7")["bottom"]


def test_a_long_address_fills_one_line_until_its_note_has_the_focus(
    page: Page, live_server: LiveServer
) -> None:
    address = "https://parish.example/" + "-".join(["mud"] * 30)
    words = "As was said."
    text = make.parsed(
        "On Addresses",
        make.paragraph(words, make.mark("1", words, 0)),
        notes=(make.note("1", f"See {address}.", url=address),),
    )
    texts.desk(page, live_server, make.document(text), size=WIDE)
    link = "#left-n1 p a"
    assert texts.box(page, link)["height"] < 30
    page.click("#left-m1")
    expect(page.locator("#left-n1")).to_be_focused()
    assert texts.box(page, link)["height"] > 30


def test_notes_keep_to_their_marks_when_the_type_grows(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.pair()[0], size=WIDE)
    page.click(".settings summary")
    page.locator("input[name=size][value='3']").check(force=True)
    mark, note = texts.box(page, "#left-m9"), texts.box(page, "#left-n9")
    assert abs(mark["top"] - note["top"]) < 60


def test_notes_keep_to_their_marks_when_contents_push_the_text_down(
    page: Page, live_server: LiveServer
) -> None:
    texts.desk(page, live_server, texts.pair()[0], size=WIDE)
    page.click("#left .contents summary")
    page.wait_for_timeout(200)
    mark, note = texts.box(page, "#left-m2"), texts.box(page, "#left-n2")
    assert abs(mark["top"] - note["top"]) < 60


def test_on_a_phone_the_sheet_leaves_the_passage_in_view(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), size=PHONE)
    page.click("#left-m7")
    sheet, mark = texts.box(page, "#left-n7"), texts.box(page, "#left-m7")
    assert sheet["bottom"] == PHONE[1]
    assert sheet["width"] == PHONE[0]
    assert sheet["top"] > PHONE[1] / 2
    assert 0 < mark["bottom"] < sheet["top"]


def test_the_popover_hides_neither_its_mark_nor_the_other_text(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.click("#left-m7")
    note, mark = texts.box(page, "#left-n7"), texts.box(page, "#left-m7")
    assert note["right"] <= texts.box(page, "#right")["left"]
    assert note["top"] >= mark["bottom"] or note["bottom"] <= mark["top"]


@pytest.mark.parametrize(("touch", "least"), [(False, 24), (True, 44)])
def test_a_mark_is_large_enough_to_hit(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, touch: bool, least: int
) -> None:
    page = new_context(has_touch=touch, is_mobile=touch).new_page()
    texts.desk(page, live_server, *texts.pair(), size=PHONE if touch else MIDDLE)
    page.locator("#left-m8").scroll_into_view_if_needed()
    hit = page.evaluate(
        """(reach) => {
          const { left, right, top, bottom } = document.querySelector("#left-m8").getBoundingClientRect();
          const [x, y] = [(left + right) / 2, (top + bottom) / 2];
          return [[0, 0], [reach, 0], [-reach, 0], [0, reach], [0, -reach]]
            .map(([dx, dy]) => document.elementFromPoint(x + dx, y + dy)?.id);
        }""",
        least / 2 - 1,
    )
    assert hit == ["left-m8"] * 5


def test_marks_do_not_push_the_lines_apart(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    heights = page.evaluate(
        """() => {
          const block = document.querySelector("#left-m2").closest(".block");
          const height = () => block.getBoundingClientRect().height;
          const laid = height();
          block.querySelectorAll(".mark").forEach((mark) => mark.remove());
          return [laid, height(), parseFloat(getComputedStyle(block).lineHeight)];
        }"""
    )
    assert abs(heights[0] - heights[1]) < 1 or abs(heights[0] - heights[1] - heights[2]) < 1


def test_glued_marks_are_told_apart(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    for number in (2, 3):
        page.click(f"#left-m{number}")
        expect(page.locator(f"#left-n{number}")).to_be_focused()
        page.keyboard.press("Escape")


def test_marks_are_announced_as_notes(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    mark = page.locator("#left-m8")
    expect(mark).to_have_attribute("role", "doc-noteref")
    expect(mark).to_have_accessible_name("Note 8")
    mark.click()
    expect(mark).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(mark).not_to_have_attribute("aria-expanded", "true")
