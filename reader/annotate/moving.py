"""Moving annotations to another layer, and copying them there: one or many, as one change."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Count, F, Prefetch, Q, QuerySet

from reader.annotate.drawn import redrawing
from reader.annotate.journal import Journal
from reader.annotate.listing import light
from reader.annotate.many import New, keep_many
from reader.annotate.models import Annotation, Change, Layer, Tag, Target
from reader.annotate.problems import NotDone
from reader.annotate.querysets import AnnotationQuerySet
from reader.library.passages import Passage
from reader.people.models import User

AT_ONCE = 500
Kind = Annotation.Kind
NONE = "Choose notes of your own first. Replies go with what they answer."


@transaction.atomic
def move_notes(*, by: User, annotations: Collection[int], layer: Layer) -> Change | None:
    """Move those of these that are this person's own, with their replies; None where all lie there.

    NotDone where one of them cannot go: nothing is moved then.
    """
    rows = list(_own(by, annotations).select_for_update(of=("self",)))
    if not rows:
        raise NotDone(NONE)
    moving = [row for row in rows if row.layer_id != layer.pk]
    keys = [row.pk for row in moving]
    check_moving(moving, layer)
    journal = Journal(by, "move_notes")
    with redrawing(keys):
        journal.update_all(Annotation.objects.filter(pk__in=keys).order_by("pk"), layer=layer)
        Annotation.objects.filter(pk__in=keys).update(version=F("version") + 1)
        # No edit of theirs: whoever rewrites a reply elsewhere at this moment need not be told.
        replies = Annotation.objects.filter(parent__in=keys).order_by("pk")
        journal.update_all(replies.select_for_update(), layer=layer)
        if layer.is_shared:
            speaking = [row.pk for row in moving if row.speaks]
            Passage.objects.filter(targets__annotation__in=speaking, noted=False).update(noted=True)
    return journal.close(f"{_count(keys)} moved to “{layer.label}”.") if journal.ops else None


@transaction.atomic
def copy_notes(*, by: User, annotations: Collection[int], layer: Layer) -> tuple[list[Annotation], Change]:
    """Copy those of these that are this person's own, without their replies, and without their history.

    A copy is an annotation like any other: what becomes of the first is nothing to it.
    """
    rows = list(with_all(_own(by, annotations)))
    if not rows:
        raise NotDone(NONE)
    if any(row.hidden_at for row in rows):
        # Not even to themselves: from there it could be moved to those from whom it is hidden.
        raise NotDone("What is hidden from others is not copied until it is shown again.")
    journal = Journal(by, "copy_notes")
    made = keep_many(journal, [copy_of(row, layer) for row in rows])
    return made, journal.close(f"{_count(rows)} copied to “{layer.label}”.")


def check_moving(annotations: Sequence[Annotation], layer: Layer) -> None:
    """NotDone where one of these may not go there.

    What others answered stays with those for whom they wrote, also while the reply lies in the trash: it may
    come back. Of public notes alone that may become private, and who answered keeps reading their own words.
    """
    if any(row.hidden_at for row in annotations):
        raise NotDone("This is hidden from others: it stays where it is until it is shown again.")
    if any(row.kind == Kind.PROMPT for row in annotations):
        raise NotDone("A prompt stays in its class: copy it instead.")
    keys = [row.pk for row in annotations if layer.is_shared or row.layer.kind != Layer.Kind.PUBLIC]
    held = Annotation.objects.filter(parent__in=keys).exclude(author=F("parent__author"))
    # Of a reply that its writer took along an empty place is left, which nobody restores.
    held = held.exclude(author__isnull=True, deleted_at__isnull=False)
    live = Count("pk", Q(deleted_at=None))
    found = held.order_by().aggregate(all=Count("pk"), live=live, notes=Count("parent", distinct=True))
    if found["all"]:
        count = found["live"] or found["all"]
        stand = "y by others stands" if count == 1 else "ies by others stand"
        which = "it" if len(annotations) == 1 else "one of them" if found["notes"] == 1 else "some of them"
        where = which if found["live"] else f"{which} in the trash"
        raise NotDone(
            f"{count} repl{stand} below {where}, written for those who read there: copy instead of moving."
        )


def copy_of(annotation: Annotation, layer: Layer) -> New:
    """An annotation, fetched with all, as a new one in another layer."""
    kind = Kind.QUESTION if annotation.kind == Kind.PROMPT else annotation.kind
    return New(
        layer=layer,
        kind=kind,
        passages=[_passage(target.passage) for target in annotation.targets.all()],
        codes=[tag.code for tag in annotation.tags.all()],
        meaning=annotation.meaning,
        relation=annotation.relation,
        about=annotation.about,
        body=annotation.body,
        html=annotation.html,
    )


def _own(by: User, annotations: Collection[int]) -> AnnotationQuerySet:
    keys = sorted(set(annotations))
    if len(keys) > AT_ONCE:
        raise NotDone(f"Up to {AT_ONCE} notes go at once: choose fewer.")
    own = Annotation.objects.writable_by(by).live().filter(pk__in=keys, parent__isnull=True)
    return own.select_related("layer").order_by("pk")


def with_all(annotations: AnnotationQuerySet) -> "QuerySet[Annotation]":
    """The annotations with all that a copy takes of them."""
    tags = Tag.objects.filter(code__deleted_at__isnull=True).select_related("code")
    targets = light(Target.objects.select_related("passage__document", "passage__revision"))
    return annotations.select_related("layer", "meaning", "about", "parent").prefetch_related(
        Prefetch("targets", targets), Prefetch("tags", tags)
    )


def _passage(passage: Passage) -> Passage:
    """The same place once more."""
    return Passage(
        document=passage.document,
        revision=passage.revision,
        start=passage.start,
        end=passage.end,
        exact=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
        state=passage.state,
        was_in=passage.was_in,
    )


def _count(rows: Sequence[object]) -> str:
    return f"{len(rows)} note{'' if len(rows) == 1 else 's'}"
