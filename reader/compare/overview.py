"""What lies in two texts, paragraph by paragraph: their parallels, marks, claims, citations, and silences."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from reader.annotate.models import Annotation, Target
from reader.annotate.querysets import visible_here
from reader.compare import lying
from reader.compare.reading import OTHER, RANK, Pair
from reader.compare.strip import SPEAKING, Joined, Said, heard, silences
from reader.compare.ways import ways
from reader.library.models import Citation, Document, Revision, Section, WorkMatch
from reader.library.querysets import Reader

WORDS_AT_MOST = 90
# Of a paragraph that many are like, so many are named.
JOINTS_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Joint:
    """A parallel of a paragraph: the other text's paragraph, how sure it is, and the desk with both open."""

    number: int | None
    strength: str
    credited: bool
    address: str


@dataclass(slots=True)
class Line:
    """A paragraph: its first words and all that there is to it; silent: the other text has nothing of it.

    joints are the best; more counts those that are not named.
    """

    number: int
    words: str
    address: str
    joints: list[Joint] = field(default_factory=list)
    more: int = 0
    marks: int = 0
    claims: int = 0
    citations: int = 0
    cites_other: int = 0
    silent: bool = False


class Part(NamedTuple):
    """Lines under one heading; "" for those before the first."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Silence:
    """The longest row of paragraphs of which the other text says nothing."""

    first: int
    last: int
    paragraphs: int
    address: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How many of a text's paragraphs the other text has a parallel of, and where it is silent longest."""

    document: Document
    paragraphs: int
    joined: int
    silence: Silence | None

    @property
    def per_cent(self) -> int:
        """The share of paragraphs with a parallel."""
        return round(100 * self.joined / self.paragraphs) if self.paragraphs else 0


class Link(NamedTuple):
    """A parallel: its passages by side, and what is said of it."""

    ends: dict[str, tuple[int, int]]
    strength: str
    credited: bool
    order: tuple[int, float, int]

    @property
    def speaks(self) -> bool:
        """Whether it is more than faint."""
        return self.strength in SPEAKING


