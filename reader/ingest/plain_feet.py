"""Notes at the feet of a plain text's pages: which lines begin one."""

from __future__ import annotations

import re

from reader.ingest.candidates import glued_in, readings
from reader.ingest.plain_lines import LABEL, NOTE, RULE, SUPERSCRIPTS, Line
from reader.ingest.words import is_finished, starts_small


def find_feet(pages: list[list[Line]]) -> None:
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
    """A label printed after its note, last on the page: the note begins where the one before it plainly
    ends.
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
    """Where the notes of a page begin: the first label such that it and all after it count up and are
    called above.
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
