"""Everything of one's own, to take away: Markdown to read, CSV to count, JSON-LD to bring in elsewhere.

Each gives the file piece by piece, so that ten thousand annotations need no more memory than five hundred.
"""

import csv
import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery

from reader.annotate.codebook_csv import cell
from reader.annotate.listing import code_paths, count_of_replies, with_everything
from reader.annotate.models import Annotation, Target
from reader.annotate.relations import words_of
from reader.annotate.w3c import CONTEXT, to_w3c
from reader.library.passages import Passage
from reader.library.querysets import Reader

BATCH = 500
COLUMNS = (
    "id kind text passage note codes meaning layer author in_answer_to replies made edited answered"
    " revision start end state link relation about"
).split()


def jsonld(annotations: QuerySet[Annotation], site: str, user: Reader) -> Iterator[str]:
    """An AnnotationCollection, the oldest first; site is the address of this library."""
    head = {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "label": "Annotations from Facing Pages",
        "total": annotations.count(),
    }
    yield _json(head)[:-1] + ', "first": {"type": "AnnotationPage", "startIndex": 0, "items": [\n'
    begun = False
    for batch in batched(annotations.order_by("made_at", "pk"), user):
        paths = _paths(batch)
        items = ",\n".join(_json(to_w3c(annotation, site, paths)) for annotation in batch)
        yield ",\n" + items if begun else items
        begun = True
    yield "\n]}}\n"


def table(annotations: QuerySet[Annotation], site: str, user: Reader, *, bom: bool = False) -> Iterator[str]:
    """RFC 4180 CSV in reading order, a row a passage; cells that begin like a formula get an apostrophe."""
    writer = csv.writer(Line())
    if bom:
        yield "\ufeff"
    yield writer.writerow(COLUMNS)
    mine = in_reading_order(annotations).annotate(reply_count=count_of_replies(user))
    for batch in batched(mine, user):
        paths = _paths(batch)
        for annotation in batch:
            for row in _rows(annotation, site, paths):
                yield writer.writerow([cell(value) for value in row])


def markdown(annotations: QuerySet[Annotation], site: str, user: Reader) -> Iterator[str]:
    """A chapter for each text, in reading order: the quote, what one wrote, and the replies."""
    yield "# Notes\n"
    title: str | None = None
    replies = Annotation.objects.visible_to(user).with_bylines(user).select_related("author")
    replies = replies.order_by("made_at", "pk")
    mine = in_reading_order(annotations.exclude(parent__in=annotations.values("pk")))
    for batch in batched(mine.prefetch_related(Prefetch("replies", replies, to_attr="thread")), user):
        paths = _paths(batch)
        for name, group in groupby(batch, key=_title):
            if name != title:
                yield f"\n## {_line(name)}\n"
                title = name
            for annotation in group:
                yield "\n" + "\n\n".join(_entry(annotation, paths, site)) + "\n"


def batched(annotations: QuerySet[Annotation], user: Reader) -> Iterator[list[Annotation]]:
    """The annotations in their order with all that a file says of them, BATCH at a time; few queries each."""
    keys = list(annotations.values_list("pk", flat=True))
    rows = with_everything(annotations, user).prefetch_related(
        Prefetch("parent__targets", Target.objects.select_related("passage__document"))
    )
    for first in range(0, len(keys), BATCH):
        found = {row.pk: row for row in rows.filter(pk__in=keys[first : first + BATCH])}
        yield [found[key] for key in keys[first : first + BATCH] if key in found]


def in_reading_order(annotations: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """By text, then by place; a reply where stands what it answers."""
    first = Target.objects.filter(
        Q(annotation=OuterRef("pk")) | Q(annotation=OuterRef("parent")), position=0
    ).order_by("annotation")
    return annotations.annotate(
        of_title=Subquery(first.values("passage__revision__title")[:1]),
        of_document=Subquery(first.values("passage__document")[:1]),
        of_start=Subquery(first.values("passage__start")[:1]),
    ).order_by(F("of_title").asc(nulls_last=True), "of_document", "of_start", "made_at", "pk")


def _paths(batch: list[Annotation]) -> dict[int, str]:
    return code_paths({tag.code_id for annotation in batch for tag in annotation.tags.all()})


def _targets(annotation: Annotation) -> list[Target]:
    return list((annotation.parent or annotation).targets.all())


def _title(annotation: Annotation) -> str:
    for target in _targets(annotation):
        return target.passage.title
    return ""


def _entry(annotation: Annotation, paths: dict[int, str], site: str) -> Iterator[str]:
    yield from _passages(annotation.parent or annotation)
    if annotation.parent:
        yield f"In answer to {_line(annotation.answered_name)}:"
    elif annotation.body or annotation.kind != "highlight":
        yield f"**{annotation.get_kind_display()}**"
    if annotation.body:
        yield annotation.body.strip()
    codes = [f"`{_line(paths[tag.code_id])}`" for tag in annotation.tags.all() if tag.code_id in paths]
    if codes:
        yield "Codes: " + ", ".join(codes)
    about = [annotation.meaning.name if annotation.meaning else "", annotation.layer.label]
    link = f"<{site}{annotation.get_absolute_url()}>"
    yield f"*{', '.join(filter(None, [*about, f'{annotation.made_at:%-d %B %Y, %H:%M}']))}* {link}"
    for reply in getattr(annotation, "thread", ()):
        answers = " (the answer)" if annotation.answer_id == reply.pk else ""
        by = _line(reply.author_name)
        yield f"- **{by}**, {reply.made_at:%-d %B %Y}{answers}:\n\n{_indented(reply.body)}"


def _passages(annotation: Annotation) -> Iterator[str]:
    """The passages; those of a claim with their texts, and how the first stands to the others."""
    for position, target in enumerate(annotation.targets.all()):
        yield _quoted(target.passage.exact)
        if not annotation.relation:
            continue
        yield f"— *{_line(target.passage.title)}*"
        if not position:
            silent = f" *{_line(annotation.about_title)}*" if annotation.about else ""
            yield f"{words_of(annotation.relation)}{silent}"


def _rows(annotation: Annotation, site: str, paths: dict[int, str]) -> Iterator[list[object]]:
    codes = "; ".join(paths[tag.code_id] for tag in annotation.tags.all() if tag.code_id in paths)
    passages: list[Passage | None] = [target.passage for target in _targets(annotation)]
    for passage in passages or [None]:
        yield [
            annotation.uuid,
            annotation.kind,
            passage.title if passage else "",
            passage.exact if passage else "",
            annotation.body,
            codes,
            annotation.meaning.name if annotation.meaning else "",
            annotation.layer.kind,
            annotation.shown_author.name if annotation.shown_author else "",
            annotation.parent.uuid if annotation.parent else "",
            getattr(annotation, "reply_count", 0),
            annotation.made_at.isoformat(),
            annotation.edited_at.isoformat() if annotation.edited_at else "",
            annotation.answered_at.isoformat() if annotation.answered_at else "",
            passage.revision.number if passage and passage.revision else "",
            passage.start if passage else "",
            passage.end if passage else "",
            passage.state if passage else "",
            site + annotation.get_absolute_url(),
            annotation.relation,
            annotation.about_title if annotation.about else "",
        ]


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}" for line in words.split("\n"))


def _indented(words: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in words.strip().split("\n"))


def _line(words: str) -> str:
    return " ".join(words.split())


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


class Line:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line
