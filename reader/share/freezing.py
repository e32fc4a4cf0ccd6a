"""Frozen copies: taken with a link, and kept without what was withdrawn since.

A copy asks nothing of the tables that it was made from. Where something happens to a note in one, whoever
does it tells so (annotations_changed), and what is stored is changed in the same transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, cast

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from reader.annotate.batches import batches
from reader.annotate.models import Annotation, Layer, Target
from reader.desk.about import written
from reader.library.models import Document
from reader.people.class_models import Membership
from reader.share import frozen, values
from reader.share.giving import given, still_given
from reader.share.live import every_part
from reader.share.models import Frozen, Link, Snapshot, SnapshotPart
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
    """Somebody left a class, came back, or does something else in it: what they wrote may be nameless now.

    Or it is theirs alone; and they may give less, or more, of what is written there.
    """
    theirs = Annotation.objects.filter(author=membership.person_id)
    _refresh_all(Q(annotation__in=theirs))
    # A link to a view of the class opens or not; to one of theirs in no class it opens as before.
    given_by_them = Q(snapshot__link__made_by=membership.person_id, snapshot__link__view__group__isnull=True)
    _refresh_all(given_by_them)


def on_showings_changed(*, layer: Layer, **more: object) -> None:
    """Receive annotate.signals.showings_changed: who gives what others teach gives what is shown."""
    _refresh_all(Q(layer=layer.pk))


def _refresh_all(of: Q) -> None:
    held = Frozen.objects.filter(of).order_by("annotation")
    for keys in batches(list(held.values_list("annotation", flat=True).distinct())):
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
        rows = Snapshot.objects.filter(pk__in=held).select_related("link__view", "link__made_by")
        for snapshot in rows.order_by("pk").select_for_update(of=("self",)):
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
    far = _far(keys | answers, snapshot)
    layers = still_given(snapshot.link, {row.layer for row in rows})
    before = [repr(of) for of in known]
    gone: list[int] = []
    back: list[int] = []
    for row in rows:
        pk = row.annotation
        shown, kept, author = _seen(row, state.get(pk), snapshot.link, layers)
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


def _far(keys: Collection[int], snapshot: Snapshot) -> set[int]:
    """The claims among these about a text that is neither public nor copied with them; two queries."""
    copied = [pk for pk in (snapshot.left_id, snapshot.right_id) if pk is not None]
    texts = Document.objects.filter(Q(is_public=True) | Q(pk__in=copied))
    claims = Annotation.objects.filter(pk__in=keys, kind=Annotation.Kind.CLAIM)
    elsewhere = Target.objects.filter(annotation__in=claims).exclude(passage__document__in=texts.values("pk"))
    # A text that was deleted is named by none of them any more.
    heard = Exists(texts.filter(pk=OuterRef("about")))
    silent = claims.filter(~heard, relation=Annotation.Relation.SILENT)
    return {*elsewhere.values_list("annotation", flat=True), *silent.values_list("pk", flat=True)}


def _seen(
    row: Frozen, state: Iterable[Any] | None, link: Link, layers: Collection[int]
) -> tuple[bool, bool, str]:
    """Of a note in a copy: whether it is shown, whether its words are kept, and the name beside it.

    layers are those that the link still gives.
    """
    if state is None:
        return False, False, ""
    layer, kind, html, author, deleted_at, hidden_at, parent_deleted_at, parent_hidden_at, *names = state
    # Taken along or deleted for good, of what others answered an empty row is left; a mark has no words.
    emptied = author is None and not html and kind != Annotation.Kind.HIGHLIGHT
    taken_away = emptied or (deleted_at, hidden_at, parent_deleted_at, parent_hidden_at) != (None,) * 4
    # A prompt lies elsewhere while its view is a draft.
    here = (layer == row.layer and layer in layers) or kind == Annotation.Kind.PROMPT
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
