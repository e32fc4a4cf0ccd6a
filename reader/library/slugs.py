"""Short readable names for addresses."""

import re

from django.utils.text import slugify

LONGEST = 48
# They stand in addresses beside slugs.
RESERVED = frozenset(
    {"add", "new", "edit", "works", "chunk", "find", "imports", "revisions", "read", "facing"}
)
SMALL_WORDS = frozenset("a an and as at by for from in into of on or the to with".split())


def base_slug(*candidates: str) -> str:
    """A slug from the first text that gives one: of its main title, without small words, cut at a word."""
    for text in candidates:
        if slug := _cut(slugify(_main_title(text))):
            return f"{slug}-text" if slug in RESERVED else slug
    return "text"


def numbered(base: str, taken: set[str]) -> str:
    """The slug, or with the first number from 2 that nobody has taken."""
    if base not in taken:
        return base
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)


def _main_title(text: str) -> str:
    main, colon, _ = text.partition(":")
    # One word before a colon ("Digest: …", "Opinion: …") is no title.
    long_enough = colon and len(main.split()) > 1
    return re.sub(r"[\u2010-\u2015/_.]", " ", main if long_enough else text)


def _cut(slug: str) -> str:
    words = slug.split("-")
    telling = [word for word in words if word and word not in SMALL_WORDS] or words
    while len(telling) > 1 and len("-".join(telling)) > LONGEST:
        telling.pop()
    return "-".join(telling)[:LONGEST].strip("-")
