"""Marks and crowds as the ranges that overlay.py draws."""

from collections.abc import Iterable

from reader.annotate.density import Level
from reader.library.overlay import Range


def mark_range(
    start: int, end: int, annotation: int, look: str, kind: str, *, run: tuple[int, int], own: bool = False
) -> Range:
    """A mark, drawn one by one over the run between these offsets; own where the reader made it."""
    return Range(
        max(start, run[0]),
        min(end, run[1]),
        f"a{annotation}",
        f"range {'own ' if own else ''}{look} kind-{kind}",
        first=start >= run[0],
        last=end <= run[1],
    )


def crowd_ranges(levels: Iterable[Level], start: int) -> list[Range]:
    """What a crowd draws over the run that begins at start."""
    return [Range(start + lv.start, start + lv.end, "", f"crowd level-{lv.level}") for lv in levels]
