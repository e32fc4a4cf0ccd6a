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
# What rows were, or became, by their key.
Ops = dict[int, dict[str, Any]]


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
    with redrawing(list(before)):
        _lay_back(membership, before, after)
        _name_again(membership, before)
    _fill(membership, before)
    # Of a prompt that was made anonymous meanwhile the answers are.
    named = Annotation.objects.filter(pk__in=before, byline=Annotation.Byline.NAMED)
    named.filter(parent__prompt__is_anonymous=True).update(byline=Annotation.Byline.PEERS)
    change.delete()


def _lay_back(membership: Membership, before: Ops, after: Ops) -> None:
    """Bring before the class what its writer took along, thread by thread.

    Where anything in it was written, moved or deleted since, it was for nobody else's eyes, and stays there.
    """
    moved = [pk for pk, was in before.items() if "layer_id" in was]
    theirs = Annotation.objects.filter(pk__in=moved, author=membership.person)
    rows = list(theirs.order_by("pk").select_for_update())
    since = Annotation.objects.filter(parent__in=moved).exclude(pk__in=moved)
    changed = set(since.order_by().values_list("parent", flat=True))
    for row in rows:
        if any(getattr(row, name, None) != after[row.pk].get(name) for name in ("layer_id", "version")):
            changed.add(row.parent_id or row.pk)
    for row in rows:
        if (row.parent_id or row.pk) not in changed:
            Annotation.objects.filter(pk=row.pk).update(**before[row.pk], laid_at=timezone.now())


def _name_again(membership: Membership, before: Ops) -> None:
    """Give what stayed in the class without a name its byline back."""
    nameless = [pk for pk, was in before.items() if "byline" in was]
    theirs = Annotation.objects.filter(pk__in=nameless, author=membership.person, byline=NOBODY)
    for pk in list(theirs.filter(layer__group=membership.group).order_by().values_list("pk", flat=True)):
        Annotation.objects.filter(pk=pk).update(**before[pk])


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
        going = Annotation.objects.filter(pk__in=batch).order_by("pk").select_for_update()
        journal.update_all(going, layer=own)
    _write_down(journal, [*kept, *replies])
    for batch in batches([*kept, *replies]):
        _copy_for(person, own, batch)
    for batch in batches(kept):
        _empty(batch, kind=Annotation.Kind.NOTE, relation="", about=None, look="")
    for batch in batches(replies):
        _empty(batch, deleted_at=timezone.now())


def _write_down(journal: Journal, places: Sequence[int]) -> None:
    """Keep with the change what tells, once it is taken back, what was edited since, and who is named."""
    moved = {pk: after for _, pk, _, after in journal.ops if "layer_id" in after}
    for batch in batches(sorted(moved)):
        for pk, version in Annotation.objects.filter(pk__in=batch).values_list("pk", "version"):
            moved[pk]["version"] = version
    for batch in batches(places):
        for pk, byline in Annotation.objects.filter(pk__in=batch).values_list("pk", "byline"):
            journal.ops.append(["Annotation", pk, {"byline": byline}, {"byline": NOBODY}])


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


def _fill(membership: Membership, before: Ops) -> None:
    """Put back the words that their writer took along, with their bylines.

    Not where the copy was edited, moved or deleted since, or has replies: it stays where it is, as it is.
    """
    places = Annotation.objects.filter(pk__in=before, author__isnull=True, layer__group=membership.group)
    rows = list(places.order_by("pk").select_for_update(of=("self",)))
    copies = Annotation.objects.filter(
        ~Exists(Annotation.objects.filter(parent=OuterRef("pk"))),
        token__in=[f"{TAKEN}{row.pk}" for row in rows],
        author=membership.person,
        layer=Layer.objects.private_to(membership.person),
        version=1,
        deleted_at__isnull=True,
    )
    held = copies.order_by("pk").select_for_update(of=("self",))
    back = {copy.token: copy for copy in with_all(held)}
    done = []
    with redrawing([row.pk for row in rows]):
        for place in rows:
            copy = back.get(f"{TAKEN}{place.pk}")
            if copy is None:
                continue
            tags = [
                Tag(annotation=place, code_id=tag.code_id, position=tag.position) for tag in copy.tags.all()
            ]
            Tag.objects.bulk_create(tags if place.parent_id is None else [])
            more = {name: getattr(copy, name) for name in ("kind", "relation", "about", "look")}
            Annotation.objects.filter(pk=place.pk).update(
                **(more if place.parent_id is None else {}),
                **before[place.pk],
                author=membership.person,
                body=copy.body,
                html=copy.html,
                meaning=copy.meaning,
                laid_at=timezone.now(),
                deleted_at=None,
            )
            done.append(copy.pk)
    if done:
        delete_for_good(done)


def _show_no_longer(person: User, group: Class) -> None:
    Showing.objects.filter(layer__owner=person, group=group).delete()


def _verb(membership: Membership) -> str:
    return f"left:{membership.pk}"
