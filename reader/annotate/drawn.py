"""Tell the shared layers' drawing which marks an act took away and which it added."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db.models import Q

from reader.annotate import shades
from reader.annotate.apart import drawn_openly
from reader.annotate.batches import batches
from reader.annotate.models import Annotation, Layer
from reader.annotate.signals import annotations_changed
from reader.annotate.standing import Drawn, standing

# Of more marks than this the whole revision is drawn again: that takes less.
PIECEMEAL = 200


def drawn(annotations: Collection[int]) -> set[Drawn]:
    """The marks of these annotations that shared layers draw now, on older revisions, too."""
    shared = ~Q(annotation__layer__kind=Layer.Kind.PRIVATE)
    found: set[Drawn] = set()
    for batch in batches(sorted(annotations)):
        found.update(drawn_openly(standing(shared & Q(annotation__in=batch), few=True)))
    return found


@contextmanager
def redrawing(annotations: Collection[int]) -> Iterator[None]:
    """Whatever happens to these annotations inside, draw afterwards what became of it, and tell of it."""
    before = drawn(annotations)
    yield
    after = drawn(annotations)
    changed = before ^ after
    if len(changed) > PIECEMEAL:
        for layer, revision in sorted({(one.layer, one.revision) for one in changed}):
            shades.rebuild(layer=layer, revision=revision)
    elif changed:
        shades.redraw(removed=before - after, added=after - before)
    annotations_changed.send(sender=Annotation, annotations=annotations)
