"""The marks that stand on a revision: where their passages are, or were before the text was revised."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from reader.annotate.models import Target
from reader.library.prepared import NUMBERS, Prepared, rows_of_all
from reader.library.querysets import Reader
from reader.people.lens import layers_of

# The way to a place: where a passage is, and where it was. None was on the revision that is current now.
NOW, BEFORE = "passage", "passage__former_places"
EVERYWHERE = (NOW, BEFORE)


class Drawn(NamedTuple):
    """A mark as the page draws it: a stretch of a revision that a person marked in a layer."""

    layer: int
    revision: int
    start: int
    end: int
    person: int | None
    annotation: int
    look: str
    kind: str


def standing(
    where: Q,
    *,
    revision: int | None = None,
    within: tuple[int, int] | None = None,
    paths: Sequence[str] = EVERYWHERE,
    few: bool = False,
) -> list[Drawn]:
    """The marks of the Targets for which this holds; on one revision, touching a stretch of it, if given.

    Those that others see: not what is hidden from them.
    few: the condition leaves so few that the database had better begin with it than with the place.
    """
    there = where & _IN_SIGHT
    return [Drawn(*row) for path in paths for row in _rows(there, path, revision, within, few=few)]


def own(
    places: Iterable[tuple[int, int, int]], user: Reader, paths: Sequence[str] = EVERYWHERE
) -> list[Drawn]:
    """A person's marks that touch these places, each a revision, a start and an end; one query if any.

    Through a Lens: those in the layers that are looked at.
    """
    return _filled(_OWN, places, user, paths)


def own_in_sight(
    places: Iterable[tuple[int, int, int]], user: Reader, paths: Sequence[str] = EVERYWHERE
) -> list[Drawn]:
    """The same without what is hidden from everybody but that person."""
    return _filled(_OWN_IN_SIGHT, places, user, paths)


def _filled(
    statements: Mapping[str, Prepared],
    places: Iterable[tuple[int, int, int]],
    user: Reader,
    paths: Sequence[str],
) -> list[Drawn]:
    filled = [statements[path].filled(user, place) for place in places for path in paths]
    return [Drawn(*row) for row in rows_of_all(filled)]


def _rows(
    where: Q,
    path: str,
    revision: int | None = None,
    within: tuple[int, int] | None = None,
    *,
    few: bool,
) -> "QuerySet[Target, tuple[Any, ...]]":
    targets = Target.objects.filter(where, annotation__deleted_at__isnull=True)
    on, start, end = (f"{path}__{name}" for name in ("revision", "start", "end"))
    if few:
        # A sum is in no index.
        targets = targets.annotate(
            **{name: F(f"{path}__{name}") + 0 for name in ("revision", "start", "end")}
        )
        on, start, end = "revision", "start", "end"
    targets = targets.filter(**{f"{on}__isnull": False} if revision is None else {on: revision})
    if within is not None:
        targets = targets.filter(**{f"{start}__lt": within[1], f"{end}__gt": within[0]})
    return targets.order_by().values_list(
        "annotation__layer",
        f"{path}__revision",
        f"{path}__start",
        f"{path}__end",
        "annotation__author",
        "annotation",
        "annotation__look",
        "annotation__kind",
    )


def _own(path: str, more: Q) -> Prepared:
    def build(user: Reader, values: Sequence[int]) -> "QuerySet[Target, tuple[Any, ...]]":
        revision, start, end = values
        mine, chosen = Q(more, annotation__author=user.pk), layers_of(user)
        if chosen is not None:
            mine &= Q(annotation__layer__in=chosen)
        return _rows(mine, path, revision, (start, end), few=True)

    return Prepared(build, NUMBERS)


_IN_SIGHT = Q(annotation__hidden_at__isnull=True)
_OWN = {path: _own(path, Q()) for path in EVERYWHERE}
_OWN_IN_SIGHT = {path: _own(path, _IN_SIGHT) for path in EVERYWHERE}
