"""Many people's marks over the words of one run, as a few levels of density. Pure.

A word counts each person once, however many of their marks cover it. All offsets are code points in the run.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

LEVELS = 4
# A stretch of one level is not shorter than this, unless nothing but unmarked words is around it.
SHORTEST = 4
LEAST_SCALE = 4

# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, and all from the CJK radicals on.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
_WORD = re.compile(f"[{_UNSPACED}]{{1,4}}|[^\\s{_UNSPACED}]+")

Stretch = tuple[int, int]


class Level(NamedTuple):
    """How dense the marks lie over text[start:end]: 1 (few of the people) to LEVELS (nearly all)."""

    start: int
    end: int
    level: int


def words(text: str) -> list[Stretch]:
    """Where each word begins and ends; without spaces, some characters together count as one."""
    return [found.span() for found in _WORD.finditer(text)]


def counted(of: Sequence[Stretch], marks: Iterable[Iterable[Stretch]]) -> list[int]:
    """How many people marked each word; marks are each person's stretches."""
    counts = [0] * len(of)
    for own in marks:
        for place in _covered(of, own):
            counts[place] += 1
    return counts


def changed(
    counts: Sequence[int], of: Sequence[Stretch], before: Iterable[Stretch], after: Iterable[Stretch]
) -> list[int]:
    """The counts once a person's marks in the run are those of after, who had those of before."""
    now = list(counts)
    had, has = _covered(of, before), _covered(of, after)
    for place in has - had:
        now[place] += 1
    for place in had - has:
        now[place] -= 1
    return now


def scale(people: int) -> int:
    """What counts are measured by: a power of two, so that it seldom changes while people come."""
    measure = LEAST_SCALE
    while measure < people:
        measure *= 2
    return measure


def level(count: int, measure: int) -> int:
    """0 for nobody, else 1 to LEVELS by equal ratios, since one of three hundred is to be seen, too."""
    if count <= 0:
        return 0
    # Whole numbers alone: count <= measure ** (step / LEVELS).
    return next((step for step in range(1, LEVELS) if count**LEVELS <= measure**step), LEVELS)


def levels(counts: Sequence[int], of: Sequence[Stretch], measure: int) -> tuple[Level, ...]:
    """Stretches of one level each, in order; at most one for every SHORTEST words, and one more."""
    of_count = {count: level(count, measure) for count in set(counts)}
    steps = [of_count[count] for count in counts]
    found: list[Level] = []
    here = 0
    for step, length in _smooth(steps):
        start, end = of[here][0], of[here + length - 1][1]
        here += length
        if step:
            found.append(Level(start, end, step))
    return tuple(found)


def is_thin(marks: int, of_words: int) -> bool:
    """Whether so many marks on a run of so many words are drawn one by one; bounded by the text."""
    return marks <= min(2 + of_words // 20, 12)


def _covered(of: Sequence[Stretch], stretches: Iterable[Stretch]) -> set[int]:
    """The indices of the words of which the stretches cover a character."""
    found: set[int] = set()
    for start, end in stretches:
        if start < end:
            first = bisect_right(of, start, key=lambda word: word[1])
            found.update(range(first, bisect_left(of, end, key=lambda word: word[0])))
    return found


# A step with how many words in a row have it.
_Row = tuple[int, int]


def _smooth(steps: Sequence[int]) -> list[_Row]:
    """The steps in rows, short rows joined.

    Long rows keep their edges. Short ones between them are taken together: parted evenly where there are
    enough words, else given to a marked neighbour, else left alone among unmarked words. So each marked row
    has SHORTEST words of its own, or a long unmarked row behind it, or is the last.
    """
    rows = [(step, len(list(same))) for step, same in groupby(steps)]
    joined: list[_Row] = []
    for is_long, rows_alike in groupby(rows, key=lambda row: row[1] >= SHORTEST):
        near = list(rows_alike)
        joined += near if is_long else _cluster(near)
    return _merged(_settled(joined))


def _cluster(rows: list[_Row]) -> list[_Row]:
    """Short rows after each other as parts of SHORTEST words or more, each with its highest step."""
    if len(rows) == 1:
        return rows
    steps = [step for step, length in rows for _ in range(length)]
    parts = max(len(steps) // SHORTEST, 1)
    starts = [SHORTEST * part for part in range(parts)]
    return [(max(steps[a:b]), b - a) for a, b in zip(starts, [*starts[1:], len(steps)], strict=True)]


def _settled(rows: list[_Row]) -> list[_Row]:
    """The rows, those still short with the step of the marked neighbour that is nearest to theirs."""
    settled = list(rows)
    for place, (step, length) in enumerate(rows):
        if step and length < SHORTEST:
            beside = [
                row[0] for row in (*rows[max(place - 1, 0) : place], *rows[place + 1 : place + 2]) if row[0]
            ]
            settled[place] = (min(beside, key=lambda other: abs(other - step), default=step), length)
    return settled


def _merged(rows: Iterable[_Row]) -> list[_Row]:
    return [(step, sum(length for _, length in same)) for step, same in groupby(rows, key=lambda row: row[0])]
