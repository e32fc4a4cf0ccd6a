"""The dates and counts of a text, each with its sentence and the words near it. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from reader.compare.figured.dates import Dated, dates
from reader.compare.figured.near import Context, context
from reader.compare.figured.quantities import Counted, quantities
from reader.compare.stemming import stem
from reader.compare.terms import folded
from reader.library.sentences import sentences

# Numbers up to this occur in any text.
SMALL = 12
FIGURES_AT_MOST = 3000
# So many characters before a figure and behind it are near it at most.
_STRETCH = 300
# Nouns that are counted as one thing.
_FAMILIES = {
    word: family
    for family, words in {
        "soldier": "soldiers troops servicemen fighters combatants personnel infantrymen recruits",
        "dead": "deaths dead fatalities killed",
        "person": "people persons inhabitants residents citizens",
        "ship": "ships vessels boats",
        "household": "households families homes",
        "worker": "workers employees labourers laborers",
        "kilometre": "km kilometres kilometers",
        "tonne": "tonnes tons",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, item, quotation or caption: its place ("p12", "b4"), its words, the heading above it."""

    place: str
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A date or a count in a block: its sentence [first, last); what it counts, as a key; words near it."""

    value: Dated | Counted
    block: int
    first: int
    last: int
    head: str
    names: frozenset[str]
    near: Context = field(repr=False)

    @property
    def is_date(self) -> bool:
        """Whether it is a date and no count."""
        return isinstance(self.value, Dated)

    @property
    def end(self) -> int:
        """Where it ends in the block, with what it counts."""
        return self.value.phrase_end if isinstance(self.value, Counted) else self.value.end

    def agrees(self, other: "Figure") -> bool:
        """Whether both can say the same."""
        if isinstance(self.value, Dated) and isinstance(other.value, Dated):
            return self.value.meets(other.value)
        return (
            isinstance(self.value, Counted)
            and isinstance(other.value, Counted)
            and self.value.agrees(other.value)
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The blocks of a text, and where the sentences of each lie."""

    blocks: list[Block]
    parts: list[list[tuple[int, int]]]

    def sentence(self, block: int, offset: int) -> tuple[int, int]:
        """Where the sentence lies that has this offset of a block."""
        parts = self.parts[block]
        at = bisect_right(parts, offset, key=itemgetter(1))
        return parts[at] if at < len(parts) else (0, len(self.blocks[block].text))


def sheet(blocks: Sequence[Block], most: int) -> Sheet:
    """The first blocks, so many characters of them."""
    kept: list[Block] = []
    for block in blocks:
        if most <= 0:
            break
        kept.append(block if len(block.text) <= most else replace(block, text=block.text[:most]))
        most -= len(block.text)
    return Sheet(kept, [sentences(block.text) for block in kept])


def figures(sheet: Sheet, language: str) -> list[Figure]:
    """The dates and counts of a text in their order, the first FIGURES_AT_MOST of them."""
    found: list[Figure] = []
    for at, block in enumerate(sheet.blocks):
        when = dates(block.text, language)
        counts = quantities(block.text, [(one.start, one.end) for one in when], language)
        if not when and not counts:
            continue
        values: list[Dated | Counted] = [*when, *counts]
        for value in sorted(values, key=lambda one: one.start):
            sentence = sheet.sentence(at, value.start)
            if len(found) == FIGURES_AT_MOST:
                return _with_heads(found)
            found.append(_figure(value, at, block, sentence, english=language in ("", "en")))
    return _with_heads(found)


def _with_heads(found: list[Figure]) -> list[Figure]:
    """ "A first 10,000": of what the text counts 10,000 of elsewhere, where that is one thing."""
    heads: dict[tuple[float, str], set[str]] = defaultdict(set)
    for one in found:
        if isinstance(one.value, Counted) and one.head:
            heads[one.value.low, one.value.unit].add(one.head)
    return [_with_head(one, heads) for one in found]


def _with_head(one: Figure, heads: dict[tuple[float, str], set[str]]) -> Figure:
    if not isinstance(one.value, Counted) or one.head or one.value.high <= SMALL:
        return one
    known = heads[one.value.low, one.value.unit]
    return replace(one, head=next(iter(known))) if len(known) == 1 else one


def _figure(
    value: Dated | Counted, at: int, block: Block, sentence: tuple[int, int], *, english: bool
) -> Figure:
    first, last = sentence
    end, head, named = value.end, "", frozenset[str]()
    if isinstance(value, Counted):
        end = max(value.phrase_end, value.end)
        head = key_of(value.head) if value.head else ""
        named = frozenset(folded(word) for word in value.words if word[0].isupper() and word != value.head)
    # Where no sentence ends, a stretch of it has to do.
    start, stop = max(first, value.start - _STRETCH), min(last, end + _STRETCH)
    words = block.text[start:stop]
    near = context(words, value.start - start, end - start, block.heading[:_STRETCH], english=english)
    return Figure(value, at, first, max(last, end), head, named, near)


def key_of(noun: str) -> str:
    """The family of a counted noun, else its stem."""
    plain = folded(noun)
    return _FAMILIES.get(plain) or stem(plain)
