"""Plain text as it comes out of a PDF (form feeds at page ends, fixed line ends) to raw blocks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median

from reader.ingest.candidates import glued_in, readings
from reader.ingest.dates import find_date
from reader.ingest.figures import NUMBERED_HEAD, TABLE_NUMBER
from reader.ingest.furniture import NOTE_AGAIN, PAGE_NUMBER, SAID
from reader.ingest.furniture import bare as _bare
from reader.ingest.inline import cut_text
from reader.ingest.markdown import Source
from reader.ingest.names import BY
from reader.ingest.parsed import Doubt, Removed
from reader.ingest.raw import BREAK, Raw, Run
from reader.ingest.words import ENDERS, count_words, end_of, is_finished, is_prose, key_of, starts_small

EDGE = 3
ITEM = re.compile(
    r"^(?:(?P<bullet>[•●▪◦‣∙○*·–—-]|\(?[a-z]\)|\([ivx]{1,4}\))|(?P<number>\d{1,3})[.)]|\((?P<number2>\d{1,3})\))\s+(?=\S)"
)
NOTE = re.compile(
    r"^\s*(?P<label>\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁴-⁹⁰]{1,3}|\[\d{1,3}\])[.)]?\s*(?=[^\W_]|[\"“‘'«(<\[¿¡])"
)
LABEL = re.compile(r"^\s*(?P<label>\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁴-⁹⁰]{1,3})\s*$")
STAMPED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\s{6,}")
NUMBER_BESIDE = re.compile(r"^(?:\[?\d{1,4}\]?\s{4,}\S.{0,100}|\S.{0,100}\S\s{4,}\[?\d{1,4}\]?)$")
RULE = re.compile(r"^\s*[_\-–—=*·•~]{4,}\s*$|^\s*(?:\*\s*){3,}$")
NUMBERED = re.compile(
    r"^\s*(?:(?:chapter|part|section|§|article|kapitel|teil|capítulo)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVXL]{1,6}\.|[A-H]\.)\s+[^\W\d_]",
    re.IGNORECASE,
)
CHAPTER = re.compile(
    r"^\s*(?:chapter|part|section|book|appendix|kapitel|teil|abschnitt|capítulo|parte|chapitre|partie)\s+(?:\d+|[IVXL]+|[a-z]+)\b|^第.{1,4}[章节節]",
    re.IGNORECASE,
)
INSTITUTION = re.compile(
    r"\b(?:universit\w*|department|institute?|college|school of|faculty|centre|center|academy|"
    r"laborator\w+|instituto|universidad|abteilung)\b",
    re.IGNORECASE,
)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class Line:
    """A source line: its text without the page's margin, its indent beyond it, its number and page."""

    text: str
    indent: int
    number: int
    page: int
    blank_before: bool = False
    note: str = ""
    alone: bool = False
    late: bool = False


def read_plain(text: str) -> Source:
    """The raw blocks of a plain text."""
    source = Source([])
    pages = _pages(text)
    _drop_furniture(pages, source)
    _find_notes(pages)
    raws: list[Raw] = []
    width = _width(pages)
    for index, page in enumerate(pages):
        if index:
            raws.append(Raw("page", [], [(page[0].number, page[0].number) if page else (1, 1)]))
        raws.extend(_blocks(page, width))
    _headings(raws)
    source.raws = raws
    return source


def _pages(text: str) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    blank = False
    for number, line in enumerate(text.split("\n"), start=1):
        for index, part in enumerate(line.split("\f")):
            if index:
                pages.append([])
                blank = False
            stripped = part.expandtabs(8).strip()
            if not stripped:
                blank = True
                continue
            indent = len(part.expandtabs(8)) - len(part.expandtabs(8).lstrip())
            pages[-1].append(Line(stripped, indent, number, len(pages) - 1, blank))
            blank = False
    while len(pages) > 1 and not pages[-1]:
        pages.pop()
    for page in pages:
        margin = _margin(page)
        for entry in page:
            entry.indent = max(0, entry.indent - margin)
    return pages


def _margin(page: list[Line]) -> int:
    """The left margin that a layout-keeping converter printed before each line of the page."""
    counts = Counter(line.indent for line in page if len(line.text) > 20)
    if not counts:
        return 0
    return min((indent for indent, count in counts.items() if count >= 0.2 * sum(counts.values())), default=0)


