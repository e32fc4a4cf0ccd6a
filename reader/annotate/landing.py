"""Where a passage lands: from the words that it touches to the characters of the new text."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.annotate.matching import NOWHERE, Matching
from reader.annotate.wording import Words, is_joined

# The part of a passage's words that has to live on in one place.
SURVIVES = 0.4
# Between two words of a passage as many may be put in as it has, and these, in one place.
APART = 10
# Of a longer passage only so many words are looked at: at both ends, and some between.
MANY = 3_000


@dataclass(frozen=True, slots=True)
class Landed:
    """new[start:end], the part of the words that are there, and whether that place is one of several."""

    start: int
    end: int
    certainty: float
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Landing:
    """Lands passages of an old text in a new one, whose words are matched."""

    old: str
    new: str
    here: Words
    there: Words
    matching: Matching

    def land(self, start: int, end: int) -> Landed | None:
        """Where old[start:end] is now; None if too few of its words are left."""
        first, last = self.here.touched(start, end)
        if first >= last:
            return self._land_between(start, end, first)
        words = _some(first, last)
        living = [word for word in words if self.matching.to[word] != NOWHERE]
        together = self._together(living, (last - first) * (last - first) // len(words) + APART)
        firm = sum(map(self._is_firm, together))
        if not firm or firm < SURVIVES * len(words):
            return None
        new_start = self._begin(start, together[0], first)
        new_end = self._finish(end, together[-1], last - 1)
        if new_start >= new_end:
            return None
        doubtful = not self.matching.doubtful.isdisjoint(together)
        return self._trimmed(start, end, Landed(new_start, new_end, len(together) / len(words), doubtful))

    def _together(self, living: Sequence[int], apart: int) -> list[int]:
        """The most words that went to one place in their order."""
        groups: list[list[int]] = []
        for word in living:
            to = self.matching.to[word]
            if groups and 0 < to - self.matching.to[groups[-1][-1]] <= apart:
                groups[-1].append(word)
            else:
                groups.append([word])
        return max(groups, key=len, default=[])

    def _is_firm(self, word: int) -> bool:
        """Whether a word near it went the same way: a lone common word may have been met by chance."""
        to = self.matching.to
        for step in (-1, 1, -2, 2):
            beside = word + step
            if 0 <= beside < len(to) and to[beside] != NOWHERE:
                went = to[beside] - to[word]
                if 0 < (went if step > 0 else -went) <= abs(step) + 1:
                    return True
        # A text of one word.
        return len(to) == 1

    def _begin(self, start: int, word: int, first: int) -> int:
        """Where the passage begins that began at start, now with this word."""
        to = self.there.starts[self.matching.to[word]]
        began = self.here.starts[word]
        if word != first:
            return to
        if start > began:
            return to + start - began if self._is_spelt_alike(word) else to
        return to - _common(self.old[start:began][::-1], self.new[max(0, to - (began - start)) : to][::-1])

    def _finish(self, end: int, word: int, last: int) -> int:
        """Where the passage ends that ended at end, now with this word."""
        to = self.there.ends[self.matching.to[word]]
        ended = self.here.ends[word]
        if word != last:
            return to
        if end < ended:
            return to - (ended - end) if self._is_spelt_alike(word) else to
        return to + _common(self.old[ended:end], self.new[to : to + end - ended])

    def _is_spelt_alike(self, word: int) -> bool:
        return _spelling(self.old, self.here, word) == _spelling(self.new, self.there, self.matching.to[word])

    def _trimmed(self, start: int, end: int, landed: Landed) -> Landed | None:
        """Without the spaces around another wording, and without half a character at its ends."""
        first, last = landed.start, landed.end
        if self.old[start:end] == self.new[first:last]:
            return landed
        while first < last and self.new[first].isspace():
            first += 1
        while first < last and self.new[last - 1].isspace():
            last -= 1
        while not is_joined(self.old, start) and is_joined(self.new, first):
            first -= 1
        while not is_joined(self.old, end) and is_joined(self.new, last):
            last += 1
        return Landed(first, last, landed.certainty, landed.doubtful)

    def _land_between(self, start: int, end: int, word: int) -> Landed | None:
        """Land what touches no word, where the same characters stand beside one of the words around it."""
        text = self.old[start:end]
        before = self.matching.to[word - 1] if word else NOWHERE
        if before != NOWHERE and self._is_firm(word - 1):
            ended, to = self.here.ends[word - 1], self.there.ends[before]
            if self.new.startswith(self.old[ended:end], to):
                return Landed(to + start - ended, to + end - ended, 1.0)
        after = self.matching.to[word] if word < len(self.here) else NOWHERE
        if after != NOWHERE and self._is_firm(word):
            began, to = self.here.starts[word], self.there.starts[after]
            if self.new.endswith(self.old[start:began], 0, to):
                begin = to - (began - start)
                return Landed(begin, begin + len(text), 1.0)
        return None


def _some(first: int, last: int) -> Sequence[int]:
    """The numbers from first to last, or MANY of them, the ends among them."""
    if last - first <= MANY:
        return range(first, last)
    step = (last - first) // (MANY // 3) + 1
    return [
        *range(first, first + MANY // 3),
        *range(first + MANY // 3, last - MANY // 3, step),
        *range(last - MANY // 3, last),
    ]


def _common(one: str, other: str) -> int:
    """How many characters two strings begin with alike."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _spelling(text: str, words: Words, word: int) -> str:
    return text[words.starts[word] : words.ends[word]]
