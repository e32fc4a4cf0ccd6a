"""What becomes of views when a text, an account or the right to change them goes."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from reader.annotate.batches import batches
from reader.annotate.layer_models import Layer
from reader.annotate.models import Annotation, Change
from reader.annotate.turning import NotUndone
from reader.library.models import Document
from reader.people.class_models import Class, Membership
from reader.people.models import User
from reader.share.models import View

NOT_YOURS = "This view is not yours to change any more: those who lead its class decide what becomes of it."
OF_PROMPTS = ("Prompt", "Annotation")


def on_asked_what_goes(*, document: Document, **_: Any) -> list[str]:
    """Receive library.signals.asked_what_goes: views of a deleted text go with it."""
    there = View.objects.live().filter(Q(left=document) | Q(right=document))
    count = there.filter(group__isnull=False).count()
    alone = there.filter(group__isnull=True).count()
    said = []
    if count:
        goes = "view of a class shows it and goes" if count == 1 else "views of classes show it and go"
        said.append(f"{count} {goes} with it, and what is known of who read them.")
    if alone:
        goes = "view in no class shows it and goes" if alone == 1 else "views in no class show it and go"
        said.append(f"{alone} {goes} with it.")
    return said


def on_account_leaving(*, person: User, asking: bool, **_: Any) -> list[str]:
    """Receive people.signals.account_leaving: views of classes stay, with their prompts; others go."""
    own = View.objects.filter(owner=person, group__isnull=True)
    stay = View.objects.live().filter(owner=person, group__isnull=False).count()
    if asking:
        said = []
        if count := own.filter(deleted_at__isnull=True).count():
            said.append(f"{count} view{' in no class is' if count == 1 else 's in no class are'} deleted.")
        if stay:
            views = "view that you made for a class" if stay == 1 else "views that you made for classes"
            said.append(f"{stay} {views} stay{'s' if stay == 1 else ''}, without your name.")
        return said
    own.delete()
    _leave_prompts(person)
    return []


def _leave_prompts(person: User) -> None:
    """Prompts of classes are the class's: shown ones stay without a name, drafts go to who leads, too."""
    mine = Annotation.objects.filter(author=person, prompt__asked__view__group__isnull=False)
    mine.exclude(layer__kind=Layer.Kind.PRIVATE).update(author=None, token="")
    for prompt in mine.select_related("prompt__asked__view").order_by("pk"):
        group = prompt.prompt.asked.view.group_id
        others = Membership.objects.leading().filter(group=group).exclude(person=person)
        heir = others.select_related("person").first()
        if heir is not None:
            layer = Layer.objects.private_to(heir.person)
            Annotation.objects.filter(pk=prompt.pk).update(author=heir.person, layer=layer, token="")


def on_change_turning(*, change: Change, **_: Any) -> None:
    """Receive annotate.signals.change_turning: who no longer leads takes back nothing in views."""
    views = [pk for name, pk, *_ in change.ops if name == "View"]
    prompts = [pk for name, pk, *_ in change.ops if name in OF_PROMPTS]
    if (views or prompts) and not _all_changeable(change.actor, views, prompts):
        raise NotUndone(NOT_YOURS)


def _all_changeable(person: User | None, views: Sequence[int], prompts: Sequence[int]) -> bool:
    """Whether this person may change all these views, and those of these prompts; a query a batch."""
    if person is None:
        return False
    led = Class.objects.led_by(person).filter(archived_at__isnull=True)
    closed = View.objects.exclude(Q(group__in=led) | Q(owner=person, group__isnull=True))
    of_prompts = [closed.filter(asked__prompt__in=keys) for keys in batches(prompts)]
    of_views = [closed.filter(pk__in=keys) for keys in batches(views)]
    return not any(found.exists() for found in (*of_views, *of_prompts))