def _drop_furniture(pages: list[list[Line]], source: Source) -> None:
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
    front = {_bare(key_of(line.text)) for line in pages[0][:5]}
    front |= {_bare(key_of(BY.sub("", line.text))) for line in pages[0][:5]}
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
    """Where one page has a proven head beside its number, a short line alone beside another page's number is
    one too.
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
    if _bare(key) in front or NUMBER_BESIDE.match(line.text):
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


def _find_notes(pages: list[list[Line]]) -> None:
    """Mark the lines that begin notes at pages' feet: labels that go on counting, whose marks stand on the
    page above.
    """
    last = 0
    _signs(pages)
    for page in pages:
        start = _foot(page, last)
        if start is None:
            continue
        expected: int | None = None
        form = ""
        for line, label in _starts(page[start:]):
            form = form or _form(line)
            if not label.isdigit() or _form(line) != form:
                continue
            if expected is None or int(label) == expected:
                line.note = label
                expected = int(label) + 1
                last = int(label)
        if expected is not None and len(page) > 2:
            _late_label(page, expected)
            last = max([last, *(int(line.note) for line in page if line.late)])


def _signs(pages: list[list[Line]]) -> None:
    """Mark the lines that begin with a sign (*, †) which stands at a word's end in the lines above."""
    above = ""
    for line in (line for page in pages for line in page):
        found = re.match(r"([*∗†‡§¶]{1,3})\s+\S", line.text)
        if found and re.search(rf"(?<=[^\s*∗†‡§¶]){re.escape(found[1])}(?![\w*∗†‡§¶])", above):
            line.note = found[1]
            above = above.replace(found[1], "", 1)
        else:
            above = (above + "\n" + line.text)[-6000:]


def _late_label(page: list[Line], expected: int) -> None:
    """A label printed after its note, last on the page: the note begins where the one before it
    plainly ends.
    """
    last = LABEL.match(page[-1].text)
    if last is None or last["label"].translate(SUPERSCRIPTS) != str(expected):
        return
    for index in range(len(page) - 2, 0, -1):
        if page[index].note:
            return
        before = page[index - 1]
        if is_finished(before.text) and not before.note and not starts_small(page[index].text):
            page[index].note = str(expected)
            page[index].late = True
            page.pop()
            return


def _starts(lines: list[Line]) -> list[tuple[Line, str]]:
    """Lines that begin with a label, or are a label over the note's first line, and the label."""
    out: list[tuple[Line, str]] = []
    for index, line in enumerate(lines):
        found = NOTE.match(line.text)
        if found is None and index + 1 < len(lines) and (found := LABEL.match(line.text)):
            line.alone = True
        if found is not None:
            out.append((line, _label(found)))
    return out


def _label(found: re.Match[str]) -> str:
    return found["label"].translate(SUPERSCRIPTS).strip("[]")


def _foot(page: list[Line], last: int) -> int | None:
    """Where the notes of a page begin: the first label such that it and all after it count up and are called
    above.
    """
    where = {id(line): index for index, line in enumerate(page)}
    starts = [(where[id(line)], label, _form(line)) for line, label in _starts(page)]
    best: tuple[int, int] | None = None
    for at, (index, label, form) in enumerate(starts):
        if not label.isdigit() or (int(label) != 1 and not 0 < int(label) - last <= 2):
            continue
        chain = int(label)
        for _, other, other_form in starts[at + 1 :]:
            if other.isdigit() and int(other) == chain + 1 and other_form == form:
                chain += 1
        called = _called(page[:index])
        wanted = set(range(int(label), chain + 1))
        ruled = index > 0 and bool(RULE.match(page[index - 1].text))
        if (wanted <= called or (ruled and int(label) in called)) and (
            best is None or (len(wanted), index) > best
        ):
            best = (len(wanted), index)
    return best[1] if best else None


def _form(line: Line) -> str:
    """How a label is printed: alone on its line, with a stop, or bare."""
    return "alone" if line.alone else "stop" if re.match(r"\s*\S+?[.)]\s", line.text) else "bare"


def _called(lines: list[Line]) -> set[int]:
    """Every number that a glued or raised digit on these lines may mean."""
    out: set[int] = set()
    for line in lines:
        for _, _, digits in glued_in(line.text):
            for reading in readings(digits):
                out.update(reading)
        for raised in re.findall(r"[⁰¹²³⁴-⁹]+|\[\d{1,3}\]", line.text):
            for reading in readings(raised.translate(SUPERSCRIPTS).strip("[]")):
                out.update(reading)
        for found in re.finditer(r"[.!?,;”\"’)]\s(\d{1,3})(?=\s|$)", line.text):
            out.add(int(found[1]))
    return out


