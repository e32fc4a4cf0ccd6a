"""The anchor of a place in a text, as a database reckons it: "p12", "b3" (a block without a number), "n4"."""

from django.db.models import Case, F, OuterRef, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat

from reader.library.models import Footnote, Paragraph


def anchor_of(path: str = "passage__") -> Coalesce:
    """That of the note, else of the block, in which the passage at this path begins; "" if there is none."""
    revision, start = OuterRef(f"{path}revision"), OuterRef(f"{path}start")
    notes = Footnote.objects.filter(revision=revision, start__lte=start, end__gt=start).order_by()
    blocks = Paragraph.objects.filter(revision=revision, start__lte=start).order_by("-start", "-position")
    block = Case(When(number__isnull=True, then=_named("b", F("position"))), default=_named("p", F("number")))
    return Coalesce(
        Subquery(notes.values_list(_named("n", F("position") + 1))[:1]),
        Subquery(blocks.values_list(block)[:1]),
        Value(""),
        output_field=TextField(),
    )


def _named(letter: str, number: Combinable) -> Concat:
    return Concat(Value(letter), Cast(number, TextField()), output_field=TextField())