class Overview:
    """Two texts and all parallels between them that this person sees; three queries."""

    def __init__(self, pair: Pair, user: Reader) -> None:
        self.pair = pair
        self.user = user
        self.texts = {"left": pair.left, "right": pair.right}
        self.paragraphs = {side: lying.paragraphs(_revision(text)) for side, text in self.texts.items()}
        self.starts = {side: [said.start for said in all_of] for side, all_of in self.paragraphs.items()}
        self.links = _links(pair, user)
        self.desk = ways(pair.left.slug, pair.right.slug)["desk"]
        self.looked = bool(pair.pairing and pair.pairing.found_at)
        self.heard = {side: heard(self.paragraphs[side], self._speaking(side)) for side in self.texts}

    def __len__(self) -> int:
        return sum(map(len, self.paragraphs.values()))

    def counts(self) -> Counter[str]:
        """How many parallels are more than faint, and how many of these are credited."""
        speaking = [link for link in self.links if link.speaks]
        return Counter(credited=sum(link.credited for link in speaking), all=len(speaking))

    def summary(self, side: str) -> Summary:
        """A text's share and its longest silence; none where nobody looked."""
        said = self.paragraphs[side]
        joined = sum(map(bool, self.heard[side]))
        rows = silences(said, self._speaking(side)) if self.looked else []
        longest = max(rows, key=lambda row: said[row.last].end - said[row.first].start, default=None)
        silence = None
        if longest:
            first, last = said[longest.first].number, said[longest.last].number
            silence = Silence(first, last, longest.last - longest.first + 1, self._at(side, f"p{first}"))
        return Summary(self.texts[side], len(said), joined, silence)

    def parts(self, side: str, first: int, last: int) -> list[Part]:
        """The lines of the paragraphs at these places, first to last, under their headings; five queries."""
        if last < first:
            return []
        said = self.paragraphs[side][first : last + 1]
        lines = self._lines(side, said)
        for place, line in enumerate(lines, first):
            line.silent = self.looked and not self.heard[side][place]
        self._join(side, first, lines)
        begin = self.paragraphs[side][first - 1].end if first else 0
        headings = Section.objects.filter(
            revision=_revision(self.texts[side]), start__gte=begin, start__lt=said[-1].start
        )
        return _under(headings.order_by("start").values_list("start", "title"), said, lines)

    def _speaking(self, side: str) -> list[Joined]:
        return [Joined(*link.ends[side], link.strength, link.credited) for link in self.links if link.speaks]

    def _at(self, side: str, anchor: str, other: str = "") -> str:
        places = f"&{OTHER[side]}={other}" if other else ""
        return f"{self.desk}?{side}={anchor}{places}#{side}-{anchor}"

    def _lines(self, side: str, said: Sequence[Said]) -> list[Line]:
        """The paragraphs with their words, and how much was marked, claimed and cited in them."""
        revision = _revision(self.texts[side])
        text = Revision.objects.values_list("text", flat=True).get(pk=revision)
        lines = [
            Line(one.number, first_words(text[one.start : one.end]), self._at(side, f"p{one.number}"))
            for one in said
        ]
        starts, ends = [one.start for one in said], [one.end for one in said]
        targets = Target.objects.filter(
            visible_here(self.user),
            passage__revision=revision,
            passage__start__lt=ends[-1],
            passage__end__gt=starts[0],
        )
        for start, end, kind in targets.order_by().values_list(
            "passage__start", "passage__end", "annotation__kind"
        ):
            for line in lines[bisect_right(ends, start) : bisect_left(starts, end)]:
                if kind == Annotation.Kind.CLAIM:
                    line.claims += 1
                else:
                    line.marks += 1
        here = WorkMatch.objects.filter(work=OuterRef("target__work"), document=self.texts[OTHER[side]])
        by_number = {line.number: line for line in lines}
        citations = Citation.objects.filter(revision=revision, paragraph__number__in=by_number)
        for number, is_other in citations.order_by().values_list("paragraph__number", Exists(here)):
            by_number[number or 0].citations += 1
            by_number[number or 0].cites_other += is_other
        return lines

    def _join(self, side: str, first: int, lines: Sequence[Line]) -> None:
        """Give each line its parallels, the best first; faint ones where they are credited."""
        found: dict[int, list[Link]] = defaultdict(list)
        for link in self.links:
            if link.speaks or link.credited:
                found[self._place(side, link)].append(link)
        for place, line in enumerate(lines, first):
            line.more = max(0, len(found[place]) - JOINTS_AT_MOST)
            for link in sorted(found[place], key=lambda link: link.order)[:JOINTS_AT_MOST]:
                there = self._place(OTHER[side], link)
                number = self.paragraphs[OTHER[side]][there].number if there >= 0 else None
                address = self._at(side, f"p{line.number}", f"p{number}" if number else "")
                line.joints.append(Joint(number, link.strength, link.credited, address))

    def _place(self, side: str, link: Link) -> int:
        """The place of the paragraph in which a passage begins; -1 where it begins in none."""
        start, _ = link.ends[side]
        place = bisect_right(self.starts[side], start) - 1
        return place if place >= 0 and start < self.paragraphs[side][place].end else -1


def first_words(text: str) -> str:
    """As many words as fit a line."""
    words = " ".join(text[: 2 * WORDS_AT_MOST].split())
    if len(words) <= WORDS_AT_MOST:
        return words if len(text) <= 2 * WORDS_AT_MOST else f"{words}…"
    # A script without spaces has no place to be cut at.
    return f"{words[:WORDS_AT_MOST].rpartition(' ')[0] or words[:WORDS_AT_MOST]}…"


def _revision(document: Document) -> int:
    return document.current_id or 0


def _links(pair: Pair, user: Reader) -> list[Link]:
    sides = {which: pair.side(which) for which in ("first", "second")}
    rows = (
        pair.parallels(user)
        .order_by()
        .values_list(
            "pk", "first__start", "first__end", "second__start", "second__end", "strength", "score", "citing"
        )
    )
    return [
        Link(
            {sides["first"]: (first, end), sides["second"]: (second, stop)},
            strength,
            bool(citing),
            (RANK[strength], -score, pk),
        )
        for pk, first, end, second, stop, strength, score, citing in rows
    ]


def _under(headings: Iterable[tuple[int, str]], said: Sequence[Said], lines: Sequence[Line]) -> list[Part]:
    """The lines, parted at the headings; a heading without paragraphs of its own is left out."""
    parts = [Part("", [])]
    waiting = list(headings)
    for one, line in zip(said, lines, strict=True):
        while waiting and waiting[0][0] <= one.start:
            parts.append(Part(waiting.pop(0)[1], []))
        parts[-1].lines.append(line)
    return [part for part in parts if part.lines]
