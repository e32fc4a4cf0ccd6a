"""Texts of our own that the browser tests read, and how they open the desk."""

import time
from typing import Any

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reader.ingest.parsed import Block, Figure, Mark, Parsed
from reader.library.models import Document
from tests import make

TOLL = "https://parish.example/tide-and-toll/"
WIDE, MIDDLE, TABLET, PHONE = (1920, 1080), (1440, 900), (1024, 768), (390, 844)

SENTENCES = [
    "The mill at the head of the creek was older than any deed that speaks of it, and the parish counted its "
    "years by the state of the wheel.",
    "When the harbour board met in March it had two petitions before it, one from the millers and one from "
    "the pilots, and neither of them mentioned the other.",
    "Nobody could say who owned the mud, and yet the mud decided where a ship might lie, how long a sluice "
    "would serve and what the toll was worth.",
    "A surveyor drew the channel in 1793 as he saw it at low water, and for sixty years his drawing was "
    "quoted by people who had only seen it at high water.",
    "Water that runs out through a deeper channel does not turn a wheel, which the millers had from their "
    "fathers.",
    "What the board wanted was delay, and delay is what its minutes record with great exactness.",
]


def prose(seed: int, length: int = 4) -> str:
    """A paragraph of so many sentences, another one for each seed."""
    return " ".join(SENTENCES[(seed * 5 + place) % len(SENTENCES)] for place in range(length))


def answer() -> Parsed:
    """Tide and Toll: plain paragraphs, no notes; the text that note 8 of warrant() cites."""
    return make.parsed(
        "Tide and Toll",
        make.block("byline", "Ann Marlow and Edda Rook"),
        *(make.paragraph(prose(number)) for number in range(14)),
        authors=("Ann Marlow", "Edda Rook"),
        source_url=TOLL,
        publication="Review of Parish Records",
        language="en",
    )


def warrant() -> Parsed:
    """The Quiet Warrant: sections, list, quotation, table, figure, nine notes; 2 and 3, 5 and 6 glued."""
    blocks = [
        make.block("byline", "Tom Sedge", marks=(Mark("1", len("Tom Sedge"), 0, 0),)),
        make.heading("The channel"),
        _cited(1, 2, 3),
        make.paragraph(prose(2)),
        make.block("caption", "Dues taken at the bar", figure=0, part="caption"),
        make.block("caption", "Source: the ledger", figure=0, part="source", marks=(Mark("4", 18, 0, 3),)),
        make.heading("What the pilots asked for"),
        *(make.item(prose(number, 1), number) for number in (1, 2, 3)),
        _cited(3, 5, 6),
        make.block("quote", prose(4, 2)),
        make.paragraph(prose(5)),
        make.heading("After the storm"),
        _cited(6, 7),
        make.block("table", "Year\tShips\tDues\n1790\t30\t873\n1791\t20\t865", header=1),
        _cited(7, 8),
        _cited(8, 9),
        *(make.paragraph(prose(number)) for number in range(9, 14)),
    ]
    notes = [make.note(str(n), f"Ledger {n}, kept at the quay. {prose(n, 1)}") for n in range(1, 10)]
    notes[6] = make.note("7", f"{prose(1, 3)}\n{prose(2, 9)}")
    notes[7] = make.note("8", f"Ann Marlow and Edda Rook, “Tide and Toll”, {TOLL}.", url=TOLL)
    return make.parsed(
        "The Quiet Warrant",
        *blocks,
        notes=tuple(notes),
        figures=(Figure(before=1),),
        authors=("Tom Sedge",),
        source_url="https://parish.example/warrant/",
        publication="Harbour Quarterly",
        language="en",
    )


def pair() -> tuple[Document, Document]:
    """The two texts kept: The Quiet Warrant, and Tide and Toll which its note 8 cites."""
    cited = make.document(answer())
    return make.document(warrant()), cited


def book(**size: int) -> Document:
    """A long text in many parts."""
    return make.document(make.book(**(size or {"paragraphs": 1500, "notes": 100})))


def desk(
    page: Page, server: LiveServer, *texts: Document, at: str = "", size: tuple[int, int] = MIDDLE
) -> None:
    """Open one text, or two facing, and wait until the page's own scripts are at work."""
    path = f"/facing/{texts[0].slug}/{texts[1].slug}/" if len(texts) > 1 else f"/read/{texts[0].slug}/"
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(server.url + path + at)
    ready(page)


def ready(page: Page) -> None:
    """Wait until the page's scripts have started."""
    page.wait_for_selector("html[data-ready]", state="attached")


def focused(page: Page) -> str:
    """The id of the element that has the focus."""
    found: str = page.evaluate("document.activeElement.id")
    return found


def box(page: Page, selector: str) -> dict[str, float]:
    """Where an element stands in the window: left, top, right, bottom, width, height."""
    found: dict[str, float] = page.evaluate(
        "s => JSON.parse(JSON.stringify(document.querySelector(s).getBoundingClientRect()))", selector
    )
    return found


def scroll(page: Page, side: str, top: int) -> None:
    """Scroll a leaf, and wait until the page has taken note."""
    page.evaluate("([side, top]) => { document.getElementById(side).scrollTop = top; }", [side, top])
    page.wait_for_timeout(120)


def top(page: Page, side: str) -> float:
    """How far a leaf is scrolled."""
    found: float = page.evaluate("side => document.getElementById(side).scrollTop", side)
    return found


def until(page: Page, expression: str, patience: float = 5.0) -> None:
    """Wait until an expression is true in the page; Playwright itself needs eval, which our pages refuse."""
    give_up = time.monotonic() + patience
    while not page.evaluate(expression):
        assert time.monotonic() < give_up, f"still not so: {expression}"
        page.wait_for_timeout(40)


def module(page: Page, server: LiveServer, path: str, call: str, *values: Any) -> Any:
    """What a call gives, with the exports of one of our modules as `m` and the values as `v`."""
    page.goto(server.url + "/help/")
    return page.evaluate(
        f"async ([path, v]) => {{ const m = await import(path); return {call}; }}",
        [f"{server.url}/static/js/{path}", list(values)],
    )


def _cited(seed: int, *numbers: int) -> Block:
    words = prose(seed)
    marks = (Mark(str(number), len(words), place, number - 1) for place, number in enumerate(numbers))
    return make.paragraph(words, *marks)


def arabic() -> Document:
    """A text that runs from right to left, with a note."""
    words = "كانت الطاحونة عند رأس الجدول أقدم من أي صك يذكرها، وكان أهل القرية يعدون سنيهم بحال عجلتها. " * 4
    return make.document(
        make.parsed(
            "الطاحونة والمرفأ",
            *(make.paragraph(words.strip(), *([Mark("1", 60, 0, 0)] if not at else [])) for at in range(6)),
            notes=(make.note("1", "سجل المرفأ، ١٧٩٣."),),
            language="ar",
        )
    )
