"""How marks and cards look, to the eye and to the ear."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.actions import annotate
from reader.annotate.models import Annotation, Layer
from reader.annotate.placing import Place
from reader.library.models import Document
from tests import make
from tests.browser import texts
from tests.browser.conftest import SignedIn
from tests.browser.marks import opened, press, select
from tests.browser.test_look import CONTRAST, themed
from tests.browser.texts import WIDE

pytestmark = pytest.mark.django_db(transaction=True)

# One paragraph full of marks: each colour, own and another's, each level of a crowd, both at once.
SAMPLES = """() => {
  const marks = [];
  for (let hue = 0; hue <= 8; hue++) {
    for (const own of ["own", ""]) marks.push(`range ${own} hue-${hue} pattern-${hue % 7}`);
  }
  for (let level = 1; level <= 4; level++) {
    marks.push(`crowd level-${level}`, `range own hue-${level} pattern-${level} crowd level-${level}`);
  }
  const block = document.querySelector("#left-p2");
  block.replaceChildren(...marks.map((names, index) => {
    const mark = document.createElement("mark");
    mark.className = names;
    mark.dataset.range = `a${index}`;
    mark.textContent = `sample ${index} `;
    return mark;
  }));
}"""


def crowd(document: Document, people: int) -> str:
    """Everybody highlights the same words for all to see; the words."""
    assert document.current is not None
    paragraph = document.current.paragraphs.get(number=2)
    place = Place(paragraph.start, paragraph.start + 40)
    for number in range(people):
        annotate(
            by=make.user(f"reader{number}"),
            document=document,
            revision=document.current,
            places=[place],
            kind="note",
            body=f"Note {number}.",
            layer=Layer.objects.public(),
        )
    return document.current.text[place.start : place.end]


@pytest.mark.parametrize("theme", ["paper", "sepia", "night"])
def test_text_over_every_tint_stands_out_seven_to_one(
    page: Page, live_server: LiveServer, theme: str
) -> None:
    themed(page, live_server, theme)
    texts.desk(page, live_server, *texts.pair())
    page.evaluate(SAMPLES)
    found = {name: value for name, value in page.evaluate(CONTRAST).items() if name.startswith("mark.")}
    assert len(found) == 26
    assert {name: round(value, 2) for name, value in found.items() if value < 7} == {}


def test_patterns_differ_without_colour_and_are_printed(page: Page, live_server: LiveServer) -> None:
    texts.desk(page, live_server, *texts.pair())
    drawn = page.evaluate(
        """() => Array.from({ length: 6 }, (_, index) => {
          const mark = document.createElement("mark");
          mark.className = `range own hue-1 pattern-${index + 1}`;
          document.querySelector("#left-p2").append(mark);
          const { backgroundImage, backgroundSize, printColorAdjust } = getComputedStyle(mark);
          return [backgroundImage + backgroundSize, printColorAdjust];
        })"""
    )
    assert len({pattern for pattern, _ in drawn}) == 6
    assert {adjust for _, adjust in drawn} == {"exact"}


def test_two_marks_over_each_other_are_seen_as_two(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    for start, key in ((0, "1"), (20, "3")):
        select(page, "#left-p2", start, start + 40)
        page.keyboard.press("h")
        expect(page.locator("#left-p2 mark[data-first]")).to_have_count(1 if start == 0 else 2)
        page.keyboard.press("h")
        expect(page.get_by_role("group", name="Highlight as")).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator(f"#left-p2 mark.hue-{key}")).not_to_have_count(0)
    look = page.evaluate(
        """() => {
          const mark = document.querySelector("#left-p2 mark[data-range*=' ']");
          const both = getComputedStyle(mark).backgroundImage;
          const tint = (number) => {
            const sample = document.createElement("mark");
            sample.className = `range own hue-${number} pattern-${number}`;
            document.body.append(sample);
            return getComputedStyle(sample).backgroundColor;
          };
          return [1, 3].map((number) => both.includes(tint(number)));
        }"""
    )
    assert look == [True, True]


def test_who_listens_hears_once_where_a_mark_begins_and_ends(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    page.evaluate(
        """() => {
          const [from, to] = ["left-p6", "left-p8"].map((id) => document.getElementById(id).firstChild);
          getSelection().setBaseAndExtent(from, 20, to, 30);
        }"""
    )
    page.keyboard.press("h")
    expect(page.locator("#left mark.range")).not_to_have_count(0)
    heard = page.locator("#left .text").aria_snapshot()
    assert (heard.count("highlighted: "), heard.count("end of mark.")) == (1, 1)


def test_colours_of_the_system_leave_the_lines(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(forced_colors="active").new_page()
    texts.desk(page, live_server, *texts.pair())
    page.evaluate(SAMPLES)
    line, ink = page.evaluate(
        """() => {
          const { backgroundImage, color } = getComputedStyle(document.querySelector("#left-p2 mark"));
          return [backgroundImage, color];
        }"""
    )
    assert ink in line


def test_a_crowd_is_deeper_tint_and_lists_its_notes_when_pressed(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    left, right = texts.pair()
    words = crowd(left, 12)
    texts.desk(signed_in(page, make.bob()), live_server, left, right)
    mark = page.locator("#left-p2 mark.crowd")
    expect(mark).to_have_count(1)
    assert (mark.text_content() or "").startswith(words[:30])
    press(page, "#left-p2 mark.crowd")
    notes = page.get_by_role("dialog", name="Notes on this passage")
    expect(notes.locator(".card")).to_have_count(12)
    page.keyboard.press("Escape")
    page.evaluate("document.getElementById('left-p2').tabIndex = -1")
    page.evaluate("document.getElementById('left-p2').focus()")
    page.keyboard.press("m")
    expect(notes.locator(".card")).to_have_count(12)


def test_the_address_of_a_note_in_a_crowd_opens_it_at_its_passage(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    left, _ = texts.pair()
    crowd(left, 12)
    note = Annotation.objects.get(body="Note 7.")
    signed_in(page, make.bob()).goto(f"{live_server.url}/annotations/{note.pk}/")
    opened_at = page.get_by_role("dialog", name="Notes on this passage")
    expect(opened_at.locator(".card")).to_have_count(1)
    expect(opened_at).to_contain_text("Note 7.")
    expect(page.locator("#left-p2 mark.crowd")).to_be_in_viewport()


def test_fifty_cards_at_one_paragraph_never_overlap(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    left, right = texts.pair()
    crowd(left, 50)
    texts.desk(signed_in(page, make.bob()), live_server, left, right, size=WIDE)
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("#left .placed")]
          .map((one) => one.getBoundingClientRect()).sort((one, other) => one.top - other.top)
          .map(({ top, bottom }) => [top, bottom])"""
    )
    assert len(boxes) > 8
    assert all(after[0] >= before[1] for before, after in pairwise(boxes))


