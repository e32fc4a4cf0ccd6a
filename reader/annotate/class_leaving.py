"""What becomes of what somebody wrote in a class when they leave it, or come back.

Named, it stays as it is. Nameless, it stays without the name. Taken, it goes to the writer's own layer, with
their own replies below it; of what others answered an empty place stays, so that their words have something
to stand under, and the writer has it whole in a copy. So with a reply to others; nobody sees its place. What
lies in the trash stays there, for its writer to read. Prompts are the class's, and stay without the name.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reader.annotate.batches import batches
from reader.annotate.drawn import redrawing
from reader.annotate.journal import Journal
from reader.annotate.layer_models import Layer, Showing
from reader.annotate.many import New, keep_many
from reader.annotate.models import Annotation, Change, Tag
from reader.annotate.moving import copy_of, with_all
from reader.annotate.querysets import AnnotationQuerySet
from reader.annotate.trash import delete_for_good
from reader.people.class_models import LEADING, Class, Membership, Written
from reader.people.models import User

NOBODY = Annotation.Byline.NOBODY
PROMPT = Annotation.Kind.PROMPT
# The token of a copy says what it was copied from; no form can send such a one.
TAKEN = "taken:"


def on_left_class(*, membership: Membership, choice: str, **_: Any) -> None:
    """Receive people.signals.left_class."""
    _show_no_longer(membership.person, membership.group)
    there = written_in(membership.group, membership.person)
    if choice == Written.NAMED or not there.exists():
        return
    # Of nobody: it is not theirs to undo.
    journal = Journal(membership.person, _verb(membership))
    keys = list(there.values_list("pk", flat=True))
    with redrawing(keys):
        nameless = there.filter(kind=PROMPT) if choice == Written.TAKEN else there
        journal.update_all(nameless.order_by("pk"), byline=NOBODY)
        if choice == Written.TAKEN:
            _take(journal, there.exclude(kind=PROMPT), membership)
    Change.objects.filter(pk=journal.close("").pk).update(actor=None)


def on_returned_to_class(*, membership: Membership, choice: str, **_: Any) -> None:
    """Receive people.signals.returned_to_class: what was not changed since is as it was."""
    change = Change.objects.filter(verb=_verb(membership)).order_by("-pk").first()
    if change is None:
        return
    before = {pk: was for _, pk, was, _ in change.ops}
    after = {pk: now for _, pk, _, now in change.ops}
    # Below what was answered since for nobody else's eyes nothing is brought before the class.
    since = (
        Annotation.objects.filter(parent__in=before).exclude(pk__in=before).values_list("parent", flat=True)
    )
    private = set(since.filter(layer__kind=Layer.Kind.PRIVATE))
    with redrawing(list(before)):
        for row in Annotation.objects.filter(pk__in=before).order_by("pk").select_for_update():
            same = all(getattr(row, name) == value for name, value in after[row.pk].items())
            if same and private.isdisjoint((row.pk, row.parent_id)):
                Annotation.objects.filter(pk=row.pk).update(**before[row.pk])
    _fill(membership)
    change.delete()


def on_role_changed(*, membership: Membership, **_: Any) -> None:
    """Receive people.signals.role_changed: who no longer leads shows nothing in the class."""
    if membership.role not in LEADING:
        _show_no_longer(membership.person, membership.group)


def on_class_copied(*, source: Class, copy: Class, **_: Any) -> None:
    """Receive people.signals.class_copied: who leads the copy shows there what they showed before."""
    leading = Membership.objects.leading().filter(group=copy).values("person")
    shown = Showing.objects.filter(group=source, layer__owner__in=leading)
    for layer in shown.values_list("layer", flat=True):
        Showing.objects.get_or_create(layer_id=layer, group=copy)


def written_in(group: Class, person: User) -> AnnotationQuerySet:
    """What this person wrote in the layer of a class, what lies in their trash too."""
    return Annotation.objects.filter(layer__group=group, author=person)


def _take(journal: Journal, there: AnnotationQuerySet, membership: Membership) -> None:
    person = membership.person
    own = Layer.objects.private_to(person)
    others = Annotation.objects.filter(parent=OuterRef("pk")).exclude(author=person)
    held = Annotation.objects.filter(Exists(others), author=person)
    alone = there.exclude(pk__in=held).filter(
        Q(parent__isnull=True) | Q(parent__author=person) & ~Q(parent__in=held) & ~Q(parent__kind=PROMPT)
    )
    gone = list(alone.order_by("pk").values_list("pk", flat=True))
    rest = there.filter(deleted_at__isnull=True).exclude(pk__in=alone).order_by("pk")
    kept, replies = (list(rest.filter(parent__isnull=q).values_list("pk", flat=True)) for q in (True, False))
    for batch in batches(gone):
        journal.update_all(Annotation.objects.filter(pk__in=batch).order_by("pk"), layer=own)
    for batch in batches([*kept, *replies]):
        _copy_for(person, own, batch)
    for batch in batches(kept):
        _empty(batch, kind=Annotation.Kind.NOTE, relation="", about=None, look="")
    for batch in batches(replies):
        _empty(batch, deleted_at=timezone.now())


def _copy_for(person: User, own: Layer, keys: Sequence[int]) -> None:
    """Keep these for their writer alone; a reply as a note at the passage that it was about."""
    rows = list(with_all(Annotation.objects.filter(pk__in=keys).order_by("pk")))
    # A copy of an earlier leaving is one's own by now.
    mine = Annotation.objects.filter(author=person)
    mine.filter(token__in=[f"{TAKEN}{row.pk}" for row in rows]).update(token="")
    news = [_new(row, own) for row in rows]
    journal = Journal(person, "taken")
    made = keep_many(journal, news)
    for row, copy in zip(rows, made, strict=True):
        Annotation.objects.filter(pk=copy.pk).update(token=f"{TAKEN}{row.pk}", made_at=row.made_at)


def _new(row: Annotation, own: Layer) -> New:
    if row.parent is None:
        return copy_of(row, own)
    parent = with_all(Annotation.objects.filter(pk=row.parent.pk)).get()
    new = copy_of(parent, own)
    note = Annotation.Kind.NOTE
    return New(layer=own, kind=note, passages=new.passages, body=row.body, html=row.html)


def _empty(keys: Sequence[int], **more: Any) -> None:
    """Take the words out of these, and out of their history; replies by others stay below."""
    Change.objects.filter(annotation__in=keys).delete()
    Tag.objects.filter(annotation__in=keys).delete()
    Annotation.objects.filter(pk__in=keys).update(
        author=None, body="", html="", meaning=None, token="", byline=NOBODY, **more
    )


def _fill(membership: Membership) -> None:
    """Put back the words that their writer took along, as they say now; what was deleted since is not."""
    copies = Annotation.objects.filter(author=membership.person, token__startswith=TAKEN)
    back = {int(copy.token.removeprefix(TAKEN)): copy for copy in with_all(copies)}
    places = Annotation.objects.filter(pk__in=back, author__isnull=True, layer__group=membership.group)
    done = []
    with redrawing(list(back)):
        for place in places.order_by("pk").select_for_update():
            copy = back[place.pk]
            if copy.deleted_at is not None:
                continue
            tags = [
                Tag(annotation=place, code_id=tag.code_id, position=tag.position) for tag in copy.tags.all()
            ]
            Tag.objects.bulk_create(tags if place.parent_id is None else [])
            more = {name: getattr(copy, name) for name in ("kind", "relation", "about", "look")}
            Annotation.objects.filter(pk=place.pk).update(
                **(more if place.parent_id is None else {}),
                author=membership.person,
                body=copy.body,
                html=copy.html,
                meaning=copy.meaning,
                byline=Annotation.Byline.NAMED,
                deleted_at=None,
            )
            done.append(copy.pk)
    if done:
        delete_for_good(done)


def _show_no_longer(person: User, group: Class) -> None:
    Showing.objects.filter(layer__owner=person, group=group).delete()


def _verb(membership: Membership) -> str:
    return f"left:{membership.pk}"
