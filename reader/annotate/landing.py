"""Where a passage lands: from the words that it touches to the characters of the new text."""

from dataclasses import dataclass

from reader.annotate.matching import NOWHERE, Matching
from reader.annotate.wording import Words

Landed = tuple[int, int, float]

# The part of a passage's words that has to live on in one place.
SURVIVES = 0.4
# Between two words of a passage as many may be put in as it has, and these, and it is still one place.
APART = 10


@dataclass(frozen=True, slots=True)
class Landing:
    """Lands passages of an old text in a new one, whose words are matched."""

    old: str
    new: str
    here: Words
    there: Words
    matching: Matching

    def land(self, start: int, end: int) -> Landed | None:
        """The new start and end of old[start:end], and the part of its words there; None if few are left."""
        first, last = self.here.touched(start, end)
        if first >= last:
            return self._land_between(start, end, first)
        living = [word for word in range(first, last) if self.matching.to[word] != NOWHERE]
        together = self._together(living, last - first + APART)
        firm = sum(map(self._is_firm, together))
        if not firm or firm < SURVIVES * (last - first):
            return None
        certainty = len(together) / (last - first)
        if any(word in self.matching.doubtful for word in together):
            certainty = min(certainty, 0.5)
        new_start = self._begin(start, together[0], first)
        new_end = self._finish(end, together[-1], last - 1)
        return (new_start, new_end, certainty) if new_start < new_end else None

    def _together(self, living: list[int], apart: int) -> list[int]:
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
        return False

    def _begin(self, start: int, word: int, first: int) -> int:
        """Where the passage begins that began at start, now with this word."""
        to = self.there.starts[self.matching.to[word]]
        began = self.here.starts[word]
        if word != first:
            return to
        if start > began:
            return to + start - began if self._is_spelt_alike(word) else to
        before = self.old[start:began]
        return to - len(before) if before and self.new.endswith(before, 0, to) else to

    def _finish(self, end: int, word: int, last: int) -> int:
        """Where the passage ends that ended at end, now with this word."""
        to = self.there.ends[self.matching.to[word]]
        ended = self.here.ends[word]
        if word != last:
            return to
        if end < ended:
            return to - (ended - end) if self._is_spelt_alike(word) else to
        after = self.old[ended:end]
        return to + len(after) if after and self.new.startswith(after, to) else to

    def _is_spelt_alike(self, word: int) -> bool:
        return _spelling(self.old, self.here, word) == _spelling(self.new, self.there, self.matching.to[word])

    def _land_between(self, start: int, end: int, word: int) -> Landed | None:
        """Land what touches no word, by the words around it."""
        return None


def _spelling(text: str, words: Words, word: int) -> str:
    return text[words.starts[word] : words.ends[word]]