def _width(pages: list[list[Line]]) -> float:
    lengths = [len(line.text) for page in pages for line in page if len(line.text) > 20]
    return median(lengths) if lengths else 70.0


def _blocks(page: list[Line], width: float) -> list[Raw]:
    raws: list[Raw] = []
    block: list[Line] = []
    kind = ""
    skip = 0
    for at, line in enumerate(page):
        if skip:
            skip -= 1
            continue
        if table := _table(page, at):
            _flush(raws, block, width)
            block = []
            raws.append(table)
            skip = len(table.rows) - 1
            continue
        if RULE.match(line.text):
            _flush(raws, block, width)
            raws.append(Raw("rule", [], [(line.number, line.number)], source=line.text))
            block = []
            continue
        if (inset := _inset(block, line)) is not None:
            if not inset:
                _flush(raws, block, width)
                block = []
            block.append(line)
            continue
        if block and _begins(raws, block, line, width, kind):
            _flush(raws, block, width)
            block = []
        if not block:
            kind = "note" if line.note else "item" if ITEM.match(line.text) else "text"
        block.append(line)
    _flush(raws, block, width)
    return raws


def _begins(raws: list[Raw], block: list[Line], line: Line, width: float, kind: str) -> bool:
    """Whether this line begins a block of its own."""
    before = block[-1]
    # Some converters set an empty line between any two lines.
    if (
        line.blank_before
        and not line.note
        and starts_small(line.text)
        and not is_finished(before.text)
        and len(before.text) > 0.6 * width
        and not ITEM.match(line.text)
    ):
        return False
    if line.note or (line.blank_before and not (len(block) == 1 and before.note and before.alone)):
        return True
    if (
        kind in ("text", "item")
        and all(_may_head(other, width) for other in block)
        and len(line.text) > 0.66 * width
        and not starts_small(line.text)
    ) and (block[0].blank_before or len(raws) == 0 or _at_start(block[0])):
        return True
    if (
        kind == "text"
        and len(raws) < 4
        and _may_head(before, width)
        and _may_head(line, width)
        and _at_start(block[0])
    ):
        return True
    if kind == "note":
        return False
    if re.match(r"\[\d{1,3}\]\s", line.text) and re.match(r"\[\d{1,3}\]\s", block[0].text):
        return True
    item = ITEM.match(line.text)
    if (
        item
        and (
            kind == "item"
            or before.text.endswith(":")
            or (item["bullet"] in ("•", "●", "▪", "◦", "‣", "∙", "○"))
        )
        and _item_follows(block[0], item)
    ):
        return True
    forced = _fits(before, line, width)
    if (
        _at_start(block[0])
        and forced
        and not raws[6:]
        and (BY.match(line.text) or not starts_small(line.text))
    ):
        return True
    # A raised mark leaves a space at the head of the line after it.
    if line.indent == 1 and re.search(r"\d$", before.text) and before.indent == 0:
        return False
    if forced and is_finished(before.text) and not starts_small(line.text) and len(line.text) > 3:
        return True
    if (
        forced
        and len(block) == 1
        and _may_head(before, width)
        and not starts_small(line.text)
        and raws
        and is_finished(raws[-1].text)
    ):
        return True
    if (
        kind == "item"
        and len(block) > 1
        and block[1].indent > block[0].indent
        and line.indent <= block[0].indent
    ):
        return True
    if kind == "item":
        return line.indent < block[0].indent and is_finished(before.text) and len(before.text) < 0.75 * width
    ends = is_finished(before.text)
    if (
        line.indent >= block[0].indent + 2
        and line.indent > before.indent
        and ends
        and not starts_small(line.text)
    ):
        return True
    return bool(
        before.indent >= line.indent + 2 and len(block) > 1 and before.indent > block[0].indent and ends
    )


def _fits(before: Line, line: Line, width: float) -> bool:
    """Whether the next line's first word would have stood on this one if the paragraph went on."""
    return len(before.text) + 1 + len(line.text.split()[0]) < 0.85 * width


