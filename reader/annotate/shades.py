"""What shared layers draw over texts, kept run by run as marks change.

It is kept on older revisions, too: they stay readable with their marks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from reader.annotate import density
from reader.annotate.apart import drawn_openly
from reader.annotate.models import Crowd, Shade
from reader.annotate.shading import Shading
from reader.annotate.standing import EVERYWHERE, NOW, Drawn, own_in_sight, standing
from reader.library.laid import LaidRun, laid_runs
from reader.library.prepared import NUMBERS, Prepared, json_of
from reader.library.querysets import Reader
from reader.library.runs import touched
from reader.people.lens import Lens

BATCH = 200
ENDLESS = 2**31 - 1

__all__ = ["Drawn", "rebuild", "redraw"]


def redraw(*, removed: Iterable[Drawn], added: Iterable[Drawn]) -> None:
    """Let what the layers draw say that these marks are gone and those are there.

    Called inside the transaction that writes them, after the rows are written; marks in private layers are
    not given.
    """
    acts: dict[tuple[int, int], tuple[list[Drawn], list[Drawn]]] = defaultdict(lambda: ([], []))
    for mark in removed:
        acts[mark.layer, mark.revision][0].append(mark)
    for mark in added:
        acts[mark.layer, mark.revision][1].append(mark)
    # In one order everywhere, so that no two wait for each other.
    for layer, revision in sorted(acts):
        _Shades(layer, revision).redraw(*acts[layer, revision])


@transaction.atomic
def rebuild(*, layer: int, revision: int) -> None:
    """Draw a shared layer over a whole revision again, from its annotations."""
    _Shades(layer, revision).rebuild()


class _Shades:
    """What a layer draws over a revision; to have this is to be the only one who changes it."""

    def __init__(self, layer: int, revision: int) -> None:
        self.layer = layer
        self.revision = revision
        self.rows = Shade.objects.filter(layer=layer, revision=revision)
        self.crowd, current = self._locked()
        self.paths = (NOW,) if current == revision else EVERYWHERE

    def redraw(self, removed: list[Drawn], added: list[Drawn]) -> None:
        """Draw what changed, where it did."""
        people = {mark.person for mark in (*removed, *added)}
        after = self._marks_of(people)
        come = set(added)
        before = [mark for mark in after if mark not in come] + removed
        rescaled = self._count(len(_people(after)) - len(_people(before)))
        runs = laid_runs(self.revision, [(mark.start, mark.end) for mark in (*removed, *added)])
        shades = self._shades(runs)
        for run in runs:
            shading = Shading(shades[run.start], run, self.crowd.scale)
            self._update(shading, removed, added, before, after)
        self._save(shades.values())
        if rescaled:
            self._rescale(but=shades)

    def rebuild(self) -> None:
        """Draw everything."""
        marks = self._marks()
        people = len(_people(marks))
        Crowd.objects.filter(pk=self.crowd.pk).update(people=people, scale=density.scale(people))
        shades = []
        runs = sorted(laid_runs(self.revision) if marks else [], key=lambda run: run.start)
        over = touched([(run.start, run.end) for run in runs], marks)
        for run in runs:
            if run.start in over:
                shade = self._blank(run)
                Shading(shade, run, density.scale(people)).afresh(over[run.start])
                shades.append(shade)
        self.rows.delete()
        Shade.objects.bulk_create(shades, batch_size=BATCH)

    def _locked(self) -> tuple[Crowd, int | None]:
        """The crowd, its row held to the end of the transaction; and the text's current revision."""
        place = [self.layer, self.revision]
        found = _CROWD.rows(None, place)
        if not found:
            new = Crowd(layer_id=self.layer, revision_id=self.revision, scale=density.scale(0))
            Crowd.objects.bulk_create([new], ignore_conflicts=True)
            found = _CROWD.rows(None, place)
        pk, people, scale, current = found[0]
        crowd = Crowd(pk=pk, layer_id=self.layer, revision_id=self.revision, people=people, scale=scale)
        return crowd, current

    def _shades(self, runs: Sequence[LaidRun]) -> dict[int, Shade]:
        """What is kept of these runs, by their starts; blank where nothing is."""
        shades = {run.start: self._blank(run) for run in runs}
        place = [self.layer, self.revision, min(shades, default=0), max(shades, default=0)]
        for start, pk, marks, people, notes, questions, counts, ranges in _SHADES.rows(None, place):
            if shade := shades.get(start):
                shade.pk, shade.marks = pk, marks
                shade.people, shade.notes, shade.questions = people, notes, questions
                shade.counts, shade.ranges = json_of(counts), json_of(ranges)
        return shades

    def _blank(self, run: LaidRun) -> Shade:
        return Shade(
            layer_id=self.layer, revision_id=self.revision, chunk=run.chunk, start=run.start, end=run.end
        )

    def _marks(self, run: LaidRun | None = None) -> list[Drawn]:
        """The layer's marks; those that touch a run, where one is given."""
        within = (run.start, run.end) if run else None
        mine = Q(annotation__layer=self.layer)
        return drawn_openly(standing(mine, revision=self.revision, within=within, paths=self.paths))

    def _marks_of(self, people: set[int | None]) -> list[Drawn]:
        """The layer's marks by these people; None are all whose account is gone."""
        named = [person for person in people if person is not None]
        found = [
            mark
            for person in named
            for mark in own_in_sight([(self.revision, 0, ENDLESS)], self._seen_by(person), self.paths)
        ]
        if None in people:
            left = Q(annotation__layer=self.layer, annotation__author__isnull=True)
            found += standing(left, revision=self.revision, paths=self.paths)
        return drawn_openly(found)

    def _seen_by(self, person: int) -> Lens:
        return Lens(pk=person, is_authenticated=True, layers=(self.layer,))

    def _count(self, came: int) -> bool:
        """Count people who came or left; whether density is measured by something else from now on."""
        crowd = self.crowd
        scale, before = density.scale(crowd.people + came), crowd.scale
        if came:
            crowd.people, crowd.scale = max(crowd.people + came, 0), scale
            crowd.save(update_fields=["people", "scale"])
        return scale != before

    def _update(
        self,
        shading: Shading,
        removed: list[Drawn],
        added: list[Drawn],
        before: list[Drawn],
        after: list[Drawn],
    ) -> None:
        gone, come = shading.here(removed), shading.here(added)
        was_thin = not shading.shade.counts
        had, have = shading.here(before), shading.here(after)
        shading.count(gone, come, len(_people(have)) - len(_people(had)))
        if shading.is_thin and was_thin:
            shading.update_marks(gone, come)
        elif not shading.is_thin and not was_thin:
            shading.update_crowd(had, have)
        else:
            shading.afresh(self._marks(run=shading.run))

    def _rescale(self, but: Iterable[int]) -> None:
        """Draw every other crowded run again, now that density is measured by something else."""
        crowded = {shade.start: shade for shade in self.rows.exclude(start__in=list(but)).exclude(counts=[])}
        if not crowded:
            return
        for run in laid_runs(self.revision):
            if run.start in crowded:
                Shading(crowded[run.start], run, self.crowd.scale).draw_crowd()
        self._save(crowded.values())

    def _save(self, shades: Iterable[Shade]) -> None:
        """Keep those that draw something, whether they are new or not."""
        drawn = [shade for shade in shades if shade.marks]
        if empty := [shade.pk for shade in shades if shade.pk and not shade.marks]:
            self.rows.filter(pk__in=empty).delete()
        for shade in drawn:
            # With a key of its own it would meet itself there, not at its place.
            shade.pk = None
        Shade.objects.bulk_create(
            drawn,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["layer", "revision", "start"],
            update_fields=["marks", "people", "notes", "questions", "counts", "ranges", "html"],
        )


def _people(marks: Iterable[Drawn]) -> set[int | None]:
    return {mark.person for mark in marks}


def _crowd(user: Reader, values: Sequence[int]) -> "QuerySet[Any, Any]":
    layer, revision = values
    crowds = Crowd.objects.select_for_update(of=("self",)).filter(layer=layer, revision=revision).order_by()
    return crowds.values_list("pk", "people", "scale", "revision__document__current")


def _shades(user: Reader, values: Sequence[int]) -> "QuerySet[Any, Any]":
    layer, revision, first, last = values
    shades = Shade.objects.filter(layer=layer, revision=revision, start__gte=first, start__lte=last)
    return shades.order_by().values_list(
        "start", "pk", "marks", "people", "notes", "questions", "counts", "ranges"
    )


_CROWD = Prepared(_crowd, NUMBERS)
_SHADES = Prepared(_shades, NUMBERS)
