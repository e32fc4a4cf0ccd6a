"""Citation marks: which raised, bracketed or glued pieces are marks, how glued ones are cut, which note each
calls.

Marks follow their notes' numbers: read in order, each is nearly always one more than the last. So all
pieces are read together, and the cheapest reading of the whole wins: a step of one costs nothing, a leap, a
number without a note or a step back costs something, and an exponent may be no mark at all.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from reader.ingest.candidates import ORDINAL, SYMBOL, digits_of, glued_in, readings
from reader.ingest.labels import Definition
from reader.ingest.parsed import Doubt
from reader.ingest.raw import Raw, Run, body

UNIT = re.compile(r"(?:^|[\s\d(/·])(?:[kcmdµn]?m|ft|in|yd|mi|s|kg|sec|h|A|K|px|cd)$")
FORMULA = re.compile(r"(?:^|[\s(])(?:[A-Z][a-z]?|[A-Z][a-z]?\d*[A-Z][a-z]?|[a-zA-Z]|R|χ|π|r)$")
BEAM = 8
# The numbers that a piece is read as, None where it is no mark; and the readings so far, newest first.
Reading = tuple[int, ...] | None
Chain = tuple[Reading, Any] | None


@dataclass(slots=True)
class Piece:
    """A run that may be a mark: where it stands, and what is printed before it."""

    runs: list[Run]
    index: int
    line: int
    before: str
    options: list[tuple[int, ...]] = field(default_factory=list)


@dataclass(slots=True)
class Marked:
    """What the search found out about the notes."""

    doubts: list[Doubt] = field(default_factory=list)


class Marker:
    """Resolves the marks of a flow against its notes, in place."""

    def __init__(self, flow: list[Raw], notes: list[Definition]) -> None:
        self.flow = flow
        self.notes = notes
        self.by_label: dict[str, list[int]] = defaultdict(list)
        for index, note in enumerate(notes):
            self.by_label[note.label].append(index)
        self.used: Counter[int] = Counter()
        self.unknown: list[tuple[str, int]] = []

    def run(self) -> Marked:
        self._symbols()
        pieces = list(self._pieces())
        chosen = self._search(pieces)
        if self._cut_glued({str(number) for option in chosen if option for number in option}):
            pieces = list(self._pieces())
            chosen = self._search(pieces)
        for piece, option in zip(pieces, chosen, strict=True):
            self._settle(piece, [str(number) for number in option] if option else None)
        self._in_notes()
        return self._report()

    def _places(self) -> Iterator[tuple[Raw, list[Run], int]]:
        """Each list of runs of the flow with the line of its first piece."""
        for raw in self.flow:
            if raw.kind == "table":
                for row in raw.rows:
                    for cell in row:
                        yield raw, cell, raw.lines[0][0]
            else:
                yield raw, raw.runs, raw.lines[0][0]

    def _pieces(self) -> Iterator[Piece]:
        brackets = self._bracketed()
        for raw, runs, first in self._places():
            if raw.role == "code":
                continue
            text = ""
            for index, run in enumerate(runs):
                if run.raised and not run.labels:
                    piece = self._piece(raw, runs, index, first, text)
                    if run.raised != "bracket":
                        yield piece
                    elif any(str(number) in brackets for option in piece.options for number in option):
                        self._settle(piece, [str(number) for number in piece.options[0]])
                    else:
                        runs[index] = _unraised(run)
                if not run.raised or run.raised == "bracket":
                    text = (text + run.text)[-40:]

    def _piece(self, raw: Raw, runs: list[Run], index: int, first: int, before: str) -> Piece:
        line = first
        if raw.kind != "table":
            for start, lines in zip(raw.starts, raw.lines, strict=False):
                if start <= index:
                    line = lines[0]
        piece = Piece(runs, index, line, before)
        if runs[index].raised != "ref":
            piece.options = list(readings(digits_of(runs[index])))
        return piece

    def _bracketed(self) -> set[str]:
        """The labels that [3] may call here: notes printed so, or plain ones that no raised mark accounts
        for.
        """
        found: set[str] = set()
        raised: set[str] = set()
        for _, runs, _ in self._places():
            for run in runs:
                if run.raised in ("bracket", "sup", "unicode", "caret") and not run.labels:
                    for reading in readings(digits_of(run)):
                        (found if run.raised == "bracket" else raised).update(
                            str(number) for number in reading
                        )
        own = {note.label for note in self.notes if note.style == "bracket" and note.label.isdigit()}
        if own:
            return own if len(own & found) >= 0.3 * len(own) else set()
        labels = {
            note.label
            for note in self.notes
            if note.style in ("dot", "plain", "sup") and note.label.isdigit()
        }
        enough = len(labels & found) >= max(1, 0.4 * len(labels)) and len(labels & raised) < 0.6 * len(labels)
        return labels if enough else set()

    def _search(self, pieces: list[Piece]) -> list[tuple[int, ...] | None]:
        """The cheapest reading of all pieces: for each the numbers it stands for, or None where it is no
        mark.
        """
        states: dict[int, tuple[float, Chain]] = {0: (0.0, None)}
        for piece in pieces:
            states = self._step(states, piece)
        _, link = min(states.values(), key=lambda state: state[0])
        chosen: list[tuple[int, ...] | None] = []
        while link is not None:
            chosen.append(link[0])
            link = link[1]
        return chosen[::-1]

    def _step(self, states: dict[int, tuple[float, Chain]], piece: Piece) -> dict[int, tuple[float, Chain]]:
        following: dict[int, tuple[float, Chain]] = {}
        none = self._no_mark(piece)
        run = piece.runs[piece.index]
        for last, (cost, link) in states.items():
            choices: list[tuple[float, int, Reading]] = [(none, last, None)]
            choices += [(self._cost(last, each, run.raised), each[-1], each) for each in piece.options]
            for more, end, option in choices:
                total = cost + more
                if end not in following or total < following[end][0]:
                    following[end] = (total, (option, link))
        best = sorted(following.items(), key=lambda item: item[1][0])[:BEAM]
        return dict(best)

    def _no_mark(self, piece: Piece) -> float:
        """What it costs to take the piece for an exponent, a formula, or plain text."""
        run = piece.runs[piece.index]
        if not piece.options or run.raised == "ref":
            return 0.0
        if run.raised == "glued":
            return 2.5
        before = piece.before.rstrip("\n")
        following = piece.runs[piece.index + 1].text[:1] if piece.index + 1 < len(piece.runs) else ""
        # A raised number set before a capital is an isotope's (14C), not a sentence's.
        if following.isupper() and (not before or before[-1:].isspace()):
            return 0.5
        if before[-1:].isdigit() or UNIT.search(before) or FORMULA.search(before):
            return 1.0
        if not self.notes:
            return 9.0
        return 15.0

    def _cost(self, last: int, numbers: tuple[int, ...], raised: str) -> float:
        cost = 0.4 * (len(numbers) - 1)
        for number in numbers:
            copies = len(self.by_label.get(str(number), ()))
            step = number - last
            if self.notes and not copies:
                cost += 8.0
            elif not self.notes and number > last + 5:
                cost += 12.0
            if step == 1:
                pass
            elif step == 0:
                cost += 3.0 if copies < 2 else 1.0
            elif step > 1:
                cost += 4.0 * (step - 1) if raised == "glued" else 1.5 + 0.5 * min(step - 1, 12)
            elif number == 1:
                cost += 1.0 if copies > 1 else 4.0
            else:
                cost += 5.0 if raised != "glued" else 30.0
            if raised == "glued" and not copies:
                cost += 30.0
            last = number
        return cost

    def _cut_glued(self, marked: set[str]) -> bool:
        """Make runs of numbers glued to words where notes have no mark yet; whether there were any."""
        missing = {label for label in self.by_label if label.isdigit() and label not in marked} - self._refs()
        if not missing:
            return False
        cut = False
        for raw, runs, _ in self._places():
            if raw.role == "code":
                continue
            for index in range(len(runs) - 1, -1, -1):
                run = runs[index]
                if run.raised or "code" in run.style or ("://" in run.text[-300:] and run.href):
                    continue
                # A word may end in the run before; the number then begins this one.
                lead = runs[index - 1].text[-12:] if index and not runs[index - 1].raised else ""
                parts = _parted(run, lead, missing)
                if len(parts) > 1 or parts[0].raised:
                    _insert(raw, runs, index, parts)
                    cut = True
        return cut

    def _refs(self) -> set[str]:
        return {run.text for _, runs, _ in self._places() for run in runs if run.raised == "ref"}

    def _settle(self, piece: Piece, labels: list[str] | None) -> None:
        run = piece.runs[piece.index]
        if run.raised == "ref":
            labels = [run.text]
        elif labels is None and run.raised != "glued":
            labels = self._lettered(run)
        if labels is None:
            piece.runs[piece.index] = _unraised(run)
            return
        targets = tuple(self._target(label, piece.line, bracket=run.raised == "bracket") for label in labels)
        style = run.style - {"sup"}
        piece.runs[piece.index] = replace(run, style=style, href="", labels=tuple(labels), targets=targets)

    def _lettered(self, run: Run) -> list[str] | None:
        """Labels of a raised piece that is no number: letters and signs, where a note has them."""
        text = digits_of(run)
        if not text or text.isdigit() or (ORDINAL.match(text) and text not in self.by_label):
            return None
        parts = [part for part in re.split(r"[,\s]+", text) if part]
        if all(part in self.by_label for part in parts):
            return parts
        if len(parts) == 1 and SYMBOL.match(text):
            return parts
        return None

    def _target(self, label: str, line: int, *, bracket: bool) -> int | None:
        """The note that a mark calls: of those so numbered one printed alike, below the mark, and not yet
        called.
        """
        found = self.by_label.get(label)
        if found:
            alike = [index for index in found if (self.notes[index].style == "bracket") == bracket]
            found = alike or found
        if not found:
            self.unknown.append((label, line))
            return None
        if len(found) == 1:
            self.used[found[0]] += 1
            return found[0]
        below = [index for index in found if self.notes[index].lines[0][0] >= line]
        free = [index for index in below if not self.used[index]]
        choice = free[0] if free else below[0] if below else found[-1]
        self.used[choice] += 1
        return choice

    def _symbols(self) -> None:
        """Cut signs (*, †) that stand as marks in plain text, as many of each as there are notes."""
        wanted = Counter(note.label for note in self.notes if SYMBOL.match(note.label))
        for _, runs, _ in self._places():
            for run in runs:
                if run.raised and digits_of(run) in wanted:
                    wanted[digits_of(run)] -= 1
        for sign, count in sorted(wanted.items(), key=lambda item: -len(item[0])):
            for raw, runs, _ in list(self._places()):
                if count <= 0:
                    break
                for index, run in enumerate(runs):
                    found = (
                        re.search(
                            rf"(?<=[^\s{re.escape(sign)}]){re.escape(sign)}(?![\w{re.escape(sign)}])",
                            run.text,
                        )
                        if not run.raised
                        else None
                    )
                    if found:
                        parts = [
                            replace(run, text=run.text[: found.start()]), replace(run, text=sign,
                            raised="symbol"),
                            replace(run, text=run.text[found.end() :]),
                        ]  # fmt: skip
                        _insert(raw, runs, index, [part for part in parts if part.text])
                        count -= 1
                        break

    def _in_notes(self) -> None:
        """Marks inside notes: only those that say themselves that they are marks."""
        for number, note in enumerate(self.notes):
            for runs in note.blocks:
                for index, run in enumerate(runs):
                    if run.raised == "ref":
                        target = self.by_label.get(run.text, [None])[0]
                        runs[index] = replace(
                            run, labels=(run.text,), targets=(target if target != number else None,)
                        )
                    elif run.raised:
                        runs[index] = _unraised(run)

    def _report(self) -> Marked:
        out = Marked()
        for label, line in self.unknown:
            out.doubts.append(Doubt(f"Mark {label} has no note.", (line, line)))
        inner = {
            target for note in self.notes for runs in note.blocks for run in runs for target in run.targets
        }
        for index, note in enumerate(self.notes):
            if not self.used[index] and index not in inner:
                out.doubts.append(Doubt(f"Note {note.label} has no mark in the text.", note.lines[0]))
        out.doubts.extend(_numbering(self.notes))
        return out


def _numbering(notes: list[Definition]) -> Iterator[Doubt]:
    """Doubled and missing numbers; numbering that begins anew on each page or chapter is neither."""
    numbers = [(int(note.label), note) for note in notes if note.label.isdigit()]
    for (last, _), (number, note) in itertools.pairwise(numbers):
        if number == last:
            yield Doubt(f"Two notes are numbered {number}.", note.lines[0])
        elif number > last + 1:
            missing = f"Note {last + 1} is" if number == last + 2 else f"Notes {last + 1} to {number - 1} are"
            yield Doubt(f"{missing} missing.", note.lines[0])
        elif number < last and number != 1:
            yield Doubt(f"Note {number} stands after note {last}.", note.lines[0])


def _unraised(run: Run) -> Run:
    """The run as text: a raised one stays raised in style, the others are what was printed."""
    style = run.style
    text = run.text
    if run.raised == "caret":
        style, text = style | {"sup"}, text.strip("^")
    return replace(run, text=text, raised="", style=style)


def _insert(raw: Raw, runs: list[Run], index: int, parts: list[Run]) -> None:
    """Replace one run by its parts, keeping where the block's pieces begin."""
    runs[index : index + 1] = parts
    if runs is raw.runs and len(parts) > 1:
        raw.starts = [start + len(parts) - 1 if start > index else start for start in raw.starts]


def _parted(run: Run, lead: str, missing: set[str]) -> list[Run]:
    text = lead + run.text
    parts: list[Run] = []
    at = len(lead)
    for start, end, digits in glued_in(text):
        if start < len(lead) or not any(
            all(str(n) in missing for n in option) for option in readings(digits)
        ):
            continue
        if start > at:
            parts.append(replace(run, text=text[at:start]))
        parts.append(replace(run, text=digits, raised="glued"))
        at = end
    if at < len(text) or not parts:
        parts.append(replace(run, text=text[at:]))
    return parts


def mark(flow: list[Raw], notes: list[Definition]) -> Marked:
    """Resolve the marks of a flow in place."""
    return Marker(flow, notes).run()


__all__ = ["Marked", "body", "mark"]