def _may_head(line: Line, width: float) -> bool:
    """Whether a line, by itself, may be a heading that no empty line parts from its text."""
    text = line.text
    return (
        len(text) < 0.66 * width
        and end_of(text)[-1:] not in ENDERS + ",-"
        and not starts_small(text)
        and count_words(text) <= 12
    )


def _at_start(line: Line) -> bool:
    return line.page == 0 and line.number <= 8


def _item_follows(first: Line, item: re.Match[str]) -> bool:
    before = ITEM.match(first.text)
    number = item["number"] or item["number2"]
    if number is None:
        return True
    if before is None:
        return int(number) == 1
    earlier = before["number"] or before["number2"]
    return earlier is not None and int(number) == int(earlier) + 1


def _table(page: list[Line], at: int) -> Raw | None:
    """Three lines or more of as many cells each, parted by wide spaces, are a table."""
    rows: list[list[str]] = []
    for line in page[at:]:
        cells = re.split(r"\s{2,}", line.text)
        if len(cells) < 2 or line.note or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    if len(rows) < 3 or median(len(cell) for row in rows for cell in row) > 24:
        return None
    lines = (page[at].number, page[at + len(rows) - 1].number)
    head = not any(re.search(r"\d", cell) for cell in rows[0]) and any(
        re.search(r"\d", cell) for row in rows[1:] for cell in row
    )
    return Raw(
        "table",
        [],
        [lines],
        rows=[[list(cut_text(Run(cell))) for cell in row] for row in rows],
        header=int(head),
    )


def _inset(block: list[Line], line: Line) -> bool | None:
    """For a line of a quotation or poem set in from the margin: whether it goes on the block; None for other
    lines.
    """
    if line.indent < 3 or line.note or ITEM.match(line.text):
        return None
    if line.blank_before:
        return False
    return True if block and block[0].indent >= 3 and block[0].blank_before and not block[0].note else None


def _flush(raws: list[Raw], block: list[Line], width: float) -> None:
    if not block:
        return
    if (
        len(block) >= 2
        and block[0].blank_before
        and not block[0].note
        and all(line.indent >= 3 for line in block)
    ):
        _quotation(raws, block, width)
        return
    lines = [(block[0].number, block[-1].number)]
    short = [line for line in block[:-1] if len(line.text) < 0.62 * width]
    verse = (
        len(block) >= 3
        and len(short) >= 0.8 * (len(block) - 1)
        and not all(count_words(line.text) < 2 for line in block)
    )
    joined = (BREAK if verse and not block[0].note else "\n").join(line.text for line in block)
    item = ITEM.match(joined) if not block[0].note else None
    if item is not None:
        number = item["number"] or item["number2"]
        runs = list(cut_text(Run(joined[item.end() :])))
        raw = Raw(
            "item", runs, lines, ordered=number is not None, number=int(number) if number else 0,
            bullet=item["bullet"] or "", list_run=-1, indent=block[0].indent,
        )  # fmt: skip
        raws.append(raw)
    elif block[0].note:
        rest = _after_label(block, joined)
        label = Run(block[0].note, frozenset({"sup"}), raised="sup")
        raws.append(Raw("para", [label, Run(" "), *cut_text(Run(rest))], lines))
    else:
        raws.append(Raw("para", list(cut_text(Run(joined))), lines, indent=block[0].indent))


def _after_label(block: list[Line], joined: str) -> str:
    """A note's text without its label, which may stand before it, on a line alone, or after it."""
    if block[0].late:
        return joined
    if block[0].alone:
        return "\n".join(line.text for line in block[1:])
    found = NOTE.match(joined)
    return joined[found.end() :] if found else joined


def _quotation(raws: list[Raw], block: list[Line], width: float) -> None:
    """Lines set in from the margin on their own: a quotation, or a poem where each line begins with a
    capital.
    """
    verse = all(not starts_small(line.text) and len(line.text) < 0.85 * width for line in block)
    text = (BREAK if verse else "\n").join(line.text for line in block)
    centred = (
        len({line.indent for line in block}) > 1
        and len(block) <= 4
        and all(count_words(line.text) <= 10 for line in block)
        and len(raws) < 3
    )
    if centred:
        raws.extend(
            Raw("para", list(cut_text(Run(line.text))), [(line.number, line.number)], indent=line.indent)
            for line in block
        )
        return
    raws.append(
        Raw("quote", list(cut_text(Run(text))), [(block[0].number, block[-1].number)], indent=block[0].indent)
    )


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


__all__ = ["Doubt", "read_plain"]
