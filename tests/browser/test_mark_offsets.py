"""Browser offsets and server offsets agree: the same characters, whatever the text is made of."""

from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reader.ingest.parsed import Figure, Mark, Parsed, Span
from reader.library.models import Document
from tests import make
from tests.browser import texts
from tests.browser.texts import module

pytestmark = pytest.mark.django_db(transaction=True)

FAMILY = "👩\u200d👩\u200d👧"
ODD = f"Dues 😀 of the {FAMILY} quay, cafe\u0301 and nai\u0308ve, 𝔐ud 𝟙𝟟; 🇫🇮 flags — “said” the pilot."
RTL = "قالت الطاحونة: «الماء 😀 يجري» ثم سكتت."

# Seeded, so that each run draws the same boundaries: two random points of text nodes, in any order.
DRAW = """async ([path, side, count]) => {
  const m = await import(path);
  const leaf = document.getElementById(side);
  let seed = 20250101;
  const chance = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  const nodes = [];
  const walker = document.createTreeWalker(leaf, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest(".notes")) nodes.push(node);
  }
  const runs = m.runs(leaf).filter((run) => !run.closest(".notes"));
  const found = [];
  for (let turn = 0; turn < count; turn++) {
    const [one, other] = [nodes[chance(nodes.length)], nodes[chance(nodes.length)]];
    getSelection().setBaseAndExtent(one, chance(one.length + 1), other, chance(other.length + 1));
    const place = m.placeOf(getSelection().getRangeAt(0), runs);
    if (!place) continue;
    const ranges = m.rangesOf(place, runs);
    const whole = new Range();
    whole.setStart(ranges[0].startContainer, ranges[0].startOffset);
    whole.setEnd(ranges.at(-1).endContainer, ranges.at(-1).endOffset);
    found.push([place, m.placeOf(whole, runs), ranges.map(String).join("")]);
  }
  return found;
}"""

RUNS = """async ([path]) => {
  const m = await import(path);
  return m.runs(document.querySelector(".leaf")).map((run) => m.wordsOf(run));
}"""


def motley() -> Parsed:
    """Every kind of block: emphasis, links, glued marks, line ends, emoji, accents and two directions."""
    words = f"{ODD} {texts.prose(1, 2)}"
    return make.parsed(
        "The 😀 Ledger",
        make.block("byline", "Zoe\u0308 Sedge"),
        make.heading("Of 𝔐ud"),
        make.block(
            "paragraph",
            words,
            spans=(Span(5, 40, "em"), Span(20, 60, "strong"), Span(70, 90, "link", "https://x.example/")),
            marks=(Mark("1", 7, 0, 0), Mark("2", 7, 1, 1), Mark("3", len(words), 0, 2)),
        ),
        make.paragraph(RTL),
        make.block("quote", f"First line 😀\nsecond line of {FAMILY}"),
        make.item(f"Item {ODD}", 1),
        make.item("A second, plain one.", 2),
        make.block("table", "Year\t😀\tDues\n1790\t30\t873\n1791\t\te\u0301", header=1),
        make.block("caption", "Dues 🇫🇮 taken", figure=0, part="caption"),
        make.paragraph(texts.prose(3)),
        notes=tuple(make.note(str(n), f"Ledger {n} 😀. {ODD}\nIts second paragraph.") for n in (1, 2, 3)),
        figures=(Figure(before=1),),
        language="en",
    )


def opened(page: Page, server: LiveServer) -> tuple[Document, str, str]:
    """The motley text on the desk, its words, and the module's address."""
    document = make.document(motley())
    texts.desk(page, server, document)
    assert document.current is not None
    return document, document.current.text, f"{server.url}/static/js/text/offsets.js"


def plain(words: str) -> str:
    """Words as a quotation is compared."""
    return " ".join(words.split())


def test_every_run_holds_what_the_server_says_it_holds(page: Page, live_server: LiveServer) -> None:
    _, text, path = opened(page, live_server)
    runs = page.evaluate(RUNS, [path])
    assert len(runs) > 20
    for run in runs:
        assert text[run["start"] : run["end"]] == run["words"]


