"""What readers add: annotations in layers, the codebooks that tags are drawn from, and every change made."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from reader.annotate.bylines import LEFT, UNNAMED
from reader.annotate.layer_models import NAME_AT_MOST
from reader.annotate.layer_models import Layer as Layer
from reader.annotate.querysets import (
    AnnotationQuerySet,
    ChangeQuerySet,
    CodebookQuerySet,
    CodeQuerySet,
    MeaningQuerySet,
    NoticeQuerySet,
)
from reader.library.models import Document, Revision
from reader.library.passages import Passage
from reader.people.models import User

HUES = 8
PATTERNS = 6


class Look(models.Model):
    """A colour and a pattern, by number; patterns tell them apart in print and for colour-blind readers."""

    hue = models.PositiveSmallIntegerField(default=1, help_text=f"1 to {HUES}")
    pattern = models.PositiveSmallIntegerField(default=1, help_text=f"1 to {PATTERNS}")

    class Meta:
        abstract = True

    @property
    def look(self) -> str:
        """Its classes."""
        return f"hue-{self.hue} pattern-{self.pattern}"


class Meaning(Look):
    """What a highlight says: a name with its look. Those without an owner are everybody's."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="meanings"
    )
    name = models.CharField(max_length=NAME_AT_MOST)
    position = models.PositiveSmallIntegerField(default=0)

    objects = MeaningQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["name"], condition=Q(owner__isnull=True), name="meaning_of_everybody_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Codebook(models.Model):
    """What tags are drawn from: an analyst's codes, in a tree."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="codebooks")
    name = models.CharField(max_length=NAME_AT_MOST)
    is_public = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = CodebookQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("annotate:codebook", args=[self.pk])


class Code(Look):
    """A code of a codebook: its definition says when to use it, its memo what one thought about it."""

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="codes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )
    name = models.CharField(max_length=NAME_AT_MOST)
    definition = models.TextField(blank=True)
    memo = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class Annotation(models.Model):
    """A mark with what somebody says about it.

    body is Markdown, html what is shown of it, rendered once. look repeats that of its meaning or first code.
    token is unique for its author, so that a form sent twice makes one. version counts the edits.
    laid_at says since when it lies in its layer, null since it was made; the journal writes it.
    A deleted one lies in the trash for TRASH_DAYS. A reply has a parent and no passage of its own. A claim
    joins passages of two texts by a relation; where one text is silent, that text is about. A prompt asks
    something of a passage; the replies to it are answers (Prompt says who sees them when). byline says who
    sees the author's name. A hidden one was taken out of sight by who leads its class, or by the staff.
    """

    class Kind(models.TextChoices):
        """The kinds of annotation."""

        HIGHLIGHT = "highlight", "Highlight"
        NOTE = "note", "Note"
        QUESTION = "question", "Question"
        TAG = "tag", "Tag"
        REPLY = "reply", "Reply"
        CLAIM = "claim", "Claim"
        PROMPT = "prompt", "Prompt"

    class Relation(models.TextChoices):
        """How the passages of a claim stand to each other: the first to those that follow it."""

        AGREES = "agrees", "agrees with"
        CONTRADICTS = "contradicts", "contradicts"
        QUALIFIES = "qualifies", "qualifies"
        EXTENDS = "extends", "extends"
        CITES = "cites", "cites"
        SILENT = "silent", "is met with silence in"

    class Byline(models.TextChoices):
        """To whom the author's name is shown; to themselves it always is."""

        NAMED = "named", "everybody who may read it"
        PEERS = "peers", "those who lead or assist the class, and no peers"
        NOBODY = "nobody", "nobody"

    TRASH_DAYS = 30

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="annotations")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="annotations"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    meaning = models.ForeignKey(
        Meaning, null=True, blank=True, on_delete=models.SET_NULL, related_name="annotations"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    relation = models.CharField(max_length=11, choices=Relation, blank=True)
    about = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="silences"
    )
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    look = models.CharField(max_length=40, blank=True)
    byline = models.CharField(max_length=6, choices=Byline, default=Byline.NAMED)
    token = models.CharField(max_length=36, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    answer = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    laid_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    passages = models.ManyToManyField(Passage, through="Target", related_name="annotations")
    codes = models.ManyToManyField(Code, through="Tag", related_name="annotations")

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["author", "token"], condition=~Q(token=""), name="annotation_token_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="reply", parent__isnull=False) | (~Q(kind="reply") & Q(parent__isnull=True)),
                name="annotation_reply_has_parent",
            ),
            models.CheckConstraint(
                condition=(Q(kind="claim") & ~Q(relation="")) | (~Q(kind="claim") & Q(relation="")),
                name="annotation_claim_has_relation",
            ),
        )
        indexes = (
            models.Index(fields=["author", "deleted_at", "made_at"], name="annotation_author"),
            models.Index(fields=["-made_at", "-id"], name="annotation_newest"),
            models.Index(
                fields=["hidden_at"], condition=Q(hidden_at__isnull=False), name="annotation_hidden"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """The address that opens the desk at its passage."""
        return reverse("desk:annotation", args=[self.pk])

    @property
    def shown_author(self) -> User | None:
        """Who wrote it, where the reader for whom it was fetched may know: with_bylines() says so."""
        named = self.byline == self.Byline.NAMED or getattr(self, "is_named", False)
        return self.author if named else None

    @property
    def author_name(self) -> str:
        """What stands where the author's name would, for that reader."""
        if self.author_id is None:
            return LEFT
        author = self.shown_author
        return author.name if author else UNNAMED

    @property
    def answered_name(self) -> str:
        """The same of what it answers; nothing where it answers nothing."""
        if self.parent is None:
            return ""
        if getattr(self, "parent_is_named", False):
            return self.parent.author.name if self.parent.author else LEFT
        return self.parent.author_name

    @property
    def about_title(self) -> str:
        """The title of the text that is silent; none where that is hidden from the author by now."""
        text = self.about
        if text is None:
            return ""
        theirs = self.author is not None and (self.author.is_staff or text.owner_id == self.author_id)
        return text.title if text.is_public or theirs else "a text that is hidden now"

    @property
    def speaks(self) -> bool:
        """Whether there is more to it than a colour, so that a card stands beside it."""
        return self.kind != self.Kind.HIGHLIGHT or bool(self.html)


class Target(models.Model):
    """A passage that an annotation is about; a highlight has one, a claim one in each text."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="targets")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("annotation", "position")
        constraints = (models.UniqueConstraint(fields=["annotation", "passage"], name="target_once"),)

    def __str__(self) -> str:
        return f"{self.annotation_id}: {self.passage_id}"


class Tag(models.Model):
    """A code on an annotation."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="tags")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="tags")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("annotation", "position", "pk")
        constraints = (models.UniqueConstraint(fields=["annotation", "code"], name="tag_once"),)

    def __str__(self) -> str:
        return f"{self.annotation_id}: {self.code_id}"


class Change(models.Model):
    """Something that a person did, so that it can be undone and read again.

    ops is a list of [model, pk, before, after]: the touched fields of a row as JSON values, None where there
    was or is no row. said is what the page said, such as "Highlighted, 24 words."
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes"
    )
    verb = models.CharField(max_length=20)
    said = models.TextField(blank=True)
    at = models.DateTimeField()
    annotation = models.ForeignKey(
        Annotation, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes"
    )
    ops: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["actor", "undone_at", "-id"], name="change_actor"),
            models.Index(fields=["verb", "-id"], name="change_verb"),
        )

    def __str__(self) -> str:
        return f"{self.verb}: {self.said}"


class Shade(models.Model):
    """What a shared layer draws over one words run, kept as marks change.

    ranges are those that it draws, as reader.library.overlay.Range lists its fields; html is the run's inner
    HTML with them. counts is how many people marked each word, where there are too many marks to draw them
    one by one. people is how many have a mark here; notes and questions are among the marks.
    """

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="shades")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="shades")
    chunk = models.PositiveIntegerField(help_text="position of the chunk that holds the run")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    marks = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0)
    counts: "models.JSONField[list[int], list[int]]" = models.JSONField(default=list)
    ranges: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField(default=list)
    html = models.TextField(blank=True)

    class Meta:
        ordering = ("layer", "revision", "start")
        constraints = (models.UniqueConstraint(fields=["layer", "revision", "start"], name="shade_once"),)
        indexes = (models.Index(fields=["revision", "chunk"], name="shade_chunk"),)

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.revision_id} from {self.start}"


class Crowd(models.Model):
    """How many people marked a revision in a shared layer; scale is what their density is measured by."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="crowds")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="crowds")
    people = models.PositiveIntegerField(default=0)
    scale = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("layer", "revision")
        constraints = (models.UniqueConstraint(fields=["layer", "revision"], name="crowd_once"),)

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.people} people"


class Notice(models.Model):
    """That somebody answered what this person wrote."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    reply = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="notices")
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=["person", "reply"], name="notice_once"),)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.reply_id}"
