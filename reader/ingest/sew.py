"""Paragraphs, items, lists and tables that a page's end, a note or a figure cut in pieces are sewn together.

A piece goes on in the next where it ends without a sentence's end and the next begins small. Where the next
begins with a capital, a name perhaps, something else must show the cut: what stood between them, a list
that goes on after, a last word that ends no sentence.
"""

from dataclasses import dataclass, field

from reader.ingest.parsed import Doubt, Lines, Removed
from reader.ingest.raw import BREAK, Raw, Run, body, plain
from reader.ingest.words import (
    FUNCTION,
    count_words,
    end_of,
    has_sentence,
    is_abbreviated,
    is_caseless,
    is_finished,
    is_prose,
    starts_small,
)

TEXT = ("para", "item", "quote")


@dataclass(slots=True)
class Sewing:
    """The sewn flow and what was done: blocks sewn, lists joined (each as its pieces' lines)."""

    flow: list[Raw]
    sewn: list[Raw] = field(default_factory=list)
    joined_lists: list[tuple[Lines, ...]] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def sew(flow: list[Raw]) -> Sewing:
    """Sew blocks and tables, then give each list its number."""
    result = Sewing([])
    gap: set[str] = set()
    text = []
    for raw in flow:
        if raw.kind in ("page", "rule"):
            gap.add(raw.kind)
        else:
            raw.gap |= gap
            gap = set()
            text.append(raw)
    carried: set[str] = set()
    for index, raw in enumerate(text):
        # What parted a piece from its beginning parts the next block from the one before, too.
        raw.gap |= carried
        carried = set()
        if raw.kind == "table" and _sew_table(result, raw):
            continue
        if (
            raw.kind in TEXT
            and raw.figure is None
            and not raw.part
            and _sew_text(result, raw, text[index + 1 : index + 2])
        ):
            carried = raw.gap
            continue
        result.flow.append(raw)
    _number_lists(result)
    return result


def _sew_text(result: Sewing, raw: Raw, following: list[Raw]) -> bool:
    caption = result.flow[-1] if result.flow else None
    if (
        caption is not None
        and caption.part
        and raw.kind == "para"
        and starts_small(raw.text)
        and not is_finished(body(caption.runs))
        and _before(result.flow, raw)[0] is None
    ) or (
        caption is not None
        and caption.part
        and raw.kind == "para"
        and starts_small(raw.text)
        and body(caption.runs).count("(") > body(caption.runs).count(")")
    ):
        _join(caption, raw, "\n")
        _note_sewn(result, caption)
        return True
    before, floated = _before(result.flow, raw)
    if before is None:
        return False
    if raw.role == "in item" and before.kind == "item" and not floated:
        inner = not is_finished(body(before.runs)) and starts_small(raw.text) and bool(raw.gap)
        _join(before, raw, "\n" if inner else BREAK)
        if inner:
            _note_sewn(result, before)
        return True
    if raw.kind == "item" or before.role != raw.role or (raw.kind == "quote") != (before.kind == "quote"):
        return False
    if not goes_on(before, raw, floated=floated, following=following[0] if following else None):
        _doubt_cut(result, before, raw)
        return False
    _join(before, raw, "\n")
    _note_sewn(result, before)
    return True


def _note_sewn(result: Sewing, raw: Raw) -> None:
    if not any(raw is other for other in result.sewn):
        result.sewn.append(raw)


def _before(flow: list[Raw], raw: Raw) -> tuple[Raw | None, bool]:
    """The block that this one may go on from, and whether a figure or table stands between them."""
    floated = False
    for other in reversed(flow):
        if other.kind == "heading":
            return None, floated
        if other.figure is not None or other.part or other.kind == "table":
            floated = True
            continue
        return (other if other.kind in TEXT else None), floated
    return None, floated


def goes_on(before: Raw, after: Raw, *, floated: bool = False, following: Raw | None = None) -> bool:
    """Whether the second block is the rest of the first."""
    first, second = body(before.runs), after.text
    if not first or not second or before.role == "code" or after.role == "code":
        return False
    small = starts_small(second)
    parted = bool(after.gap) or floated
    if is_finished(first):
        mid = is_abbreviated(first) or end_of(first)[-1:] == ";"
        return small and mid and count_words(first) >= 4 and (parted or is_abbreviated(first))
    if count_words(first) < 3 and not has_sentence(first):
        return False
    last = end_of(first).split()[-1].lower() if end_of(first).split() else ""
    dangling = last in FUNCTION or first[-1:] in ",-–—\u00ad"
    if small:
        return parted or dangling or is_prose(first) or count_words(first) >= 8
    if is_caseless(second) or is_caseless(first):
        return parted and count_words(first) >= 4
    if _heads_something(after):
        return False
    listed = (
        before.kind == "item"
        and following is not None
        and following.kind == "item"
        and following.number == before.number + 1
        and before.ordered
    )
    if listed and count_words(first) >= 6 and after.kind == "para":
        return True
    if dangling and count_words(first) >= 4:
        return parted or is_prose(first)
    return (
        parted
        and is_prose(first)
        and count_words(second) >= 3
        and not (after.gap == {"rule"} and not has_sentence(first) and not floated)
    )


