"""What is read of annotations, and the one rule of who may see them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from reader.annotate.bylines import is_named
from reader.annotate.layer_querysets import groups_known_to
from reader.library.conditions import Rule
from reader.library.models import Document
from reader.library.querysets import Reader, visible
from reader.people.lens import layers_of

if TYPE_CHECKING:
    from reader.annotate.models import (  # noqa: F401 - named in the base classes below
        Annotation,
        Change,
        Code,
        Codebook,
        Meaning,
        Notice,
        Target,
    )


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    """Annotations, by who may see them."""

    def live(self) -> "AnnotationQuerySet":
        """Those that do not lie in the trash; a reply goes there with what it answers."""
        return self.filter(
            Q(parent__isnull=True) | Q(parent__deleted_at__isnull=True), deleted_at__isnull=True
        )

    def visible_to(self, user: Reader) -> "AnnotationQuerySet":
        """Those in layers that this person sees, on texts that they may read, and all of their own.

        Less what was hidden from others, and answers that peers do not see yet.
        """
        return self.filter(SEEN.holds(user))

    def writable_by(self, user: Reader) -> "AnnotationQuerySet":
        """A person's own."""
        return self.filter(author=user.pk) if user.is_authenticated else self.none()

    def with_bylines(self, user: Reader) -> "AnnotationQuerySet":
        """With is_named, which says whether this person may see who wrote them; and of what they answer."""
        return self.annotate(is_named=is_named(user), parent_is_named=is_named(user, "parent__"))

    def replies_seen_by(self, user: Reader) -> "AnnotationQuerySet":
        """Those replies that this person may read, asked where they may read what is answered."""
        return self.filter(seen_as_reply(user), parent__isnull=False, deleted_at__isnull=True)

    def on(self, document: int) -> "AnnotationQuerySet":
        """Those with a passage in this document."""
        return self.filter(passages__document=document).distinct()


def _seen(user: Reader) -> AnnotationQuerySet:
    """All annotations that this person may see."""
    from reader.annotate.models import Annotation, Layer, Target

    targets = Target.objects.filter(Q(annotation=OuterRef("pk")) | Q(annotation=OuterRef("parent")))
    there = Layer.objects.visible_to(user).filter(pk=OuterRef("layer"))
    shared = Q(Exists(there)) & _in_sight("parent__")
    shared &= ~_silence_hidden(user) & ~_silence_hidden(user, "parent__")
    return Annotation.objects.live().filter(_shown(user, shared & _answered_openly(user), targets))


SEEN = Rule(_seen)


def visible_here(user: Reader) -> Q:
    """That this person may see the annotation of a Target, asked on a text that they may read.

    Only where it has another passage is there more to ask: quick, also for many.
    """
    from reader.annotate.models import Layer, Target

    others = Target.objects.filter(annotation=OuterRef("annotation")).exclude(pk=OuterRef("pk"))
    # Asked row by row, or a database would begin with all that is public.
    shared = Q(Exists(Layer.objects.visible_to(user).filter(pk=OuterRef("annotation__layer"))))
    shared &= _in_sight("annotation__") & ~_silence_hidden(user, "annotation__")
    return _shown(user, shared, others, "annotation__") & Q(annotation__deleted_at__isnull=True)


def seen_as_reply(user: Reader, path: str = "") -> Q:
    """That this person may read a reply, asked where they may read what it answers.

    Not one that was hidden, nor an answer to a prompt before it is shown to them; their own always.
    """
    from reader.annotate.models import Layer

    # Who left a class still reads what they wrote there, and no longer what others answer.
    there = Layer.objects.visible_to(user).filter(pk=OuterRef(f"{path}layer"))
    seen = Q(Exists(there)) & _answered_openly(user, path)
    return seen | Q(**{f"{path}author": user.pk}) if user.is_authenticated else seen


def _answered_openly(user: Reader, path: str = "") -> Q:
    """That nobody has hidden it, and that it is no answer to a prompt that this person does not see yet."""
    from reader.annotate.prompt_models import Prompt

    closed = Prompt.objects.filter(~_revealed(user), annotation=OuterRef(f"{path}parent"))
    return _in_sight(path) & ~Q(Exists(closed))


def _revealed(user: Reader) -> Q:
    """That this person may see the answers of others to a Prompt by now."""
    from reader.annotate.models import Annotation

    revealed = Q(reveal="now") | Q(reveal_at__lte=Now())
    if user.is_authenticated:
        answered = Annotation.objects.filter(
            parent=OuterRef("annotation"), author=user.pk, deleted_at__isnull=True
        )
        revealed |= Q(Exists(answered), reveal="answered")
        revealed |= Q(annotation__layer__group__in=groups_known_to(user))
    return revealed


