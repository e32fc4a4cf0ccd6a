"""Tell the shared layers' drawing which marks an act took away and which it added."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from reader.annotate import shades
from reader.annotate.models import Layer, Target
from reader.annotate.shades import Drawn


def drawn(annotations: Collection[int]) -> set[Drawn]:
    """The marks of these annotations that shared layers draw now."""
    rows = (
        Target.objects.filter(
            annotation__in=annotations,
            annotation__deleted_at__isnull=True,
            passage__revision__isnull=False,
        )
        .exclude(annotation__layer__kind=Layer.Kind.PRIVATE)
        .values_list(
            "annotation__layer",
            "passage__revision",
            "passage__start",
            "passage__end",
            "annotation__author",
            "annotation",
            "annotation__look",
            "annotation__kind",
        )
    )
    return {Drawn(*row) for row in rows}


@contextmanager
def redrawing(annotations: Collection[int]) -> Iterator[None]:
    """Whatever happens to these annotations inside, draw afterwards what became of it."""
    before = drawn(annotations)
    yield
    after = drawn(annotations)
    if before != after:
        shades.redraw(removed=before - after, added=after - before)
