"""Who says what in figures: the dates, counts and names of two texts, side by side. Pure.

A row is one thing that is dated, counted or named. Rows that differ come first: both texts say when it was,
or how many there were, and not the same. That it is one thing is told from the noun that is counted and the
rare words that stand near both figures; grade says how surely.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal

from reader.compare.figured.figures import FIGURES_AT_MOST, Block, Figure, Sheet, figures, sheet
from reader.compare.figured.joining import Joined, joined
from reader.compare.figured.naming import Name, names
from reader.compare.figured.near import Weights
from reader.compare.figured.quantities import Counted

# Of a longer text so many characters are looked at.
CHARACTERS_AT_MOST = 1_000_000
# So many words name what a date is of.
_SUBJECT = 3
MENTIONS_AT_MOST = 12

Kind = Literal["date", "number", "name"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure or name in a block: its sentence [first, last) and itself [start, end), offsets there."""

    block: Block
    first: int
    last: int
    start: int
    end: int

    @property
    def words(self) -> str:
        """As it is written."""
        return self.block.text[self.start : self.end]

    @property
    def pieces(self) -> tuple[str, str, str]:
        """The sentence: before it, itself, after it."""
        text = self.block.text
        return text[self.first : self.start], self.words, text[self.end : self.last]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is dated, counted or named in both texts, or (a name) in one.

    differs: the texts say different things of it. grade: "likely" one thing, "perhaps", "open"; "" for names.
    shared are the words near both figures, heaviest first. Of a name its first mentions in a block are given;
    counts tell all.
    """

    kind: Kind
    subject: str
    left: tuple[Mention, ...]
    right: tuple[Mention, ...]
    counts: tuple[int, int]
    differs: bool = False
    grade: str = ""
    score: float = 0.0
    shared: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of two texts, what differs first; names of one text alone; whether a text was too long."""

    rows: tuple[Row, ...]
    only_left: tuple[Row, ...]
    only_right: tuple[Row, ...]
    is_cut: tuple[bool, bool] = (False, False)


def facts(left: Sequence[Block], right: Sequence[Block], languages: tuple[str, str] = ("en", "en")) -> Facts:
    """What both texts date, count and name; languages as "en" or "en-GB", empty where they are not known."""
    own, other = (language.partition("-")[0].lower() for language in languages)
    languages = own, other
    sides = [sheet(blocks, CHARACTERS_AT_MOST) for blocks in (left, right)]
    english = all(language in ("", "en") for language in languages)
    weights = Weights(_sentences(sides), english=english)
    found = [figures(side, language) for side, language in zip(sides, languages, strict=True)]
    rows = [_of_figures(row, found, sides) for row in joined(found[0], found[1], weights)]
    words = [[block.text for block in side.blocks] for side in sides]
    named = names(words[0], words[1], languages)
    both = [name for name in named if name.left and name.right]
    rows += [_of_name(name, sides) for name in sorted(both, key=_telling)]
    alone = sorted((name for name in named if not (name.left and name.right)), key=_prominent)
    return Facts(
        rows=tuple(rows),
        only_left=tuple(_of_name(name, sides) for name in alone if name.left),
        only_right=tuple(_of_name(name, sides) for name in alone if name.right),
        is_cut=(_is_cut(left, found[0]), _is_cut(right, found[1])),
    )


def _is_cut(blocks: Sequence[Block], found: Sequence[Figure]) -> bool:
    return len(found) == FIGURES_AT_MOST or sum(len(block.text) for block in blocks) > CHARACTERS_AT_MOST


def _sentence(side: Sheet, one: Figure) -> str:
    return side.blocks[one.block].text[one.first : one.last]


def _sentences(sides: list[Sheet]) -> Iterator[str]:
    for side in sides:
        for block, parts in zip(side.blocks, side.parts, strict=True):
            for first, last in parts:
                yield block.text[first:last]


def _of_figures(row: Joined, found: list[list[Figure]], sides: list[Sheet]) -> Row:
    left, right = ([found[side][at] for at in places] for side, places in enumerate((row.left, row.right)))
    mentions = [
        tuple(
            Mention(sides[side].blocks[one.block], one.first, one.last, one.value.start, one.end)
            for one in ones
        )
        for side, ones in enumerate((left, right))
    ]
    return Row(
        kind="date" if left[0].is_date else "number",
        subject=_subject(left, right, row.shared, _sentence(sides[0], left[0])),
        left=mentions[0][:MENTIONS_AT_MOST],
        right=mentions[1][:MENTIONS_AT_MOST],
        counts=(len(left), len(right)),
        differs=row.differs,
        grade=row.grade,
        score=row.score,
        shared=row.shared,
    )


def _subject(left: list[Figure], right: list[Figure], shared: tuple[str, ...], sentence: str) -> str:
    """What is counted, as both texts call it; of a date the words that stand near both."""
    counted = (one.value.head for one in (*left, *right) if isinstance(one.value, Counted) and one.value.head)
    return " / ".join(dict.fromkeys(counted)) or " … ".join(_phrases(sentence, shared[:_SUBJECT]))


def _phrases(sentence: str, words: Iterable[str]) -> list[str]:
    """Words in the order of the sentence, those together that stand together."""
    found: list[str] = []
    before = -2
    places = {word: sentence.find(word) for word in words}
    for word, place in sorted(places.items(), key=itemgetter(1)):
        if found and 0 <= before == place - 1:
            found[-1] += f" {word}"
        else:
            found.append(word)
        before = place + len(word)
    return found


def _of_name(name: Name, sides: list[Sheet]) -> Row:
    left, right = (tuple(_named(sides[side], places)) for side, places in enumerate((name.left, name.right)))
    counts = len(name.left), len(name.right)
    return Row("name", name.name, left, right, counts, variants=name.variants)


def _named(side: Sheet, places: Iterable[tuple[int, int, int]]) -> Iterable[Mention]:
    """The first mention in each of the first blocks."""
    first_in: dict[int, tuple[int, int]] = {}
    for block, start, end in places:
        first_in.setdefault(block, (start, end))
    for block, (start, end) in list(first_in.items())[:MENTIONS_AT_MOST]:
        first, last = side.sentence(block, start)
        yield Mention(side.blocks[block], first, max(last, end), start, end)


def _prominent(name: Name) -> tuple[int, str]:
    """Of names in one text the most frequent first."""
    return -len(name.left) - len(name.right), name.name


def _telling(name: Name) -> tuple[int, str]:
    """The fewer places a name has, the more it tells that both texts have it."""
    return len(name.left) + len(name.right), name.name
