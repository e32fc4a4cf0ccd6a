"""Draw marks over the texts of a page: what shared layers keep drawn, and a reader's own one by one."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from reader.annotate.models import Layer, Shade
from reader.annotate.ranges import mark_range
from reader.annotate.standing import EVERYWHERE, NOW, Drawn, own
from reader.desk import fetch
from reader.desk.fetch import Laid
from reader.desk.half import Half
from reader.library.laid import laid_runs
from reader.library.overlay import Range, overlay
from reader.library.prepared import NUMBERS, Prepared, json_of
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
    mine: dict[int, list[Drawn]] = defaultdict(list)
    if user.is_authenticated:
        places = [(half.text.revision, *stretch) for half in halves for stretch in half.ranges()]
        paths = EVERYWHERE if any(half.text.old for half in halves) else (NOW,)
        for mark in own(places, user, paths):
            mine[mark.revision].append(mark)
    return {place: _chunk(chunk, mine[place[0]]) for place, chunk in laid.items()}


def drawn_runs(user: Reader, revision: int, places: Collection[tuple[int, int]]) -> list[DrawnRun]:
    """The runs that these places touch, with all marks that this reader sees there.

    Two queries, and one more for a reader with an account.
    """
    runs = laid_runs(revision, places)
    if not runs:
        return []
    place = revision, min(run.start for run in runs), max(run.end for run in runs)
    mine: dict[int, list[Drawn]] = {}
    if user.is_authenticated:
        mine = touched(sorted((run.start, run.end) for run in runs), own([place], user))
    shades: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    for start, html, ranges in _SHADES.rows(user, place):
        shades[start].append((html, ranges))
    return [
        DrawnRun(
            run.chunk,
            run.start,
            run.end,
            _run(run.html, run.start, run.end, shades[run.start], mine.get(run.start, ())),
        )
        for run in runs
    ]


def _chunk(laid: Laid, marks: Sequence[Drawn]) -> str:
    """A chunk with what is drawn in its runs, and these marks of the reader's."""
    if not (laid.shades or marks):
        return laid.html
    runs = json.loads(laid.runs)
    mine = touched(runs, marks)
    out: list[str] = []
    here = 0
    for start, end, begin, stop in runs:
        shades, here_mine = laid.shades.get(start, ()), mine.get(start, ())
        if shades or here_mine:
            out += (laid.html[here:begin], _run(laid.html[begin:stop], start, end, shades, here_mine))
            here = stop
    return "".join([*out, laid.html[here:]])


def _run(html: str, start: int, end: int, shades: Sequence[tuple[str, Any]], marks: Sequence[Drawn]) -> str:
    """A run's words with the shared layers' drawings of it and the reader's own marks, none of them twice."""
    if not (shades or marks):
        return html
    if len(shades) == 1 and not marks:
        return shades[0][0]
    mine = [
        mark_range(m.start, m.end, m.annotation, m.look, m.kind, run=(start, end), own=True) for m in marks
    ]
    ids = {r.id for r in mine}
    others = [Range(*row) for _, ranges in shades for row in json_of(ranges) if row[2] not in ids]
    return overlay(html, start, [*mine, *others])


def _shades(user: Reader, values: Sequence[int]) -> "QuerySet[Any, Any]":
    revision, first, last = values
    shades = Shade.objects.filter(revision=revision, start__gte=first, start__lt=last)
    return (
        shades.filter(layer__in=Layer.objects.visible_to(user))
        .order_by("layer")
        .values_list("start", "html", "ranges")
    )


_SHADES = Prepared(_shades, NUMBERS)
