"""Finding words in the open texts."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import texts

pytestmark = pytest.mark.django_db(transaction=True)

PAINTED = "[...(CSS.highlights.get('found') ?? [])].map((range) => range.toString().toLowerCase())"


def find(page: Page, words: str) -> None:
    """Ask for words as a reader would: slash, words, Enter."""
    page.keyboard.press("/")
    expect(page.locator(".bar .find input[type=search]")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(".found [data-query]")).to_have_attribute("data-query", words)


def test_slash_finds_in_both_texts_and_paints_the_hits(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    find(page, "surveyor")
    expect(page.locator(".found")).to_contain_text("The Quiet Warrant")
    expect(page.locator(".found")).to_contain_text("Tide and Toll")
    painted = page.evaluate(PAINTED)
    assert len(painted) > 4
    assert set(painted) == {"surveyor"}


def test_a_place_found_is_shown_and_the_next_follows(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    find(page, "surveyor")
    links = page.locator(".found li a")
    target = (links.nth(1).get_attribute("href") or "").split("#")[1]
    page.keyboard.press("Tab")
    page.evaluate("document.querySelector('#left').focus()")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator(f"#{target}")).to_be_in_viewport()
    expect(links.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Shift+N")
    expect(links.nth(0)).to_have_attribute("aria-current", "true")


def test_a_place_in_a_part_that_waits_is_brought(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.book())
    page.evaluate("window.sameDocument = true")
    find(page, "1333")
    page.locator(".found li a").last.click()
    expect(page.locator("#left-p1334")).to_be_in_viewport()
    assert page.evaluate("window.sameDocument") is True


def test_enter_once_more_goes_to_the_next_place(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    find(page, "surveyor")
    page.keyboard.press("Enter")
    expect(page.locator(".found li a").nth(0)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".found li a").nth(1)).to_have_attribute("aria-current", "true")
    expect(page.locator(".bar .find input[type=search]")).to_be_focused()


def test_escape_returns_to_where_one_was(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair(), at="?left=p9")
    page.keyboard.press("j")
    find(page, "surveyor")
    page.keyboard.press("Escape")
    expect(page.locator("#left-p9")).to_be_focused()


def test_how_many_were_found_is_said(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    find(page, "surveyor")
    expect(page.locator(".said")).to_have_text(re.compile(r"^\d+ places for “surveyor”$"))


def test_escape_takes_list_and_paint_away(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    find(page, "surveyor")
    page.keyboard.press("Escape")
    expect(page.locator(".found")).to_be_hidden()
    assert page.evaluate(PAINTED) == []


def test_nothing_found_is_said(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    find(page, "xylophone")
    expect(page.locator(".found")).to_contain_text("Nothing found")
