"""What is read: documents, their revisions, and the parts of a revision."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from reader.library.querysets import DocumentQuerySet, ImportQuerySet, WorkQuerySet


class Document(models.Model):
    """A text of the library, through all its revisions.

    The descriptive fields repeat the current revision's, so that a shelf needs one table.
    address_key and digest_key are reader.ingest.references.address_key() of source_url and digest_of,
    title_key is reader.ingest.references.title_key() of the title; works are matched by them.
    digest_of holds the original's title where the original has no address; digest_key is its title_key then.
    """

    slug = models.SlugField(max_length=80, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents"
    )
    is_public = models.BooleanField(default=False)
    current = models.ForeignKey(
        "Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.TextField()
    authors: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    published_on = models.DateField(null=True, blank=True)
    publication = models.TextField(blank=True)
    source_url = models.TextField(blank=True)
    digest_of = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    address_key = models.TextField(blank=True, db_index=True)
    digest_key = models.TextField(blank=True, db_index=True)
    title_key = models.TextField(blank=True, db_index=True)
    words = models.PositiveIntegerField(default=0, help_text="of the current revision, notes included")
    finding = models.TextField(
        blank=True, help_text="folded title, authors, publication and year, to filter by"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The desk with this text alone."""
        return reverse("desk:read", args=[self.slug])

    @property
    def is_digest(self) -> bool:
        """Whether this text tells another one in other words."""
        return bool(self.digest_of)

    @property
    def minutes(self) -> int:
        """How long a calm reader needs, at 230 words a minute."""
        return max(1, round(self.words / 230))


class Revision(models.Model):
    """One state of a document's text, never changed after it is kept.

    text is the canonical text: title, by-line, blocks, footnotes, joined by newlines; offsets are code points
    in it. report is the JSON of what ingest removed, sewed and doubted; source holds the bytes.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.TextField()
    authors: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    published_on = models.DateField(null=True, blank=True)
    publication = models.TextField(blank=True)
    source_url = models.TextField(blank=True)
    digest_of = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    extra: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict, blank=True)
    text = models.TextField()
    length = models.PositiveIntegerField(help_text="code points of the text")
    figures: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(default=list)
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    source = models.BinaryField()
    source_name = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    kept_at = models.DateTimeField(auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("document", "number")
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="revision_number_once"),
            models.UniqueConstraint(fields=["document", "sha256"], name="revision_bytes_once"),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Section(models.Model):
    """A part of a revision under one heading; level 1 is the top below the title. start is the heading's."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField(help_text="from 1 in reading order")
    level = models.PositiveSmallIntegerField()
    title = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField(help_text="where the next section of any level begins")

    class Meta:
        ordering = ("revision", "position")
        constraints = (
            models.UniqueConstraint(fields=["revision", "position"], name="section_position_once"),
        )

    def __str__(self) -> str:
        return self.title