def _heads_something(raw: Raw) -> bool:
    words = [run for run in raw.runs if run.text.strip()]
    return bool(words) and all("strong" in run.style for run in words) and count_words(raw.text) <= 14


def _doubt_cut(result: Sewing, before: Raw, after: Raw) -> None:
    text = body(before.runs)
    if (
        before.kind in ("para", "item")
        and not before.role
        and count_words(text) >= 20
        and not is_finished(text)
        and text[-1:].isalpha()
    ):
        tail = " ".join(text.split()[-6:])
        result.doubts.append(
            Doubt(
                f"This ends without a full stop and may go on in what follows: “… {tail}”",
                before.span,
            )
        )


def _join(before: Raw, after: Raw, by: str) -> None:
    before.starts.append(len(before.runs) + 1)
    before.runs = [*before.runs, Run(by), *after.runs]
    before.lines.extend(after.lines)


def _sew_table(result: Sewing, raw: Raw) -> bool:
    """Whether this table is the rest of the one before it, on the next page."""
    before = next(
        (other for other in reversed(result.flow) if not (other.part and other.figure is None)), None
    )
    if before is None or before.kind != "table" or not raw.rows or not before.rows:
        return False
    if len(raw.rows[0]) != len(before.rows[0]):
        return False
    same_head = before.header and raw.header and _cells(raw.rows[0]) == _cells(before.rows[0])
    if not same_head and not raw.gap:
        return False
    if same_head:
        result.removed.append(
            Removed(
                " ".join(_cells(raw.rows[0])),
                "the table's head, repeated on the next page",
                (raw.span[0], raw.span[0]),
            )
        )
    before.rows = [*before.rows, *(raw.rows[raw.header :] if same_head else raw.rows)]
    before.lines.extend(raw.lines)
    _note_sewn(result, before)
    return True


def _cells(row: list[list[Run]]) -> list[str]:
    return [plain(cell) for cell in row]


@dataclass(slots=True)
class _Open:
    id: int
    ordered: bool
    last: int
    bullet: str
    run: int
    pieces: list[Lines]


def _number_lists(result: Sewing) -> None:
    """Give items their list and ordinal; a list goes on where only what was taken out or a figure stood
    between.
    """
    count = 0
    stack: list[_Open] = []
    between: set[str] = set()
    for raw in result.flow:
        if raw.kind != "item" or raw.figure is not None:
            if raw.figure is not None or raw.part or raw.kind == "table":
                between.add("figure")
            elif raw.kind == "heading":
                _close(result, stack, 0)
                stack, between = [], set()
            else:
                between.add("text")
            continue
        while len(stack) > raw.depth + 1:
            _close(result, stack, len(stack) - 1)
            stack.pop()
        current = stack[raw.depth] if raw.depth < len(stack) else None
        if current is not None and _same_list(current, raw, between):
            if current.run != raw.list_run or raw.gap:
                current.pieces.append(raw.span)
        else:
            count += 1
            if current is not None:
                _close(result, stack, raw.depth)
                del stack[raw.depth :]
            current = _Open(count, raw.ordered, 0, raw.bullet, raw.list_run, [raw.span])
            stack.append(current)
        current.last = raw.number if raw.ordered else current.last + 1
        current.run = raw.list_run
        raw.list_run = current.id
        raw.number = current.last
        raw.depth = len(stack) - 1
        between = set()
    _close(result, stack, 0)


def _same_list(current: _Open, raw: Raw, between: set[str]) -> bool:
    if current.ordered != raw.ordered:
        return False
    if current.run == raw.list_run:
        return True
    if raw.ordered:
        return raw.number == current.last + 1 or (
            raw.number > current.last and "text" not in between and bool(raw.gap)
        )
    return current.bullet == raw.bullet and "text" not in between and (bool(raw.gap) or bool(between))


def _close(result: Sewing, stack: list[_Open], depth: int) -> None:
    for open_list in stack[depth:]:
        if len(open_list.pieces) > 1:
            result.joined_lists.append(tuple(open_list.pieces))
