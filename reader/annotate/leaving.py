"""What becomes of somebody's annotations when they delete their account."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from reader.annotate.drawn import redrawing
from reader.annotate.models import Annotation, Change, Codebook, Layer, Tag
from reader.annotate.trash import delete_for_good
from reader.people.models import User

BATCH = 2_000


def on_account_leaving(*, person: User, asking: bool, **more: Any) -> list[str]:
    """Everything goes, but what others answered in public or in a class, and codebooks that others tag with.

    Asking: say so, and change nothing.
    """
    if asking:
        return [*_fate_of_annotations(person), *_fate_of_codebooks(person)]
    stay = list(answered(person).values_list("pk", flat=True))
    with redrawing(stay):
        Annotation.objects.filter(pk__in=stay).update(author=None)
    mine = Annotation.objects.filter(author=person).order_by("pk")
    while keys := list(mine.values_list("pk", flat=True)[:BATCH]):
        delete_for_good(keys)
    _leave_layers(person)
    Change.objects.filter(actor=person).delete()
    left = [f"left:{key}" for key in person.memberships.values_list("pk", flat=True)]
    Change.objects.filter(verb__in=left).delete()
    for codebook in used_by_others(person):
        Codebook.objects.filter(pk=codebook.pk).update(owner=_most_eager(codebook))
    return []


def answered(person: User) -> QuerySet[Annotation]:
    """Their annotations for everybody or a class that others have answered."""
    replies = Annotation.objects.filter(parent=OuterRef("pk"), deleted_at__isnull=True).exclude(author=person)
    shared = Annotation.objects.filter(layer__owner__isnull=True, deleted_at__isnull=True)
    return shared.filter(Exists(replies), author=person)


def _leave_layers(person: User) -> None:
    """Keep what others answered in this person's layers, which go with them, from everybody but its writers.

    It stands under rows without words, which are left of what it answers and lie in the trash for ever.
    """
    there = Annotation.objects.filter(layer__owner=person)
    for writer in User.objects.filter(pk__in=there.order_by().values("author")):
        there.filter(author=writer).update(layer=Layer.objects.private_to(writer))
    there.filter(author__isnull=True, deleted_at__isnull=False).update(layer=Layer.objects.public())


def used_by_others(person: User) -> QuerySet[Codebook]:
    """Their codebooks with whose codes others have tagged."""
    tags = _tags_of_others(person).filter(code__codebook=OuterRef("pk"))
    return Codebook.objects.filter(Exists(tags), owner=person, deleted_at__isnull=True)


def _tags_of_others(person: User | None) -> QuerySet[Tag]:
    return Tag.objects.filter(annotation__author__isnull=False).exclude(annotation__author=person)


def _most_eager(codebook: Codebook) -> int:
    """Who has tagged most with it, its owner apart."""
    tags = _tags_of_others(codebook.owner).filter(code__codebook=codebook)
    counted = tags.order_by().values_list("annotation__author").annotate(made=Count("pk"))
    return int(counted.order_by("-made", "annotation__author")[0][0])


def _fate_of_annotations(person: User) -> list[str]:
    stay = answered(person).count()
    gone = Annotation.objects.filter(author=person).count() - stay
    said = []
    if gone:
        one = gone == 1
        said.append(
            f"{gone} annotation{'' if one else 's'} of yours, private or public, {_is(gone)} deleted."
        )
    if stay:
        public = (
            "public one that others have answered stays"
            if stay == 1
            else ("public ones that others have answered stay")
        )
        if answered(person).exclude(layer__kind=Layer.Kind.PUBLIC).exists():
            public = public.replace("public", "public or class")
        said.append(f"{stay} {public}, without your name.")
    return said


def _fate_of_codebooks(person: User) -> list[str]:
    handed = list(used_by_others(person).values_list("name", flat=True))
    kept = Codebook.objects.filter(owner=person, deleted_at__isnull=True)
    gone = kept.count() - len(handed)
    said = [
        f"Your codebook “{name}”, with which others have tagged, goes to who uses it most." for name in handed
    ]
    if gone:
        said.append(f"{gone} codebook{'' if gone == 1 else 's'} of yours {_is(gone)} deleted.")
    return said


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
