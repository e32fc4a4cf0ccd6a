"""One run of a shared layer: its marks one by one while they are few, else how densely people marked it."""

from collections.abc import Iterable, Sequence

from reader.annotate import density
from reader.annotate.models import Annotation, Shade
from reader.annotate.ranges import crowd_ranges, mark_range
from reader.annotate.standing import Drawn
from reader.library.laid import LaidRun
from reader.library.overlay import Range, overlay, text_of

NOTE, QUESTION = Annotation.Kind.NOTE, Annotation.Kind.QUESTION


class Shading:
    """A shade in the making over its run; measure is what density is measured by."""

    def __init__(self, shade: Shade, run: LaidRun, measure: int) -> None:
        self.shade = shade
        self.run = run
        self.measure = measure
        self.words = density.words(text_of(run.html))

    @property
    def is_thin(self) -> bool:
        """Whether the marks are few enough to be drawn one by one."""
        return density.is_thin(self.shade.marks, len(self.words))

    def here(self, marks: Iterable[Drawn]) -> list[Drawn]:
        """Those of the marks that touch the run."""
        return [mark for mark in marks if mark.start < self.run.end and self.run.start < mark.end]

    def count(self, removed: Sequence[Drawn], added: Sequence[Drawn], came: int) -> None:
        """Count marks that have changed, and people who have a mark here now, or have none any more."""
        shade = self.shade
        shade.marks = max(shade.marks + len(added) - len(removed), 0)
        shade.notes = max(shade.notes + _of(NOTE, added) - _of(NOTE, removed), 0)
        shade.questions = max(shade.questions + _of(QUESTION, added) - _of(QUESTION, removed), 0)
        shade.people = max(shade.people + came, 0)

    def afresh(self, marks: Sequence[Drawn]) -> None:
        """Draw these marks, which are all that the run has."""
        self.shade.marks, self.shade.people = len(marks), len({mark.person for mark in marks})
        self.shade.notes, self.shade.questions = _of(NOTE, marks), _of(QUESTION, marks)
        self.shade.counts = []
        if self.is_thin:
            self._draw(map(self._range, marks))
        else:
            self.shade.counts = density.counted(self.words, self._by_person(marks).values())
            self.draw_crowd()

    def update_marks(self, removed: Iterable[Drawn], added: Iterable[Drawn]) -> None:
        """Draw marks that have changed, one by one as before."""
        gone = {self._range(mark) for mark in removed}
        kept = [drawn for row in self.shade.ranges if (drawn := Range(*row)) not in gone]
        self._draw([*kept, *map(self._range, added)])

    def update_crowd(self, before: Iterable[Drawn], after: Iterable[Drawn]) -> None:
        """Draw density as before, now that some people's marks are those of after."""
        had, have = self._by_person(before), self._by_person(after)
        for person in had.keys() | have.keys():
            self.shade.counts = density.changed(
                self.shade.counts, self.words, had.get(person, ()), have.get(person, ())
            )
        self.draw_crowd()

    def draw_crowd(self) -> None:
        """Draw density as it is counted."""
        levels = density.levels(self.shade.counts, self.words, self.measure)
        self._draw(crowd_ranges(levels, self.run.start))

    def _draw(self, ranges: Iterable[Range]) -> None:
        drawn = sorted(ranges, key=lambda r: (r.start, r.end, r.id))
        self.shade.ranges = [list(r) for r in drawn]
        self.shade.html = overlay(self.run.html, self.run.start, drawn)

    def _range(self, mark: Drawn) -> Range:
        return mark_range(
            mark.start, mark.end, mark.annotation, mark.look, mark.kind, run=(self.run.start, self.run.end)
        )

    def _by_person(self, marks: Iterable[Drawn]) -> dict[int | None, list[density.Stretch]]:
        """Each person's stretches, in offsets of the run."""
        found: dict[int | None, list[density.Stretch]] = {}
        for mark in marks:
            stretch = mark.start - self.run.start, mark.end - self.run.start
            found.setdefault(mark.person, []).append(stretch)
        return found


def _of(kind: str, marks: Iterable[Drawn]) -> int:
    return sum(mark.kind == kind for mark in marks)
