"""Plain text as it comes out of a PDF (form feeds at page ends, fixed line ends) to raw blocks."""

from __future__ import annotations

import re

from reader.ingest.dates import find_date
from reader.ingest.figures import NUMBERED_HEAD, TABLE_NUMBER
from reader.ingest.markdown import Source
from reader.ingest.plain_blocks import blocks_of, width_of
from reader.ingest.plain_edges import drop_edges
from reader.ingest.plain_feet import find_feet
from reader.ingest.plain_lines import NUMBERED, pages_of
from reader.ingest.raw import Raw, Run
from reader.ingest.words import ENDERS, count_words, end_of, is_finished, is_prose, starts_small

CHAPTER = re.compile(
    r"^\s*(?:chapter|part|section|book|appendix|kapitel|teil|abschnitt|capítulo|parte|chapitre|partie)\s+(?:\d+|[IVXL]+|[a-z]+)\b|^第.{1,4}[章节節]",
    re.IGNORECASE,
)
INSTITUTION = re.compile(
    r"\b(?:universit\w*|department|institute?|college|school of|faculty|centre|center|academy|"
    r"laborator\w+|instituto|universidad|abteilung)\b",
    re.IGNORECASE,
)


def read_plain(text: str) -> Source:
    """The raw blocks of a plain text."""
    source = Source([])
    pages = pages_of(text)
    drop_edges(pages, source)
    find_feet(pages)
    raws: list[Raw] = []
    width = width_of(pages)
    for index, page in enumerate(pages):
        if index:
            raws.append(Raw("page", [], [(page[0].number, page[0].number) if page else (1, 1)]))
        raws.extend(blocks_of(page, width))
    _headings(raws)
    source.raws = raws
    return source


def _headings(raws: list[Raw]) -> None:
    """Short lines alone over running text are headings; the first of the text is its title."""
    _number_runs(raws)
    flow = [raw for raw in raws if raw.kind not in ("page", "rule")]
    for index, raw in enumerate(flow):
        after = flow[index + 1] if index + 1 < len(flow) else None
        before = flow[index - 1] if index else None
        if raw.kind == "item" and _lone_item(flow, index):
            _restore(raw)
        if raw.kind != "para" or not _looks_heading(raw, before, after):
            continue
        raw.kind = "heading"
        text = raw.text
        found = re.match(r"\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s", text)
        raw.level = 1 + (
            found[1].count(".") + 1 if found else 1 if text.isupper() or CHAPTER.match(text) else 2
        )
    first = next((raw for raw in flow if raw.kind == "heading"), None)
    if first is not None and flow and first is flow[0]:
        first.level = 1


def _number_runs(raws: list[Raw]) -> None:
    """Items one after the other are one source list."""
    run = 0
    last: Raw | None = None
    for raw in raws:
        if raw.kind == "item":
            together = (
                last is not None
                and last.ordered == raw.ordered
                and (raw.number == last.number + 1 if raw.ordered else raw.bullet == last.bullet)
            )
            run += 0 if together else 1
            raw.list_run = run
            last = raw
        elif raw.kind != "page":
            last = None


def _lone_item(flow: list[Raw], index: int) -> bool:
    raw = flow[index]
    if not raw.ordered:
        return (
            raw.bullet in ("–", "—", "-", "*")
            and sum(other.kind == "item" and other.list_run == raw.list_run for other in flow) == 1
        )
    after_it = flow[index + 1] if index + 1 < len(flow) else None
    one_line = (
        raw.lines[0][0] == raw.lines[-1][1] and count_words(raw.text) <= 12 and not is_finished(raw.text)
    )
    if one_line and after_it is not None and after_it.kind == "para" and not starts_small(after_it.text):
        return is_finished(after_it.text) or is_prose(after_it.text)
    before = next(
        (other for other in reversed(flow[max(0, index - 4) : index]) if other.kind == "item"), None
    )
    after = next((other for other in flow[index + 1 : index + 5] if other.kind == "item"), None)
    goes_on = before is not None and before.ordered and before.number == raw.number - 1
    return not goes_on and not (after is not None and after.ordered and after.number == raw.number + 1)


def _restore(raw: Raw) -> None:
    mark = f"{raw.number}. " if raw.ordered else f"{raw.bullet} "
    raw.kind, raw.ordered = "para", False
    raw.runs = [Run(mark), *raw.runs]
    raw.number = 0


def _looks_heading(raw: Raw, before: Raw | None, after: Raw | None) -> bool:
    text = raw.text
    if (
        after is None
        or not text
        or count_words(text) > 14
        or raw.lines[0][1] - raw.lines[0][0] > 2
        or (raw.runs and raw.runs[0].raised)
    ):
        return False
    if (
        end_of(text)[-1:] in ENDERS + "," and not re.match(r"\s*(?:[IVXL]+|\d+(?:\.\d+)*)\.\s*$", text)
    ) or starts_small(text):
        return False
    if (
        before is not None
        and before.kind == "para"
        and is_prose(before.text)
        and not is_finished(before.text)
    ):
        return False
    if (
        (find_date(text) and not text.isupper())
        or NUMBERED_HEAD.match(text)
        or TABLE_NUMBER.match(text)
        or "@" in text
    ):
        return False
    if raw.page == 0 and raw.lines[0][0] <= 12 and INSTITUTION.search(text) and not NUMBERED.match(text):
        return False
    proper = (
        re.fullmatch(r"[IVX]{1,5}\.?", text) or text.isupper() or NUMBERED.match(text) or CHAPTER.match(text)
    )
    leads = after.kind == "item" or (
        after.kind == "para" and (is_prose(after.text) or bool(proper) or count_words(after.text) <= 14)
    )
    return leads and (bool(proper) or is_prose(after.text) or after.kind == "item")
