"""How soon marks are seen: on a page that opens, and after one is made; in Chromium, over loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.annotations import marked
from bench.library import Library
from bench.server import HOST, Server
from tools.browser import launch_options

FEW, MANY = 100, 10_000
OPENINGS, MARKS = 15, 31

# The marks come with the page: they are painted in the first frame after it is parsed and styled, whether
# or not its scripts are at work. The second callback of two runs when the frame of the first has been drawn.
PAINTED = """document.addEventListener("readystatechange", () => {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.paintedAt ??= document.querySelector("mark") && performance.now();
  }));
});"""

# From the press of the bar's button until the frame with the server's own mark is drawn: what is painted
# before the answer comes does not count.
MARK = """async (turn) => {
  const runs = [...document.querySelectorAll(".leaf p.block[data-start]")];
  const run = runs[turn % runs.length];
  run.scrollIntoView({ block: "center" });
  getSelection().selectAllChildren(run);
  const bar = document.querySelector(".marking");
  while (bar.hidden) await new Promise(requestAnimationFrame);
  return new Promise((done) => {
    const began = performance.now();
    new MutationObserver((_, watcher) => {
      watcher.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
    }).observe(run, { childList: true });
    bar.querySelector("[data-act='highlight']").click();
  });
}"""


def measure(library: Library, server: Server) -> dict[str, float]:
    """Milliseconds from navigation to all marks painted, from "highlight" to the mark painted; medians."""
    few, many = (reverse("desk:read", args=[marked(count).slug]) for count in (FEW, MANY))
    with browsing(library, server) as context:
        opened = [(painted(context, server, few), painted(context, server, many)) for _ in range(OPENINGS)]
        page = context.new_page()
        visit(page, server, many)
        made = [page.evaluate(MARK, turn) for turn in range(MARKS)]
    with_few, with_many = (median(column) for column in zip(*opened, strict=True))
    return {
        "paint_ms_10000": with_many,
        "paint_10000_vs_100": with_many / with_few,
        "mark_to_paint_ms": median(made),
    }


@contextmanager
def browsing(library: Library, server: Server) -> Iterator[BrowserContext]:
    """A browser in which the viewer of the marked texts is signed in."""
    name, _, value = library.cookie["Cookie"].partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": name, "value": value, "url": f"http://{HOST}:{server.port}"}])
        context.add_init_script(PAINTED)
        yield context
        browser.close()


def visit(page: Page, server: Server, path: str) -> None:
    """Open a page, and wait until its scripts are at work."""
    page.goto(f"http://{HOST}:{server.port}{path}")
    page.wait_for_selector("html[data-ready]", state="attached")


def painted(context: BrowserContext, server: Server, path: str) -> float:
    """Milliseconds from navigation until the marks of a page are painted."""
    page = context.new_page()
    visit(page, server, path)
    found: float | None = page.evaluate("window.paintedAt")
    while found is None:
        page.wait_for_timeout(5)
        found = page.evaluate("window.paintedAt")
    page.close()
    return found
