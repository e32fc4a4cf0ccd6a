"""The look of annotations, which repeats that of their first code, else of their meaning: kept true."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from reader.annotate import shades
from reader.annotate.batches import batches
from reader.annotate.models import Annotation, Code, Layer, Meaning, Tag, Target
from reader.annotate.relations import look_of_relation
from reader.annotate.standing import EVERYWHERE

Kind = Annotation.Kind


def look_of(kind: str, meaning: Meaning | None, codes: Sequence[Code], relation: str = "") -> str:
    """The classes of an annotation's colour and pattern: its relation's, first code's or meaning's."""
    if relation:
        return look_of_relation(relation)
    if codes:
        return codes[0].look
    return meaning.look if meaning else "hue-1 pattern-1" if kind == Kind.HIGHLIGHT else "hue-0 pattern-0"


def tagged_with(codes: Collection[int]) -> list[int]:
    """The annotations that have one of these codes, also where the code is deleted."""
    return list(Tag.objects.filter(code__in=codes).order_by().values_list("annotation", flat=True).distinct())


def follow(annotations: Collection[int]) -> None:
    """Let the looks of these annotations say what their codes and meanings say now, and draw them so.

    Three queries for each batch of them, and one for each look that is new to some.
    """
    changed: list[int] = []
    for batch in batches(sorted(annotations)):
        first: dict[int, list[Code]] = {}
        tags = Tag.objects.filter(annotation__in=batch, code__deleted_at__isnull=True)
        for annotation, hue, pattern in tags.values_list("annotation", "code__hue", "code__pattern"):
            first.setdefault(annotation, [Code(hue=hue, pattern=pattern)])
        becomes: dict[str, list[int]] = defaultdict(list)
        rows = Annotation.objects.filter(pk__in=batch).exclude(kind=Kind.REPLY)
        for row in rows.select_related("meaning").only("kind", "look", "meaning", "relation"):
            look = look_of(row.kind, row.meaning, first.get(row.pk, []), row.relation)
            if look != row.look:
                becomes[look].append(row.pk)
        for look, keys in becomes.items():
            Annotation.objects.filter(pk__in=keys).update(look=look)
            changed += keys
    redraw_whole(changed)


def redraw_whole(annotations: Sequence[int]) -> None:
    """Draw the shared layers again over every revision that these annotations lie on, or lay on."""
    found: set[tuple[int, int]] = set()
    for batch in batches(annotations):
        shared = Target.objects.filter(annotation__in=batch).exclude(
            annotation__layer__kind=Layer.Kind.PRIVATE
        )
        for path in EVERYWHERE:
            rows = shared.filter(**{f"{path}__revision__isnull": False}).order_by()
            found |= set(rows.values_list("annotation__layer", f"{path}__revision").distinct())
    for layer, revision in sorted(found):
        shades.rebuild(layer=layer, revision=revision)
