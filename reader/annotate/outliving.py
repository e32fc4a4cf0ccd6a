"""What becomes of annotations whose text is deleted: they outlive it."""

from typing import Any

from django.db.models import Count

from reader.annotate.models import Annotation
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
