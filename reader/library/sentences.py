"""Part a paragraph into sentences, with offsets. Pure.

Rules for prose with initials, abbreviations, quotations and notes; where they doubt, the sentence goes on.
"""

import re

# An end: marks that close a sentence, and the quotation marks and brackets that close with it. Chinese and
# Japanese put no space behind theirs.
_END = re.compile(r"""(?P<wide>[。！？｡]+)[」』）”’"'\])]*|[.!?…‽؟۔।]+["'”’»)\]]*(?=\s|$)|[\n\t]+""")
# What a sentence may begin with: a capital, a number, a script without capitals; before it, what opens.
_BEGINS = re.compile(r"""\s*["'“‘«(\[¿¡—–-]*\s*(?P<first>\w)?""")
_LAST = re.compile(r"(?:^|[\s(\[“‘\"'—–-])((?:\w+\.)*\w+)$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]|[IVXLC]+")

# Followed by a name or a number in nearly every case.
_NEVER = frozenset(
    "mr mrs ms dr prof st sr jr rev hon gen col capt lt sgt fr mt messrs mme mlle hr dipl ing"
    " no nos nr vol vols p pp ch chap sec sect fig figs eq eqs art para ed eds trans cf ca vs viz"
    " al op cit ibid e.g i.e u.k bd hrsg vgl bzw usw z.b d.h s.o s.u approx dept univ".split()
)
# May end a sentence: it does where a capital follows.
_SOMETIMES = frozenset(
    "etc inc ltd co corp a.m p.m u.s u.s.a ph.d b.c jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph as [start, end) in it, without the white space between them."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if end["wide"] or end[0].isspace() or _ends(text, end):
            _add(found, text, start, end.end())
            start = end.end()
    _add(found, text, start, len(text))
    return found


def _ends(text: str, end: re.Match[str]) -> bool:
    """Whether a sentence ends with these marks, as far as one can tell from what stands around."""
    following = _BEGINS.match(text, end.end())
    first = following["first"] if following else None
    if first is None:
        return True
    if first.islower():
        return False
    if not end[0].startswith(".") or end[0].startswith(".."):
        return True
    word = _LAST.search(text, max(0, end.start() - 40), end.start())
    if word is None:
        return True
    plain = word[1].casefold()
    if plain in _NEVER:
        return False
    if plain in _SOMETIMES:
        return first.isupper() or not first.isalpha()
    if word[1].isdigit() and word.start(1) == 0:
        # The number of an item: "1. First".
        return False
    if len(word[1]) == 1 and word[1].islower():
        return False
    return not (_INITIALS.fullmatch(word[1]) and _is_name(text, word))


def _is_name(text: str, word: re.Match[str]) -> bool:
    """Whether an initial is part of a name: it begins the sentence, or follows a name."""
    before = text[: word.start(1)].rstrip()
    last = before.rsplit(None, 1)[-1] if before else ""
    return not last or last[:1].isupper() or last[-1:] in ",;(" or last in ("by", "and", "of")


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start < end:
        found.append((start, end))
