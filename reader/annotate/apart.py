"""Claims between a text and one that not all of its readers may read: shared layers do not draw them there.

Whoever may read both sees the card, and whoever made the claim the mark, too.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from reader.annotate.models import Annotation, Target
from reader.annotate.standing import EVERYWHERE, Drawn
from reader.library.models import Document


def apart() -> Q:
    """That a Target is of such a claim."""
    others = Target.objects.filter(annotation=OuterRef("annotation")).exclude(
        passage__document=OuterRef("passage__document")
    )
    closed = others.exclude(passage__document__is_public=True)
    heard = Document.objects.filter(is_public=True, pk=OuterRef("annotation__about"))
    silent = Q(~Exists(heard), annotation__relation=Annotation.Relation.SILENT)
    return Q(Q(Exists(closed)) | silent, annotation__kind=Annotation.Kind.CLAIM)


def drawn_openly(marks: Sequence[Drawn]) -> list[Drawn]:
    """Those of the marks that everybody may see who may read the text; two queries if there are claims."""
    claims = {mark.annotation for mark in marks if mark.kind == Annotation.Kind.CLAIM}
    if not claims:
        return list(marks)
    targets = Target.objects.filter(apart(), annotation__in=claims).order_by()
    closed: set[tuple[Any, ...]] = set()
    for path in EVERYWHERE:
        closed.update(targets.values_list("annotation", f"{path}__revision"))
    return [mark for mark in marks if (mark.annotation, mark.revision) not in closed]
