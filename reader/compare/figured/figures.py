"""The dates and counts of a text, each with its sentence and the words near it. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from reader.compare.figured.dates import Dated, dates
from reader.compare.figured.measures import FAMILIES, MEASURES
from reader.compare.figured.near import Context, context
from reader.compare.figured.quantities import Counted, quantities
from reader.compare.stemming import stem
from reader.compare.terms import folded
from reader.library.sentences import sentences

# What any text counts.
_COMMON = frozenset(
    stem(word)
    for word in "person men women dollars euros pounds cents crowns roubles yen things ways".split()
)
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

    @property
    def kind(self) -> tuple[str, str]:
        """What figures mostly have in common when they are of one thing: what is counted, and the unit."""
        return (self.head, self.value.unit) if isinstance(self.value, Counted) else ("date", "date")

    @property
    def measures(self) -> bool:
        """Whether it is in a measure, as most other figures of a text may be, too."""
        return self.head in FAMILIES

    @property
    def is_common(self) -> bool:
        """Whether any text counts the like: people, money."""
        return self.head in _COMMON

    @property
    def says(self) -> tuple[object, ...]:
        """The days or the number that it says, without what it is of."""
        return (
            (self.value.first, self.value.last)
            if isinstance(self.value, Dated)
            else (*self.value.span, self.value.unit)
        )

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
            if len(found) == FIGURES_AT_MOST:
                return _with_heads(found)
            found.append(_figure(value, at, sheet, english=language in ("", "en")))
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


def _figure(value: Dated | Counted, at: int, sheet: Sheet, *, english: bool) -> Figure:
    block = sheet.blocks[at]
    first, last = sheet.sentence(at, value.start)
    # "Am 12. November": a full stop within a date ends no sentence.
    last = max(last, sheet.sentence(at, value.end - 1)[1])
    end, head, named = value.end, "", frozenset[str]()
    if isinstance(value, Counted):
        end = max(value.phrase_end, value.end)
        head = key_of(value.head) if value.head else ""
        named = frozenset(folded(word) for word in value.words if word[0].isupper() and word != value.head)
    # Where no sentence ends, a stretch of it has to do.
    start, stop = max(first, value.start - _STRETCH), min(last, end + _STRETCH)
    words = block.text[start:stop]
    above = block.heading[:_STRETCH], block.text[max(0, first - _STRETCH) : first].rpartition("\n")[2]
    near = context(words, value.start - start, end - start, above, english=english)
    return Figure(value, at, first, max(last, end), head, named, near)


def key_of(noun: str) -> str:
    """The family of a counted noun or of a measure, else its stem."""
    plain = folded(noun)
    return _FAMILIES.get(plain) or MEASURES.get(plain, ("",))[0] or stem(plain)