def _in_sight(path: str) -> Q:
    """That nobody has hidden an annotation."""
    return Q(**{f"{path}hidden_at__isnull": True})


def _shown(user: Reader, shared: Q, targets: "models.QuerySet[Target]", path: str = "") -> Q:
    """That an annotation is this person's own, or shared and all its targets on texts that they may read."""
    # Staff see every text; what lay on a deleted one is for its author alone.
    hidden = targets.exclude(visible(user, "passage__document__") or Q(passage__document__isnull=False))
    shown = shared & ~Q(Exists(hidden))
    if user.is_authenticated:
        own = Q(**{f"{path}author": user.pk}) | Q(**{f"{path}layer__owner": user.pk})
        chosen = layers_of(user)
        shown |= own if chosen is None else own & Q(**{f"{path}layer__in": chosen})
    return shown


def _silence_hidden(user: Reader, path: str = "") -> Q:
    """That an annotation says of a text that it is silent, and this person may not read that text."""
    about = Document.objects.filter(visible(user), pk=OuterRef(f"{path}about"))
    return Q(~Exists(about), **{f"{path}relation": "silent"})


class CodebookQuerySet(models.QuerySet["Codebook"]):
    """Codebooks, by who may see them."""

    def visible_to(self, user: Reader) -> "CodebookQuerySet":
        """The public ones, and a person's own."""
        public = Q(is_public=True)
        there = self.filter(deleted_at__isnull=True)
        return there.filter(public | Q(owner=user.pk) if user.is_authenticated else public)

    def writable_by(self, user: Reader) -> "CodebookQuerySet":
        """A person's own."""
        return self.visible_to(user).filter(owner=user.pk) if user.is_authenticated else self.none()


class CodeQuerySet(models.QuerySet["Code"]):
    """Codes, by who may see them."""

    def live(self) -> "CodeQuerySet":
        """Those that are not deleted."""
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, user: Reader) -> "CodeQuerySet":
        """Those of the codebooks that this person may see."""
        from reader.annotate.models import Codebook

        return self.live().filter(codebook__in=Codebook.objects.visible_to(user))

    def open_to(self, user: Reader) -> "CodeQuerySet":
        """Those that this person may set: those that they may see, and those that they have set before."""
        from reader.annotate.models import Codebook, Tag

        if not user.is_authenticated:
            return self.visible_to(user)
        before = Tag.objects.filter(code=OuterRef("pk"), annotation__author=user.pk)
        return self.live().filter(Q(codebook__in=Codebook.objects.visible_to(user)) | Exists(before))

    def writable_by(self, user: Reader) -> "CodeQuerySet":
        """Those of a person's own codebooks."""
        from reader.annotate.models import Codebook

        return self.live().filter(codebook__in=Codebook.objects.writable_by(user))


# Name, hue, pattern: what is there before anybody names something of their own.
MEANINGS = (
    ("Key point", 1, 1),
    ("Evidence", 2, 2),
    ("Doubt", 3, 3),
    ("Term", 4, 4),
    ("Contrast", 5, 5),
)


class MeaningQuerySet(models.QuerySet["Meaning"]):
    """What highlights may mean."""

    def for_choice(self, user: Reader) -> "list[Meaning]":
        """Those that this person may choose from, in order; everybody's are made on first use."""
        found = list(self.visible_to(user))
        if not any(meaning.owner_id is None for meaning in found):
            for position, (name, hue, pattern) in enumerate(MEANINGS):
                self.get_or_create(
                    owner=None, name=name, defaults={"hue": hue, "pattern": pattern, "position": position}
                )
            found = list(self.visible_to(user))
        return found

    def visible_to(self, user: Reader) -> "MeaningQuerySet":
        """Everybody's, and a person's own."""
        shared = Q(owner__isnull=True)
        return self.filter(shared | Q(owner=user.pk) if user.is_authenticated else shared)


class ChangeQuerySet(models.QuerySet["Change"]):
    """What people did."""

    def of(self, user: Reader) -> "ChangeQuerySet":
        """What this person did, the last first."""
        return self.filter(actor=user.pk) if user.is_authenticated else self.none()


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Who answered whom."""

    def of(self, user: Reader) -> "NoticeQuerySet":
        """A person's own, of replies that they may read: asked for each of them, not of all annotations."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(SEEN.holds(user, "reply"), person=user.pk)
