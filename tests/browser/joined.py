"""Two texts with parallels between them that a test names, and how the page draws these."""

from playwright.sync_api import Page

from reader.compare.models import Pairing, Parallel
from reader.compare.pairing import changed, pair
from reader.library.models import Document, Paragraph
from reader.library.passages import Passage
from tests import make

FLOOD = "sluice tide gate mud silt channel bar pilot mooring keel".split()
FIELD = "orchard plough meadow hedge barley furrow harvest barn ewe shepherd".split()


def words(kind: list[str], seed: int, length: int = 70) -> str:
    """A paragraph of three sentences that shares no rare word with one of another seed."""
    said = [f"{kind[(seed + n * 3) % len(kind)]}{seed if n % 7 == 0 else ''}" for n in range(length)]
    third = length // 3
    return " ".join(f"{' '.join(said[n : n + third]).capitalize()}." for n in range(0, third * 3, third))


def facing(left: int = 24, right: int = 24) -> tuple[Document, Document]:
    """Two texts of so many paragraphs, without a parallel as yet."""
    texts = [
        make.document(
            make.parsed(title, *(make.paragraph(words(kind, n)) for n in range(count)), language="en")
        )
        for title, kind, count in (("Of Water", FLOOD, left), ("Of Land", FIELD, right))
    ]
    return texts[0], texts[1]


def join(
    left: Document,
    right: Document,
    one: int,
    other: int,
    strength: str = "strong",
    *,
    whole: bool = False,
    **facts: object,
) -> Parallel:
    """A parallel of the middle sentences of these two paragraphs, by their numbers; or of the whole ones."""
    pairing = pair(left, right)
    Pairing.objects.filter(pk=pairing.pk).update(state=Pairing.State.FOUND)
    ends = {text.pk: _passage(text, number, whole=whole) for text, number in ((left, one), (right, other))}
    parallel = Parallel.objects.create(
        pairing=pairing,
        first=ends[pairing.first_id],
        second=ends[pairing.second_id],
        strength=strength,
        **{"score": 0.6, "evidence": ["sluice", "tide"], **facts},
    )
    changed(pairing.pk)
    return parallel


def side_of(text: Document, other: Document) -> str:
    """Which of a pairing's two this text is."""
    return "first" if text.pk < other.pk else "second"


def _passage(text: Document, number: int, *, whole: bool) -> Passage:
    assert text.current is not None
    block = Paragraph.objects.get(revision=text.current, number=number)
    said = text.current.text[block.start : block.end]
    start, end = block.start, block.end
    if not whole:
        start, end = start + said.index(". ") + 2, start + said.rindex(".", 0, -1) + 1
    return Passage.objects.create(
        document=text, revision=text.current, start=start, end=end, exact=text.current.text[start:end]
    )


def ready(page: Page) -> None:
    """Move a hand, and wait until all that goes along parallels is at work."""
    page.mouse.move(4, 4)
    page.wait_for_selector(".together", state="attached")


def at(page: Page, side: str, number: int) -> float:
    """How far below the top of the window the middle sentence of a paragraph begins."""
    found: float = page.evaluate(
        """async ([side, number]) => {
          const { lineOf } = await import(`${location.origin}/static/js/desk/heights.js`);
          const { all } = await import(`${location.origin}/static/js/desk/parallels.js`);
          const leaf = document.getElementById(side);
          const run = document.getElementById(`${side}-p${number}`);
          const start = Number(run.dataset.start ?? run.querySelector("[data-start]").dataset.start);
          const end = start + run.textContent.length;
          const one = all().find((each) => each[side].start > start && each[side].start < end);
          return lineOf(leaf, one[side].start).top - leaf.scrollTop + leaf.getBoundingClientRect().top;
        }""",
        [side, number],
    )
    return found
