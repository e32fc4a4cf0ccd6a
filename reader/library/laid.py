"""The words runs of kept texts, as they were laid."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Q

from reader.library.models import Chunk


class LaidRun(NamedTuple):
    """A words run: text[start:end] of a revision, the position of its chunk, and its inner HTML there."""

    chunk: int
    start: int
    end: int
    html: str


def laid_runs(revision: int, places: Collection[tuple[int, int]] | None = None) -> list[LaidRun]:
    """The runs of a revision that hold words, or those that these places touch, in order; one query."""
    chunks = Chunk.objects.filter(revision=revision).order_by("position")
    if places is not None:
        start, end = min(s for s, _ in places), max(e for _, e in places)
        chunks = chunks.filter(Q(start__lt=end, end__gt=start) | Q(note_start__lt=end, note_end__gt=start))
    return [
        LaidRun(position, start, end, html[begin:stop])
        for position, html, runs in chunks.values_list("position", "html", "runs")
        for start, end, begin, stop in runs
        if start < end and (places is None or any(start < e and s < end for s, e in places))
    ]
