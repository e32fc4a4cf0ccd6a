"""Draw marks over the texts of a page: what shared layers keep drawn, and a reader's own one by one."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from reader.annotate.models import Layer, Shade
from reader.annotate.ranges import mark_range
from reader.annotate.standing import BEFORE, NOW, Drawn, rows_of
from reader.desk import fetch
from reader.desk.fetch import Laid
from reader.desk.half import Half
from reader.desk.prepared import NUMBERS, Prepared, rows_of_all
from reader.library.laid import laid_runs
from reader.library.overlay import Range, overlay
from reader.library.querysets import Reader
from reader.library.runs import touched


class DrawnRun(NamedTuple):
    """A words run with its marks: the position of its chunk, its place in the text, its inner HTML."""

    chunk: int
    start: int
    end: int
    html: str


def drawn(user: Reader, halves: Sequence[Half]) -> dict[tuple[int, int], str]:
    """The html of the chunks that are shown, and of each first one, with all marks that this reader sees.

    One query, and one more for a reader with an account.
    """
    laid = fetch.laid(user, {half.text.revision: half.shown for half in halves})
    own: dict[int, list[Drawn]] = defaultdict(list)
    for mark in _own(user, halves):
        own[mark.revision].append(mark)
    return {place: _chunk(chunk, own[place[0]]) for place, chunk in laid.items()}


def drawn_runs(user: Reader, revision: int, places: Collection[tuple[int, int]]) -> list[DrawnRun]:
    """The runs that these places touch, with all marks that this reader sees there.

    Two queries, and one more for a reader with an account.
    """
    runs = laid_runs(revision, places)
    if not runs:
        return []
    within = [revision, min(run.start for run in runs), max(run.end for run in runs)]
    own: dict[int, list[Drawn]] = {}
    if user.is_authenticated:
        marks = [Drawn(*row) for row in rows_of_all([query.filled(user, within) for query in _OLD])]
        own = touched(sorted((run.start, run.end) for run in runs), marks)
    shades: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    for start, html, ranges in _SHADES.rows(user, within):
        shades[start].append((html, ranges))
    return [
        DrawnRun(
            run.chunk,
            run.start,
            run.end,
            _run(run.html, run.start, run.end, shades[run.start], own.get(run.start, ())),
        )
        for run in runs
    ]


def _own(user: Reader, halves: Sequence[Half]) -> list[Drawn]:
    """The reader's own marks on what the halves show."""
    statements = []
    for half in halves if user.is_authenticated else ():
        for first, last in half.ranges():
            values = [half.text.revision, first, last]
            statements += [query.filled(user, values) for query in (_OLD if half.text.old else _CURRENT)]
    return [Drawn(*row) for row in rows_of_all(statements)]


def _chunk(laid: Laid, own: Sequence[Drawn]) -> str:
    """A chunk with the marks in its runs."""
    if not (laid.shades or own):
        return laid.html
    runs = json.loads(laid.runs)
    mine = touched(runs, own)
    out: list[str] = []
    here = 0
    for start, end, begin, stop in runs:
        shades, marks = laid.shades.get(start, ()), mine.get(start, ())
        if shades or marks:
            out += (laid.html[here:begin], _run(laid.html[begin:stop], start, end, shades, marks))
            here = stop
    return "".join([*out, laid.html[here:]])


def _run(html: str, start: int, end: int, shades: Sequence[tuple[str, Any]], own: Sequence[Drawn]) -> str:
    """A run's words with the shared layers' drawings of it and the reader's own marks, none of them twice."""
    if not (shades or own):
        return html
    if len(shades) == 1 and not own:
        return shades[0][0]
    mine = [mark_range(m.start, m.end, m.annotation, m.look, m.kind, run=(start, end), own=True) for m in own]
    ids = {r.id for r in mine}
    others = [Range(*row) for _, ranges in shades for row in fetch.json_of(ranges) if row[2] not in ids]
    return overlay(html, start, [*mine, *others])


def _standing(path: str) -> Prepared:
    def build(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
        revision, first, last = values
        return rows_of(Q(annotation__author=user.pk), path, revision, (first, last))

    return Prepared(build, NUMBERS)


def _shades(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    revision, first, last = values
    kept = Shade.objects.filter(revision=revision, start__gte=first, start__lt=last)
    visible = kept.filter(layer__in=Layer.objects.visible_to(user)).order_by("layer")
    return visible.values_list("start", "html", "ranges")


_SHADES = Prepared(_shades, NUMBERS)
_CURRENT = (_standing(NOW),)
_OLD = (*_CURRENT, _standing(BEFORE))
