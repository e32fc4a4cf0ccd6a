"""How many marks find their place in a revised text, how many a wrong one, and how long that takes."""

import time
from collections import Counter
from collections.abc import Iterator
from statistics import median

from bench.library import Library
from bench.prose import history, manual, written
from bench.revisions import Judge, Mark, Revised, marks, revised
from bench.server import Server
from reader.annotate.anchors import Outcome, Place, Text, carry

SIZE = 150_000
MARKS = 1_000
SHARES = (2, 10, 25)
SEEDS = (101, 102)


def measure(library: Library, server: Server) -> dict[str, float]:
    """Right, wrong and ghost in percent, over three kinds of prose; milliseconds for a text and its marks.

    right: of the marks of at least three words of which half live on, those with three quarters of these in
    their place; wrong: placed elsewhere, of all marks of which a word lives on; ghost: placed, of all marks
    of which none does.
    """
    figures: dict[str, float] = {}
    wrong: list[float] = []
    ghost: list[float] = []
    times: list[float] = []
    for share in SHARES:
        verdicts: Counter[tuple[str, bool]] = Counter()
        for revision, seed in revisions(share):
            made = marks(revision.old, MARKS, seed)
            outcomes, seconds = carried(revision, made)
            times.append(seconds)
            verdicts.update(judged(revision, made, outcomes))
        figures[f"carry_right_pct_{share}"] = percent(verdicts, "right", "missed", "wrong", counted=True)
        wrong.append(percent(verdicts, "wrong", "right", "missed"))
        ghost.append(percent(verdicts, "ghost", "quiet"))
    figures["carry_wrong_pct"] = max(wrong)
    figures["carry_ghost_pct"] = max(ghost)
    figures["carry_ms_per_1000"] = 1000 * median(times)
    return figures


def revisions(share: int) -> Iterator[tuple[Revised, int]]:
    """Texts of each kind, revised."""
    for prose in (history, written, manual):
        for seed in SEEDS:
            yield revised(prose(SIZE, seed), share / 100, seed), seed


def carried(revision: Revised, made: list[Mark]) -> tuple[list[Outcome], float]:
    """What became of the marks, and the seconds of a processor that it took."""
    old = Text(revision.old.text, revision.old.blocks)
    new = Text(revision.new.text, revision.new.blocks)
    places = [Place(mark.start, mark.end) for mark in made]
    began = time.process_time()
    outcomes = carry(old, new, places)
    return outcomes, time.process_time() - began


def judged(revision: Revised, made: list[Mark], outcomes: list[Outcome]) -> Iterator[tuple[str, bool]]:
    """The verdict on each mark, and whether it counts for right."""
    judge = Judge(revision)
    for mark, outcome in zip(made, outcomes, strict=True):
        yield judge.verdict(mark, None if outcome.state == "unplaced" else (outcome.start, outcome.end))


def percent(verdicts: Counter[tuple[str, bool]], *names: str, counted: bool = False) -> float:
    """How many of the verdicts with these names have the first; counted: only marks that count for right."""
    numbers = {name: verdicts[name, True] + (0 if counted else verdicts[name, False]) for name in names}
    return 100 * numbers[names[0]] / sum(numbers.values())
