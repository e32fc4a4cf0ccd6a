"""Two texts and what joins them on a phone, where one of them fills the page."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import joined, texts

pytestmark = pytest.mark.django_db(transaction=True)


def test_chips_stay_in_place_of_lines_whichever_text_is_in_view(page: Page, live_server: LiveServer) -> None:
    pair = joined.facing()
    joined.join(*pair, 3, 15)
    texts.desk(page, live_server, *pair, at="?left=p3", size=texts.PHONE)
    page.locator("#left .chip").click()
    expect(page.locator("#right-p15")).to_be_focused()
    # The browser's own bar goes as one scrolls.
    page.set_viewport_size({"width": texts.PHONE[0], "height": texts.PHONE[1] + 56})
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#left-p3")).to_be_in_viewport()
    expect(page.locator("#left .chip")).to_be_visible()
    expect(page.locator("svg.gutter")).to_be_hidden()


def test_a_chip_says_that_its_passage_cites_the_other_text(page: Page, live_server: LiveServer) -> None:
    left, right = joined.facing()
    joined.join(left, right, 3, 5, citing=joined.side_of(left, right))
    joined.join(left, right, 4, 6)
    texts.desk(page, live_server, left, right, at="?left=p3", size=texts.PHONE)
    expect(page.locator("#left .chip")).to_have_text(["cites ¶ 5", "⇄ 6"])
    expect(page.get_by_role("link", name="Cites paragraph 5, strong")).to_be_visible()


@pytest.mark.parametrize("width", [1000, 1024, 1280, 1440])
def test_the_sign_for_marking_is_not_cut_by_the_edge(page: Page, live_server: LiveServer, width: int) -> None:
    texts.desk(page, live_server, *joined.facing(), size=(width, 800))
    page.hover("#left-p2")
    assert texts.box(page, "#left-p2 .annotate")["right"] <= texts.box(page, "#left")["right"]


def test_comparing_is_offered_once(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *joined.facing())
    expect(page.get_by_role("link", name="Compare")).to_have_count(1)
    page.set_viewport_size({"width": texts.PHONE[0], "height": texts.PHONE[1]})
    expect(page.locator("#left").get_by_role("link", name="Compare")).to_be_visible()
