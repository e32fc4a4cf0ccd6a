"""Find the runs of capitalised words in a text that are likely to be names. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.compare.common import FUNCTION

CAPITAL = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())

_WORD = (
    rf"(?:(?:[{CAPITAL}]\.){{2,}}|[{CAPITAL}]\.(?=\s[{CAPITAL}])"
    rf"|(?:(?:al|el|ad|an|as)-)?[{CAPITAL}][^\W_]*(?:[’'‑-][^\W_]+)*[’']?)"
)
_PARTICLE = r"(?:of|de|da|do|dos|del|della|di|du|la|le|van|von|der|den|ter|bin|binti|ibn|ben|y|zu|für|des)"
# No name has more than ten words.
_RUN = re.compile(
    rf"(?<![\w’'‑-]){_WORD}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0](?:the[ \u00a0])?){{0,2}}{_WORD}){{0,9}}"
)
_BEGINS = re.compile(r"(?:^|[.!?…:]|[\n\t•■▪●◦‣*|—])[\s\"“”'‘’»)\]]*[\"“‘'«(\[—–-]?\s*$")
_LOWER = re.compile(rf"(?<![\w’'‑-])[^\W\d_{CAPITAL}][^\W\d_]*")
_PART = re.compile(r"[^\s\u00a0]+")

TITLES = frozenset(
    "mr mrs ms dr prof professor president chairman chancellor sir lady lord king queen prince princess"
    " emperor pope senator governor mayor ambassador minister secretary leader marshal colonel captain"
    " lieutenant präsident président presidente presidenta premier kanzler kanzlerin herr frau".split()
)
# Never a name alone, and never the first word of one.
_FUNCTION = FUNCTION | frozenset(
    "first second third two three then hence moreover furthermore nevertheless meanwhile finally dear see"
    " ibid cf source photo image figure table chapter part section note prime foreign former vice opinion"
    " four five six seven eight nine ten january february march april may june july august september october"
    " november december monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug"
    " sep sept oct nov dec ok der die das ein eine le les la el los las il un une".split()
)
# The lead words of an item, in capitals as headings have them: "Freedom of the Seas: …".
_LEAD = re.compile(r"[^.:!?]{3,90}:\s")
_NUMERAL = re.compile(r"[IVXLC]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words at text[start:end] of a block; begins: they stand where a sentence begins."""

    block: int
    start: int
    end: int
    words: tuple[str, ...]
    begins: bool


def names_of(blocks: Sequence[str], vocabulary: "Vocabulary", *, strict: bool) -> list[Run]:
    """The likely names of a text; strict where all nouns have capitals: only abbreviations and runs."""
    found = []
    for run in vocabulary.runs_of(blocks):
        for part in _parts(run, blocks[run.block], vocabulary, strict=strict):
            if _is_name(part, vocabulary, strict=strict):
                found.append(part)
    return found


