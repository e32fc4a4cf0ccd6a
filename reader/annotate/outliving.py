"""What becomes of annotations whose text is deleted, which they outlive, or shown to other people."""

from typing import Any

from django.db.models import Count, Q

from reader.annotate.looks import redraw_whole
from reader.annotate.models import Annotation
from reader.annotate.signals import annotations_changed
from reader.library.models import Document


def on_asked_what_goes(*, document: Document, **_: Any) -> list[str]:
    """Receive library.signals.asked_what_goes: say how many annotations of how many people lie on it."""
    told = (
        Annotation.objects.live()
        .filter(passages__document=document)
        .aggregate(count=Count("pk", distinct=True), people=Count("author", distinct=True))
    )
    count, people = told["count"], told["people"]
    if count == 1:
        return [
            "One annotation lies on it. Its author keeps it, with its words; nobody else sees it any more."
        ]
    if not count:
        return []
    by = "one person" if people == 1 else f"{people} people"
    return [
        f"{count} annotations of {by} lie on it. Their authors keep them, with the words they are about; "
        "nobody else sees them any more."
    ]


def on_readers_changed(*, document: Document, **_: Any) -> None:
    """Receive library.signals.readers_changed: draw the claims about this text for whoever may read both."""
    about = Q(passages__document=document) | Q(about=document)
    claims = Annotation.objects.filter(about, kind=Annotation.Kind.CLAIM).order_by("pk")
    keys = list(claims.values_list("pk", flat=True).distinct())
    redraw_whole(keys)
    annotations_changed.send(sender=Annotation, annotations=keys)
