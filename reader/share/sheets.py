"""Tables to take away from a class, a line at a time: what is written in it, and who has read what."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from reader.annotate.codebook_csv import cell
from reader.annotate.listing import count_of_replies
from reader.annotate.models import Annotation
from reader.annotate.take_away import Line, batched, in_reading_order
from reader.library.querysets import Reader
from reader.people.class_models import Class
from reader.share.progress import Progress

WRITTEN = (
    "id kind author username text passage note codes in_answer_to replies made edited answered link".split()
)
PROGRESS = (
    "student username view due opened opened_first opened_last finished marks answered asked answered_first"
).split()
STUDENTS_AT_ONCE = 100


def written(annotations: QuerySet[Annotation], group: Class, site: str, user: Reader) -> Iterator[str]:
    """All of these in reading order, a row each; times are those of the class's zone."""
    return _lines(WRITTEN, _written(annotations, group.zone, site, user))


def progress(found: Progress) -> Iterator[str]:
    """A row for each student and view; times are those of the class's zone."""
    return _lines(PROGRESS, _progress(found))


def _written(
    annotations: QuerySet[Annotation], zone: ZoneInfo, site: str, user: Reader
) -> Iterator[list[object]]:
    ordered = in_reading_order(annotations).annotate(reply_count=count_of_replies(user))
    for batch in batched(ordered, user):
        for one in batch:
            author = one.shown_author
            passages = [target.passage for target in (one.parent or one).targets.all()]
            yield [
                one.uuid,
                one.kind,
                one.author_name,
                author.username if author else "",
                passages[0].title if passages else "",
                "\n\n".join(passage.exact for passage in passages),
                one.body,
                "; ".join(tag.code.name for tag in one.tags.all()),
                one.parent.uuid if one.parent else "",
                getattr(one, "reply_count", 0),
                local(one.made_at, zone),
                local(one.edited_at, zone),
                local(one.answered_at, zone),
                site + one.get_absolute_url(),
            ]


def _progress(found: Progress) -> Iterator[list[object]]:
    zone = found.group.zone
    for first in range(0, len(found.members), STUDENTS_AT_ONCE):
        for row in found.rows(found.members[first : first + STUDENTS_AT_ONCE]):
            person = row.membership.person
            for column, one in zip(found.columns, row.cells, strict=True):
                given = [found.answers.get((person.pk, prompt)) for prompt in column.asked]
                yield [
                    person.name,
                    person.username,
                    column.view.title,
                    local(column.view.due_at, zone),
                    one.read.opened if one.read else 0,
                    local(one.read.first_at if one.read else None, zone),
                    local(one.read.last_at if one.read else None, zone),
                    local(one.read.finished_at if one.read else None, zone),
                    one.marks,
                    one.answers,
                    one.asked,
                    local(min(filter(None, given), default=None), zone),
                ]


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """A moment by the clock of the zone, with its distance from UTC; nothing where there is none."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else ""


def _lines(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """RFC 4180 CSV with the sign by which spreadsheets know UTF-8; no cell is taken for a formula."""
    writer = csv.writer(Line())
    yield "\ufeff"
    yield writer.writerow(list(columns))
    for row in rows:
        yield writer.writerow([cell(value) for value in row])
