"""Revisions of a text with the truth about each word: which words live on, and where.

A word is what stands between spaces, and has an identity that edits cannot see. The truth follows identities
alone; nothing here knows how passages are carried over.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

DELETED, MOVED, SPLIT, MERGED, INSERTED, SENTENCES = 0.10, 0.10, 0.05, 0.05, 0.05, 0.10
# A paragraph needs so many words to be split, and so many sentences to lose one.
ENOUGH_WORDS = 12
ENOUGH_SENTENCES = 3
CLOSERS = '.,;:!?…”’")]'

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of some wording; new words have the identity -1."""

    text: str
    identity: int = -1


Paragraph = list[Word]


@dataclass(frozen=True, slots=True)
class Wording:
    """A text, its paragraphs as ranges, and its words: their identities and ranges, by paragraph."""

    text: str
    blocks: tuple[Range, ...]
    words: tuple[tuple[tuple[int, Range], ...], ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """A text, its revision, and what was done to the paragraph of each word (by identity)."""

    old: Wording
    new: Wording
    done: dict[int, str]


def revised(paragraphs: Sequence[str], share: float, seed: int) -> Revised:
    """Revise a text with this share of its words edited."""
    return Reviser(paragraphs, share, seed).run()


class Reviser:
    """Revises one text."""

    def __init__(self, paragraphs: Sequence[str], share: float, seed: int) -> None:
        self.chance = random.Random(seed)
        self.share = share
        count = iter(range(10**9))
        self.old = [[Word(text, next(count)) for text in paragraph.split()] for paragraph in paragraphs]
        self.done: dict[int, str] = {}
        every = [core(word.text) for word in chain(*self.old)]
        self.texts = [text for text in every if text] or ["word"]
        self.rare = sorted(set(self.texts))
        self.follows: dict[str, list[str]] = {}
        for one, other in pairwise(self.texts):
            self.follows.setdefault(one, []).append(other)

    def run(self) -> Revised:
        """The text, its revision and the truth."""
        order = list(range(len(self.old)))
        self.chance.shuffle(order)
        shares = accumulate([DELETED, MOVED, SPLIT, MERGED, INSERTED])
        ends = [0, *(round(share * len(order)) for share in shares)]
        deleted, moved, split, merged, inserted = (set(order[a:b]) for a, b in pairwise(ends))
        for name, chosen in (("deleted", deleted), ("moved", moved), ("split", split), ("merged", merged)):
            self.note(name, chosen)
        new: list[Paragraph] = []
        joined = False
        for number, paragraph in enumerate(self.old):
            if number in deleted or number in moved:
                continue
            for piece in self.parts(self.edited(paragraph), cut=number in split):
                if joined:
                    new[-1] += piece
                    joined = False
                else:
                    new.append(piece)
            joined = number in merged
            if number in inserted:
                new.append(self.invented(len(paragraph)))
                joined = False
        for number in sorted(moved):
            new.insert(self.chance.randint(0, len(new)), self.edited(self.old[number]))
        return Revised(wording(self.old), wording([words for words in new if words]), self.done)

    def note(self, name: str, chosen: set[int]) -> None:
        self.done.update({word.identity: name for number in chosen for word in self.old[number]})

    def parts(self, paragraph: Paragraph, cut: bool) -> list[Paragraph]:
        """The paragraph, or its two parts: mostly between sentences."""
        if not cut or len(paragraph) < ENOUGH_WORDS:
            return [paragraph]
        places = [at for at in range(3, len(paragraph) - 3) if is_last(paragraph[at - 1])]
        if not places or self.chance.random() < 0.2:
            places = list(range(3, len(paragraph) - 3))
        at = self.chance.choice(places)
        return [paragraph[:at], paragraph[at:]]

    def edited(self, paragraph: Paragraph) -> Paragraph:
        """The paragraph, at times without one of its sentences, with its share of words edited."""
        sentences = list(sentences_of(paragraph))
        if len(sentences) >= ENOUGH_SENTENCES and self.chance.random() < SENTENCES:
            gone = sentences.pop(self.chance.randrange(len(sentences)))
            self.done.update({word.identity: "sentence deleted" for word in gone})
        new: Paragraph = []
        dropped: list[str] = []
        words = list(chain(*sentences))
        for at, word in enumerate(words):
            kind = (
                self.chance.choice(("replace", "insert", "delete"))
                if self.chance.random() < self.share
                else ""
            )
            if kind in ("replace", "delete"):
                dropped.append(core(word.text).casefold())
            if kind in ("replace", "insert"):
                new.append(self.other(words[at : at + 4], dropped, new))
            if kind in ("", "insert"):
                new.append(word)
                dropped = []
        return new

    def other(self, after: Paragraph, dropped: Sequence[str], before: Paragraph) -> Word:
        """A word to put in: as frequent words are, or a rare one; no edit may undo itself."""
        near = {*dropped, *(core(one.text).casefold() for one in (*after, *before[-2:]))}
        for _ in range(50):
            text = self.chance.choice(self.texts if self.chance.random() < 0.7 else self.rare)
            if text.casefold() not in near:
                break
        else:
            text = "otherwise"
        end = after[0].text[len(after[0].text.rstrip(CLOSERS)) :] if self.chance.random() < 0.5 else ""
        return Word(text + end)

    def invented(self, length: int) -> Paragraph:
        """A paragraph in the text's own words: half of them follow each other as they do in the text."""
        length = max(3, round(length * self.chance.uniform(0.5, 1.5)))
        text = self.chance.choice(self.texts)
        words = []
        for _ in range(length):
            words.append(Word(text))
            known = self.follows.get(text)
            text = self.chance.choice(known if known and self.chance.random() < 0.5 else self.texts)
        return words


def core(text: str) -> str:
    """The word without punctuation around it."""
    return text.strip(CLOSERS + "“‘(['*—–-")


def neighbours(words: Sequence[Word], at: int) -> set[str]:
    """The words beside one, without punctuation and capitals."""
    return {core(words[beside].text).casefold() for beside in (at - 1, at + 1) if 0 <= beside < len(words)}


def is_last(word: Word) -> bool:
    """Whether a sentence ends with the word."""
    return word.text.rstrip('”’")]')[-1:] in (".", "!", "?", "…")


def sentences_of(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The sentences of a paragraph."""
    sentence: Paragraph = []
    for word in paragraph:
        sentence.append(word)
        if is_last(word):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def wording(paragraphs: Sequence[Paragraph]) -> Wording:
    """The paragraphs as one text, a space between words and a line feed between paragraphs."""
    blocks, words = [], []
    at = 0
    for paragraph in paragraphs:
        begun, ranges = at, []
        for word in paragraph:
            ranges.append((word.identity, (at, at + len(word.text))))
            at += len(word.text) + 1
        blocks.append((begun, max(begun, at - 1)))
        words.append(tuple(ranges))
        at = max(at, begun + 1)
    text = "\n".join(" ".join(word.text for word in paragraph) for paragraph in paragraphs)
    return Wording(text, tuple(blocks), tuple(words))


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked passage of the old text, and the identities of its words."""

    start: int
    end: int
    identities: range
    crosses: bool


def marks(old: Wording, count: int, seed: int) -> list[Mark]:
    """Marks of 1 to 40 words, one in ten across a paragraph's end."""
    chance = random.Random(seed)
    words = list(chain(*old.words))
    ends = list(accumulate(len(paragraph) for paragraph in old.words))
    end_of = [end for end, paragraph in zip(ends, old.words, strict=True) for _ in paragraph]
    found: list[Mark] = []
    while len(found) < count:
        first = chance.randrange(len(words))
        last = first + chance.randint(1, 40)
        last = min(last, len(words) if chance.random() < 0.1 else end_of[first])
        end = words[last - 1][1][1]
        if chance.random() < 0.5:
            while end - 1 > words[last - 1][1][0] and old.text[end - 1] in CLOSERS:
                end -= 1
        found.append(Mark(words[first][1][0], end, range(first, last), last > end_of[first]))
    return found


class Judge:
    """Tells what became of marks."""

    def __init__(self, revision: Revised) -> None:
        self.revision = revision
        new = list(chain(*revision.new.words))
        self.places = {identity: at for at, (identity, _) in enumerate(new) if identity >= 0}
        self.ranges = [place for _, place in new]
        self.twins: dict[int, list[int]] = {}
        alike: dict[str, list[int]] = {}
        for (start, end), words in zip(revision.old.blocks, revision.old.words, strict=True):
            if words:
                alike.setdefault(revision.old.text[start:end], []).append(words[0][0])
        for (start, end), words in zip(revision.old.blocks, revision.old.words, strict=True):
            if words:
                shifts = [first - words[0][0] for first in alike[revision.old.text[start:end]]]
                self.twins.update({identity: shifts for identity, _ in words})

    def verdict(self, mark: Mark, place: Range | None) -> tuple[str, bool]:
        """right, missed, wrong, ghost or quiet (rightly unplaced), and whether the mark counts for right."""
        shifts = [0] if mark.crosses else self.twins[mark.identities[0]]
        verdicts = [
            self.judged([identity + shift for identity in mark.identities], place) for shift in shifts
        ]
        # Which of several identical paragraphs was deleted, nobody can tell: any may be the one.
        return min(verdicts, key=lambda one: ("right", "quiet", "missed", "wrong", "ghost").index(one[0]))

    def judged(self, identities: Sequence[int], place: Range | None) -> tuple[str, bool]:
        living = sorted(self.places[identity] for identity in identities if identity in self.places)
        if not living:
            return ("ghost" if place else "quiet"), False
        torn = living[-1] - living[0] > 2 * len(identities) + 10
        counts = len(identities) >= 3 and 2 * len(living) >= len(identities) and not torn
        if not place:
            return ("missed" if counts else "quiet"), counts
        within = [
            word for word in living if place[0] < self.ranges[word][1] and self.ranges[word][0] < place[1]
        ]
        covered = sum(1 for start, end in self.ranges if start < place[1] and place[0] < end)
        sprawls = covered > 2 * len(identities) + 10 and covered > 1.2 * (living[-1] - living[0] + 1)
        enough = 4 * len(within) >= 3 * len(living) if counts else bool(within)
        return ("right" if enough and not sprawls else "wrong"), counts
