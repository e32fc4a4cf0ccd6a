"""Join the ways in which a name is written: "Kim Jong-un", "President Kim"; "U.S.", "United States". Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reader.compare.figured.capitals import Vocabulary, names_of

# What no rule explains.
_SAME = dict.fromkeys(
    ("usa", "america", "american", "americans", "united states of america"), "united states"
)
# A name that ends so is that of a thing: its last word alone is not the surname of a person.
_THINGS = frozenset(
    "war wars union sea ocean bay gulf river island islands peninsula strait mountain mountains declaration"
    " treaty agreement pact accord charter states nations republic kingdom empire federation university"
    " school college institute council committee commission party summit army navy force forces government"
    " ministry department office bank court act law bill street road square house church bridge station"
    " theatre museum park prize times post news review journal agency company society association conference"
    " congress parliament senate world asia europe africa america korea east west north south".split()
)
# "Korean" and "Koreans" are of Korea, "Ukrainian" is of Ukraine, "Japanese" of Japan.
_ADJECTIVE_ENDINGS = ("ian", "ean", "ern", "ese", "ish", "an", "n", "i", "")
_EAST_ASIAN = re.compile(r"\w+ \w+-\w+")
_CAPITAL_NOUNS = frozenset({"de", "lb"})

Place = tuple[int, int, int]
Names = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Name:
    """A name: how it is written, the commonest first, and its places (block, start, end) in each text."""

    name: str
    variants: tuple[str, ...]
    left: tuple[Place, ...]
    right: tuple[Place, ...]


def names(left: Sequence[str], right: Sequence[str], languages: tuple[str, str] = ("en", "en")) -> list[Name]:
    """The names in two texts, each given by its blocks."""
    vocabulary = Vocabulary((left, right))
    found = []
    for blocks, language in zip((left, right), languages, strict=True):
        strict = language in _CAPITAL_NOUNS or (not language and vocabulary.capitals_are_common())
        found.append(names_of(blocks, vocabulary, strict=strict))
    counted = Counter(" ".join(run.words) for runs in found for run in runs)
    groups = _groups(counted)
    places: dict[str, tuple[list[Place], list[Place]]] = defaultdict(lambda: ([], []))
    for side, runs in enumerate(found):
        for run in runs:
            places[groups[" ".join(run.words)]][side].append((run.block, run.start, run.end))
    written: dict[str, list[str]] = defaultdict(list)
    for words, _ in counted.most_common():
        written[groups[words]].append(words)
    return [
        Name(_best(written[key], key), tuple(written[key]), tuple(own), tuple(other))
        for key, (own, other) in places.items()
    ]


def _groups(counted: Counter[str]) -> dict[str, str]:
    """{a way of writing: the key of its name}."""
    keys = {words: _SAME.get(words.lower(), words.lower()) for words in counted}
    known = set(keys.values())
    by_last: dict[str, set[str]] = defaultdict(set)
    by_first: dict[str, set[str]] = defaultdict(set)
    by_base: dict[str, str] = {}
    for key in sorted(known, key=lambda key: (len(key), key)):
        first, *rest = key.split()
        by_base[key[:-1] if key[-1] in "aey" else key] = key
        if rest and rest[-1] not in _THINGS and len(rest) < 4:
            by_last[rest[-1]].add(key)
            if _EAST_ASIAN.fullmatch(key):
                by_first[first].add(key)
    initials: dict[str, set[str]] = defaultdict(set)
    for key in known:
        letters = "".join(word[0] for word in key.split() if word not in ("of", "the", "and", "for"))
        initials[letters].add(key)
    led: dict[str, str] = {}
    for words, key in keys.items():
        target = _noun(key, by_base) or _fuller(words, key, initials, by_last, by_first)
        if target and target != key:
            led[key] = target
    return {words: _end(key, led) for words, key in keys.items()}


def _fuller(words: str, key: str, initials: Names, by_last: Names, by_first: Names) -> str:
    """The one longer name that an abbreviation or a surname can stand for."""
    if " " in key:
        return ""
    if words.isupper():
        candidates = {name for name in initials[key] if " " in name}
    else:
        candidates = by_last[key] | by_first[key]
    return next(iter(candidates)) if len(candidates) == 1 else ""


def _noun(key: str, by_base: dict[str, str]) -> str:
    """The name of which this one is the adjective, or the people: "north korean", "ukrainians"."""
    plain = key.removesuffix("s")
    for ending in _ADJECTIVE_ENDINGS:
        if plain.endswith(ending) and len(base := plain[: len(plain) - len(ending)]) > 3:
            name = by_base.get(base, "")
            if name and name != key:
                return name
    return ""


def _end(key: str, led: dict[str, str]) -> str:
    """Where a chain of keys ends; rings are cut."""
    seen = set()
    while key in led and key not in seen:
        seen.add(key)
        key = led[key]
    return _SAME.get(key, key)


def _best(variants: list[str], key: str) -> str:
    """How the name is best written: as its key says, else the longest of the commonest."""
    return next((words for words in variants if words.lower() == key), max(variants, key=len))
