"""What is read of annotations, and the one rule of who may see them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from reader.library.models import Document
from reader.library.querysets import Reader, visible

if TYPE_CHECKING:
    from reader.annotate.models import (  # noqa: F401 - named in the base classes below
        Annotation,
        Change,
        Code,
        Codebook,
        Layer,
        Meaning,
        Notice,
        Target,
    )
    from reader.people.models import User


class LayerQuerySet(models.QuerySet["Layer"]):
    """Layers, by who may see them; the public one and each person's own are made on first use."""

    def public(self) -> "Layer":
        """Everybody's."""
        return self.get_or_create(kind="public", owner=None)[0]

    def private_to(self, user: "User") -> "Layer":
        """This person's own."""
        return self.get_or_create(kind="private", owner=user)[0]

    def visible_to(self, user: Reader) -> "LayerQuerySet":
        """The public one, and a person's own."""
        public = Q(kind="public")
        return self.filter(public | Q(owner=user.pk) if user.is_authenticated else public)


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    """Annotations, by who may see them."""

    def live(self) -> "AnnotationQuerySet":
        """Those that do not lie in the trash; a reply goes there with what it answers."""
        return self.filter(
            Q(parent__isnull=True) | Q(parent__deleted_at__isnull=True), deleted_at__isnull=True
        )

    def visible_to(self, user: Reader) -> "AnnotationQuerySet":
        """Those in layers that this person sees, on texts that they may read, and all of their own."""
        from reader.annotate.models import Target

        targets = Target.objects.filter(Q(annotation=OuterRef("pk")) | Q(annotation=OuterRef("parent")))
        public = Q(layer__kind="public") & ~_silence_hidden(user) & ~_silence_hidden(user, "parent__")
        return self.live().filter(_shown(user, public, targets))

    def writable_by(self, user: Reader) -> "AnnotationQuerySet":
        """A person's own."""
        return self.filter(author=user.pk) if user.is_authenticated else self.none()

    def on(self, document: int) -> "AnnotationQuerySet":
        """Those with a passage in this document."""
        return self.filter(passages__document=document).distinct()


def visible_here(user: Reader) -> Q:
    """That this person may see the annotation of a Target, asked on a text that they may read.

    Only where it has another passage is there more to ask: quick, also for many.
    """
    from reader.annotate.models import Layer, Target

    others = Target.objects.filter(annotation=OuterRef("annotation")).exclude(pk=OuterRef("pk"))
    # Asked row by row, or a database would begin with all that is public.
    public = Q(Exists(Layer.objects.filter(pk=OuterRef("annotation__layer"), kind="public")))
    public &= ~_silence_hidden(user, "annotation__")
    return _shown(user, public, others, "annotation__") & Q(annotation__deleted_at__isnull=True)


def _shown(user: Reader, public: Q, targets: "models.QuerySet[Target]", path: str = "") -> Q:
    """That an annotation is this person's own, or public and all its targets on texts that they may read."""
    # Staff see every text; what lay on a deleted one is for its author alone.
    hidden = targets.exclude(visible(user, "passage__document__") or Q(passage__document__isnull=False))
    shown = public & ~Q(Exists(hidden))
    if user.is_authenticated:
        shown |= Q(**{f"{path}author": user.pk}) | Q(**{f"{path}layer__owner": user.pk})
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
        from reader.annotate.models import Annotation

        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Exists(Annotation.objects.visible_to(user).filter(pk=OuterRef("reply"))), person=user.pk
        )
