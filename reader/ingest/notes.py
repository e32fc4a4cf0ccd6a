"""The texts of footnotes, wherever the converter left them.

A block is a note where it begins with a label and something proves it: the label's form ([^3]:, a raised
3), a heading over it, or a mark of that number before it and a page's foot around it. What follows a note
belongs to it where the next note's mark stands before the note, so that both stand at one page's foot, or
where it is plainly no body text (an address alone). All else goes back to the body.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from reader.ingest.candidates import SYMBOL, digits_of, possible_labels
from reader.ingest.front import URL_LINE
from reader.ingest.labels import Definition, Style, label_of, trimmed
from reader.ingest.parsed import Doubt, Removed
from reader.ingest.raw import Raw, Run, body, plain, split_at, strip_start
from reader.ingest.words import count_words, is_finished, starts_small

HEADING = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?P<notes>(?:end|foot)?notes?(?:\s+and\s+references)?|anmerkungen|"
    r"(?:fuß|end)noten|notas?(?: (?:al|a) pie(?: de página)?)?|"
    r"notes (?:de bas de page|et références)|note|注释|注釈|註|脚注|尾注|الهوامش|הערות(?: שוליים)?)\W*$"
    r"|^\W*(?:\d+\.?\s*)?(?P<references>references?(?: and notes)?|works cited|bibliography|"
    r"sources|literature(?: cited)?|literatur(?:verzeichnis)?|"
    r"quellen|referencias|bibliografía|bibliographie|références|参考文献|引用文献|المراجع|מקורות)\W*$",
    re.IGNORECASE,
)
AFTERTHOUGHT = re.compile(
    r"^\W*(?:available (?:at|from|online)|accessed|retrieved|last (?:accessed|visited)|doi\b|"
    r"abgerufen|disponible en)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Collected:
    """The flow without notes, and the notes in order."""

    flow: list[Raw] = field(default_factory=list)
    notes: list[Definition] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


class _Collector:
    def __init__(self, raws: list[Raw], head: list[Raw]) -> None:
        self.raws = raws
        self.out = Collected()
        self.possible = possible_labels([*head, *raws])
        self.any_mark: Counter[str] = sum(self.possible.values(), Counter())
        self.labels = [
            label_of(raw) if raw.kind in ("para", "item", "quote", "heading") and raw.role != "code" else None
            for raw in raws
        ]
        self.leading = Counter(found[0] for found in self.labels if found and found[2] == "sup")
        self.strong = {found[0] for found in self.labels if found and found[2] in ("sup", "ref")}
        self.printed = any(
            found[2] in ("sup", "ref") or (found[2] == "bracket" and self.possible["bracket"][found[0]])
            for found in self.labels
            if found
        )
        self.later: dict[str, int] = {}
        self.seen: Counter[str] = Counter()
        for counter in possible_labels(head).values():
            self.seen.update(counter.keys())
        self.open: Definition | None = None
        self.zone = ""
        self.gap: set[str] = set()
        self.turned = False
        for index, found in enumerate(self.labels):
            if found:
                self.later[found[0]] = index

    def run(self) -> Collected:
        for index, raw in enumerate(self.raws):
            if raw.kind in ("page", "rule"):
                self.gap.add(raw.kind)
                self.turned = self.turned or raw.kind == "page"
                if self.open and raw.kind == "rule" and not self.zone:
                    self.open = None
                self._pass(raw)
            elif raw.kind == "heading":
                self._heading(index, raw)
            elif (
                raw.kind == "para"
                and count_words(raw.text) <= 4
                and HEADING.match(raw.text)
                and self._opens_zone(index, raw)
            ):
                continue
            elif (found := self._note(index)) is not None:
                self._define(index, *found)
            elif self.open is not None and self._continues(index):
                self._append(index)
            else:
                self._body(index)
        return self.out

    def _pass(self, raw: Raw) -> None:
        self.out.flow.append(raw)

    def _body(self, index: int) -> None:
        raw = self.raws[index]
        if len(raw.runs) == 1 and raw.runs[0].raised == "ref" and raw.kind == "para":
            self.out.removed.append(Removed(raw.text, "a converter's anchor", raw.span))
            return
        if self.open is not None:
            raw.gap.add("notes")
        self.open = None
        self.gap = set()
        self.out.flow.append(raw)
        for counter in possible_labels([raw]).values():
            self.seen.update(counter.keys())

    def _heading(self, index: int, raw: Raw) -> None:
        """A heading over notes leaves the flow; any other ends the notes before it."""
        self.zone = ""
        if self._opens_zone(index, raw):
            return
        found = self.labels[index]
        if found is not None and found[2] in ("sup", "ref"):
            self._define(index, *found)
        else:
            self._body(index)

    def _opens_zone(self, index: int, raw: Raw) -> bool:
        found = HEADING.match(raw.text)
        if not found or not self._zone_holds(index, strict=bool(found["references"])):
            return False
        self.zone = "notes"
        self.out.removed.append(Removed(raw.text, "heading over the notes, which stand as notes", raw.span))
        return True

    def _zone_holds(self, index: int, *, strict: bool) -> bool:
        """Whether blocks under this heading carry labels of marks that the text has."""
        under: list[str] = []
        for at in range(index + 1, len(self.raws)):
            if self.raws[at].kind == "heading":
                break
            found = self.labels[at]
            if found:
                under.append(found[0])
        if not under:
            return False
        known = sum(1 for label in under if self.any_mark[label])
        numbered = (
            self.possible["raised"] + self.possible["ref"] + self.possible["bracket"] + self.possible["glued"]
        )
        return known >= (0.5 if strict else 0.3) * len(under) and (not strict or bool(numbered))

    def _note(self, index: int) -> tuple[str, list[Run], Style] | None:
        """The definition that begins with this block, where something proves it one."""
        found = self.labels[index]
        if found is None:
            return None
        label, rest, style = found
        raw = self.raws[index]
        if style == "ref":
            return found
        if self.zone:
            return found if style != "symbol" or self.any_mark[label] or self.open else None
        if style == "sup":
            return found if self._raised_proved(label) else None
        # A text prints its labels in one way: where a raised 2 begins a note, "2." begins an item.
        if (
            label in self.strong
            or (self.printed and style == "dot")
            or (raw.kind == "item" and raw.ordered and not self._list_proved(index))
        ):
            return None
        marked = self.seen[label] or (style in ("bracket", "symbol") and self.any_mark[label])
        return (
            found
            if marked and self._follows(label) and self._at_foot(index, label) and len(rest) > 0
            else None
        )

    def _raised_proved(self, label: str) -> bool:
        if not label.isdigit() and not SYMBOL.match(label) and not self.possible["raised"][label]:
            return False
        # The same number leads two blocks and stands nowhere else: the first is the mark, at a page's
        # beginning.
        twice = self.leading[label] >= 2 and not self.any_mark[label]
        if twice:
            self.leading[label] -= 1
            return False
        return True

    def _follows(self, label: str) -> bool:
        if not label.isdigit():
            return True
        last = next((int(note.label) for note in reversed(self.out.notes) if note.label.isdigit()), 0)
        return int(label) == 1 or 0 < int(label) - last <= 3

    def _at_foot(self, index: int, label: str) -> bool:
        """Whether this stands among notes: after a rule, page's end or note, or with a page's end or note
        after it.
        """
        if self.open is not None or self.gap & {"rule"} or "head" in self.raws[index].gap:
            return True
        after = self.raws[index + 1] if index + 1 < len(self.raws) else None
        if after is None or after.kind in ("page", "rule") or "head" in after.gap:
            return True
        following = self.labels[index + 1]
        if following and following[2] in ("sup", "ref"):
            return True
        if (
            following
            and label.isdigit()
            and following[0] == str(int(label) + 1)
            and self.any_mark[following[0]]
        ):
            return True
        before = next((raw for raw in reversed(self.out.flow) if raw.kind not in ("page", "rule")), None)
        return before is not None and not is_finished(body(before.runs)) and starts_small(after.text)

    def _list_proved(self, index: int) -> bool:
        """A numbered list is one of notes where each number has a raised or glued mark before it."""
        raw = self.raws[index]
        labels = [
            str(other.number)
            for other in self.raws
            if other.kind == "item" and other.list_run == raw.list_run and other.depth == raw.depth
        ]
        strong = self.possible["raised"] + self.possible["bracket"] + self.possible["glued"]
        return all(strong[label] and self.seen[label] for label in labels)

    def _define(self, index: int, label: str, rest: list[Run], style: Style) -> None:
        raw = self.raws[index]
        pieces = self._split(label, rest, style)
        for number, runs in pieces:
            self.open = Definition(number, [runs], list(raw.lines), style, len(self.out.flow))
            self.out.notes.append(self.open)
            self.turned = False
        self.gap = set()

    def _split(self, label: str, runs: list[Run], style: Style) -> list[tuple[str, list[Run]]]:
        """Two notes on one line: the next number stands raised, or after a sentence's end, where no block
        begins with it.
        """
        if not label.isdigit():
            return [(label, runs)]
        following = str(int(label) + 1)
        offset = 0
        for at, run in enumerate(runs):
            before = plain(runs[:at])
            if run.raised and run.raised != "bracket" and digits_of(run) == following and before:
                text = runs[at + 1].text if at + 1 < len(runs) else ""
                new_line = runs[at - 1].text.rstrip(" ").endswith("\n")
                if (
                    is_finished(before)
                    or before.endswith(">")
                    or URL_LINE.match(before.split()[-1])
                    or new_line
                ) and (text[:1].isspace() or text[:1].isupper() or text[:1] == ":"):
                    return [(label, runs[:at]), *self._split(following, trimmed(runs[at + 1 :]), style)]
            # Only here is a pattern of the number's own worth making.
            alone = following in run.text and self.later.get(following) is None
            if not run.raised and alone and self.any_mark[following] and style not in ("ref", "symbol"):
                found = re.search(
                    rf"(?<=[.!?”\"’)>/])\s+\[?{following}(?:[\].)]?\s+(?=[A-Z“\"‘«]|https?:)|(?=[A-Z]))",
                    run.text,
                )
                if found:
                    head, tail = split_at(runs, offset + found.start())
                    return [(label, head), *self._split(following, strip_start(tail, len(found[0])), style)]
            offset += len(run.text)
        return [(label, runs)]

    def _continues(self, index: int) -> bool:
        """Whether this block goes on with the open note."""
        raw, note = self.raws[index], self.open
        if note is None:
            return False
        if raw.kind in ("table", "picture") or (raw.kind == "item" and not self.zone and raw.number):
            return False
        text = raw.text
        if raw.indent >= 2 and note.style == "ref" and raw.kind in ("para", "quote", "item"):
            return True
        if (
            raw.kind == "para"
            and (URL_LINE.match(text) or AFTERTHOUGHT.match(text))
            and count_words(text) < 25
        ):
            return True
        if self.zone:
            return raw.kind in ("para", "quote") and "head" not in raw.gap
        # Over the page a new sentence is the body's.
        if self.turned and not starts_small(text):
            return False
        body_open = self._body_open()
        if (
            not body_open
            and not starts_small(text)
            and raw.kind == "para"
            and "head" not in raw.gap
            and self._ends_page(index)
        ):
            return True
        if starts_small(text):
            return not body_open and not is_finished(plain(note.blocks[-1])) and raw.kind == "para"
        if body_open:
            return raw.kind == "para" and "head" not in raw.gap and self._body_goes_on_after(index)
        return self._same_foot(index, note)

    def _ends_page(self, index: int) -> bool:
        """Whether the page ends after this block, so that it stands among the notes at its foot."""
        for raw in self.raws[index + 1 : index + 4]:
            if raw.kind == "page" or "head" in raw.gap:
                return True
            if raw.kind != "para" or (raw.runs and raw.runs[0].raised):
                return False
        return False

    def _body_goes_on_after(self, index: int) -> bool:
        """Whether the body's cut sentence goes on over the page, so that what stands here ends the note."""
        turned = False
        for raw in self.raws[index + 1 : index + 7]:
            if raw.kind == "page":
                turned = True
            elif raw.kind in ("para", "item") and not (raw.runs and raw.runs[0].raised):
                return turned and starts_small(raw.text)
        return False

    def _body_open(self) -> bool:
        before = next(
            (raw for raw in reversed(self.out.flow) if raw.kind not in ("page", "rule", "picture")), None
        )
        return (
            before is not None
            and before.kind in ("para", "item", "quote")
            and count_words(body(before.runs)) > 4
            and not is_finished(body(before.runs))
        )

    def _same_foot(self, index: int, note: Definition) -> bool:
        """Whether the next note's mark stands before this one and its text right after this block."""
        if not note.label.isdigit() or note.style == "ref" or self.raws[index].kind != "para":
            return False
        following = str(int(note.label) + 1)
        at = next(
            (at for at in range(index + 1, min(index + 4, len(self.raws)))
             if (found := self.labels[at]) and found[0] == following and found[2] == note.style),
            None,
        )  # fmt: skip
        if at is None or not self.seen[following]:
            return False
        between = self.raws[index:at]
        own = possible_labels(between)
        return all(raw.kind == "para" and not raw.gap for raw in between) and not any(
            counter[following] for counter in own.values()
        )

    def _append(self, index: int) -> None:
        if self.open is None:
            return
        raw = self.raws[index]
        last = plain(self.open.blocks[-1])
        joins = (
            starts_small(raw.text)
            or URL_LINE.match(raw.text)
            or AFTERTHOUGHT.match(raw.text)
            or not is_finished(last)
        )
        if joins:
            self.open.blocks[-1] = [*self.open.blocks[-1], Run(" "), *raw.runs]
        else:
            self.open.blocks.append(raw.runs)
        self.open.lines.extend(raw.lines)


def collect(raws: list[Raw], head: list[Raw]) -> Collected:
    """Part the notes from the flow; head is what stands before it and may carry marks (title, by-line)."""
    return _Collector(raws, head).run()
