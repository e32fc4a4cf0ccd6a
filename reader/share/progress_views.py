"""The page of a class for those who lead or assist it: who has opened, marked and answered what."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.http import part_or_page, whole
from reader.library.models import Document
from reader.people.class_models import Class
from reader.share import chart
from reader.share.moderation import open_flags
from reader.share.overseeing import overseen, page_of
from reader.share.progress import Column, Progress, Question, marks_of
from reader.share.written import open_prompts, open_questions, written_in

PAGE = 50
SORTS = {"name": "Name", "read": "Last reading", "marks": "Marks", "answers": "Answers"}
STATES = {
    "": "Everybody",
    "unopened": "Not opened",
    "unread": "Not read to the end",
    "unanswered": "Answers missing",
}
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the table is sorted, and whom it shows: those for whom state holds of one view, or of any."""

    sort: str = "name"
    state: str = ""
    view: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wanted":
        """That of an address; what cannot be meant is left out."""
        sort, state, view = (given.get(name, "") for name in ("sort", "state", "view"))
        return cls(
            sort if sort in SORTS else "name",
            state if state in STATES else "",
            view if whole(view) is not None else "",
        )

    def query(self, **other: str) -> str:
        """It as an address has it, with other values for some."""
        values = asdict(replace(self, **other))
        return urlencode({name: value for name, value in values.items() if value and value != "name"})


@never_cache
@login_required
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """A table of students and views, some students on a page; or who has answered one prompt, and who not."""
    standing = overseen(request, pk)
    found = Progress(standing.group)
    if asked := request.GET.get("prompt"):
        return _of_prompt(request, found, asked, page_of(standing))
    wanted = Wanted.of(request.GET.dict())
    page = Paginator(_members(found, wanted), PAGE).get_page(request.GET.get("page"))
    context = page_of(standing) | {
        "progress": found,
        "page": page,
        "rows": found.rows(list(page)),
        "wanted": wanted,
        "query": wanted.query(),
        "sorts": [(name, words, wanted.query(sort=name)) for name, words in SORTS.items()],
        "states": [(name, words, wanted.query(state=name)) for name, words in STATES.items()],
        "views": [
            (f"{one.view.pk}", one.view.title, wanted.query(view=f"{one.view.pk}")) for one in found.columns
        ],
        "of_all_views": wanted.query(view=""),
    }
    if page.number == 1:
        context |= {
            "prompts": [_prompt(found, question) for question in found.questions],
            **_chart(found, standing.group),
        }
    context |= {
        "open_questions": open_questions(written_in(standing.group, request.user)).count(),
        "open_prompts": open_prompts(standing.group).count(),
        "open_flags": open_flags(standing.group).count(),
        "texts": texts_of(found),
    }
    return part_or_page(request, "share/progress.html", "share/_progress.html", context)


def texts_of(found: Progress) -> list[tuple[str, str]]:
    """(slug, title) of the texts of the plan, for their heat maps."""
    keys = {text for column in found.columns for text in column.texts}
    return list(Document.objects.filter(pk__in=keys).order_by("title").values_list("slug", "title"))


def _members(found: Progress, wanted: Wanted) -> list[Any]:
    """The students who are asked for, sorted; one query where it is by marks."""
    columns = [one for one in found.columns if not wanted.view or f"{one.view.pk}" == wanted.view]
    members = [one for one in found.members if _is(found, one.person_id, columns, wanted.state)]
    if wanted.sort == "marks":
        texts = {text for column in found.columns for text in column.texts}
        made: dict[int, int] = {}
        for (person, text), count in marks_of(found.group, [one.person_id for one in members]).items():
            made[person] = made.get(person, 0) + (count if text in texts else 0)
        return sorted(members, key=lambda one: -made.get(one.person_id, 0))
    if wanted.sort == "answers":
        given: dict[int, int] = {}
        for person, _ in found.answers:
            given[person] = given.get(person, 0) + 1
        return sorted(members, key=lambda one: -given.get(one.person_id, 0))
    if wanted.sort == "read":
        last: dict[int, datetime] = {}
        for (_, person), read in found.records.items():
            last[person] = max(last.get(person, LONG_AGO), read.last_at)
        return sorted(members, key=lambda one: last.get(one.person_id, LONG_AGO), reverse=True)
    return members


def _is(found: Progress, person: int, columns: list[Column], state: str) -> bool:
    """Whether the state holds for a student of one of these views."""
    if not state:
        return True
    cells = [found.cell(person, column) for column in columns]
    if state == "unopened":
        return any(cell.read is None for cell in cells)
    if state == "unread":
        return any(cell.read is None or cell.read.finished_at is None for cell in cells)
    return any(cell.answers < cell.asked for cell in cells)


def _of_prompt(request: HttpRequest, found: Progress, asked: str, frame: dict[str, Any]) -> HttpResponse:
    """Who has answered a prompt, with the day, and who not yet."""
    prompt = next((one for one in found.questions if f"{one.pk}" == asked), None)
    if prompt is None:
        raise Http404("This class is not asked that.")
    answered = found.answered(prompt.pk)
    done = {one.pk for one, _ in answered}
    context = frame | {
        "prompt": prompt,
        "view": next((one.view for one in found.columns if one.view.pk == prompt.view), None),
        "answered": answered,
        "waiting": [one for one in found.members if one.pk not in done],
    }
    return part_or_page(request, "share/progress_prompt.html", "share/_progress_prompt.html", context)


def _prompt(found: Progress, question: Question) -> dict[str, Any]:
    firsts = [when for _, when in found.answered(question.pk)]
    return {
        "question": question,
        "view": next((one.view for one in found.columns if one.view.pk == question.view), None),
        "answered": len(firsts),
        "missing": len(found.members) - len(firsts),
        "first_at": firsts[0] if firsts else None,
        "last_at": firsts[-1] if firsts else None,
    }


def _chart(found: Progress, group: Class) -> dict[str, Any]:
    """How many first answers came on which day, as the clock of the class is."""
    here = {one.person_id for one in found.members}
    days = [when.astimezone(group.zone).date() for (who, _), when in found.answers.items() if who in here]
    of = chart.bars(days)
    said = f"{len(days)} answers by {len({who for who, _ in found.answers} & here)} people."
    svg = chart.drawn(of, "Answers over time", said)
    return {"bars": [bar for bar in of if bar.number], "chart": mark_safe(svg)}  # noqa: S308 - escaped where made
