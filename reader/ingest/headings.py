"""Headings: those that were only bold found, those cut in two sewn, levels made regular."""

import re

from reader.ingest.raw import Raw, Run, body
from reader.ingest.words import FUNCTION, count_words, is_finished, is_prose, starts_small

DECIMAL = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\S")
BOLD_LEVEL = 7


def find_headings(flow: list[Raw]) -> list[Raw]:
    """Make bold lines that stand over text headings, and join headings that a line end cut."""
    text = [raw for raw in flow if raw.kind not in ("page", "rule")]
    for index, raw in enumerate(text):
        before = text[index - 1] if index else None
        after = text[index + 1] if index + 1 < len(text) else None
        if _is_bold_line(raw) and after is not None and _heads(before, after):
            raw.kind, raw.level = "heading", BOLD_LEVEL
    return _joined(flow)


def _is_bold_line(raw: Raw) -> bool:
    if raw.kind != "para" or raw.role or raw.part or raw.figure is not None:
        return False
    words = [run for run in raw.runs if run.text.strip() and not run.raised]
    content = body(raw.runs)
    return (
        bool(words) and all("strong" in run.style for run in words) and count_words(content) <= 14
        and content[-1:] not in ".,;:" and not starts_small(content)
    )  # fmt: skip


def _heads(before: Raw | None, after: Raw) -> bool:
    finished = before is None or before.kind != "para" or is_finished(body(before.runs)) or before.part != ""
    follows = after.kind in ("item", "quote", "table", "heading") or (
        after.kind == "para" and (is_prose(after.text) or _is_bold_line(after))
    )
    return finished and follows


def _joined(flow: list[Raw]) -> list[Raw]:
    out: list[Raw] = []
    for raw in flow:
        last = out[-1] if out else None
        if (
            raw.kind == "heading"
            and last is not None
            and last.kind == "heading"
            and last.level == raw.level
            and not last.role
            and not raw.role
        ):
            words = body(last.runs).split()
            cut = words and (words[-1].lower() in FUNCTION or words[-1][-1] in ",-–—")
            if (cut or starts_small(body(raw.runs))) and raw.lines[0][0] - last.lines[-1][1] <= 2:
                last.runs = [*last.runs, Run("\n"), *raw.runs]
                last.lines.extend(raw.lines)
                last.starts.append(len(last.runs) - len(raw.runs))
                continue
        out.append(raw)
    return out


def level_headings(flow: list[Raw]) -> None:
    """Give headings levels from 1 without leaps: by their numbering where most carry one, else by their
    order.

    A heading less deep than all before it opens a new part on the top level, as converters guess levels
    from type size.
    """
    heads = [raw for raw in flow if raw.kind == "heading" and not raw.role.startswith("author note head")]
    numbers = [DECIMAL.match(body(raw.runs)) for raw in heads]
    numbered = sum(1 for found in numbers if found)
    deep = any(found and "." in found[1] for found in numbers)
    if deep and numbered >= max(3, 0.6 * len(heads)):
        for raw, found in zip(heads, numbers, strict=True):
            raw.level = found[1].count(".") + 1 if found else 1
    stack: list[int] = []
    for raw in heads:
        while stack and stack[-1] >= raw.level:
            stack.pop()
        stack.append(raw.level)
        raw.level = min(len(stack), 6)
