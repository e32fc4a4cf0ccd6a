"""The words runs of kept texts, as they were laid."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from reader.library.models import Chunk
from reader.library.prepared import NUMBERS, Prepared, json_of
from reader.library.querysets import Reader


class LaidRun(NamedTuple):
    """A words run: text[start:end] of a revision, the position of its chunk, and its inner HTML there."""

    chunk: int
    start: int
    end: int
    html: str


def laid_runs(revision: int, places: Collection[tuple[int, int]] | None = None) -> list[LaidRun]:
    """The runs of a revision that hold words, or those that these places touch, in order; one query."""
    if places is None:
        chunks = _ALL.rows(None, [revision])
    else:
        chunks = _TOUCHING.rows(None, [revision, min(s for s, _ in places), max(e for _, e in places)])
    return [
        LaidRun(position, start, end, html[begin:stop])
        for position, html, runs in chunks
        for start, end, begin, stop in json_of(runs)
        if start < end and (places is None or any(start < e and s < end for s, e in places))
    ]


def _all(user: Reader, values: Sequence[int]) -> "QuerySet[Any, Any]":
    chunks = Chunk.objects.filter(revision=values[0]).order_by("position")
    return chunks.values_list("position", "html", "runs")


def _touching(user: Reader, values: Sequence[int]) -> "QuerySet[Any, Any]":
    _, start, end = values
    touched = Q(start__lt=end, end__gt=start) | Q(note_start__lt=end, note_end__gt=start)
    return _all(user, values).filter(touched)


_ALL = Prepared(_all, NUMBERS)
_TOUCHING = Prepared(_touching, NUMBERS)
