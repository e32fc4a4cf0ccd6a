"""What in a running text may be a citation mark, and which numbers it may mean."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reader.ingest.raw import Raw, Run

SUPERSCRIPTS = {ord(char): str(number) for number, char in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {
    0x2460 + n: str(n + 1) for n in range(20)
}
SYMBOL = re.compile(r"^(?:\*{1,4}|∗{1,4}|†{1,2}|‡{1,2}|§{1,2}|¶|#|◊|\\\*)$")
# A number set against the end of a word or of a stop. Capital codes (G7, F16, B2B) and decimals are none.
DIGITS = re.compile(r"(?<=[^\s\d])(\d{1,6})(?![\w%°]|[.,:]\d|[-–—]\d)")
GLUE = re.compile(
    r"(?:[^\W\d_]{3,}|[^\W\d_]{2,}[.,;:!?]|[”’\"'»)\]][.,;:!?]?|[.,;:!?][”’\"'»)\]]|\s[;:!?»]|"
    r"\d{3,}[.!?])$"
)
NO_GLUE = re.compile(
    r"(?:^|[\s(])(?:pp?|no|nos|vol|art|arts|fig|figs|ch|sec|eq|covid|rs|us|eur?|usd|nr|s|bd|cap|ver|v|page|table)\.?$",
    re.IGNORECASE,
)
SIGNED = re.compile("[*∗†‡¶]")
ORDINAL = re.compile(r"^(?:st|nd|rd|th|er|re|e|ème|me|º|ª|o|a|tm|®|™|sm|c|r)\.?$", re.IGNORECASE)


def digits_of(run: Run) -> str:
    """The text of a raised run in plain digits and letters, without brackets and spaces at its ends."""
    return run.text.translate(SUPERSCRIPTS).strip().strip("[]()").strip().rstrip(".")


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[tuple[int, ...], ...]:
    """Every way to read a raised piece as note numbers: "23" as (23,) and (2, 3); "2,4-6" as (2, 4, 5, 6)."""
    text = text.replace(" ", "") if re.fullmatch(r"[\d\s]+", text) is None else ",".join(text.split())
    parts = [part for part in re.split(r"[,;/⸴]", text) if part]
    if not parts or len(text) > 24:
        return ()
    if len(parts) == 1 and parts[0].isdigit():
        return tuple(_cuts(parts[0])) if len(parts[0]) <= 8 else ()
    numbers: list[int] = []
    for part in parts:
        found = re.fullmatch(r"(\d{1,4})(?:[-–](\d{1,4}))?", part)
        if found is None:
            return ()
        first, last = int(found[1]), int(found[2] or found[1])
        if not first <= last <= first + 30:
            return ()
        numbers.extend(range(first, last + 1))
    return (tuple(numbers),)


def _cuts(digits: str) -> Iterator[tuple[int, ...]]:
    """Cuts of a digit string into growing numbers of one to four digits, none beginning with 0."""
    if digits.startswith("0"):
        return
    if len(digits) <= 4:
        yield (int(digits),)
    for size in range(1, min(4, len(digits) - 1) + 1):
        first = int(digits[:size])
        for rest in _cuts(digits[size:]):
            if rest[0] > first:
                yield (first, *rest)


def glued_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Numbers glued to a word or stop: start, end and digits."""
    for found in DIGITS.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()]
        if GLUE.search(before) and not NO_GLUE.search(before):
            yield found.start(), found.end(), found[0]


def possible_labels(raws: Iterable[Raw]) -> dict[str, Counter[str]]:
    """How often each label may be meant in the text, by the way marks are printed; leading marks are not
    counted.
    """
    found: dict[str, Counter[str]] = {
        "raised": Counter(),
        "ref": Counter(),
        "bracket": Counter(),
        "glued": Counter(),
        "symbol": Counter(),
    }
    for raw in raws:
        for runs in [raw.runs, *(cell for row in raw.rows for cell in row)]:
            _count(runs, found)
    return found


def _count(runs: list[Run], found: dict[str, Counter[str]]) -> None:
    for index, run in enumerate(runs):
        if run.raised in ("sup", "caret", "unicode") and index:
            text = digits_of(run)
            for reading in readings(text):
                found["raised"].update(str(number) for number in reading)
            if not text[:1].isdigit():
                found["raised"][text] += 1
        elif run.raised == "ref" and not (index == 0 and len(runs) > 1 and runs[1].text.startswith(":")):
            found["ref"][run.text] += 1
        elif run.raised == "bracket" and index:
            for reading in readings(digits_of(run)):
                found["bracket"].update(str(number) for number in reading)
        elif not run.raised:
            for _, _, digits in glued_in(run.text):
                for reading in readings(digits):
                    found["glued"].update(str(number) for number in reading)
            if SIGNED.search(run.text):
                found["symbol"].update(
                    re.findall(r"(?<=[^\s*∗†‡§¶#])(\*{1,3}|∗{1,3}|†{1,2}|‡{1,2}|¶)(?![\w*∗])", run.text)
                )
