"""The account: every word of the source is in the text, a note, a caption, the facts or the report."""

import re
from collections import Counter
from collections.abc import Iterator

from reader.ingest.inline import HOLLOW, TAGS
from reader.ingest.parsed import Parsed, Removed

WORD = re.compile(r"[^\W\d_]+")
_NAMES = "|".join(sorted({*HOLLOW, *TAGS, "br"}, key=len, reverse=True))
MARKUP = re.compile(
    rf"</?(?:{_NAMES})\b[^<>]*>|<!--\s*page[^<>]*-->|&(?:[a-zA-Z]{{2,8}}|#\d+|#x[0-9a-fA-F]+);|\]\(#[^)\s]*\)|\\(?:ast|dagger|newpage|pagebreak)\b",
    re.IGNORECASE,
)
CUT = re.compile(r"(?<=\w)[-‐\u00ad]\s*\n\s*(?=\w)|\u00ad")


def kept_texts(parsed: Parsed) -> Iterator[str]:
    """Every string in which a word of the source may stand."""
    yield parsed.title
    yield from parsed.authors
    yield from (parsed.source_url, parsed.publication, parsed.digest_of)
    for block in parsed.blocks:
        yield block.text
        yield from (span.href for span in block.spans)
        yield from (item.label for item in block.marks)
    for note in parsed.notes:
        yield note.label
        yield note.text
        yield from (span.href for span in note.spans)
        yield from (item.label for item in note.marks)
    for figure in parsed.figures:
        yield figure.alt
        yield figure.source
    for item in parsed.removed:
        yield item.text


def _forgive_joined(missing: Counter[str], extra: Counter[str]) -> None:
    """Two halves of a word that a page's end had cut are found in the joined word."""
    for word in extra:
        for cut in range(1, len(word)):
            if missing[word[cut:]] > 0 and cut > 1:
                missing[word[:cut]] -= 1
                missing[word[cut:]] -= 1
                break


def lost_words(parsed: Parsed, text: str) -> list[Removed]:
    """Words that no step accounted for, by line; numbers are the marks' affair and not looked at."""
    have = Counter(WORD.findall("\n".join(kept_texts(parsed)).casefold()))
    want = Counter(WORD.findall(CUT.sub("", MARKUP.sub(" ", text)).casefold()))
    missing = want - have
    if not missing:
        return []
    _forgive_joined(missing, have - want)
    if not +missing:
        return []
    out: list[Removed] = []
    halves = set(missing)
    for number, line in enumerate(text.split("\n"), start=1):
        low = line.casefold()
        if not any(word in low for word in halves):
            continue
        lost = []
        for word in WORD.findall(MARKUP.sub(" ", low)):
            if missing[word] > 0:
                missing[word] -= 1
                lost.append(word)
        if lost:
            out.append(Removed(" ".join(lost), "markup, or not placed", (number, number)))
        halves = {word for word in halves if missing[word] > 0}
        if not halves:
            break
    return out
