"""What a link gives: whose notes, on which texts, with or without names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from django.db.models import Count, Q, QuerySet

from reader.annotate.models import Annotation, Layer, Target
from reader.library.models import Document
from reader.people.class_models import Class
from reader.people.lens import Lens
from reader.people.models import User
from reader.share.models import Link, View

Audience = Link.Audience


@dataclass(frozen=True, slots=True)
class Given:
    """What is given: the lens through which it is read, and what is told of what is seen there.

    others: also what others than a layer's owner answered there; kinds, where there are any, are all that is
    shown. zone: the one in which days are told.
    """

    lens: Lens
    others: bool
    kinds: tuple[str, ...] = ()
    zone: tzinfo = UTC

    @property
    def is_filtered(self) -> bool:
        """Whether some of what lies in the layers is not shown."""
        return bool(self.kinds)


def given(view: View, by: User, *, audience: str, names: bool, others: bool) -> Given:
    """What a link by this person to this view gives to these people; one query."""
    others = others or audience == Audience.CLASS
    layers = layers_given(view, by, others=others).values_list("pk", flat=True)
    texts = tuple(pk for pk in (view.left_id, view.right_id) if pk is not None)
    lens = Lens(layers=tuple(sorted(layers)), texts=texts, is_given=True, names=names)
    kinds = tuple(one for one in view.filters.get("kinds", ()) if one in Annotation.Kind.values)
    return Given(lens, others, kinds, view.group.zone if view.group else UTC)


def layers_given(view: View, by: User, *, others: bool) -> "QuerySet[Layer]":
    """Of a view's layers those that this person may give: what is public, and what they teach.

    others: those of the class, too, and what others teach there. Nobody gives a private layer.
    """
    return view.layers.filter(_givable(view, by, others=others)).distinct()


def still_given(link: Link, layers: Collection[int]) -> set[int]:
    """Those of these layers that whoever made a link may give by it now, be they the view's or not."""
    if link.made_by is None:
        return set()
    others = link.others or link.audience == Audience.CLASS
    allowed = _givable(link.view, link.made_by, others=others)
    return set(Layer.objects.filter(allowed, pk__in=layers).values_list("pk", flat=True))


def _givable(view: View, by: User, *, others: bool) -> Q:
    allowed = Q(kind=Layer.Kind.PUBLIC) | Q(kind=Layer.Kind.TEACHING, owner=by)
    if others:
        groups = Class.objects.led_by(by) if view.group_id is None else Class.objects.filter(pk=view.group_id)
        allowed |= Q(kind=Layer.Kind.CLASS, group__in=groups)
        allowed |= Q(kind=Layer.Kind.TEACHING, showings__group__in=groups)
    return allowed


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is in a layer on the texts of a view: notes and marks, by so many people.

    of_others and others are the same without what the giver wrote, and without what a view asks.
    """

    name: str
    is_others: bool
    notes: int = 0
    people: int = 0
    of_others: int = 0
    others: int = 0

    @property
    def said(self) -> str:
        """The numbers in words."""
        return _said(self.notes, self.people) if self.notes else "nothing on these texts"

    @property
    def said_of_others(self) -> str:
        """The numbers of others in words; nothing where they wrote nothing."""
        return _said(self.of_others, self.others) if self.of_others else ""


def _said(notes: int, people: int) -> str:
    many = f"{notes:,} notes and marks" if notes > 1 else "1 note or mark"
    return f"{many} by {people:,} {'person' if people == 1 else 'people'}"


def amounts(view: View, by: User) -> list[Amount]:
    """What there is to give, layer by layer; two queries, and one for a class."""
    own = set(layers_given(view, by, others=False).values_list("pk", flat=True))
    layers = list(layers_given(view, by, others=True).select_related("group", "owner"))
    revisions = [text.current_id for text in (view.left, view.right) if text is not None]
    there = Target.objects.filter(
        passage__revision__in=revisions,
        annotation__layer__in=layers,
        annotation__deleted_at__isnull=True,
        annotation__hidden_at__isnull=True,
    )
    counted = there.order_by().values_list("annotation__layer")
    note, author = "annotation", "annotation__author"
    # Compared with what may be nobody's: who left is somebody else.
    other = Q(annotation__author__isnull=True) | ~Q(annotation__author=by)
    other &= ~Q(annotation__kind=Annotation.Kind.PROMPT)
    rows = counted.annotate(
        notes=Count(note, distinct=True),
        people=Count(author, distinct=True),
        of_others=Count(note, distinct=True, filter=other),
        others=Count(author, distinct=True, filter=other),
    )
    found = {layer: numbers for layer, *numbers in rows}
    return [Amount(_name(layer, by), layer.pk not in own, *found.get(layer.pk, ())) for layer in layers]


def _name(layer: Layer, by: User) -> str:
    if layer.kind == Layer.Kind.PUBLIC:
        return "Everybody’s notes"
    if layer.group:
        return f"Notes in “{layer.group.name}”"
    if layer.owner == by or layer.owner is None:
        return "What you teach"
    return f"What {layer.owner.name} teaches"


def texts_kept_back(view: View, by: User) -> list[Document]:
    """The view's texts that this person may not give: those that are not public, and another's."""
    texts: Sequence[Document] = [text for text in (view.left, view.right) if text is not None]
    return [text for text in texts if not (text.is_public or by.is_staff or text.owner_id == by.pk)]
