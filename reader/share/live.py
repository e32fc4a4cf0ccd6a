"""Read what a link gives out of the tables, as the values that share.frozen makes a page of."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from reader.annotate.models import Annotation, Target
from reader.annotate.prompt_models import Prompt as Asking
from reader.annotate.ranges import mark_range
from reader.desk import about, fetch
from reader.desk.fetch import Text
from reader.desk.half import opened
from reader.desk.places import Stretch
from reader.library.anchoring import anchor_of
from reader.library.blocks import direction_of
from reader.library.passages import Passage
from reader.library.prepared import json_of
from reader.library.runs import touched
from reader.share.giving import Given
from reader.share.models import View
from reader.share.noted import SPEAKS, add_notes, as_replies, fill, seen
from reader.share.values import Copy, Leaf, Prompt, Reply, Sheet

SIDES = ("left", "right")
MARKS_AT_MOST = 2_000
ANSWERS_AT_MOST = 500
# Of more chunks than this it is asked first which have notes.
ASKED_EACH = 4


class NoSuchPart(LookupError):
    """A text that has no part of this number."""


def first_page(view: View, given: Given, *, said: str, base: str) -> tuple[Copy, list[Sheet]]:
    """What the first page of a view shows, and its sheets; some queries, as many for any length of text."""
    copy, chunks, texts = _told(view, given, said=said, base=base)
    wanted = {leaf["side"]: leaf["shown"] for leaf in copy["leaves"]}
    return copy, _sheets(given, texts, chunks, wanted)


def one_part(
    view: View, given: Given, *, said: str, base: str, side: str, position: int
) -> tuple[Copy, Sheet]:
    """One part of one of the texts; NoSuchPart where there is none."""
    copy, chunks, texts = _told(view, given, said=said, base=base)
    if not 0 <= position < len(chunks.get(side, ())):
        raise NoSuchPart
    found = _sheets(given, texts, chunks, {side: [position]})
    return copy, next(sheet for sheet in found if sheet["position"] == position)


def every_part(view: View, given: Given, *, said: str, base: str) -> tuple[Copy, list[Sheet]]:
    """All of a view, for a copy that is to last."""
    copy, chunks, texts = _told(view, given, said=said, base=base)
    wanted = {side: list(range(len(own))) for side, own in chunks.items()}
    return copy, _sheets(given, texts, chunks, wanted)


def _told(
    view: View, given: Given, *, said: str, base: str
) -> tuple[Copy, dict[str, list[Stretch]], dict[str, Text]]:
    documents = [text for text in (view.left, view.right) if text is not None]
    texts = dict(zip(SIDES, fetch.texts(given.lens, [text.slug for text in documents]), strict=False))
    stretches = fetch.stretches(given.lens, [text.revision for text in texts.values()])
    chunks = {side: stretches[text.revision] for side, text in texts.items()}
    places = _places(view, texts)
    leaves = [_leaf(side, text, chunks[side], places.get(side)) for side, text in texts.items()]
    copy = Copy(
        title=view.title,
        said=said,
        introduction=view.html,
        base=base,
        leaves=leaves,
        prompts=_prompts(view, given, texts),
        withdrawn=[],
    )
    return copy, chunks, texts


def _places(view: View, texts: dict[str, Text]) -> dict[str, tuple[int, str]]:
    """By side where the view opens a text: the offset, and the anchor of its block."""
    wanted = {"left": view.left_place_id, "right": view.right_place_id}
    keys = [pk for pk in wanted.values() if pk is not None]
    if not keys:
        return {}
    rows = Passage.objects.filter(pk__in=keys).annotate(anchor=anchor_of(""))
    found = {pk: rest for pk, *rest in rows.values_list("pk", "revision", "start", "anchor")}
    return {
        side: (found[pk][1], found[pk][2])
        for side, pk in wanted.items()
        if pk in found and side in texts and found[pk][0] == texts[side].revision
    }


def _leaf(side: str, text: Text, chunks: Sequence[Stretch], place: tuple[int, str] | None) -> Leaf:
    start, begin = place or (0, "")
    first = next((chunk.position for chunk in chunks if chunk.start <= start < chunk.end), 0)
    return Leaf(
        side=side,
        title=text.title,
        language=text.language,
        direction=direction_of(text.title, text.language) or "ltr",
        facts="\n".join(filter(None, (about.published(text), about.digest(text)))),
        begin=begin,
        reach=[_reach(chunk) for chunk in chunks],
        shown=list(opened(f"c{first}", text.revision, chunks, whole=False)),
    )


def _reach(chunk: Stretch) -> list[list[Any]]:
    """The anchors that are in a chunk: numbers of paragraphs, sections, marks and notes."""
    marks = None if chunk.first_mark is None else (chunk.first_mark + 1, (chunk.last_mark or 0) + 1)
    ends = chunk.note_ends()
    spans = {
        "p": (chunk.first_number, chunk.last_number),
        "s": ((chunk.first_section or 1), chunk.last_section),
        "m": marks or (None, None),
        "n": (ends[0] + 1, ends[1] + 1) if ends else (None, None),
    }
    return [[letter, *span] for letter, span in spans.items() if None not in span]


def _sheets(
    given: Given, texts: dict[str, Text], chunks: dict[str, list[Stretch]], wanted: dict[str, list[int]]
) -> list[Sheet]:
    """The chunks at these positions of each side with what is drawn on them; and of each text the first."""
    ranges = {texts[side].revision: range(min(here), max(here) + 1) for side, here in wanted.items() if here}
    laid = fetch.laid(given.lens, ranges)
    found: list[Sheet] = []
    for side in wanted:
        revision = texts[side].revision
        noted = _noted(given, revision, chunks[side], wanted[side])
        for (of, position), chunk in sorted(laid.items()):
            if of != revision:
                continue
            sheet = Sheet(
                side=side,
                position=position,
                html=chunk.html,
                runs=json_of(chunk.runs),
                ranges={},
                notes=[],
                more=0,
                withdrawn=[],
            )
            if given.is_filtered:
                sheet["ranges"] = _marks(given, revision, sheet["runs"])
            else:
                for start, drawn in chunk.shades.items():
                    rows = [row for _, ranges_there in drawn for row in json_of(ranges_there)]
                    sheet["ranges"][str(start)] = sorted(rows, key=lambda row: (row[0], row[1], row[2]))
            if position in noted:
                add_notes(given, revision, chunks[side][position], sheet)
            found.append(sheet)
    fill(given, found)
    return found


def _noted(
    given: Given, revision: int, chunks: Sequence[Stretch], positions: Sequence[int]
) -> Collection[int]:
    """Of these chunks those that may have notes: of a book most have none, and to ask each takes its time."""
    if len(positions) <= ASKED_EACH:
        return positions
    there = seen(given).filter(SPEAKS, passage__revision=revision)
    starts = sorted(set(there.order_by().values_list("passage__start", flat=True)))

    def is_noted(chunk: Stretch) -> bool:
        spans = [(chunk.start, chunk.end), (chunk.note_start or 0, chunk.note_end or 0)]
        return any(bisect_left(starts, first) < bisect_left(starts, last) for first, last in spans)

    return {position for position in positions if is_noted(chunks[position])}


def _marks(given: Given, revision: int, runs: Sequence[Sequence[int]]) -> dict[str, list[list[Any]]]:
    """The marks of what the filters leave, one by one, in each run that they touch."""
    if not runs:
        return {}
    first, last = min(run[0] for run in runs), max(run[1] for run in runs)
    there = seen(given).filter(passage__revision=revision, passage__start__lt=last, passage__end__gt=first)
    rows = there.order_by("passage__start", "pk").values_list(
        "passage__start", "passage__end", "annotation", "annotation__look", "annotation__kind"
    )
    spans = [_Span(*row) for row in rows[:MARKS_AT_MOST]]
    found: dict[str, list[list[Any]]] = {}
    by_start = {run[0]: (run[0], run[1]) for run in runs}
    for start, marks in touched(sorted(by_start.values()), spans).items():
        drawn = [
            mark_range(one.start, one.end, one.annotation, one.look, one.kind, run=by_start[start])
            for one in marks
        ]
        found[str(start)] = [list(one) for one in sorted(drawn, key=lambda r: (r.start, r.end, r.id))]
    return found


class _Span:
    """A mark, by what is drawn of it."""

    def __init__(self, start: int, end: int, annotation: int, look: str, kind: str) -> None:
        self.start, self.end = start, end
        self.annotation, self.look, self.kind = annotation, look, kind


def _prompts(view: View, given: Given, texts: dict[str, Text]) -> list[Prompt]:
    """The view's questions; answers where all may see them at once, and others' notes are given."""
    asked = view.asked.filter(
        prompt__annotation__deleted_at__isnull=True, prompt__annotation__hidden_at__isnull=True
    )
    rows = asked.order_by("position", "pk").values_list(
        "prompt", "prompt__annotation__html", "prompt__reveal"
    )
    found = {pk: (html, reveal) for pk, html, reveal in rows}
    if not found:
        return []
    sides = {text.revision: side for side, text in texts.items()}
    there = Target.objects.filter(annotation__in=list(found), passage__revision__in=list(sides))
    places: dict[int, tuple[str, str, str]] = {}
    for pk, revision, anchor, exact in (
        there.annotate(anchor=anchor_of())
        .order_by("position")
        .values_list("annotation", "passage__revision", "anchor", "passage__exact")
    ):
        places.setdefault(pk, (sides[revision], anchor, exact[:400]))
    answers: dict[int, list[Reply]] = defaultdict(list)
    open_to_all = [pk for pk, (_, reveal) in found.items() if reveal == Asking.Reveal.NOW]
    if given.others and open_to_all:
        said = Annotation.objects.filter(
            parent__in=open_to_all,
            layer__in=given.lens.layers or (),
            deleted_at__isnull=True,
            hidden_at__isnull=True,
        )
        for pk, answer in as_replies(given, said):
            if len(answers[pk]) < ANSWERS_AT_MOST:
                answers[pk].append(answer)
    return [
        Prompt(pk=pk, side=side, at=anchor, quote=quote, html=html, answers=answers[pk])
        for pk, (html, _) in found.items()
        for side, anchor, quote in [places.get(pk, ("left", "", ""))]
    ]
