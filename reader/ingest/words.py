"""What the end and the start of a piece of text tell about its neighbours."""

import re
import unicodedata

CLOSERS = "\"'”’»›)]}*∗†‡§¶_ \u00a0"
ENDERS = ".!?…:;。！？：；؟؛۔।॥。"
OPENERS = "\"'“‘„«‹([{—–- \u00a0¿¡"
WORD = re.compile(r"[^\W_]+(?:[’'\-‑][^\W_]+)*")
TRAILING_DIGITS = re.compile(r"(?<=[.!?…”’\"'»)\]])\d{1,4}(?:[,\s]\s?\d{1,3})*$")
LETTER = re.compile(r"[^\W\d_]")
CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|[A-Z]\.[A-Z]|U\.S|U\.K|U\.N|D\.C|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Sen|Rep|Gov|St|Jr|Sr|vs|v|etc|cf|ca|al|"
    r"e\.g|i\.e|No|Nos|Vol|pp|p|ch|sec|art|ed|eds|trans|fig|Inc|Ltd|Co|Corp|approx|z\.B|bzw|usw|Nr|S)\.$"
)
# Function words do not end a sentence; a block that ends in one goes on elsewhere.
FUNCTION = frozenset(
    "the a an of and or but nor for to in on at by with from as is are was were be been has "
    "have had that which who whom "
    "whose this these those its their his her our your my not no if than then when while "
    "where into onto upon over under "
    "between among through against about after before during without within der die das des "
    "dem den ein eine und oder mit "
    "von zu im am auf für le la les de du des un une et ou à au aux que qui dans par pour "
    "sur el los las y o en con por "
    "para del al lo su sus il gli e di che nel della".split()
)


def end_of(text: str) -> str:
    """The text without closing quotes, brackets and a mark glued to its full stop."""
    return TRAILING_DIGITS.sub("", text.rstrip()).rstrip(CLOSERS)


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    stripped = text.rstrip()
    return bool(end_of(stripped)[-1:] in ENDERS) if end_of(stripped) else True


def is_abbreviated(text: str) -> bool:
    """Whether the last full stop may belong to an abbreviation."""
    return bool(ABBREVIATION.search(end_of(text)[-12:]))


def starts_small(text: str) -> bool:
    """Whether the text goes on in the middle of a sentence: a small letter, or punctuation that opens
    nothing.
    """
    if text[:1] in ",;.)]’”%":
        return True
    core = text.lstrip(OPENERS)
    return core[:1].islower()


def is_caseless(text: str) -> bool:
    """Whether the first letter belongs to a script without capitals (Chinese, Arabic, Hebrew …)."""
    letter = LETTER.search(text)
    return letter is not None and unicodedata.category(letter[0]) == "Lo"


def count_words(text: str) -> int:
    """Words, where a script without spaces counts two characters as one."""
    ideographs = len(CJK.findall(text))
    return len(text.split()) + ideographs // 2 if ideographs else len(text.split())


def has_sentence(text: str) -> bool:
    """Whether a sentence ends inside the text and another begins."""
    return bool(re.search(r"[.!?…]['\"”’)\]]*\d{0,3}\s+['\"“‘(]?[^\Wa-z_]|[。！？؟]", text))


def is_prose(text: str) -> bool:
    """Whether this is running text and no label, name, address or line of a table."""
    words = count_words(text)
    return (
        words >= 20
        or (words >= 10 and (has_sentence(text) or is_finished(text) or text.count(",") < 3))
        or (
            words >= 6
            and is_finished(text)
            and text.rstrip()[-1:] != ":"
            and bool(re.search(r"[^\W\d_]{2,}[.!?]\W*\d*$", text))
        )
    )


def key_of(text: str) -> str:
    """A line without case, spacing, numbers and ornaments, so that a running head equals itself on each
    page.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w#]+", " ", re.sub(r"\d+", "#", folded)).split())
