"""Prose of any length for measuring: made of our own words by chance, the same for the same seed.

Words are drawn as in real prose, a few very often and most seldom, since compression, search and layout all
feel the difference.
"""

import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

NOUNS = (
    "harbour river archive treaty ledger winter council bridge letter market garrison road tower mill "
    "lantern registry ferry orchard parish canal quarry bell notary fleet tariff border envoy survey "
    "almanac chart warehouse granary debate motion clause witness petition verdict census charter guild "
    "wharf lock dyke flood harvest frost drought loan bond dividend mortgage estate tenant lease "
    "boundary map compass sextant pilot captain clerk printer binder scribe copyist translator editor "
    "scholar reader pupil lecture essay margin footnote chapter preface index appendix edition volume "
    "folio quire vellum ink type press proof galley"
).split()
VERBS = (
    "described measured recorded opened closed repaired sold bought carried refused granted copied "
    "printed annotated corrected compared counted inherited abandoned rebuilt surveyed taxed defended "
    "questioned praised ignored translated explained doubted confirmed delayed hastened replaced "
    "divided united crossed followed preceded governed advised warned persuaded reminded surprised "
    "outlived shaped limited enriched weakened"
).split()
ADJECTIVES = (
    "old northern quiet narrow public private costly early late wooden stone distant local famous "
    "forgotten careful hasty annual secret common rare learned practical provincial maritime fiscal "
    "legal civic rural printed handwritten faded brittle complete partial reliable disputed lasting "
    "brief"
).split()
JOINTS = "and,while,although,because,so that,until,after which,as soon as,even though,whereas".split(",")
PLACES = "Arlen Brackwater Corvo Dunmere Estrel Farrow Gildehaven Holm Ivrea Jarrow Kestrel Lowmoor".split()


SHAPES = (
    "{noun} {verb} {noun}",
    "{noun} {verb} {noun}",
    "{noun} {verb} {noun} of {place}",
    "{noun} of {place} {verb} {noun}",
    "in {year} {noun} {verb} {noun}",
    "{noun} was {verb} by {noun}",
    "{noun} was never {verb} in {place}",
    "it was {noun} that {verb} {noun} and {noun}",
    "without {noun}, few people in {place} {verb} {noun}",
    "nobody {verb} {noun} before {year}",
    "those who {verb} {noun} seldom {verb} {noun}",
    "between {year} and the end of {noun}, {noun} was {verb} twice",
)


class Writer:
    """Writes prose; two writers with the same seed write the same."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)

    def word(self, words: list[str]) -> str:
        """One of the words, the first about ten times as often as the last."""
        return self.chance.choices(words, cum_weights=cumulated(len(words)))[0]

    def noun(self) -> str:
        """A noun with its article and, at times, an adjective."""
        words = ([self.word(ADJECTIVES)] if self.chance.random() < 0.4 else []) + [self.word(NOUNS)]
        an = "an" if words[0][0] in "aeiou" else "a"
        article = self.chance.choice(("the", "the", "the", an, an, "every", "its", "their", "another"))
        return " ".join([article, *words])

    def clause(self) -> str:
        """A subject, a verb and an object, in one of a dozen shapes."""
        return re.sub(r"{(\w+)}", lambda slot: self.fill(slot[1]), self.chance.choice(SHAPES))

    def fill(self, slot: str) -> str:
        """The words for a slot of a shape."""
        if slot == "noun":
            return self.noun()
        if slot == "verb":
            return self.word(VERBS)
        return self.chance.choice(PLACES) if slot == "place" else str(self.chance.randint(1650, 1930))

    def sentence(self) -> str:
        """One to three clauses, a capital first and a full stop last."""
        clauses = [self.clause() for _ in range(self.chance.choice((1, 1, 2, 2, 3)))]
        text = clauses[0]
        for clause in clauses[1:]:
            text += f"{self.chance.choice((', ', ' '))}{self.chance.choice(JOINTS)} {clause}"
        return text[0].upper() + text[1:] + "."

    def paragraph(self, sentences: int = 6) -> str:
        """A paragraph of about so many sentences."""
        count = max(1, round(self.chance.gauss(sentences, 2)))
        return " ".join(self.sentence() for _ in range(count))

    def title(self) -> str:
        """A heading of a few words."""
        return f"{self.noun().title()} and {self.noun().title()}"


@cache
def cumulated(count: int) -> list[float]:
    """Cumulated weights of words by rank."""
    return list(accumulate(1 / (rank + count / 10) for rank in range(count)))


def book(size: int, seed: int = 1) -> str:
    """A book in clean Markdown of about this many bytes: front matter, chapters, sections, lists, notes."""
    writer = Writer(seed)
    front = '---\ntitle: "A History of the Harbour and the Ledger"\nauthors:\n  - Maren Holm\n---\n\n'
    return front + "\n".join(within(size, chapters(writer)))


def chapters(writer: Writer) -> Iterator[str]:
    """Blocks of a book without end, each with the empty line after it; a note stands after its block."""
    number = 0
    while True:
        yield f"# {writer.title()}\n"
        for _ in range(4):
            yield f"## {writer.title()}\n"
            for _ in range(5):
                number += 1
                yield f"{writer.paragraph()}[^{number}]\n"
                yield f"[^{number}]: {reference(writer, number)}\n"
                yield writer.paragraph() + "\n"
            yield "\n".join(f"{count}. {writer.sentence()}" for count in range(1, 5)) + "\n"


def converted(size: int, seed: int = 2) -> str:
    """The same as a PDF converter leaves it: running heads, pages that cut paragraphs, notes at page feet."""
    writer = Writer(seed)
    title = "A Survey of the Canals and Their Tariffs"
    return f"# {title}\n\nMaren Holm\n\n" + "\n".join(within(size, pages(writer, title)))


def pages(writer: Writer, title: str) -> Iterator[str]:
    """Pages without end; every third begins a section, and each ends in the middle of a sentence."""
    number = 0
    page = 0
    rest = ""
    while True:
        page += 1
        blocks = [f"### {title}", str(page)] if page > 1 else []
        blocks += [rest] if rest else []
        if page % 3 == 1:
            blocks.append(f"## {writer.title()}")
        blocks += [f"{writer.paragraph()}<sup>{number + mark}</sup>" for mark in (1, 2)]
        blocks.append("\n".join(f"{count}. {writer.sentence()}" for count in range(1, 4)))
        blocks.append("\n".join(f"- {writer.sentence()}" for _ in range(3)))
        words = writer.paragraph().split()
        cut = max(4, len(words) // 2)
        blocks.append(" ".join(words[:cut]).rstrip(".,"))
        rest = words[cut].lower().rstrip(".") + " " + " ".join(words[cut + 1 :])
        blocks += [f"<sup>{number + mark}</sup> {reference(writer, number + mark)}" for mark in (1, 2)]
        number += 2
        yield "\n\n".join(blocks) + "\n\n---\n"


def reference(writer: Writer, number: int) -> str:
    """A note that cites a work: author, title, place, year and address."""
    place, year = writer.chance.choice(PLACES), writer.chance.randint(1990, 2024)
    return f'{place} Record Office, "{writer.title()}", {year}, https://records.example/{place.lower()}/{number}.'


def within(size: int, blocks: Iterator[str]) -> Iterator[str]:
    """The first blocks that together reach this many bytes."""
    total = 0
    for block in blocks:
        yield block
        total += len(block.encode()) + 1
        if total >= size:
            return