def test_paper_has_a_number_at_each_passage_and_at_what_was_written(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    select(page, "#left-p2", 0, 40)
    page.keyboard.press("n")
    page.keyboard.type("For the file.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#left .cards .card")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator("#left .cards .card .body")).to_be_visible()
    assert page.locator("#left .card").get_attribute("data-number") == "1"
    number = page.evaluate(
        "getComputedStyle(document.querySelector('#left-p2 mark[data-last]'), '::after').content"
    )
    assert number == '"1"'


def test_a_reader_may_want_the_marks_of_nobody_or_of_no_others(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    left, right = texts.pair()
    assert left.current is not None
    paragraph = left.current.paragraphs.get(number=2)
    for person, first in ((make.alice(), 0), (make.bob(), 40)):
        annotate(
            by=person,
            document=left,
            revision=left.current,
            places=[Place(paragraph.start + first, paragraph.start + first + 20)],
            kind="note",
            body=f"A note by {person}.",
            layer=Layer.objects.public(),
        )
    texts.desk(signed_in(page, make.bob()), live_server, left, right, size=WIDE)
    mine, others = page.locator("#left mark.own").first, page.locator("#left mark.range:not(.own)").first
    cards = page.locator("#left .card")
    art = "element => getComputedStyle(element).backgroundImage"
    assert "none" not in (mine.evaluate(art), others.evaluate(art))
    expect(cards.filter(visible=True)).to_have_count(2)
    for choice, seen in (("Only mine", 1), ("Nothing", 0), ("Show all", 2)):
        page.click(".layers summary")
        with page.expect_navigation():
            page.get_by_role("button", name=choice).first.click()
        texts.ready(page)
        assert [mine.evaluate(art) != "none", others.evaluate(art) != "none"] == [seen > 0, seen > 1]
        expect(cards.filter(visible=True)).to_have_count(seen)
