"""Views for another class: as drafts, with their prompts, and nothing that anybody answered."""

from typing import Any

from django.db import transaction

from reader.annotate.layer_models import Layer
from reader.library.passages import Passage
from reader.people.class_models import Class, Membership
from reader.people.models import User
from reader.share.models import Asked, View
from reader.share.prompts import passages_of, put
from reader.share.view_actions import next_position


def on_class_copied(*, source: Class, copy: Class, **_: Any) -> None:
    """Receive people.signals.class_copied: all views come along, in their order."""
    by = copy.made_by
    if by is None:
        return
    for view in View.objects.live().filter(group=source).order_by("position", "pk"):
        copy_view(view=view, group=copy, by=by)


@transaction.atomic
def copy_view(*, view: View, group: Class, by: User) -> View:
    """Give a view to another class, too: a draft without a date, its class's layer that of the other class.

    Its prompts are those of who wrote them, where they lead the other class, too; else of who copies.
    """
    made = View.objects.create(
        group=group,
        owner=by,
        title=view.title,
        introduction=view.introduction,
        html=view.html,
        left_id=view.left_id,
        right_id=view.right_id,
        left_place=_copied(view.left_place),
        right_place=_copied(view.right_place),
        filters=view.filters,
        position=next_position(group),
    )
    layers = list(view.layers.all())
    kept = [layer for layer in layers if layer.kind != Layer.Kind.CLASS]
    if len(kept) < len(layers):
        kept.append(Layer.objects.of_class(group))
    made.layers.set(kept)
    _copy_prompts(view, made, by)
    return made


def _copy_prompts(view: View, made: View, by: User) -> None:
    there = Asked.objects.filter(view=view, prompt__annotation__deleted_at__isnull=True)
    rows = list(there.select_related("prompt__annotation__author").order_by("position", "pk"))
    passages = passages_of([row.prompt_id for row in rows])
    leading = Membership.objects.leading().filter(group=made.group_id).values_list("person", flat=True)
    leaders = set(leading)
    for row in rows:
        old, passage = row.prompt.annotation, passages.get(row.prompt_id)
        copied = _unsaved(passage)
        if copied is None:
            continue
        author = old.author if old.author and old.author_id in leaders else by
        new = put(view=made, author=author, passage=copied, body=old.body, html=old.html)
        prompt = new.prompt
        prompt.reveal, prompt.is_anonymous = row.prompt.reveal, row.prompt.is_anonymous
        if row.prompt.reveal_at is not None:
            # A date of the last term would show answers at once.
            prompt.reveal = prompt.Reveal.ANSWERED
        prompt.save()


def _copied(passage: Passage | None) -> Passage | None:
    made = _unsaved(passage)
    if made is not None:
        made.save(force_insert=True)
    return made


def _unsaved(passage: Passage | None) -> Passage | None:
    """The same place once more, for something else to point to; None where its text is gone."""
    if passage is None or passage.document_id is None or passage.revision_id is None:
        return None
    return Passage(
        document_id=passage.document_id,
        revision_id=passage.revision_id,
        start=passage.start,
        end=passage.end,
        exact=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
        state=passage.state,
    )
