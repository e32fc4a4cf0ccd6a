"""Lines of a plain text to blocks: paragraphs, items, notes, tables, quotations."""

from __future__ import annotations

import re
from statistics import median

from reader.ingest.inline import cut_text
from reader.ingest.markdown import OMITTED
from reader.ingest.names import BY
from reader.ingest.plain_lines import ITEM, NOTE, RULE, Line
from reader.ingest.raw import BREAK, Raw, Run
from reader.ingest.words import ENDERS, count_words, end_of, is_finished, starts_small


def width_of(pages: list[list[Line]]) -> float:
    lengths = [len(line.text) for page in pages for line in page if len(line.text) > 20]
    return median(lengths) if lengths else 70.0


def blocks_of(page: list[Line], width: float) -> list[Raw]:
    raws: list[Raw] = []
    block: list[Line] = []
    kind = ""
    skip = 0
    for at, line in enumerate(page):
        if skip:
            skip -= 1
            continue
        if picture := OMITTED.match(line.text):
            _flush(raws, block, width)
            block = []
            label = (picture["alt"] or line.text).rstrip(" ]")
            raws.append(Raw("picture", [], [(line.number, line.number)], label=label))
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
    for line in (page[place] for place in range(at, len(page))):
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
    """For a line of a quotation or poem set in from the margin: whether it goes on the block; None for
    other lines.
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
        and not ITEM.match(block[0].text)
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
