"""People's names in by-lines."""

import re

PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ter ten bin binti ibn al el ben "
    "bar y e af av zu zur st".split()
)
BY = re.compile(
    r"^\W*(?:written |compiled |edited |translated |prepared |an? \w+ |text |story |words |report )?"
    r"(?:by|von|por|par|di|door|av|autor(?:en|es|in)?:|authors?:|verfasser:|بقلم:?|תאليف:?|מאת:?)\s+(?=\S)|^\W*(?:作者|著者|作|文|译者)\s?[:：／/]\s*(?=\S)",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"\s*(?:、|，|,\s*(?:and|&|und|y|et|e)\s+|\s(?:and|AND|&|und|UND|y|et|ET|e)\s|;|,|·|•|\|)\s*"
)
TOKEN = re.compile(r"^(?:[^\W\d_]\.(?:-?[^\W\d_]\.)*|[^\W\d_]+(?:[’'\-‑.][^\W\d_]+)*\.?)$")
DEGREE = re.compile(
    r"^(?:ph\.?\s?d\.?|m\.?a\.?|m\.?d\.?|b\.?a\.?|m\.?sc\.?|jr\.?|sr\.?|ll\.?m\.?|j\.?d\.?|iii?|iv)$",
    re.IGNORECASE,
)
TITLES = re.compile(
    r"^(?:the )?(?:dr|prof|professor|mr|mrs|ms|sir|dame|rev|fr|herr|frau)\.?\s+", re.IGNORECASE
)
NOT_NAMES = frozenset(
    "introduction abstract conclusion contents preface foreword summary background appendix "
    "chapter part section notes "
    "references university institute department college school center centre journal review "
    "press news the of for in on "
    "at to with from about how why what when source photo image figure table chart map "
    "special report policy brief "
    "working paper opinion commentary essay article volume issue".split()
)


CJK_NAME = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,4}|"
    r"[\u4e00-\u9fff\u3040-\u30ff]{1,4}[ \u3000・·][\u4e00-\u9fff\u3040-\u30ff]{1,6}|"
    r"[\uac00-\ud7af]{2,4})$"
)


def is_name(text: str) -> bool:
    """Whether the text is a person's name as far as its form tells: two to six capitalised words and
    particles.
    """
    tokens = TITLES.sub("", text.strip()).split()
    if not 2 <= len(tokens) <= 6 or any(not TOKEN.match(token) for token in tokens):
        return False
    if any(token.lower().strip(".") in NOT_NAMES for token in tokens):
        return False
    strong = [token for at, token in enumerate(tokens) if not at or token.lower() not in PARTICLES]
    return len(strong) >= 2 and all(token[0].isupper() or not token[0].islower() for token in strong)


def names_in(text: str) -> list[str]:
    """The names of a by-line, empty where any part of it is no name."""
    line = BY.sub("", text.strip()).rstrip(".")
    # "Ada Brown a , Ben Dyke b": letters that lead to the authors' institutes.
    line = re.sub(r"(?<=[^\W\d_]{2}) [a-f](?=\s*(?:,|;|$|and\b|&))", "", line)
    parts = [part.strip(" *†‡0123456789") for part in SPLIT.split(line) if part.strip(" *†‡0123456789")]
    names = [part for part in parts if not DEGREE.match(part)]
    # After "by" the first part is a name, and what follows may be an office.
    if BY.match(text.strip()):
        if names and all(CJK_NAME.match(name) for name in names):
            return names
        if names and is_name(names[0]):
            names = [name for name in names if is_name(name)]
    return [TITLES.sub("", name) for name in names] if names and all(is_name(name) for name in names) else []


def as_name(text: str, elsewhere: str) -> str:
    """A name in capitals as the document spells it elsewhere, else with its words capitalised."""
    if not text.isupper():
        return text
    found = re.search(r"\b" + re.escape(text).replace(r"\ ", r"\s+") + r"\b", elsewhere, re.IGNORECASE)
    for found in re.finditer(
        r"\b" + re.escape(text).replace(r"\ ", r"\s+") + r"\b", elsewhere, re.IGNORECASE
    ):
        if not found[0].isupper():
            return " ".join(found[0].split())
    return " ".join(
        word.lower()
        if index and word.lower() in PARTICLES
        else re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word)
        for index, word in enumerate(text.split())
    )
