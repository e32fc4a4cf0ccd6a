"""YAML between rules at the head of a Markdown file."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import yaml

# YAML's escapes can write what no database takes.
UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
NAMES = {
    "title": "title", "author": "authors", "authors": "authors", "by": "authors", "creator": "authors",
    "date": "published_on", "published": "published_on", "published_on": "published_on",
    "created": "published_on",
    "url": "source_url", "source": "source_url", "source_url": "source_url", "link": "source_url",
    "address": "source_url", "canonical": "source_url", "permalink": "source_url",
    "publication": "publication", "publisher": "publication", "journal": "publication", "site": "publication",
    "container-title": "publication", "sitename": "publication",
    "language": "language", "lang": "language", "digest_of": "digest_of",
}  # fmt: skip


@dataclass(slots=True)
class FrontMatter:
    """What the head of the file says; extra holds the keys that have no column, lines its last source
    line.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    source_url: str = ""
    publication: str = ""
    language: str = ""
    digest_of: str = ""
    extra: list[tuple[str, str]] = field(default_factory=list)
    lines: int = 0
    doubts: list[str] = field(default_factory=list)


# What is not of the form stays a fact of its own name.
FORMS = {
    "source_url": re.compile(r"<?(?:https?://|www\.|doi:)"),
    "language": re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}$"),
}
TITLE_BLOCK = re.compile(r"\A% (?P<title>[^\n]+)\n% (?P<authors>[^\n]*)\n(?:% (?P<date>[^\n]*)\n)?")


def title_block(text: str) -> FrontMatter:
    """Pandoc's title block: lines of title, authors and date, each after a per cent sign."""
    front = FrontMatter()
    found = TITLE_BLOCK.match(text[:4_000])
    if found is not None:
        front.lines = found[0].count("\n")
        for key in ("title", "authors", "date"):
            if found[key]:
                _take(front, key, found[key])
    return front


def front_matter(text: str) -> FrontMatter:
    """The front matter of a Markdown text; empty with lines = 0 where there is none."""
    found = HEAD.match(text[:100_000])
    front = FrontMatter()
    if found is None or ("&" in found[1] and re.search(r"(^|\s)[&*]\w", found[1])):
        return front
    try:
        values = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return front
    if not isinstance(values, dict) or not values:
        return front
    front.lines = found[0].count("\n") or 1
    for key, value in values.items():
        _take(front, str(key), value)
    return front


def _take(front: FrontMatter, key: str, value: Any) -> None:
    name = NAMES.get(key.strip().lower())
    if name == "authors" and not front.authors:
        front.authors = tuple(_authors(value))
    elif name == "published_on" and front.published_on is None:
        front.published_on = _date(value)
        if front.published_on is None:
            front.extra.append((key, flat(value)))
            front.doubts.append(f"The date “{flat(value)}” in the front matter was not understood.")
    elif name in FORMS and not FORMS[name].match(flat(value)):
        front.extra.append((key, flat(value)))
    elif name and name != "authors" and name != "published_on" and not getattr(front, name):
        setattr(front, name, flat(value).strip("<>") if name in ("source_url", "digest_of") else flat(value))
    elif isinstance(value, dict):
        front.extra.extend((f"{key}.{part}", flat(item)) for part, item in value.items() if flat(item))
    elif value not in (None, "", []):
        front.extra.append((key, flat(value)))


def _authors(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [flat(value.get("name") or " ".join(flat(part) for part in value.values()))]
    if isinstance(value, list):
        return [name for item in value for name in _authors(item)]
    return [
        name.strip()
        for name in re.split(r"\s*;\s*|\s+and\s+|\s*&\s*|,\s+(?=\S+\s+\S)", flat(value))
        if name.strip()
    ]


def _date(value: Any) -> date | None:
    from reader.ingest.dates import parse_date

    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else parse_date(flat(value))


def flat(value: Any) -> str:
    """A YAML value as one line of text."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {flat(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(flat(item) for item in value)
    return "" if value is None else " ".join(UNFIT.sub("", str(value)).split())
