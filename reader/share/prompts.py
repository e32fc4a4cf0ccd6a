"""What is done with prompts, and who has answered them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags

from reader.annotate import shades
from reader.annotate.carry import bring_along
from reader.annotate.drawn import drawn, redrawing
from reader.annotate.journal import Journal
from reader.annotate.layer_models import Layer
from reader.annotate.looks import look_of
from reader.annotate.models import Annotation, Change, Target
from reader.annotate.prompt_models import Prompt
from reader.annotate.rendering import render
from reader.library.passages import Passage
from reader.library.querysets import Reader, visible
from reader.people.models import User
from reader.share.models import Asked, View
from reader.share.view_actions import RESTORABLE, reorder
from reader.share.view_places import anchors

KIND = Annotation.Kind.PROMPT
NOTHING = "There is nothing in it yet: write what you ask."


class NotAsked(ValueError):
    """A prompt that cannot be kept; the message says what to do."""


class EditConflict(ValueError):
    """Somebody edited this prompt meanwhile; current is what it says now."""

    def __init__(self, current: Annotation) -> None:
        super().__init__(
            "This prompt was edited elsewhere while you wrote. Both wordings are below: keep what is right."
        )
        self.current = current


@dataclass(frozen=True, slots=True)
class Asking:
    """What a prompt asks, and from when on the answers of others are shown, with names or without."""

    body: str
    reveal: str = Prompt.Reveal.ANSWERED
    reveal_at: datetime | None = None
    is_anonymous: bool = False

    def facts(self) -> dict[str, Any]:
        """Those of the Prompt; a date only where it counts."""
        at = self.reveal_at if self.reveal == Prompt.Reveal.DATE else None
        return {"reveal": self.reveal, "reveal_at": at, "is_anonymous": self.is_anonymous}


def ask(
    *, view: View, by: User, passage: Passage, asking: Asking, token: str = ""
) -> tuple[Asked, Change | None]:
    """Tie a prompt to a passage, not yet saved, of one of a view's texts; the same token again makes none."""
    html = render(asking.body)
    if not html:
        raise NotAsked(NOTHING)
    try:
        with transaction.atomic():
            now = View.objects.select_for_update(of=("self",)).select_related("group").get(pk=view.pk)
            asked = put(view=now, author=by, passage=passage, body=asking.body, html=html, token=token)
            Prompt.objects.filter(pk=asked.prompt_id).update(**asking.facts())
            journal = Journal(by, "ask", asked.prompt.annotation)
            journal.created(asked.prompt.annotation)
            return asked, journal.close("Prompt kept.")
    except IntegrityError:
        known = Asked.objects.filter(prompt__annotation__author=by, prompt__annotation__token=token)
        if token and (found := known.first()):
            return found, None
        raise


def put(*, view: View, author: User, passage: Passage, body: str, html: str, token: str = "") -> Asked:
    """A prompt, the last of its view, in the layer where it belongs; written down by whoever calls."""
    layer = layer_of(view, author)
    annotation = Annotation.objects.create(
        layer=layer, author=author, kind=KIND, body=body, html=html, look=look_of(KIND, None, ()),
        token=token, made_at=timezone.now(),
    )  # fmt: skip
    passage.noted = layer.is_shared
    passage.save(force_insert=True)
    Target.objects.create(annotation=annotation, passage=passage)
    if passage.state == Passage.State.KEPT:
        bring_along([passage])
    if layer.is_shared:
        shades.redraw(removed=(), added=drawn([annotation.pk]))
    last = Asked.objects.filter(view=view).aggregate(last=Max("position"))["last"]
    prompt = Prompt.objects.create(annotation=annotation)
    return Asked.objects.create(view=view, prompt=prompt, position=0 if last is None else last + 1)


def layer_of(view: View, author: User) -> Layer:
    """Where a view's prompts lie: in its class's layer once it is shown, before that in the author's."""
    if view.group is not None and view.shown_at is not None:
        return Layer.objects.of_class(view.group)
    return Layer.objects.private_to(author)