class Paragraph(models.Model):
    """A block of a revision: revision.text[start:end], with its kind as in reader.ingest.parsed.Block."""

    class Kind(models.TextChoices):
        """The kinds of block."""

        TITLE = "title"
        BYLINE = "byline"
        HEADING = "heading"
        PARAGRAPH = "paragraph"
        ITEM = "item"
        QUOTE = "quote"
        TABLE = "table"
        CAPTION = "caption"
        AUTHOR_NOTE = "author_note"

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="paragraphs")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="paragraphs"
    )
    position = models.PositiveIntegerField(help_text="from 0, among all blocks")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="reading number, 1…n")
    kind = models.CharField(max_length=12, choices=Kind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    spans: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField(
        default=list, help_text="[start, end, kind, href], offsets in the block"
    )
    level = models.PositiveSmallIntegerField(default=0)
    list_id = models.PositiveIntegerField(null=True, blank=True)
    ordered = models.BooleanField(default=False)
    ordinal = models.IntegerField(null=True, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    header = models.PositiveSmallIntegerField(default=0, help_text="head rows of a table")
    figure = models.PositiveIntegerField(null=True, blank=True, help_text="index in revision.figures")
    part = models.CharField(max_length=8, blank=True, help_text="of a figure: caption or source")

    class Meta:
        ordering = ("revision", "position")
        constraints = (
            models.UniqueConstraint(fields=["revision", "position"], name="paragraph_position_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="paragraph_range_forward"),
        )
        indexes = (
            models.Index(fields=["revision", "number"], name="paragraph_number"),
            models.Index(fields=["revision", "start"], name="paragraph_start"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number or self.position}"


class Work(models.Model):
    """What footnotes cite; two notes that cite the same thing point to one row.

    key is address_key of the url, else title_key with the first author's surname; unique.
    documents are the texts of the library that this work is; which of them is offered depends on who asks, so
    use Work.objects.links_for() and cited_by().
    """

    key = models.TextField(unique=True)
    url = models.TextField(blank=True)
    title = models.TextField(blank=True)
    title_key = models.TextField(blank=True, db_index=True)
    authors: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    publication = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    documents = models.ManyToManyField(Document, through="WorkMatch", related_name="works")

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title or self.url


class WorkMatch(models.Model):
    """A text of the library that a work is; of those that a person may read, the lowest rank is offered."""

    class Rank(models.IntegerChoices):
        """How the text was recognised, the best first."""

        ADDRESS = 0, "its address"
        TITLE = 1, "its title and an author"
        DIGEST = 2, "a digest of it"

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="matches")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="matches")
    rank = models.PositiveSmallIntegerField(choices=Rank)

    class Meta:
        ordering = ("work", "rank", "document")
        constraints = (models.UniqueConstraint(fields=["work", "document"], name="work_match_once"),)

    def __str__(self) -> str:
        return f"{self.work}: {self.get_rank_display()}"


class Footnote(models.Model):
    """A footnote of a revision: revision.text[start:end], its blocks parted by newlines."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="footnotes")
    position = models.PositiveIntegerField(help_text="from 0, in order")
    label = models.CharField(max_length=40)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    spans: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField(default=list)
    url = models.TextField(blank=True)
    work = models.ForeignKey(Work, null=True, blank=True, on_delete=models.SET_NULL, related_name="footnotes")

    class Meta:
        ordering = ("revision", "position")
        constraints = (
            models.UniqueConstraint(fields=["revision", "position"], name="footnote_position_once"),
        )

    def __str__(self) -> str:
        return self.label

    def anchor(self) -> str:
        """Its first mark ("m8"), or itself ("n8") where the text has none; prefetch citations for many."""
        marks = [citation.position for citation in self.citations.all()]
        return f"m{min(marks) + 1}" if marks else f"n{self.position + 1}"


class Citation(models.Model):
    """A citation mark in a paragraph or in a footnote (exactly one of the two): after text[:offset] of it.

    target is the footnote it calls, None where the text has no such note.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="citations")
    position = models.PositiveIntegerField(help_text="from 0, in reading order")
    paragraph = models.ForeignKey(
        Paragraph, null=True, blank=True, on_delete=models.CASCADE, related_name="citations"
    )
    footnote = models.ForeignKey(
        Footnote, null=True, blank=True, on_delete=models.CASCADE, related_name="inner_citations"
    )
    target = models.ForeignKey(
        Footnote, null=True, blank=True, on_delete=models.CASCADE, related_name="citations"
    )
    label = models.CharField(max_length=40)
    offset = models.PositiveIntegerField()
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("revision", "position")
        constraints = (
            models.UniqueConstraint(fields=["revision", "position"], name="citation_position_once"),
            models.CheckConstraint(
                condition=Q(paragraph__isnull=False, footnote__isnull=True)
                | Q(paragraph__isnull=True, footnote__isnull=False),
                name="citation_in_one_place",
            ),
        )

    def __str__(self) -> str:
        return self.label


class Chunk(models.Model):
    """A stretch of a revision laid as HTML once, when it is kept, so that a page is made of few rows.

    Essays are one or two chunks, a book many. Control characters in the html stand for what differs between
    pages: docs/decisions/0004 lists them. runs are those of reader.library.runs, [start, end, from, to] each.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField(help_text="from 0")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    first_number = models.PositiveIntegerField(null=True, blank=True)
    last_number = models.PositiveIntegerField(null=True, blank=True)
    first_section = models.PositiveIntegerField(null=True, blank=True)
    last_section = models.PositiveIntegerField(null=True, blank=True)
    first_mark = models.PositiveIntegerField(null=True, blank=True, help_text="position of a citation")
    last_mark = models.PositiveIntegerField(null=True, blank=True)
    notes: "models.JSONField[list[int], list[int]]" = models.JSONField(
        default=list, help_text="positions of the footnotes that stand at the end of this chunk"
    )
    note_start = models.PositiveIntegerField(
        null=True, blank=True, help_text="where the first of them begins"
    )
    note_end = models.PositiveIntegerField(null=True, blank=True, help_text="where the last of them ends")
    runs: "models.JSONField[list[list[int]], list[list[int]]]" = models.JSONField(default=list)
    layout = models.PositiveSmallIntegerField(default=0, help_text="the laying that made the html")
    html = models.TextField()

    class Meta:
        ordering = ("revision", "position")
        constraints = (models.UniqueConstraint(fields=["revision", "position"], name="chunk_position_once"),)

    def __str__(self) -> str:
        return f"{self.position}"


class Import(models.Model):
    """A source on its way into the library: taken in, read (a large one in the background), reviewed, kept.

    progress runs from 0 to 100, stage says in words what is done now. parsed is reader.library.codec's JSON
    of what was read, with the facts as the owner corrected them; it and the source go once the text is kept.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting"
        READING = "reading"
        READY = "ready"
        KEEPING = "keeping"
        KEPT = "kept"
        FAILED = "failed"
        DISCARDED = "discarded"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports")
    name = models.TextField(help_text="the file's name")
    source = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes of the source")
    revises = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    is_public = models.BooleanField(default=False, help_text="everybody may read it once it is kept")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    stage = models.TextField(blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    parsed: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True, blank=True
    )
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ("-added_at",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_work(self) -> bool:
        """Whether something goes on in the background, so that the page looks again by itself."""
        return self.state in (self.State.WAITING, self.State.READING, self.State.KEEPING)
