"""What a printer or converter put round the text: running heads and feet, page numbers, notices.

Evidence, strongest first: a line stands at the edge of most pages; it cuts a sentence in two; it repeats
the title; it comes each time together with a line already known as furniture; its number grows from page to
page. A refrain or a heading that a book repeats ("Exercises") has none of these.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from reader.ingest.parsed import Doubt, Removed
from reader.ingest.raw import Raw, body
from reader.ingest.words import count_words, end_of, is_finished, is_prose, key_of, starts_small

ROMAN = r"(?=[ivxlc])(?:c|xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
PAGE_NUMBER = re.compile(
    rf"^[\[(|•·*\-–—~\s]*(?:(?:page|pg\.?|p\.|seite|página|pagina|s\.)\s*)?(?P<n>\d{{1,4}}|{ROMAN})"
    r"(?:\s*(?:/|of|von|de|sur|\|)\s*(?:\d{1,4}|page|p\s?a\s?g\s?e))?[\])|•·*\-–—~\s]*$",
    re.IGNORECASE,
)
SAID = re.compile(
    r"^\W*(?:page|pg\.?|seite|página|pagina)\s*\d+|\d+\s*(?:of|/|\|)\s*(?:\d+|p\s?a\s?g\s?e)\W*$|^\W*[-–—]\s*\d+\s*[-–—]\W*$",
    re.IGNORECASE,
)
NOTE_AGAIN = re.compile(r"^\W*(?:\d+\W+)?(?:ibid|ebd|ebenda|id\.|idem|see|cf\.|op\. ?cit)", re.IGNORECASE)
THING = (
    r"(?:pdf|file|document|copy|version|article|content|page|paper|transcript|scan|e-?book|"
    r"printout|reprint|text)"
)
DEED = (
    r"(?:(?:auto(?:matically)?[ -]?)?generated|converted|downloaded|printed|scanned|"
    r"digiti[sz]ed|exported|produced|"
    r"created|extracted|archived|retrieved|rendered|ocr(?:ed|'d)?)"
)
NOTICES = (
    re.compile(
        rf"\b(?:this|the)\b[^.]{{0,40}}\b{THING}\b[^.]{{0,40}}\b(?:was|is|has been|"
        rf"were)\b[^.]{{0,30}}\b{DEED}\b",
        re.I,
    ),
    re.compile(rf"^\W*(?:{THING}\s+)?{DEED}\s+(?:by|from|with|on|using|via|through)\b", re.I),
    re.compile(
        r"\bdownloaded (?:from|by|on)\b|\bfor personal use only\b|\bauthori[sz]ed licensed use\b", re.I
    ),
    re.compile(r"\ball use subject to\b|\belectronic copy available at\b|\bsee discussions, stats\b", re.I),
    re.compile(
        r"\bconversion (?:errors?|artifacts?|artefacts?)\b|\bofficial version\b.*\b(?:website|"
        r"online|below)\b",
        re.I,
    ),
    re.compile(
        r"^\W*(?:share (?:this|on|via)|print this|related (?:posts|articles)|subscribe\b|"
        r"follow us|click here)",
        re.I,
    ),
    re.compile(r"^\W*(?:©|\(c\)|copyright)\s*(?:\d{4}|by|the)\b.{0,160}$", re.I),
    re.compile(r"\ball rights reserved\b", re.I),
    re.compile(r"\bthis (?:pdf|file|copy|scan)\b", re.I),
)


@dataclass(slots=True)
class Cleaned:
    """The blocks that stay, and what went."""

    raws: list[Raw]
    removed: list[Removed]
    doubts: list[Doubt]


def clean(raws: list[Raw], title: str = "") -> Cleaned:
    """Take running heads, page numbers and notices out of the flow; title is the front matter's, if it says
    one.
    """
    work = _Work(raws, title)
    work.heads()
    work.page_numbers()
    work.beside_numbers()
    work.notices()
    return work.result()


class _Work:
    def __init__(self, raws: list[Raw], title: str) -> None:
        self.raws = raws
        self.reasons: dict[int, str] = {}
        self.doubts: list[Doubt] = []
        self.keys = [key_of(body(raw.runs)) if self._short(raw) else "" for raw in raws]
        self.groups: dict[str, list[int]] = defaultdict(list)
        for index, key in enumerate(self.keys):
            if key:
                self.groups[key].append(index)
        self.title_key, self.kept_title = self._title(title)
        self.edges = self._edges()

    @staticmethod
    def _short(raw: Raw) -> bool:
        """Short enough for a head, and no note: those begin with a raised number, or repeat "Ibid."."""
        if raw.kind not in ("heading", "para", "item") or (raw.runs and raw.runs[0].raised) or raw.number:
            return False
        return count_words(raw.text) <= 30 and not NOTE_AGAIN.match(raw.text)

    def _title(self, given: str) -> tuple[str, int]:
        """The title's key and the block that is it: the one heading of level 1, else the first heading or
        line.
        """
        if given:
            key = key_of(given)
            same = self.groups.get(key, [])
            first = [index for index in same if index < 8]
            return key, first[0] if first else -1
        tops = [i for i, raw in enumerate(self.raws) if raw.kind == "heading" and raw.level == 1]
        if len({self.keys[i] for i in tops}) == 1 and self.keys[tops[0]]:
            return self.keys[tops[0]], tops[0]
        first_heading = next((i for i, raw in enumerate(self.raws[:12]) if raw.kind == "heading"), -1)
        return (self.keys[first_heading], first_heading) if first_heading >= 0 else ("", -1)

    def _edges(self) -> set[int]:
        """Blocks next to a page's end, two deep on either side."""
        near: set[int] = set()
        for index, raw in enumerate(self.raws):
            if raw.kind == "page":
                for step in (-1, 1):
                    at, seen = index + step, 0
                    while 0 <= at < len(self.raws) and seen < 2 and self.raws[at].kind != "page":
                        if self.raws[at].kind != "rule":
                            near.add(at)
                            seen += 1
                        at += step
        if near:
            near.update(range(min(3, len(self.raws))))
        # Notes end a page, so the first line after them may be the next page's head.
        for index in range(1, len(self.raws)):
            if (
                _is_note(self.raws[index - 1])
                and not _is_note(self.raws[index])
                and self._short(self.raws[index])
            ):
                near.add(index)
        return near

    def _neighbour(self, index: int, step: int, skip: Callable[[int], bool]) -> Raw | None:
        """The next block of running text on one side, as far as a page's edge may reach."""
        for at in range(index + step, index + 40 * step, step):
            if not 0 <= at < len(self.raws):
                return None
            raw = self.raws[at]
            passed = raw.kind in ("page", "rule", "picture") or _is_note(raw) or PAGE_NUMBER.match(raw.text)
            if not passed and not skip(at):
                return raw
        return None

    def _cuts(self, index: int, group: set[int]) -> bool:
        """Whether the sentence before this block goes on after it."""
        gone = lambda at: at in group or at in self.reasons  # noqa: E731
        before, after = self._neighbour(index, -1, gone), self._neighbour(index, 1, gone)
        if (
            before is None
            or after is None
            or before.kind not in ("para", "item", "quote")
            or after.kind not in ("para", "quote")
        ):
            return False
        text = body(before.runs)
        return count_words(text) >= 4 and not is_finished(text) and starts_small(after.text)

    def heads(self) -> None:
        changed = True
        while changed:
            changed = False
            for key, members in self.groups.items():
                open_ones = [index for index in members if index not in self.reasons]
                if self.title_key and self._is_title(key, members):
                    for index in open_ones:
                        if index != self.kept_title and self.kept_title >= 0:
                            self.reasons[index] = "running head (the title again)"
                            changed = True
                elif open_ones and self._is_head(members):
                    for index in open_ones:
                        self.reasons[index] = "running head or foot"
                    changed = True

    def _is_title(self, key: str, members: list[int]) -> bool:
        """Whether the group repeats the title; one with a number in it must repeat that, too ("Chapter
        2").
        """
        if not _alike(bare(key), bare(self.title_key)):
            return False
        if "#" not in self.title_key or self.kept_title < 0:
            return True
        title = " ".join(self.raws[self.kept_title].text.casefold().split())
        return all(title in " ".join(self.raws[index].text.casefold().split()) for index in members)

    def _is_head(self, members: list[int]) -> bool:
        group = set(members)
        if len(members) == 1:
            # Seen once only, it must stand at a page's edge in the middle of a sentence.
            text = self.raws[members[0]].text
            return (
                members[0] >= 4
                and members[0] in self.edges
                and self._cuts(members[0], group)
                and not is_prose(text)
                and not starts_small(text)
            )
        texts = [self.raws[index].text for index in members]
        if all(PAGE_NUMBER.match(text) for text in texts):
            return False
        cuts = sum(self._cuts(index, group) for index in members)
        sentences = all(is_prose(text) and is_finished(text) for text in texts)
        if not sentences and self._accompanies(members):
            return True
        at_edges = sum(index in self.edges for index in members)
        if (
            self.edges
            and at_edges >= 2
            and at_edges >= 0.6 * len(members)
            and not all(is_prose(text) and is_finished(text) for text in texts)
        ):
            return True
        if cuts and (len(members) >= 3 or cuts >= 2 or not is_finished(texts[0])):
            return True
        return len(members) >= 2 and self._grows(members) and (cuts > 0 or at_edges >= 2)

    def _accompanies(self, members: list[int]) -> bool:
        """Whether every member but a first one stands right beside something already removed."""
        beside = [
            index for index in members
            if any(0 <= index + step < len(self.raws) and index + step in self.reasons for step in (-1, 1))
        ]  # fmt: skip
        return len(beside) >= 2 and len(beside) >= len(members) - 1

    def _grows(self, members: list[int]) -> bool:
        if all(is_prose(self.raws[index].text) and is_finished(self.raws[index].text) for index in members):
            return False
        numbers = [
            int(found[0]) for index in members if (found := re.search(r"\d+", body(self.raws[index].runs)))
        ]
        return len(numbers) == len(members) >= 2 and all(a < b for a, b in itertools.pairwise(numbers))

    def page_numbers(self) -> None:
        """Lone numbers that grow through the text, or that say themselves that they count pages."""
        found: list[tuple[int, int]] = []
        for index, raw in enumerate(self.raws):
            match = (
                PAGE_NUMBER.match(raw.text)
                if raw.kind in ("para", "heading") and raw.text and len(raw.text) < 24
                else None
            )
            # A capital numeral alone heads a part; pages of a preface count in small ones.
            alone = raw.text.strip(" .")
            if match and alone.isupper() and alone.isalpha():
                match = None
            if match and index not in self.reasons:
                found.append((index, int(match["n"]) if match["n"].isdigit() else -1))
        grown = _longest_rise([(index, number) for index, number in found if number > 0])
        for index, _ in found:
            text = self.raws[index].text
            if (
                SAID.search(text)
                or (index in grown and len(grown) >= 2)
                or index in self.edges
                or self._cuts(index, {index})
            ):
                self.reasons[index] = "page number"
            else:
                self.doubts.append(
                    Doubt(
                        f"“{text}” stands alone and may be a page number; it was kept.", self.raws[index].span
                    )
                )

    def beside_numbers(self) -> None:
        """A short line beside a page's number, where another page has a proven head at that place."""
        pairs = [
            (index, index + step) for index, reason in self.reasons.items() if reason == "page number"
            for step in (-1, 1) if 0 <= index + step < len(self.raws)
        ]  # fmt: skip
        if not any(self.reasons.get(beside, "").startswith("running") for _, beside in pairs):
            return
        for _, beside in pairs:
            raw = self.raws[beside]
            if (
                beside not in self.reasons
                and raw.kind == "para"
                and self._short(raw)
                and not is_finished(raw.text)
                and not starts_small(raw.text)
            ):
                self.reasons[beside] = "running head or foot"

    def notices(self) -> None:
        """Sentences about the file itself, before the text, after it, or at a page's edge."""
        prose = [
            i
            for i, raw in enumerate(self.raws)
            if raw.kind == "para" and i not in self.reasons and count_words(raw.text) >= 60
        ]
        first, last = (prose[0], prose[-1]) if prose else (len(self.raws) // 2, len(self.raws) // 2)
        for index, raw in enumerate(self.raws):
            outside = (
                index < first
                or index > last
                or index in self.edges
                or index - 1 in self.reasons
                or index + 1 in self.reasons
            )
            if (
                index in self.reasons
                or raw.kind not in ("para", "quote")
                or not outside
                or count_words(raw.text) > 70
            ):
                continue
            if raw.runs and raw.runs[0].raised:
                continue
            if any(pattern.search(raw.text) for pattern in NOTICES):
                self.reasons[index] = "notice of a printer or converter"

    def result(self) -> Cleaned:
        kept: list[Raw] = []
        removed: list[Removed] = []
        gap: set[str] = set()
        for index, raw in enumerate(self.raws):
            if index in self.reasons:
                removed.append(Removed(raw.text, self.reasons[index], raw.span))
                gap.add("head")
            else:
                raw.gap |= gap
                gap = set()
                kept.append(raw)
        return Cleaned(kept, removed, self.doubts)


def _is_note(raw: Raw) -> bool:
    return bool(raw.runs) and bool(raw.runs[0].raised) and raw.kind in ("para", "item")


def bare(key: str) -> str:
    """A key without its numbers: the title in a running head has a page's number beside it."""
    return " ".join(part for part in key.split() if part != "#")


def _alike(one: str, other: str) -> bool:
    """Whether two keys are the same but for what a scanner misreads."""
    if one == other:
        return True
    if min(len(one), len(other)) < 16 or abs(len(one) - len(other)) > 3:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.92


def _longest_rise(found: list[tuple[int, int]], reach: int = 60) -> set[int]:
    """The blocks of the longest strictly growing run of numbers, each step no longer than pages may make."""
    length: list[int] = []
    back: list[int] = []
    for at, (index, number) in enumerate(found):
        fits = [
            before for before in range(max(0, at - reach), at)
            if 0 < number - found[before][1] <= 3 + (index - found[before][0])
        ]  # fmt: skip
        best = max(fits, key=length.__getitem__, default=-1)
        length.append(length[best] + 1 if best >= 0 else 1)
        back.append(best)
    run: set[int] = set()
    at = max(range(len(length)), key=length.__getitem__, default=-1)
    while at >= 0:
        run.add(found[at][0])
        at = back[at]
    return run


def cuts_sentence(before: str, after: str) -> bool:
    """Whether what stands between these two texts parted one sentence."""
    return bool(end_of(before)) and not is_finished(before) and starts_small(after)