@transaction.atomic
def edit(*, asked: Asked, by: User, version: int, asking: Asking) -> Change | None:
    """Let a prompt ask this; None where it did. Answers lose their names for peers, and get none back."""
    html = render(asking.body)
    if not html:
        raise NotAsked(NOTHING)
    now = Annotation.objects.select_for_update(of=("self",)).get(pk=asked.prompt_id)
    if now.version != version:
        raise EditConflict(now)
    prompt = Prompt.objects.get(pk=now.pk)
    journal = Journal(by, "edit", now)
    if asking.body != now.body:
        journal.update(now, body=asking.body, html=html, edited_at=timezone.now())
    if journal.update(prompt, **asking.facts()):
        if prompt.is_anonymous:
            named = now.replies.filter(byline=Annotation.Byline.NAMED).order_by("pk")
            with redrawing(list(named.values_list("pk", flat=True))):
                journal.update_all(named, byline=Annotation.Byline.PEERS)
        # Who edits it elsewhere is told of this, too.
        Annotation.objects.filter(pk=now.pk).update(version=now.version + 1)
    return journal.close("Prompt changed.") if journal.ops else None


@transaction.atomic
def move(*, asked: Asked, step: int) -> None:
    """Move a prompt up (-1) or down (1) among those of its view; at its end nothing happens."""
    View.objects.select_for_update(of=("self",)).get(pk=asked.view_id)
    there = Asked.objects.filter(view=asked.view_id, prompt__annotation__deleted_at__isnull=True)
    rows = list(there.order_by("position", "pk"))
    reorder(rows, asked.pk, step)
    Asked.objects.bulk_update(rows, ["position"])


@dataclass(frozen=True, slots=True)
class Shown:
    """A prompt as a list shows it: whether this reader answered it, and how many others did."""

    asked: Asked
    annotation: Annotation
    passage: Passage | None
    anchor: str
    is_answered: bool
    others: int

    @property
    def words(self) -> str:
        """What it asks, without its marks."""
        return plain(self.annotation.html)


def plain(html: str) -> str:
    """The words of what was rendered."""
    return unescape(strip_tags(html)).strip()


def asked_of(view: View, user: Reader) -> "QuerySet[Asked]":
    """The prompts of a view that this reader may see already, in order, on texts that they may read."""
    own = Q(prompt__annotation__author=user.pk)
    passages = Passage.objects.filter(visible(user, "document__"), document__isnull=False)
    return (
        Asked.objects.filter(
            own | Q(prompt__annotation__hidden_at__isnull=True),
            view=view,
            prompt__annotation__deleted_at__isnull=True,
            prompt__annotation__passages__in=passages,
        )
        .select_related("prompt__annotation__author", "prompt__annotation__layer")
        .order_by("position", "pk")
    )


def deleted_of(view: View) -> "QuerySet[Asked]":
    """The prompts of a view that were deleted not long ago."""
    since = timezone.now() - RESTORABLE
    there = Asked.objects.filter(view=view, prompt__annotation__deleted_at__gt=since)
    # Of those that are gone for good, an empty row may be left.
    gone = there.exclude(prompt__annotation__body="")
    return gone.select_related("prompt__annotation").order_by("-prompt__annotation__deleted_at")


def passages_of(annotations: Collection[int]) -> dict[int, Passage]:
    """The passage of each prompt; one query."""
    targets = Target.objects.filter(annotation__in=annotations).select_related("passage__document")
    light = targets.defer("passage__document__finding")
    return {target.annotation_id: target.passage for target in light}


def answers_of(annotations: Collection[int]) -> "QuerySet[Annotation]":
    """All that answers these prompts and is there; whoever shows them asks who may see them."""
    return Annotation.objects.filter(parent__in=annotations, deleted_at__isnull=True)


def shown(view: View, user: Reader) -> list[Shown]:
    """The prompts of a view as its page and the desk list them; five queries, however many there are."""
    rows = list(asked_of(view, user))
    keys = [row.prompt_id for row in rows]
    passages = passages_of(keys)
    at = anchors([passage.pk for passage in passages.values()])
    counts = _counts(keys, user)
    found = []
    for row in rows:
        passage = passages.get(row.prompt_id)
        own, others = counts.get(row.prompt_id, (0, 0))
        anchor = at.get(passage.pk, "") if passage else ""
        found.append(Shown(row, row.prompt.annotation, passage, anchor, own > 0, others))
    return found


def _counts(annotations: Collection[int], user: Reader) -> dict[int, tuple[int, int]]:
    """How many answers to each prompt are this reader's own, and how many shown ones are others'."""
    own = Q(author=user.pk) if user.is_authenticated else Q(pk__in=())
    # Compared with what may be nobody's: who left is somebody else.
    others = Q(hidden_at__isnull=True) & (Q(author__isnull=True) | ~own)
    there = answers_of(annotations).order_by().values_list("parent")
    rows = there.annotate(own=Count("pk", filter=own), others=Count("pk", filter=others))
    return {parent: (mine, of_others) for parent, mine, of_others in rows}
