"""A book: its parts arrive as they are reached, and nobody loses the line."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import texts
from tests.browser.conftest import Console

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_book_opens_with_its_first_part_alone(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.book())
    assert page.locator("#left .waiting").count() > 2
    assert page.locator("#left-p1").count() == 1
    assert page.locator("#left-p1500").count() == 0


def test_parts_come_before_they_are_reached(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.book())
    before = page.locator("#left .waiting").count()
    first = page.locator("#left .waiting").first
    top = first.evaluate("(part) => part.offsetTop")
    texts.scroll(page, "left", int(top) - 1500)
    expect(page.locator("#left .waiting")).not_to_have_count(before)


def test_reading_on_to_the_end_brings_every_part_once(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/chunk/" in request.url else None)
    texts.desk(page, live_server, texts.book(paragraphs=600, notes=20))
    for _ in range(60):
        page.evaluate("document.getElementById('left').scrollTop += 2500")
        page.wait_for_timeout(60)
        if not page.locator("#left .waiting").count():
            break
    expect(page.locator("#left-p600")).to_have_count(1)
    assert len(asked) == len(set(asked))


def test_a_deep_link_opens_in_the_middle(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.book(), at="?left=p1200")
    expect(page.locator("#left-p1200")).to_be_in_viewport()


def test_a_link_in_the_contents_brings_the_part_it_leads_to(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.book())
    page.evaluate("window.sameDocument = true")
    page.click("#left .contents summary")
    page.click("#left .contents a >> text=Chapter 12")
    expect(page.get_by_role("heading", name="Chapter 12")).to_be_focused()
    expect(page.get_by_role("heading", name="Chapter 12")).to_be_in_viewport()
    assert page.evaluate("window.sameDocument") is True


def test_an_earlier_part_that_arrives_does_not_move_the_line(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.book(), at="?left=p700")
    page.wait_for_timeout(300)
    expect(page.locator("#left-p700")).to_be_in_viewport()
    texts.scroll(page, "left", int(texts.top(page, "left")) + 41)
    line = texts.box(page, "#left-p701")["top"]
    number = page.evaluate(
        """() => {
          const waiting = [...document.querySelectorAll("#left .waiting")];
          const here = document.getElementById("left-p700");
          const before = waiting.filter((part) => part.compareDocumentPosition(here) & 4).at(-1);
          before.style.minBlockSize = "10px";
          return before.id;
        }"""
    )
    page.evaluate("document.getElementById('left').scrollTop += 0")
    line = texts.box(page, "#left-p701")["top"]
    page.evaluate(
        """async (id) => {
          const m = await import(`${location.origin}/static/js/desk/chunks.js`);
          const s = await import(`${location.origin}/static/js/desk/steady.js`);
          s.hold(document.getElementById("left"));
          delete document.getElementById(id).dataset.asked;
          await m.bring(id);
        }""",
        number,
    )
    assert page.locator(f"#{number}.waiting").count() == 0
    assert abs(texts.box(page, "#left-p701")["top"] - line) < 2


def test_a_mark_whose_note_waits_brings_it(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, texts.book(), at="?left=p1200")
    mark = page.locator("#left a.mark[role]").first
    name = mark.get_attribute("href") or ""
    mark.click()
    expect(page.locator(f"[id='{name.split('#')[1]}']")).to_be_focused()


def test_a_part_that_cannot_be_had_keeps_its_link(
    page: Page, live_server: LiveServer, console: Console
) -> None:
    console.allow("Failed to load resource|Response Status Error|net::ERR|htmx")
    texts.desk(page, live_server, texts.book())
    page.route("**/chunk/**", lambda route: route.abort())
    page.evaluate("document.querySelector('#left .waiting').scrollIntoView()")
    page.wait_for_timeout(400)
    expect(page.locator("#left .waiting a").first).to_be_visible()
    page.unroute("**/chunk/**")
    page.locator("#left .waiting a").first.click()
    expect(page.locator("#left .waiting a").first).not_to_be_in_viewport()