class Vocabulary:
    """Which words of both texts occur in small letters, and which have capitals inside a sentence."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self.lower: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self.pairs: set[tuple[str, str]] = set()
        self._runs: dict[int, list[Run]] = {}
        for blocks in texts:
            self.lower.update(word for text in blocks for word in _LOWER.findall(text))
            runs = self._runs[id(blocks)] = _runs(blocks)
            for run in runs:
                words = [bare(word) for word in run.words]
                self.inside.update(words[run.begins :])
                self.pairs.update(pairwise(words[run.begins :]))

    def runs_of(self, blocks: Sequence[str]) -> list[Run]:
        """The runs of one of these texts."""
        return self._runs[id(blocks)]

    def capitals_are_common(self) -> bool:
        """Whether so many words have capitals inside a sentence that they must be nouns of any kind."""
        capital = sum(1 for word in self.inside if word.lower() not in self.lower)
        return capital > 0.3 * (capital + len(self.lower))


def bare(word: str) -> str:
    """A word of a run without the possessive ending and without the points of an abbreviation."""
    word = word[:-2] if word[-2:] in ("’s", "'s") else word.rstrip("’'")
    return word.replace(".", "") if "." in word else word


def _runs(blocks: Sequence[str]) -> list[Run]:
    found = []
    for at, text in enumerate(blocks):
        if text.isupper():
            continue
        lead = _LEAD.match(text)
        for match in _RUN.finditer(text, lead.end() if lead and _is_title(lead[0]) else 0):
            begins = bool(_BEGINS.search(text, max(0, match.start() - 6), match.start()))
            found.append(Run(at, *match.span(), tuple(_PART.findall(match[0])), begins))
    return found


def _is_title(words: str) -> bool:
    long = [word for word in words.split() if len(word) > 3]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _parts(run: Run, text: str, vocabulary: Vocabulary, *, strict: bool) -> list[Run]:
    """The names within a run: parted behind a possessive, at a title and between joined names."""
    parts: list[list[tuple[int, int]]] = [[]]
    before = ""
    for match in _PART.finditer(text, run.start, run.end):
        word, start, end = match[0], match.start(), match.end()
        # "Fahne der UNO" is a thing of a name, "von der Leyen" is one.
        genitive = strict and word in ("der", "den", "des", "für") and before not in ("von", "van")
        before = word
        if genitive or bare(word).lower() in TITLES:
            parts.append([])
            continue
        pieces = _joined(word, vocabulary)
        for piece in pieces:
            if len(pieces) > 1 and piece != pieces[0]:
                parts.append([])
            offset = word.index(piece)
            parts[-1].append((start + offset, start + offset + len(piece)))
        if (end - start > len(bare(word)) and word[-2:] in ("’s", "'s")) or word[-1:] in "’'":
            parts.append([])
    made = (_trimmed(run, text, places, vocabulary) for places in parts if places)
    return [part for part in made if part]


def _joined(word: str, vocabulary: Vocabulary) -> list[str]:
    """ "Russia-Ukraine" is two names where each is one elsewhere; "US-led" is one and a word."""
    pieces = re.split("[‑-]", word)
    if len(pieces) == 1:
        return [word]
    if pieces[1][:1].islower() and (pieces[0].isupper() or vocabulary.inside[pieces[0]]):
        return [pieces[0]]
    capital = [piece for piece in pieces if piece[:1].isupper()]
    if len(capital) == len(pieces) and all(vocabulary.inside[bare(piece)] for piece in pieces):
        return pieces
    return [word]


def _trimmed(run: Run, text: str, places: list[tuple[int, int]], vocabulary: Vocabulary) -> Run | None:
    """The part without the words that only begin a sentence or lead to a name."""
    words = [text[start:end] for start, end in places]
    begins = run.begins and places[0][0] == run.start
    while words:
        first = bare(words[0])
        second = bare(words[1]) if len(words) > 1 else ""
        plain = first.lower()
        only_begins = (
            begins
            and plain in vocabulary.lower
            and (first, second) not in vocabulary.pairs
            and not first.isupper()
        )
        # "Six North Korean ships": a first word that never has a capital before what is a name without it.
        only_begins = only_begins or (
            begins
            and len(words) > 2
            and not vocabulary.inside[first]
            and (second, bare(words[2])) in vocabulary.pairs
        )
        if not _leads(words[0]) and not only_begins:
            break
        words, places, begins = words[1:], places[1:], False
        if only_begins and not words:
            return None
    while words and _leads(words[-1]):
        words, places = words[:-1], places[:-1]
    if not words:
        return None
    last = places[-1][0] + len(words[-1])
    end = last - 2 if words[-1][-2:] in ("’s", "'s") else last - (words[-1][-1] in "’'")
    return Run(run.block, places[0][0], end, tuple(bare(word) for word in words), begins)


def _leads(word: str) -> bool:
    """Whether a word is a small one that only leads to a name, or from one."""
    plain = bare(word)
    return word[0].islower() or (plain.lower() in _FUNCTION and not (plain.isupper() and len(plain) > 1))


def _is_name(run: Run, vocabulary: Vocabulary, *, strict: bool) -> bool:
    if len(run.words) > 1:
        return True
    word = run.words[0]
    if len(word) < 2 or _NUMERAL.fullmatch(word) or word.lower() in TITLES:
        return False
    if word.isupper():
        return len(word) <= 8
    if strict:
        return False
    inside, lower = vocabulary.inside[word], vocabulary.lower[word.lower()]
    return inside > lower and (not run.begins or inside > 0)
