"""Frozen copies: taken with a link, and kept without what was withdrawn since.

A copy asks nothing of the tables that it was made from. Where something happens to a note in one, whoever
does it tells so (annotations_changed), and what is stored is changed in the same transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reader.annotate.batches import batches
from reader.annotate.models import Annotation, Target
from reader.desk.about import written
from reader.library.models import Document
from reader.people.class_models import Membership
from reader.share import frozen, values
from reader.share.giving import given
from reader.share.live import every_part
from reader.share.models import Frozen, Link, Snapshot, SnapshotPart, View
from reader.share.noted import author_of
from reader.share.values import Copy, Sheet

_STATE = (
    "pk",
    "layer",
    "kind",
    "html",
    "author",
    "deleted_at",
    "hidden_at",
    "parent__deleted_at",
    "parent__hidden_at",
    "author__first_name",
    "author__last_name",
    "author__username",
    "byline",
)


@transaction.atomic
def take(*, link: Link) -> Snapshot:
    """Store what a link gives now."""
    view, by, now = link.view, link.made_by, timezone.now()
    if by is None:
        raise ValueError("A link is somebody's.")
    zone = view.group.zone if view.group else None
    said = f"Frozen on {written(timezone.localtime(now, zone).date())}: a copy that does not change."
    gives = given(view, by, audience=link.audience, names=link.names, others=link.others)
    copy, sheets = every_part(view, gives, said=said, base=base_of(link))
    snapshot = Snapshot.objects.create(
        link=link,
        left=view.left,
        right=view.right,
        taken_at=now,
        title=view.title,
        data=cast(dict[str, Any], copy),
        body="",
    )
    SnapshotPart.objects.bulk_create(
        SnapshotPart(
            snapshot=snapshot, side=one["side"], position=one["position"], data=cast(dict[str, Any], one)
        )
        for one in sheets
    )
    places: dict[int, list[list[Any]]] = {pk: [] for pk in values.keys_of(copy, ())}
    for sheet in sheets:
        for pk in values.keys_on(sheet):
            places.setdefault(pk, []).append([sheet["side"], sheet["position"]])
    layers: dict[int, int] = {}
    for keys in batches(sorted(places)):
        # Held: whoever changes one of them from now on finds it in the copy; what was changed is seen below.
        rows = Annotation.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
        layers.update(rows.values_list("pk", "layer"))
    Frozen.objects.bulk_create(
        (
            Frozen(snapshot=snapshot, annotation=pk, layer=layers.get(pk, 0), places=places[pk])
            for pk in sorted(places)
        ),
        batch_size=500,
    )
    _store(snapshot, copy, sheets)
    refresh(sorted(places))
    return snapshot


def base_of(link: Link) -> str:
    """The path at which a link is read."""
    return reverse("share:shared", args=[link.key])


def on_annotations_changed(*, annotations: Collection[int], **more: object) -> None:
    """Something happened to these: copies show what is left of them."""
    refresh(annotations)


def on_membership_changed(*, membership: Membership, **more: object) -> None:
    """Somebody left a class, or came back: what they wrote may be nameless now, or theirs alone."""
    theirs = Annotation.objects.filter(author=membership.person_id)
    for keys in batches(
        list(Frozen.objects.filter(annotation__in=theirs).values_list("annotation", flat=True))
    ):
        refresh(keys)


def refresh(annotations: Collection[int]) -> None:
    """Let every copy with these annotations show what may still be seen of them; else one query."""
    held: dict[int, set[int]] = defaultdict(set)
    for keys in batches(sorted(annotations)):
        for of, pk in Frozen.objects.filter(annotation__in=keys).values_list("snapshot", "annotation"):
            held[of].add(pk)
    if not held:
        return
    with transaction.atomic():
        # One after the other, and always in the same order.
        rows = Snapshot.objects.filter(pk__in=held).select_related("link__view").order_by("pk")
        for snapshot in rows.select_for_update(of=("self",)):
            _refresh(snapshot, held[snapshot.pk])


def _refresh(snapshot: Snapshot, keys: set[int]) -> None:
    copy = cast(Copy, snapshot.data)
    rows = list(Frozen.objects.filter(snapshot=snapshot, annotation__in=keys))
    parts = _parts(snapshot, [place for row in rows for place in row.places])
    known: list[Copy | Sheet] = [copy, *(cast(Sheet, part.data) for part in parts)]
    # What was answered goes and comes with what it answers.
    answers = {
        one["pk"]
        for of in known
        for entry in values.entries(of)
        if entry["pk"] in keys
        for one in (*entry.get("replies", ()), *entry.get("answers", ()))
    }
    rows += Frozen.objects.filter(snapshot=snapshot, annotation__in=answers - keys)
    state = {row[0]: row[1:] for row in Annotation.objects.filter(pk__in=keys | answers).values_list(*_STATE)}
    far = _far(keys | answers, snapshot.link.view)
    before = [repr(of) for of in known]
    gone: list[int] = []
    back: list[int] = []
    for row in rows:
        pk = row.annotation
        shown, kept, author = _seen(row, state.get(pk), snapshot.link)
        (back if shown and pk not in far else gone).append(pk)
        for of in known:
            if not kept:
                values.erase(of, pk)
            values.name(of, pk, author)
    for of in known:
        here = {one["pk"] for one in values.entries(of)}
        if of is not copy:
            here |= values.keys_on(cast(Sheet, of))
        values.withdraw(of, here.intersection(gone), here.intersection(back))
    if before == [repr(of) for of in known]:
        return
    now = timezone.now()
    Frozen.objects.filter(snapshot=snapshot, annotation__in=gone, withdrawn_at=None).update(withdrawn_at=now)
    Frozen.objects.filter(snapshot=snapshot, annotation__in=back).update(withdrawn_at=None)
    SnapshotPart.objects.bulk_update(parts, ["data"], batch_size=50)
    first = {(leaf["side"], place) for leaf in copy["leaves"] for place in (*leaf["shown"], 0)}
    _store(snapshot, copy, [cast(Sheet, part.data) for part in _parts(snapshot, first)])


def _far(keys: Collection[int], view: View) -> set[int]:
    """The claims among these about a text that is neither public nor given with the view; two queries."""
    near = Q(is_public=True) | Q(pk__in=[pk for pk in (view.left_id, view.right_id) if pk is not None])
    texts = Document.objects.filter(near).values("pk")
    claims = Annotation.objects.filter(pk__in=keys, kind=Annotation.Kind.CLAIM)
    elsewhere = Target.objects.filter(annotation__in=claims).exclude(passage__document__in=texts)
    silent = claims.filter(about__isnull=False).exclude(about__in=texts)
    return {*elsewhere.values_list("annotation", flat=True), *silent.values_list("pk", flat=True)}


def _seen(row: Frozen, state: Iterable[Any] | None, link: Link) -> tuple[bool, bool, str]:
    """Of a note in a copy: whether it is shown, whether its words are kept, and the name beside it."""
    if state is None:
        return False, False, ""
    layer, kind, html, author, deleted_at, hidden_at, parent_deleted_at, parent_hidden_at, *names = state
    # Taken along or deleted for good, of what others answered an empty row is left; a mark has no words.
    emptied = author is None and not html and kind != Annotation.Kind.HIGHLIGHT
    taken_away = emptied or (deleted_at, hidden_at, parent_deleted_at, parent_hidden_at) != (None,) * 4
    # A prompt lies elsewhere while its view is a draft.
    here = layer == row.layer or kind == Annotation.Kind.PROMPT
    kept = not emptied and (deleted_at is None or author is not None)
    return not taken_away and here, kept, author_of(link.names and author is not None, names)


def _parts(snapshot: Snapshot, places: Iterable[Iterable[Any]]) -> list[SnapshotPart]:
    wanted = {tuple(place) for place in places}
    if not wanted:
        return []
    positions = {position for _, position in wanted}
    rows = SnapshotPart.objects.filter(snapshot=snapshot, position__in=positions)
    return [part for part in rows if (part.side, part.position) in wanted]


def _store(snapshot: Snapshot, copy: Copy, sheets: Iterable[Sheet]) -> None:
    snapshot.data = cast(dict[str, Any], copy)
    snapshot.body = frozen.page(copy, list(sheets))
    snapshot.save(update_fields=["data", "body"])
