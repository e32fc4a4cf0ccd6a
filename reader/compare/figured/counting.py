"""Read numbers as they are written, in figures or in English words, as (value, last value). Pure."""

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * place for place, word in enumerate(_TENS, start=2)
}
_LARGE = {
    word: value
    for value, words in {
        12: "dozen",
        100: "hundred",
        1e3: "thousand tausend mille mil duizend mila k",
        1e6: "million millions mn millionen millón millones milhão milhões milione milioni miljoen",
        1e9: "billion billions bn milliarde milliarden milliard milliards miliardo miliardi miljard",
        1e12: "trillion trillions tn",
    }.items()
    for word in words.split()
}

_SPACE = "[ \u00a0\u202f\u2009'’]"
_GROUPS = (
    rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?"
    rf"|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d+)?"
)
_FIGURES = rf"(?:{_GROUPS}|\d+(?:[.,]\d+)?)"
_LARGE_WORD = "|".join(sorted(_LARGE, key=len, reverse=True))
_SMALL_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_WORDS = (
    rf"(?:(?:{_SMALL_WORD})(?:[-\s](?:{_SMALL_WORD}))?|\ban?(?=\s+(?:dozen|hundred|thousand|million|billion)\b))"
    rf"(?:\s+(?:and\s+)?(?:{_SMALL_WORD}|dozen|hundred|thousand|million|billion|trillion)(?:-(?:{_SMALL_WORD}))?\b)*"
    rf"(?:\s+and\s+a\s+half(?:\s+(?:hundred|thousand|million|billion|trillion)\b)?)?"
)
_ONE = rf"(?:{_FIGURES}(?:\s?(?:{_LARGE_WORD})\b)?|\b{_WORDS}\b)"
# No number is part of an address, a file, a reference, a time, a score, or a name with figures.
NUMBER = re.compile(
    rf"(?<![\w.,/:#§@-])(?P<money>(?:US|A|C|HK)?[$€£¥₩₽]\s?)?(?P<first>{_ONE})"
    rf"(?:(?:\s?[-–—]\s?|\sto\s)(?P<money2>[$€£¥₩₽])?(?P<last>{_ONE}))?"
    rf"(?P<part>\s?%|\s(?:per\s?cent|percentage points?|prozent|pour cent|por ciento|procent|per cento)\b)?"
    rf"(?![\w%])(?!-\w|[.,:/]\d|°)",
    re.IGNORECASE,
)
_FIGURE = re.compile(_FIGURES)
# A row of figures that no text counts with.
_TOO_LARGE = 1e18


def values(match: re.Match[str], language: str) -> tuple[float, float] | None:
    """What a match of NUMBER says, its least and its greatest; None where it is no number after all."""
    first, scale = _read(match["first"], language)
    if not match["last"]:
        return (first * scale, first * scale) if 0 <= first * scale < _TOO_LARGE else None
    last, last_scale = _read(match["last"], language)
    # "10 to 12 thousand" means thousands both times.
    low, high = first * (last_scale if scale == 1 else scale), last * last_scale
    return (low, high) if 0 <= low <= high < _TOO_LARGE else None


def _read(words: str, language: str) -> tuple[float, float]:
    figure = _FIGURE.match(words)
    if figure is None:
        return _in_words(words), 1.0
    return _in_figures(figure[0], language), _LARGE.get(words[figure.end() :].strip().lower(), 1.0)


def _in_figures(figure: str, language: str) -> float:
    """1,000 and 1.000 and 1 000 are a thousand, and 1.5 and 1,5 are one and a half."""
    plain = re.sub(_SPACE, "", figure)
    # The comma of other languages parts decimals; three noughts after a point are thousands in any.
    comma, point = plain.count(","), plain.count(".")
    if comma and point:
        decimal = max(plain.rfind(","), plain.rfind("."))
        return float(re.sub(r"[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :])
    mark = "," if comma else "."
    groups = plain.split(mark)
    english = language in ("", "en")
    thousands = len(groups) > 2 or (
        len(groups) == 2
        and len(groups[1]) == 3
        and groups[0] != "0"
        and (english == (mark == ",") or groups[1] == "000")
    )
    return float(plain.replace(mark, "")) if thousands else float(plain.replace(mark, "."))


def _in_words(words: str) -> float:
    """Two hundred and five thousand; -1 where the words do not make a number."""
    total = group = 0.0
    words = re.sub(r"\s+and\s+a\s+half\b", " half", words.lower())
    for word in re.split(r"[\s-]+", words.lower()):
        if word in ("a", "an"):
            group = 1
        elif word == "half":
            group += 0.5
        elif word in _SMALL:
            group += _SMALL[word]
        elif word in ("hundred", "dozen"):
            group = max(group, 1) * _LARGE[word]
        elif word in _LARGE:
            total += max(group, 1) * _LARGE[word]
            group = 0
        elif word != "and":
            return -1
    return total + group
