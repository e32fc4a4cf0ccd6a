"""Running heads and feet, page numbers and printed addresses at the edges of a plain text's pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from reader.ingest.furniture import NOTE_AGAIN, PAGE_NUMBER, SAID, bare
from reader.ingest.markdown import Source
from reader.ingest.names import BY
from reader.ingest.parsed import Removed
from reader.ingest.plain_lines import ITEM, NUMBERED, Line
from reader.ingest.words import count_words, is_finished, is_prose, key_of, starts_small

EDGE = 3
STAMPED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\s{6,}")
NUMBER_BESIDE = re.compile(r"^(?:\[?\d{1,4}\]?\s{4,}\S.{0,100}|\S.{0,100}\S\s{4,}\[?\d{1,4}\]?)$")


def drop_edges(pages: list[list[Line]], source: Source) -> None:
    """Take running heads, feet and page numbers off the pages' edges."""
    if len(pages) < 2:
        return
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, page in enumerate(pages):
        for side, lines in (("head", page[:EDGE]), ("foot", page[-EDGE:])):
            for line in lines:
                seen[side, key_of(line.text)].add(number)
    offsets: Counter[int] = Counter()
    for number, page in enumerate(pages):
        for line in {id(line): line for line in (*page[:EDGE], *page[-EDGE:])}.values():
            found = PAGE_NUMBER.match(line.text)
            if found and found["n"].isdigit():
                offsets[int(found["n"]) - number] += 1
    front = {bare(key_of(line.text)) for line in pages[0][:5]}
    front |= {bare(key_of(BY.sub("", line.text))) for line in pages[0][:5]}
    numbered: Counter[int] = Counter()
    for number, page in enumerate(pages):
        for line in {id(line): line for line in (*page[:1], *page[-1:])}.values():
            numbered.update({value - number for value in _outer_numbers(line.text)})
    source.front.source_url = source.front.source_url or _printed_address(pages)
    steady = {offset for offset, count in numbered.items() if count >= max(2, 0.5 * len(pages))} | {
        offset for offset, count in offsets.items() if count >= 2 or (count >= 1 and len(pages) <= 2)
    }
    for number, page in enumerate(pages):
        _drop_from(page, number, seen, steady, front if number else set(), len(pages), source)
    _drop_beside(pages, source)


def _outer_numbers(text: str) -> list[int]:
    """The numbers that begin and end a line, as pages' numbers do in running heads."""
    found = (re.match(r"\[?(\d{1,4})\]?\s+\S", text), re.search(r"\S\s+\[?(\d{1,4})\]?$", text))
    return [int(number[1]) for number in found if number]


def _printed_address(pages: list[list[Line]]) -> str:
    """The address that a browser printed on every page."""
    on: Counter[str] = Counter()
    for page in pages:
        for line in {id(line): line for line in (*page[:2], *page[-2:])}.values():
            if found := re.match(r"https?://\S+", line.text):
                on[found[0]] += 1
    address, count = on.most_common(1)[0] if on else ("", 0)
    return address if count >= max(2, 0.6 * len(pages)) else ""


def _drop_beside(pages: list[list[Line]], source: Source) -> None:
    """Where one page has a proven head beside its number, a short line alone beside another page's number
    is one too.
    """
    gone = {item.lines[0]: item.reason for item in source.removed}
    proven = any(
        reason.startswith("running")
        and "page number" in (gone.get(line - 1), gone.get(line + 1), gone.get(line - 2), gone.get(line + 2))
        for line, reason in gone.items()
    )
    if not proven:
        return
    for page in pages:
        for line, beside in ((page[0], page[1:2]), (page[-1], [])) if page else ():
            numbered = any(gone.get(line.number + step) == "page number" for step in (-2, -1, 1, 2))
            running = any(gone.get(line.number + step, "").startswith("running") for step in (-2, -1, 1, 2))
            alone = not beside or beside[0].blank_before
            if (
                numbered
                and not running
                and alone
                and count_words(line.text) <= 12
                and not is_finished(line.text)
                and not starts_small(line.text)
                and not NUMBERED.match(line.text)
                and line.page
            ):
                page.remove(line)
                source.removed.append(Removed(line.text, "running head", (line.number, line.number)))


def _drop_from(
    page: list[Line],
    number: int,
    seen: dict[tuple[str, str], set[int]],
    steady: set[int],
    front: set[str],
    count: int,
    source: Source,
) -> None:
    keep_first = number == 0
    for side in ("head", "foot"):
        for _ in range(EDGE):
            if not page:
                return
            line = page[0] if side == "head" else page[-1]
            reason = _furniture(line, side, number, seen, steady, front, count)
            stays = (
                keep_first and side == "head" and reason == "running head" and not STAMPED.search(line.text)
            )
            if not reason or stays:
                break
            page.remove(line)
            source.removed.append(Removed(line.text, reason, (line.number, line.number)))


def _furniture(
    line: Line,
    side: str,
    number: int,
    seen: dict[tuple[str, str], set[int]],
    steady: set[int],
    front: set[str],
    count: int,
) -> str:
    found = PAGE_NUMBER.match(line.text)
    if found:
        if found["n"].isdigit() and (int(found["n"]) - number in steady or SAID.search(line.text)):
            return "page number"
        return (
            "page number"
            if not found["n"].isdigit() and len(line.text) < 12 and not line.text.isupper()
            else ""
        )
    key = key_of(line.text)
    on = seen[side, key]
    if not re.search(r"[^\W\d_]", line.text) or NOTE_AGAIN.match(line.text):
        return ""
    # Beside a page's number, or the author or title again, once is enough.
    if bare(key) in front or NUMBER_BESIDE.match(line.text):
        return f"running {side}"
    paged = any(value - number in steady for value in _outer_numbers(line.text))
    if (
        paged
        and count_words(line.text) <= 14
        and not (is_finished(line.text) and is_prose(line.text))
        and not ITEM.match(line.text)
    ):
        return f"running {side}"
    short = count_words(line.text) <= 20 and not (is_prose(line.text) and is_finished(line.text))
    enough = len(on) >= max(2, 0.3 * count)
    return f"running {side}" if short and enough else ""
