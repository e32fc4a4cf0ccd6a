"""Marking passages: with the mouse, with a finger, with keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation, Code, Codebook
from tests import make
from tests.browser import texts
from tests.browser.conftest import AxeCheck, SignedIn
from tests.browser.marks import LINE, opened, press, quotes, said, select
from tests.browser.texts import MIDDLE, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = texts.prose(2)


def test_what_the_mouse_selects_is_highlighted_and_stays(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    pair = opened(page, live_server, signed_in)
    page.evaluate("document.getElementById('left-p2').scrollIntoView({ block: 'center' })")
    box = texts.box(page, "#left-p2")
    page.mouse.move(box["left"] + 40, box["top"] + 12)
    page.mouse.down()
    page.mouse.move(box["left"] + 300, box["top"] + 40, steps=4)
    bar = page.get_by_role("toolbar", name="What to do with this passage")
    page.wait_for_timeout(300)
    expect(bar).to_be_hidden()
    page.mouse.move(box["left"] + 300, box["top"] + 64, steps=4)
    page.mouse.up()
    chosen = page.evaluate("getSelection().toString()").strip()
    expect(bar).to_be_visible()
    assert page.evaluate("getSelection().toString()").strip() == chosen, "the bar leaves the selection alone"
    bar.get_by_role("button", name="Highlight", exact=True).click()
    said(page, "Highlighted")
    expect(page.locator("#left-p2 mark.range.own.hue-1")).not_to_have_count(0)
    expect(bar).to_be_hidden()
    assert quotes(kind="highlight") == [chosen]
    texts.desk(page, live_server, *pair)
    assert "".join(page.locator("#left-p2 mark").all_inner_texts()) == chosen


def test_the_text_stays_where_it_is_while_words_low_in_the_window_are_selected(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    x, y = page.evaluate(
        """() => {
          const low = ({ top, bottom }) => top > innerHeight - 240 && bottom < innerHeight - 20;
          const lines = [...document.querySelectorAll("#left p[id]")].flatMap((one) => {
            const words = document.createRange();
            words.selectNodeContents(one);
            return [...words.getClientRects()];
          });
          const { left, top, height } = lines.find(low);
          return [left + 30, top + height / 2];
        }"""
    )
    before = page.evaluate("document.getElementById('left').scrollTop")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(x + step * 12, y)
        page.wait_for_timeout(60)
    assert page.evaluate("document.getElementById('left').scrollTop") == before
    page.mouse.up()
    assert 0 < len(page.evaluate("getSelection().toString()")) < 400


def test_the_bar_stands_under_the_selection_and_above_it_where_there_is_no_room(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    page.evaluate("document.getElementById('left-p2').scrollIntoView({ block: 'center' })")
    select(page, "#left-p2", 0, 30)
    expect(page.locator(".marking")).to_be_visible()
    line = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    assert 0 < texts.box(page, ".marking")["top"] - line < 16
    select(page, "#left-p12", 0, 30)
    page.evaluate(
        """() => {
          const { bottom } = getSelection().getRangeAt(0).getBoundingClientRect();
          document.getElementById("left").scrollTop -= innerHeight - bottom - 20;
        }"""
    )
    page.wait_for_timeout(300)
    line = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().top")
    assert texts.box(page, ".marking")["bottom"] <= line


def test_escape_takes_the_bar_away_and_tab_reaches_it(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    select(page, "#left-p2", 0, 30)
    expect(page.locator(".marking")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Highlight", exact=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Note", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".marking")).to_be_hidden()


def test_shift_and_arrows_select_and_a_key_highlights(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    select(page, "#left-p2", 0, 1)
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".marking")).to_be_visible()
    page.keyboard.press("h")
    said(page, "Highlighted, 1 word.")
    assert quotes() == [WORDS[:5]]


def test_h_once_more_chooses_what_the_highlight_means(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    select(page, "#left-p2", 0, 30)
    page.keyboard.press("h")
    said(page, "Highlighted")
    page.keyboard.press("h")
    expect(page.get_by_role("group", name="Highlight as").get_by_role("button")).to_have_count(5)
    page.keyboard.press("3")
    said(page, "Highlighted as Doubt.")
    expect(page.locator("#left-p2 mark")).to_have_class("range own hue-3 pattern-3 kind-highlight")
    select(page, "#left-p8", 0, 30)
    page.keyboard.press("h")
    expect(page.locator("#left-p8 mark.hue-3")).to_have_count(1)
    assert Annotation.objects.live().count() == 2


def test_the_choice_who_sees_it_is_said_and_remembered(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    pair = opened(page, live_server, signed_in)
    select(page, "#left-p2", 0, 30)
    page.get_by_role("button", name="Who sees it: Only you").click()
    expect(page.get_by_role("button", name="Who sees it: Everybody")).to_be_visible()
    page.keyboard.press("h")
    said(page, "Highlighted")
    assert Annotation.objects.get().layer.kind == "public"
    texts.desk(page, live_server, *pair)
    select(page, "#left-p8", 0, 30)
    expect(page.get_by_role("button", name="Who sees it: Everybody")).to_be_visible()


def test_nothing_moves_when_a_passage_is_marked(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    before = texts.box(page, "#left-p8")["top"], texts.top(page, "left")
    select(page, "#left-p2", 10, 200)
    page.keyboard.press("h")
    expect(page.locator("#left-p2 mark")).not_to_have_count(0)
    assert (texts.box(page, "#left-p8")["top"], texts.top(page, "left")) == before


@pytest.mark.parametrize("side", ["left", "right"])
def test_on_a_phone_both_texts_are_marked_and_written_on(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, signed_in: SignedIn, side: str
) -> None:
    page = new_context(
        has_touch=True, is_mobile=True, viewport={"width": PHONE[0], "height": PHONE[1]}
    ).new_page()
    opened(page, live_server, signed_in, size=PHONE)
    if side == "right":
        page.locator(".bar-other").tap()
    page.evaluate(f"document.getElementById('{side}-p2').scrollIntoView({{ block: 'center' }})")
    select(page, f"#{side}-p2", 0, 40)
    bar = page.locator(".marking")
    expect(bar).to_be_visible()
    line = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    assert texts.box(page, ".marking")["top"] - line >= 20, "clear of the handles"
    assert 0 <= texts.box(page, ".marking")["left"] <= texts.box(page, ".marking")["right"] <= PHONE[0]
    bar.get_by_role("button", name="Note", exact=True).tap()
    form = page.get_by_role("form", name="Note")
    form.get_by_role("textbox", name="Your note").fill("From a ferry.")
    top = page.evaluate("document.querySelector('.writing').getBoundingClientRect().top")
    passage = page.evaluate("[...CSS.highlights.get('taken')][0].getBoundingClientRect().bottom")
    assert passage <= top, "the passage stays in view above the sheet"
    form.get_by_role("button", name="Keep").tap()
    said(page, "Note kept")
    mark = page.locator(f"#{side}-p2 mark.kind-note")
    expect(mark).not_to_have_count(0)
    assert Annotation.objects.get().body == "From a ferry."
    page.touchscreen.tap(*page.evaluate(LINE, f"#{side}-p2 mark.kind-note"))
    expect(page.get_by_role("dialog", name="Notes on this passage")).to_contain_text("From a ferry.")


def test_twenty_passages_are_tagged_without_the_mouse(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.get_by_role("combobox", name="Codes")).to_be_focused()
    page.keyboard.type("Water / Channel")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    said(page, "Tagged")
    for turn in range(19):
        page.keyboard.press("." if turn else "s")
        page.keyboard.press("t")
        expect(page.get_by_role("listbox", name="Codes")).to_contain_text("Channel")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        expect(page.locator(".writing")).to_have_count(0)
    texts.until(page, "!document.querySelector('.writing')")
    found = Annotation.objects.filter(kind="tag")
    assert found.count() == 20
    assert {code.name for each in found for code in each.codes.all()} == {"Channel"}
    # The first was a paragraph; from then on each is another sentence.
    assert len({passage.start for each in found for passage in each.passages.all()}) >= 19


def test_codes_keep_the_numbers_under_which_they_were_offered(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    page.keyboard.press("j")
    page.keyboard.press("t")
    for name in ("Cause", "Effect", "Delay"):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    said(page, "Tagged")
    page.evaluate("localStorage.clear()")
    offered = []
    options = page.get_by_role("listbox", name="Codes").get_by_role("option")
    for _ in range(3):
        page.keyboard.press("t")
        expect(options).to_have_count(3)
        offered.append(options.all_inner_texts())
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        expect(page.locator(".writing")).to_have_count(0)
    assert offered[0] == offered[1] == offered[2]


def test_a_number_pressed_before_the_codes_have_come_waits_for_them(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    codebook = Codebook.objects.create(owner=make.bob(), name="Mine", is_public=True)
    for name in ("Cause", "Effect"):
        Code.objects.create(codebook=codebook, name=name)
    held: list[Route] = []
    page.route("**/choices/", lambda route: held.append(route))
    opened(page, live_server, signed_in)
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.get_by_role("combobox", name="Codes")).to_be_focused()
    page.keyboard.press("2")
    expect(page.get_by_role("combobox", name="Codes")).to_have_value("")
    for route in held:
        route.continue_()
    expect(page.get_by_role("button", name="Take off Effect")).to_have_count(1)


def test_one_tag_goes_on_several_paragraphs_at_once(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    page.evaluate("document.getElementById('right-p2').focus()")
    page.evaluate("document.getElementById('right').focus()")
    for key in "JJJ":
        page.keyboard.press(key)
    said(page, "Taken")
    page.keyboard.press("t")
    page.keyboard.type("Delay")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    said(page, "Tagged")
    expect(page.locator("#right mark.kind-tag[data-first]")).to_have_count(1)
    assert page.locator("#right .block:has(mark.kind-tag)").count() == 3


def test_sentences_are_taken_and_shown_and_given_back(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    page.evaluate("document.getElementById('right').focus()")
    taken = "[...(CSS.highlights.get('taken') ?? [])].map(String).join('')"
    first, second, third = (texts.SENTENCES[number] for number in (0, 1, 2))
    page.evaluate("document.getElementById('right-p1').scrollIntoView({ block: 'center' })")
    page.evaluate("(p => { p.tabIndex = -1; p.focus(); })(document.getElementById('right-p1'))")
    page.keyboard.press("s")
    assert page.evaluate(taken) == first
    page.keyboard.press("s")
    assert page.evaluate(taken) == f"{first} {second}"
    said(page, "Taken:")
    page.keyboard.press("S")
    assert page.evaluate(taken) == first
    page.keyboard.press(".")
    page.keyboard.press(".")
    assert page.evaluate(taken) == third
    page.keyboard.press("h")
    said(page, "Highlighted")
    assert quotes() == [third]
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    assert page.evaluate(taken) == ""


def test_a_selection_stays_in_the_text_where_it_began(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    page.evaluate(
        """() => {
          const [from, to] = ["left-p17", "right-p1"].map((id) => document.getElementById(id).firstChild);
          getSelection().setBaseAndExtent(from, 10, to, 20);
        }"""
    )
    page.keyboard.press("h")
    said(page, "Highlighted")
    assert quotes() == [texts.prose(13)[10:].strip()]


def test_a_footnote_is_marked_in_its_popover_and_the_mark_shows_in_the_list(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    pair = opened(page, live_server, signed_in)
    page.click("#left-m5")
    expect(page.locator("#left-n5:popover-open")).to_be_visible()
    select(page, "#left-n5 p", 0, 8)
    page.keyboard.press("h")
    said(page, "Highlighted, 2 words.")
    expect(page.locator("#left-n5:popover-open mark.range")).to_have_text("Ledger 5")
    page.keyboard.press("Escape")
    texts.desk(page, live_server, *pair)
    expect(page.locator(".notes #left-n5 mark.range")).to_have_text("Ledger 5")
    assert quotes() == ["Ledger 5"]


def test_the_sign_beside_a_paragraph_takes_it_and_leads_into_the_bar(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    page.evaluate("document.getElementById('left').focus()")
    page.keyboard.press("j")
    page.evaluate("document.getElementById('left-p2').focus()")
    page.locator("#left-p2").hover()
    page.locator("#left-p2 .annotate").click()
    expect(page.get_by_role("button", name="Highlight", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    said(page, "Highlighted")
    assert quotes() == [WORDS]


def test_a_note_of_the_text_that_has_the_focus_is_what_keys_are_about(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    page.click("#left-m5")
    expect(page.locator("#left-n5")).to_be_focused()
    page.keyboard.press("s")
    page.keyboard.press("h")
    said(page, "Highlighted")
    assert quotes() == ["Ledger 5, kept at the quay."]


def test_a_reader_without_an_account_comes_back_to_the_same_selection(
    page: Page, live_server: LiveServer
) -> None:
    make.user("dora")
    pair = texts.pair()
    texts.desk(page, live_server, *pair)
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("h")
    page.wait_for_url("**/sign-in/**")
    page.fill("[name=login]", "dora")
    page.fill("[name=password]", "sesame")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/facing/**")
    texts.ready(page)
    said(page, "This is the passage that you chose.")
    assert page.evaluate("getSelection().toString()") == WORDS[4:40]
    page.keyboard.press("h")
    said(page, "Highlighted")
    assert quotes() == [WORDS[4:40].strip()]


@pytest.mark.parametrize("size", [MIDDLE, PHONE])
def test_axe_finds_nothing_where_marks_cards_and_forms_are_open(
    page: Page, live_server: LiveServer, signed_in: SignedIn, axe: AxeCheck, size: tuple[int, int]
) -> None:
    opened(page, live_server, signed_in, size=size)
    for start, key, words in ((0, "n", "A *note*."), (20, "q", "Why?")):
        select(page, "#left-p2", start, start + 40)
        page.keyboard.press(key)
        page.keyboard.type(words)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".writing")).to_have_count(0)
    press(page, "#left-p2 mark[data-range*=' ']")
    expect(page.get_by_role("dialog", name="Notes on this passage")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    select(page, "#left-p2", 60, 90)
    expect(page.locator(".marking")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.type("Mud")
    expect(page.locator(".tagging").get_by_role("option")).to_have_count(1)
    axe(page)
