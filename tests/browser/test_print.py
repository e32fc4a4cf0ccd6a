"""What comes out of the printer."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.browser import joined, texts
from tests.browser.conftest import SignedIn
from tests.browser.texts import MIDDLE, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


def test_paper_has_the_texts_one_after_the_other_in_full(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.emulate_media(media="print")
    left, right = texts.box(page, "#left"), texts.box(page, "#right")
    assert right["top"] >= left["bottom"] - 1
    assert left["height"] > MIDDLE[1]
    hidden = page.evaluate(
        "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.getElementById('left'))"
    )
    assert hidden <= 1, "nothing is left behind a scroll bar"
    assert page.evaluate("getComputedStyle(document.getElementById('right')).breakBefore") == "page"


def test_paper_has_no_controls(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.emulate_media(media="print")
    controls = (
        ".bar, .leaf-tools, .contents, .divider, .progress, .back, .facing, .skip, .said, button, input"
    )
    seen = page.eval_on_selector_all(
        controls, "all => all.filter((one) => one.checkVisibility()).map((one) => one.className)"
    )
    assert seen == []


def test_parallels_on_paper_have_no_controls(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    left, right = joined.facing()
    joined.join(left, right, 2, 2)
    page = signed_in(page, make.alice())
    page.goto(f"{live_server.url}/facing/{left.slug}/{right.slug}/parallels/")
    page.emulate_media(media="print")
    expect(page.get_by_role("article")).to_be_visible()
    for control in ("main nav", "main button", ".actions", "main a:has-text('Draw it by hand')"):
        assert page.locator(f"{control}:visible").count() == 0, control


def test_notes_stand_at_the_end_of_their_text_on_paper(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), size=WIDE)
    page.click("#left-m5")
    page.emulate_media(media="print")
    last = texts.box(page, "#left .text p.block:nth-last-of-type(1)")
    tops = [texts.box(page, f"#left-n{number}")["top"] for number in range(1, 10)]
    assert tops == sorted(tops)
    assert tops[0] >= last["bottom"]
    assert texts.box(page, "#left-n7")["height"] > 60, "a long note is whole"


def test_addresses_are_written_out_on_paper(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.evaluate("document.querySelector('.published a').removeAttribute('data-bare')")
    page.emulate_media(media="print")
    written = page.evaluate("getComputedStyle(document.querySelector('.published a'), '::after').content")
    assert "https://parish.example/warrant/" in written


def test_an_address_that_can_be_read_already_is_not_repeated(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.emulate_media(media="print")
    written = page.evaluate("getComputedStyle(document.querySelector('.published a'), '::after').content")
    assert written == "none"


def test_paragraphs_keep_three_lines_together(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    page.emulate_media(media="print")
    style = page.evaluate(
        "(({ orphans, widows }) => [orphans, widows])(getComputedStyle(document.getElementById('left-p2')))"
    )
    assert style == ["3", "3"]


def test_a_dark_reader_prints_black_on_white(page: Page, live_server: LiveServer) -> None:
    page.context.add_cookies([{"name": "reading", "value": "night.2.2.2", "url": live_server.url}])
    texts.desk(page, live_server, *texts.pair())
    page.emulate_media(media="print")
    ink = page.evaluate("getComputedStyle(document.getElementById('left-p2')).color")
    assert ink in ("rgb(0, 0, 0)", "black")


def test_the_whole_of_a_book_can_be_printed(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.book(), at="?whole=1")
    assert page.locator("#left-p1500").count() == 1
    assert page.locator(".waiting").count() == 0
