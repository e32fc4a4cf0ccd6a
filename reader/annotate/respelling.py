"""Words that were spelt anew in their place: a slip of the pen corrected, a plural made of a singular."""

from collections.abc import Sequence

from reader.annotate.matching import NOWHERE, Matching
from reader.annotate.wording import Words

# A word needs so many letters, and this part of them in common at its two ends.
LETTERS = 5
COMMON = 0.7


def join_respelt(matching: Matching, old: Words, new: Words, spellings: Sequence[str]) -> None:
    """Match each old word between two matched neighbours with the like word between those in the new text."""
    to = matching.to
    for word in range(1, len(to) - 1):
        if to[word] == NOWHERE and to[word - 1] != NOWHERE and to[word + 1] == to[word - 1] + 2:
            other = to[word - 1] + 1
            if is_like(spellings[old.keys[word]], spellings[new.keys[other]]):
                matching.join(word, other)


def is_like(one: str, other: str) -> bool:
    """Whether two spellings may be of one word."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < LETTERS:
        return False
    ahead = 0
    while ahead < len(shorter) and shorter[ahead] == longer[ahead]:
        ahead += 1
    behind = 0
    while behind < len(shorter) - ahead and shorter[-1 - behind] == longer[-1 - behind]:
        behind += 1
    return ahead + behind >= COMMON * len(longer)
