"""Where things lie in a revision, for all who may read it alike."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import F

from reader.annotate.models import Annotation, Shade, Target
from reader.annotate.querysets import visible_here
from reader.compare.models import Pairing, Parallel
from reader.compare.strip import Joined, Range, Said
from reader.compare.texts import SAYING
from reader.library.models import Citation, Paragraph

# Of a longer text the strip shows which paragraphs have marks, not where in them.
PARAGRAPHS_LOOKED_INTO = 400


def paragraphs(revision: int) -> list[Said]:
    """The numbered paragraphs, items and quotations, in order; one query.

    Tables have a number, too, but nobody looks for parallels in them: they are not silent.
    """
    said = Paragraph.objects.filter(revision=revision, number__isnull=False, kind__in=SAYING)
    rows = said.order_by("start")
    return [
        Said(number or 0, start, end) for number, start, end in rows.values_list("number", "start", "end")
    ]


def citations(revision: int) -> list[int]:
    """The offsets of the citation marks in the text itself; one query."""
    marks = Citation.objects.filter(revision=revision, paragraph__isnull=False).order_by("position")
    return list(marks.values_list(F("paragraph__start") + F("offset"), flat=True))


def marks(revision: int, *, closely: bool) -> list[Range]:
    """What shared layers draw, claims left out; else the runs in which they draw something. One query."""
    shades = Shade.objects.filter(layer__kind="public", revision=revision, marks__gt=0).order_by("start")
    if not closely:
        return list(shades.values_list("start", "end"))
    claim = f"kind-{Annotation.Kind.CLAIM}"
    ranges = shades.values_list("ranges", flat=True)
    return [(row[0], row[1]) for each in ranges for row in each if claim not in row[3].split()]


def claims(revision: int) -> list[Range]:
    """The passages of the claims that everybody may read; one query."""
    targets = Target.objects.filter(
        visible_here(AnonymousUser()),
        annotation__kind=Annotation.Kind.CLAIM,
        annotation__layer__kind="public",
        passage__revision=revision,
    )
    return list(targets.order_by().values_list("passage__start", "passage__end"))


def joined(pairing: int, which: str) -> list[Joined] | None:
    """The passages of the pairing's "first" or "second" text with parallels that stand for everybody.

    None while no parallels were looked for. Two queries.
    """
    if not Pairing.objects.filter(pk=pairing, found_at__isnull=False).exists():
        return None
    parallels = Parallel.objects.filter(pairing=pairing).placed().visible_to(AnonymousUser()).order_by()
    rows = parallels.values_list(f"{which}__start", f"{which}__end", "strength", "citing")
    return [Joined(start, end, strength, bool(citing)) for start, end, strength, citing in rows]
