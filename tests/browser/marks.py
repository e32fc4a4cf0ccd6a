"""Marking at the desk as people do it: choosing words, and what stands in the library afterwards."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation
from reader.library.models import Document
from reader.people.models import User
from tests import make
from tests.browser import texts
from tests.browser.conftest import SignedIn

SELECT = """async ([selector, from, to]) => {
  const m = await import(`${location.origin}/static/js/text/offsets.js`);
  const run = document.querySelector(selector);
  const start = Number(run.dataset.start);
  const ranges = m.rangesOf({ start: start + from, end: start + to }, [run]);
  const [first, last] = [ranges[0], ranges.at(-1)];
  const { top, bottom } = last.getBoundingClientRect();
  if (top < 60 || bottom > innerHeight - 60) run.scrollIntoView({ block: "center" });
  const end = [last.endContainer, last.endOffset];
  getSelection().setBaseAndExtent(first.startContainer, first.startOffset, ...end);
}"""

LINE = """(selector) => {
  const { left, top, height } = document.querySelector(selector).getClientRects()[0];
  return [left + 6, top + height / 2];
}"""


def opened(
    page: Page,
    server: LiveServer,
    signed_in: SignedIn,
    by: User | None = None,
    size: tuple[int, int] = texts.MIDDLE,
) -> tuple[Document, Document]:
    """Open the two texts as bob, or as somebody else."""
    pair = texts.pair()
    texts.desk(signed_in(page, by or make.bob()), server, *pair, size=size)
    return pair


def select(page: Page, selector: str, start: int, end: int) -> None:
    """Select these characters of a run, in view."""
    page.evaluate(SELECT, [selector, start, end])


def press(page: Page, selector: str) -> None:
    """Press the mouse on the first line of an element that may run over several."""
    page.mouse.click(*page.evaluate(LINE, selector))


def said(page: Page, words: str) -> None:
    """Wait until the page says this."""
    expect(page.locator(".said")).to_contain_text(words)


def quotes(**of: str) -> list[str]:
    """What was annotated, oldest first."""
    found = Annotation.objects.live().filter(**of).order_by("pk")
    return [words for each in found for words in each.passages.values_list("exact", flat=True)]
