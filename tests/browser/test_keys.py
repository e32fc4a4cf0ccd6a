"""Reading with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import texts

pytestmark = pytest.mark.django_db(transaction=True)


def test_j_and_k_walk_by_paragraphs_and_the_page_shows_which(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), at="?left=p9")
    page.keyboard.press("j")
    expect(page.locator("#left-p9")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".leaf .current")).to_have_count(1)
    expect(page.locator(".leaf .current")).to_be_focused()
    assert texts.focused(page) != "left-p9"
    page.keyboard.press("k")
    expect(page.locator("#left-p9")).to_be_focused()
    rule = page.evaluate("getComputedStyle(document.querySelector('.current'), '::before').inlineSize")
    assert rule != "auto"


def test_w_goes_to_the_other_text_and_back(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.keyboard.press("j")
    page.keyboard.press("w")
    expect(page.locator("#right")).to_be_focused()
    page.keyboard.press("j")
    assert texts.focused(page).startswith("right-")
    page.keyboard.press("w")
    assert texts.focused(page).startswith("left")


def test_f_opens_the_note_of_this_paragraph_and_escape_returns(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), at="?left=p6")
    page.keyboard.press("j")
    page.keyboard.press("f")
    expect(page.locator("#left-n5")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#left-m5")).to_be_focused()


def test_braces_go_from_number_to_number(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    seen = []
    for key in ("}", "}", "}", "{"):
        page.keyboard.press(key)
        seen.append(texts.focused(page))
    assert seen == ["left-m1", "left-m2", "left-m3", "left-m2"]


@pytest.mark.parametrize(("letter", "title"), [("w", "Works cited"), ("s", "Shelf")])
def test_g_and_a_letter_go_elsewhere(page: Page, live_server: LiveServer, letter: str, title: str) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.keyboard.press("g")
    page.keyboard.press(letter)
    expect(page).to_have_title(re.compile(f"^{title}"))


def test_g_c_opens_the_contents(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page.locator("#left .contents a").first).to_be_focused()


def test_a_question_mark_shows_all_keys_and_escape_returns(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.keyboard.press("j")
    here = texts.focused(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert texts.focused(page) == here


def test_the_list_of_keys_opens_at_its_beginning(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 1024, "height": 500})
    texts.desk(page, live_server, *texts.pair())
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_in_viewport()


def test_the_list_of_keys_names_every_key_and_no_other(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    known = page.evaluate(
        "async () => Object.keys((await import(`${location.origin}/static/js/desk/keyboard.js`)).ACTIONS)"
    )
    page.goto(live_server.url + "/help/")
    rows = page.eval_on_selector_all(
        "#keys tbody tr",
        "rows => rows.map((row) => [...row.cells[0].querySelectorAll('code')].map((c) => c.textContent))",
    )
    listed = {key for row in rows for key in ([" ".join(row)] if row[0] == "g" else row)}
    assert listed == {"Esc" if key == "Escape" else key for key in known}


def test_x_swaps_the_texts(page: Page, live_server: LiveServer) -> None:
    left, right = texts.pair()
    texts.desk(page, live_server, left, right)
    page.keyboard.press("x")
    expect(page).to_have_url(re.compile(f"/facing/{right.slug}/{left.slug}/"))


def test_letters_are_silent_while_typing(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.click(".bar .find input[type=search]")
    page.keyboard.type("jw?")
    expect(page.locator(".bar .find input[type=search]")).to_have_value("jw?")
    expect(page.locator(".current")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_letters_can_be_turned_off_and_stay_off(page: Page, live_server: LiveServer) -> None:
    pair = texts.pair()
    texts.desk(page, live_server, *pair)
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single letters do something").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator(".current")).to_have_count(0)
    texts.desk(page, live_server, *pair)
    page.keyboard.press("j")
    expect(page.locator(".current")).to_have_count(0)


def test_letters_with_control_belong_to_the_browser(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.keyboard.press("Control+j")
    expect(page.locator(".current")).to_have_count(0)


def test_the_page_says_in_words_what_a_key_did_not_find(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.pair()[1])
    page.keyboard.press("f")
    expect(page.get_by_role("status").last).to_have_text("This paragraph has no note.")


def test_everything_on_the_desk_is_reached_by_tab(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    seen = []
    for _ in range(24):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                  const here = document.activeElement;
                  const { outlineStyle, boxShadow } = getComputedStyle(here);
                  return [here.id || here.className, outlineStyle + boxShadow];
                }"""
            )
        )
    names = [name for name, _ in seen]
    for wanted in ("bar-shelf", "bar-swap", "bar-help", "left"):
        assert wanted in names
    assert all(shown != "nonenone" for name, shown in seen if name), "the focus is always visible"
