"""Where each word of an old text is in a new one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reader.annotate.aligning import Aligner
from reader.annotate.editing import Pairs
from reader.annotate.evidence import Evidence, Range
from reader.annotate.pairing import LIKENESS, Pairing
from reader.annotate.wording import Words
from reader.annotate.work import Work

NOWHERE = -1
# Blocks of so few words are told apart by their neighbours, not by their wording.
SHORT = 4
ROUNDS = 16
# How far beside a stretch a matched word still speaks for it.
NEAR = 20
# How far beside a known place words are compared.
REACH = 400
# What two stretches between known places have to share of what the smaller one tells; short ones need not.
ALIKE = 0.5
FEW = 8
# A match more than so many words from the next stands alone, and has to tell so many bits by itself.
LONELY = 5
WEAK = 16.0


@dataclass(slots=True)
class Matching:
    """to[i] is the number of the new word that the old word i lives on as, or NOWHERE; back is the reverse.

    doubtful are old words whose block might be one of several.
    """

    to: list[int]
    back: list[int]
    doubtful: set[int] = field(default_factory=set)

    def join(self, old: int, new: int) -> None:
        """Let an old word live on as a new one, unless one of them is taken."""
        if self.to[old] == NOWHERE and self.back[new] == NOWHERE:
            self.to[old] = new
            self.back[new] = old

    def part(self, old: int) -> None:
        """Let an old word live on nowhere."""
        self.back[self.to[old]] = NOWHERE
        self.to[old] = NOWHERE


def matched(
    old: Words, new: Words, old_blocks: Sequence[Range], new_blocks: Sequence[Range], work: Work
) -> Matching:
    """Match the words; blocks are ranges of word numbers, in order, and hold all words."""
    return _Matcher(old, new, old_blocks, new_blocks, work).run()


class _Matcher:
    def __init__(
        self, old: Words, new: Words, old_blocks: Sequence[Range], new_blocks: Sequence[Range], work: Work
    ) -> None:
        self.old, self.new = old.keys, new.keys
        self.old_blocks, self.new_blocks = old_blocks, new_blocks
        self.matching = Matching([NOWHERE] * len(old), [NOWHERE] * len(new))
        self.partner: dict[int, int] = {}
        self.taken: set[int] = set()
        self.wordings_old = [tuple(self.old[a:b]) for a, b in old_blocks]
        self.wordings_new = [tuple(self.new[a:b]) for a, b in new_blocks]
        self.evidence = Evidence(self.old, self.new)
        self.pairing = Pairing(self.old, self.new, self.evidence, work)
        self.aligner = Aligner(self.evidence, work)

    def run(self) -> Matching:
        self.pair_same()
        for _ in range(ROUNDS):
            olds = list(_stretches(self.matching.to, self.old_blocks))
            news = list(_stretches(self.matching.back, self.new_blocks))
            pairs = self.pairing.paired(olds, news, self.beside)
            if not pairs:
                break
            for one, other in pairs:
                self.align(olds[one], news[other])
        self.pair_repeated()
        self.fill()
        self.drop_weak()
        return self.matching

    def beside(self, here: Range, there: Range) -> int:
        """How many neighbours of two stretches, 0 to 2, are matched with each other."""
        to = self.matching.to
        before, after = here[0] - 1, here[1]
        near = 0
        while before > 0 and to[before] == NOWHERE and here[0] - before < NEAR:
            before -= 1
        while after < len(to) - 1 and to[after] == NOWHERE and after - here[1] < NEAR:
            after += 1
        if before < 0:
            near += there[0] == 0
        elif to[before] != NOWHERE:
            near += 0 < there[0] - to[before] <= 2 * NEAR
        if after >= len(to):
            near += there[1] == len(self.new)
        elif to[after] != NOWHERE:
            near += 0 <= to[after] - there[1] < 2 * NEAR
        return near

    def pair_same(self) -> None:
        """Pair the blocks of the same words that stand once in each text, and their neighbours."""
        olds, news = _grouped(self.wordings_old), _grouped(self.wordings_new)
        for wording, here in olds.items():
            there = news.get(wording, [])
            if len(wording) >= SHORT and len(here) == len(there) == 1:
                self.pair(here[0], there[0])
        self.pair_neighbours()

    def pair_repeated(self) -> None:
        """Pair the blocks of the same words that are left: where the words before lead to, then in order."""
        number_of = {start: number for number, (start, _) in enumerate(self.new_blocks)}
        left: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for block, (start, end) in enumerate(self.old_blocks):
            if block in self.partner or start == end or not self.is_free(self.matching.to, (start, end)):
                continue
            other = number_of.get(self.matching.to[start - 1] + 1 if start else 0, NOWHERE)
            if other != NOWHERE and self.may_pair(block, other):
                self.pair(block, other)
            else:
                left[self.wordings_old[block]].append(block)
        free: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for block, stretch in enumerate(self.new_blocks):
            if self.wordings_new[block] in left and self.is_free(self.matching.back, stretch):
                free[self.wordings_new[block]].append(block)
        for wording, blocks in left.items():
            for one, other in zip(blocks, free[wording], strict=False):
                self.pair(one, other, doubtful=len(blocks) != len(free[wording]))

    def may_pair(self, one: int, other: int) -> bool:
        return (
            self.wordings_old[one] == self.wordings_new[other]
            and other not in self.taken
            and self.is_free(self.matching.back, self.new_blocks[other])
        )

    def is_free(self, matched: Sequence[int], stretch: Range) -> bool:
        return all(matched[at] == NOWHERE for at in range(*stretch))

    def pair_neighbours(self) -> None:
        """Pair blocks of the same words that follow, or precede, a pair."""
        ends = [(-1, -1), (len(self.old_blocks), len(self.new_blocks))]
        for one, other in [*self.partner.items(), *ends]:
            for step in (1, -1):
                here, there = one + step, other + step
                while (
                    0 <= here < len(self.old_blocks)
                    and 0 <= there < len(self.new_blocks)
                    and here not in self.partner
                    and there not in self.taken
                    and self.wordings_old[here] == self.wordings_new[there]
                ):
                    self.pair(here, there)
                    here, there = here + step, there + step

    def pair(self, one: int, other: int, doubtful: bool = False) -> None:
        self.partner[one] = other
        self.taken.add(other)
        (start, end), (there, _) = self.old_blocks[one], self.new_blocks[other]
        for step in range(end - start):
            self.matching.join(start + step, there + step)
        if doubtful:
            self.matching.doubtful.update(range(start, end))

    def align(self, here: Range, there: Range, alike: float = 0.0) -> None:
        """Match the words of two stretches, if those matched tell this part of what the smaller one tells."""
        pairs = self.aligner.align(self.old[slice(*here)], self.new[slice(*there)])
        if alike and not self.is_alike(here, there, pairs, alike):
            return
        for i, j in pairs:
            self.matching.join(here[0] + i, there[0] + j)

    def is_alike(self, here: Range, there: Range, pairs: Pairs, alike: float) -> bool:
        old, new = self.old[slice(*here)], self.new[slice(*there)]
        if max(len(old), len(new)) < FEW:
            return True
        told = self.evidence.shared(old, pairs)
        whole_old, whole_new = self.evidence.whole(old), self.evidence.whole(new)
        return told >= alike * min(whole_old, whole_new) and told * told >= LIKENESS * whole_old * whole_new

    def fill(self) -> None:
        """Compare what lies between two old words with what lies between their new places."""
        to, back = self.matching.to, self.matching.back
        for start, end in list(_stretches(to, [(0, len(to))])):
            left = to[start - 1] if start else -1
            right = to[end] if end < len(to) else len(back)
            # Between two known places all is compared, however long; beside one, only what is near.
            if left < right and all(back[at] == NOWHERE for at in range(left + 1, right)):
                self.align((start, end), (left + 1, right), ALIKE)
                continue
            self.align((start, min(end, start + REACH)), _free(back, left + 1, 1, end - start + 10), ALIKE)
            self.align((max(start, end - REACH), end), _free(back, right - 1, -1, end - start + 10), ALIKE)

    def drop_weak(self) -> None:
        """Take back matches that stand alone and tell little, unless they are half of their block."""
        to = self.matching.to
        for first, last in self.old_blocks:
            for group in _groups(to, (first, last)):
                told = self.evidence.shared(self.old, [(word, to[word]) for word in group])
                if told < WEAK and 2 * len(group) < last - first:
                    for word in group:
                        self.matching.part(word)


def _groups(to: Sequence[int], block: Range) -> list[list[int]]:
    """The matched words of a block, in groups that went to one place."""
    groups: list[list[int]] = []
    for word in range(*block):
        if to[word] == NOWHERE:
            continue
        last = groups[-1][-1] if groups else NOWHERE
        if last != NOWHERE and word - last <= LONELY and 0 < to[word] - to[last] <= LONELY:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _grouped(wordings: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], list[int]]:
    groups: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, wording in enumerate(wordings):
        if wording:
            groups[wording].append(number)
    return dict(groups)


def _stretches(matched: Sequence[int], blocks: Iterable[Range]) -> Iterable[Range]:
    """The stretches of words without a match, cut where blocks end."""
    for first, last in blocks:
        start = first
        while start < last:
            if matched[start] != NOWHERE:
                start += 1
                continue
            end = start + 1
            while end < last and matched[end] == NOWHERE:
                end += 1
            yield start, end
            start = end


def _free(matched: Sequence[int], at: int, step: int, most: int) -> Range:
    """The words without a match from one on, forwards or backwards."""
    end = at
    while 0 <= end < len(matched) and matched[end] == NOWHERE and abs(end - at) < most:
        end += step
    return (at, end) if step > 0 else (end + 1, at + 1)
