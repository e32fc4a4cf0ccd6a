"""Which annotations a list shows, and all that it shows of them, in few queries."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_datetime

from reader.annotate.bylines import named_to
from reader.annotate.models import Annotation, Code, Tag, Target
from reader.annotate.naming import tree, walk
from reader.annotate.querysets import AnnotationQuerySet
from reader.http import whole
from reader.library.models import Document
from reader.library.querysets import Reader
from reader.people.models import User

PAGE = 50
REPLIES_SHOWN = 10
WORDS_AT_MOST = 8
KINDS = dict(Annotation.Kind.choices)
_LAYER = re.compile(r"private|public|teaching|class-[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to: a person's name, keys of layer, code and meaning, a slug, words."""

    person: str = ""
    layer: str = ""
    code: str = ""
    kind: str = ""
    meaning: str = ""
    text: str = ""
    q: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filter":
        """That of a form; what cannot be meant is left out."""
        values = {name: given.get(name, "").replace("\x00", "").strip()[:200] for name in cls.__slots__}
        for name in ("code", "meaning"):
            if whole(values[name]) is None:
                values[name] = ""
        values["kind"] = values["kind"] if values["kind"] in KINDS else ""
        values["layer"] = values["layer"] if _LAYER.fullmatch(values["layer"]) else ""
        return cls(**values)

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    @property
    def query(self) -> str:
        """It as an address has it."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def on(self, annotations: QuerySet[Annotation], user: Reader) -> QuerySet[Annotation]:
        """Those of the annotations that it lets through; one query more where it names a code.

        A person's are those alone of which this reader sees that they are that person's.
        """
        if self.person:
            annotations = annotations.filter(_named(self.person) & named_to(user))
        if self.layer:
            kind, _, group = self.layer.partition("-")
            annotations = annotations.filter(layer__kind=kind, **({"layer__group": group} if group else {}))
        if self.kind:
            annotations = annotations.filter(kind=self.kind)
        if self.meaning:
            annotations = annotations.filter(meaning=int(self.meaning))
        if self.code:
            tags = Tag.objects.filter(annotation=OuterRef("pk"), code__in=_with_those_below(int(self.code)))
            annotations = annotations.filter(Exists(tags))
        if self.text:
            # A sum is in no index: a database begins with the few targets, not with all passages of the text.
            text = Subquery(Document.objects.filter(slug=self.text).values("pk"))
            there = Target.objects.annotate(text=F("passage__document") + 0).filter(_of_thread(), text=text)
            annotations = annotations.filter(Q(Exists(there)) | Q(about__slug=self.text))
        for word in self.q.split()[:WORDS_AT_MOST]:
            quoted = Target.objects.filter(annotation=OuterRef("pk"), passage__exact__icontains=word)
            annotations = annotations.filter(Q(body__icontains=word) | Exists(quoted))
        return annotations


@dataclass(frozen=True, slots=True)
class Page:
    """Some annotations, the newest first; older is where the next page begins, empty on the last."""

    annotations: list[Annotation]
    older: str = ""


def page(annotations: QuerySet[Annotation], before: str, user: Reader) -> Page:
    """The annotations made before this place of another page; its cost is that of PAGE of them."""
    moment, _, key = before.partition("~")
    when, last = _moment(moment), whole(key)
    if when and last is not None:
        annotations = annotations.filter(made_at__lte=when).exclude(made_at=when, pk__gte=last)
    found = list(shown(annotations, user).order_by("-made_at", "-pk")[: PAGE + 1])
    if len(found) <= PAGE:
        return Page(found)
    oldest = found[PAGE - 1]
    return Page(found[:PAGE], f"{oldest.made_at.isoformat()}~{oldest.pk}")


def shown(annotations: QuerySet[Annotation], user: Reader) -> QuerySet[Annotation]:
    """The annotations with all that is shown of them, the first of their replies too; five queries more."""
    replies = Annotation.objects.visible_to(user).with_bylines(user).select_related("author")
    replies = replies.order_by("made_at", "pk")
    parents = Target.objects.filter(position=0).select_related("passage__document", "passage__revision")
    return with_everything(annotations, user).annotate(reply_count=count_of_replies(user)).prefetch_related(
        Prefetch("replies", replies[:REPLIES_SHOWN], to_attr="first_replies"),
        Prefetch("parent__targets", light(parents)),
    )  # fmt: skip


def count_of_replies(user: Reader) -> Coalesce:
    """How many replies this person may read; counted for those annotations alone that are shown."""
    replies = Annotation.objects.replies_seen_by(user).filter(parent=OuterRef("pk")).order_by()
    return Coalesce(Subquery(replies.values("parent").annotate(count=Count("pk")).values("count")), 0)


def with_everything(annotations: QuerySet[Annotation], user: Reader) -> QuerySet[Annotation]:
    """The annotations with people as far as this person may know them, passages, texts and codes.

    Without the text of a book; two queries more.
    """
    targets = Target.objects.select_related("passage__document", "passage__revision")
    tags = Tag.objects.filter(code__deleted_at__isnull=True).select_related("code")
    with_names = cast(AnnotationQuerySet, annotations).with_bylines(user)
    return with_names.select_related(
        "author", "layer__group", "meaning", "parent__author", "answer", "about", "parent__about"
    ).prefetch_related(Prefetch("targets", light(targets)), Prefetch("tags", tags))


def code_paths(keys: set[int]) -> dict[int, str]:
    """The paths, "Parent / Child", of codes by their keys; one query."""
    books = Code.objects.filter(pk__in=keys).values("codebook")
    nodes = walk(tree(Code.objects.live().filter(codebook__in=books)))
    return {node.code.pk: node.words for node in nodes}


def light(targets: QuerySet[Target]) -> QuerySet[Target]:
    """The targets with their texts and revisions, but without the words of these."""
    revision = ("text", "source", "figures", "report", "extra")
    return targets.defer(*(f"passage__revision__{name}" for name in revision), "passage__document__finding")


def _named(name: str) -> Q:
    """Annotations of the person of this username, or of those of this name."""
    first, _, last = name.partition(" ")
    either = Q(author__first_name__iexact=name) | Q(author__last_name__iexact=name)
    both = Q(author__first_name__iexact=first, author__last_name__iexact=last)
    return Q(author__username=User.normalize_username(name)) | (either if not last else either | both)


def _of_thread() -> Q:
    """Targets of the outer annotation, or of what it answers."""
    return Q(annotation=OuterRef("pk")) | Q(annotation=OuterRef("parent"))


def _with_those_below(key: int) -> set[int]:
    rows = Code.objects.live().filter(codebook__in=Code.objects.filter(pk=key).values("codebook"))
    return {key} | {node.code.pk for top in walk(tree(rows)) if top.code.pk == key for node in walk([top])}


def _moment(given: str) -> datetime | None:
    try:
        found = parse_datetime(given[:40])
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None
