"""The labels that notes begin with, and how they are printed."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from reader.ingest.candidates import digits_of, possible_labels
from reader.ingest.parsed import Lines
from reader.ingest.raw import Raw, Run, plain, strip_start
from reader.ingest.words import count_words

Style = Literal["ref", "sup", "bracket", "dot", "plain", "symbol"]

DOT = re.compile(r"^\s*(\d{1,3})[.)]\s+(?=\S)")
PLAIN = re.compile(r"^\s*(\d{1,3})(?:\s+|(?=[A-Z“\"]))(?=[^\W\d_]|[\"“‘'«(<\[]|https?:)")
GLUED_LABEL = re.compile(r"^\s*(\d{1,3})(?=[A-Z“\"][\w.’' ])")
BRACKET = re.compile(r"^\s*\[(\d{1,3})\]:?\s*(?=\S)")
STAR = re.compile(r"^\s*(\*{1,4}|∗{1,4}|†{1,2}|‡{1,2}|§{1,2}|¶)\s*(?=[^\s*∗†‡])")
LABEL = re.compile(r"^(?:\d{1,4}|[a-zA-Z]|[ivxl]{1,6}|\*{1,4}|∗{1,4}|†{1,2}|‡{1,2}|§{1,2}|¶|#)$")


@dataclass(slots=True)
class Definition:
    """A note's text in blocks; at is how many blocks of the flow stand before it."""

    label: str
    blocks: list[list[Run]]
    lines: list[Lines]
    style: Style
    at: int = 0


def label_of(raw: Raw) -> tuple[str, list[Run], Style] | None:
    """The label that a block begins with, the rest of its runs, and how the label is printed."""
    runs = list(raw.runs)
    while runs and not runs[0].text.strip() and not runs[0].raised:
        runs.pop(0)
    if not runs:
        return None
    first, rest = runs[0], runs[1:]
    if first.raised == "ref":
        if rest and rest[0].text.lstrip().startswith(":"):
            cut = len(rest[0].text) - len(rest[0].text.lstrip()) + 1
            inner = trimmed(strip_start(rest, cut))
            # Some converters count their anchors and leave the printed number in the note.
            if inner and inner[0].raised == "sup" and digits_of(inner[0]).isdigit() and len(inner) > 1:
                return digits_of(inner[0]), trimmed(inner[1:]), "sup"
            return first.text, inner, "ref"
        return None
    if first.raised == "bracket":
        label = digits_of(first)
        return (label, trimmed(rest), "bracket") if label.isdigit() and plain(rest) else None
    if first.raised:
        label = digits_of(first)
        ok = LABEL.match(label) and count_words(plain(rest)) >= 1
        return (label, trimmed(rest), "sup") if ok else None
    if raw.kind == "item" and raw.ordered:
        return str(raw.number), runs, "dot"
    for pattern, style in ((BRACKET, "bracket"), (DOT, "dot"), (PLAIN, "plain"), (STAR, "symbol")):
        found = pattern.match(first.text + (rest[0].text if rest and not rest[0].raised else ""))
        if found:
            return found[1], trimmed(strip_start(runs, found.end())), style  # type: ignore[return-value]
    return None


def trimmed(runs: list[Run]) -> list[Run]:
    """Runs without the space, stop or colon that follows a label."""
    for index, run in enumerate(runs):
        text = run.text.lstrip(" \t\n\u00a0")
        if index == 0 and text[:1] in ".:)" and text[1:2] in (" ", "\n", "\u00a0", ""):
            text = text[1:].lstrip(" \t\n\u00a0")
        if text:
            return [replace(run, text=text), *runs[index + 1 :]]
    return []


def reveal(raws: list[Raw]) -> None:
    """Give notes that a converter printed as bulleted items ("- 3 Minutes of …") their raised label back."""
    possible = possible_labels(raws)
    marked = possible["raised"] + possible["glued"] + possible["bracket"]
    runs: dict[int, list[Raw]] = {}
    for raw in raws:
        if (
            raw.kind in ("para", "quote")
            and raw.runs
            and not raw.runs[0].raised
            and (glued := GLUED_LABEL.match(raw.runs[0].text))
            and marked[glued[1]]
        ):
            raw.kind = "para"
            raw.runs = [
                Run(glued[1], frozenset({"sup"}), raised="sup"),
                Run(" "),
                *strip_start(raw.runs, glued.end()),
            ]
        if raw.kind == "item" and not raw.ordered:
            runs.setdefault(raw.list_run, []).append(raw)
    for items in runs.values():
        for raw in reversed(items):
            found = PLAIN.match(raw.text)
            if found is None or not marked[found[1]]:
                break
            head = PLAIN.match(raw.runs[0].text) if raw.runs and not raw.runs[0].raised else None
            if head is None:
                break
            raw.kind, raw.list_run = "para", 0
            raw.runs = [
                Run(head[1], frozenset({"sup"}), raised="sup"),
                Run(" "),
                *strip_start(raw.runs, head.end()),
            ]