def test_wherever_a_selection_begins_and_ends_both_count_the_same(
    page: Page, live_server: LiveServer
) -> None:
    _, text, path = opened(page, live_server)
    found = page.evaluate(DRAW, [path, "left", 400])
    assert len(found) > 300
    for place, again, painted in found:
        quoted = text[place["start"] : place["end"]]
        assert quoted == quoted.strip() != ""
        assert plain(place["exact"]) == plain(quoted)
        assert (again["start"], again["end"]) == (place["start"], place["end"])
        assert "".join(painted.split()) == "".join(quoted.split())


def select(page: Page, path: str, code: str) -> Any:
    """What placeOf gives for a selection that the code makes; r is a Range, $ finds by id in the leaf."""
    return page.evaluate(
        f"""async ([path]) => {{
          const m = await import(path);
          const $ = (id) => document.getElementById(`left-${{id}}`);
          const r = new Range();
          {code}
          const runs = m.runs(document.getElementById("left"));
          return m.placeOf(r, runs.filter((run) => !run.closest(".notes")));
        }}""",
        [path],
    )


# A selection as code, and what it is of: everything before the first paragraph, nothing, or that paragraph.
BOUNDARIES = [
    # Begins in the tools above the text, ends in the head's facts.
    ("r.setStart(document.querySelector('.leaf-tools'), 0); r.setEnd($('p1'), 0);", "before"),
    # From one citation mark to the next: what lies between.
    ("r.setStart($('m1').firstChild, 0); r.setEnd($('m2').firstChild, 1);", "nothing"),
    # A triple click ends where the next block begins.
    ("r.setStart($('p1').firstChild, 0); r.setEnd($('p2'), 0);", "paragraph"),
    ("r.selectNodeContents($('p1'));", "paragraph"),
    ("r.selectNode($('p1'));", "paragraph"),
    ("r.setStartBefore($('p1')); r.setEndAfter($('m3'));", "paragraph"),
]


def test_boundaries_outside_of_the_words_count_for_what_lies_within(
    page: Page, live_server: LiveServer
) -> None:
    document, text, path = opened(page, live_server)
    paragraph = document.current.paragraphs.get(number=1) if document.current else None
    assert paragraph is not None
    of = {
        "before": (0, paragraph.start - 1),
        "nothing": None,
        "paragraph": (paragraph.start, paragraph.end),
    }
    for code, what in BOUNDARIES:
        place = select(page, path, code)
        assert (place and (place["start"], place["end"])) == of[what], code
        assert not place or text[place["start"] : place["end"]].split() == place["exact"].split()


def test_half_a_character_is_never_taken(page: Page, live_server: LiveServer) -> None:
    _, text, path = opened(page, live_server)
    code = """
      const node = document.querySelector('#left .words').firstChild;
      const at = node.data.indexOf('😀');
      r.setStart(node, 0); r.setEnd(node, at + 1);
    """
    place = select(page, path, code)
    assert text[place["start"] : place["end"]] == "Item Dues 😀"


def test_cells_of_a_table_are_taken_one_after_the_other(page: Page, live_server: LiveServer) -> None:
    _, text, path = opened(page, live_server)
    code = """
      const cells = document.querySelectorAll('#left td');
      r.setStart(cells[1].firstChild, 0); r.setEnd(cells[3].firstChild, 2);
    """
    place = select(page, path, code)
    assert text[place["start"] : place["end"]] == "30\t873\n17"


SENTENCES = [
    ("One. Two.", ["One.", "Two."]),
    ("As Dr. Sedge says, p. 4, it rose. It fell.", ["As Dr. Sedge says, p. 4, it rose.", "It fell."]),
    ("J. R. Marlow drew it. Nobody cared?", ["J. R. Marlow drew it.", "Nobody cared?"]),
    ("See e.g. Rook. 😀 Fine.", ["See e.g. Rook.", "😀 Fine."]),
    ("In 1793. Then no more.", ["In 1793.", "Then no more."]),
    ("3. The dues were low.", ["3. The dues were low."]),
    ("“It rose.” He sat.", ["“It rose.”", "He sat."]),
    ("Ends with St. ", ["Ends with St."]),
    ("", []),
]


def test_sentences_end_where_sentences_end(page: Page, live_server: LiveServer) -> None:
    given = [words for words, _ in SENTENCES]
    found = module(page, live_server, "text/sentences.js", "v[0].map((words) => m.sentences(words))", given)
    for (words, expected), pairs in zip(SENTENCES, found, strict=True):
        assert [words[start:end] for start, end in pairs] == expected
