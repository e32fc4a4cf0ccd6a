"""What the head of a leaf says about its text, beside title and by-line."""

import re
from collections.abc import Sequence
from datetime import date

from django.urls import NoReverseMatch

from reader.desk.fetch import Other, Text
from reader.desk.half import Half, url
from reader.library.lay import escape, is_safe_link

CITING_SHOWN = 5

# Front matter's nested facts arrive as one line: "title: …; authors: …; publication: …".
_NAMES = "(title|authors|publication|date|address): "
_FACT = re.compile(f"(?:^|; ){_NAMES}(.*?)(?=; (?:{_NAMES})|$)")


def written(day: date) -> str:
    """A date as the page writes it: 5 November 2024."""
    return f"{day.day} {day:%B} {day.year}"


def by(text: Text) -> str:
    """Who wrote it and when, in few words."""
    names = text.authors
    who = (
        f"{names[0]} and others"
        if len(names) > 3
        else " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    )
    year = str(text.published_on.year) if text.published_on else ""
    return ", ".join(filter(None, (who, year)))


def attributes(text: Text) -> str:
    """The facts that a quotation of the text gives, as data attributes of its leaf."""
    facts = {
        "title": text.title,
        "authors": ", ".join(text.authors),
        "publication": text.publication,
        "date": written(text.published_on) if text.published_on else "",
        "address": text.source_url if is_safe_link(text.source_url) else "",
    }
    return "".join(f' data-{name}="{escape(value)}"' for name, value in facts.items() if value)


def about(half: Half, citing: Sequence[Other]) -> str:
    """The lines under the by-line: where it appeared, what it is a digest of, works cited, what cites it."""
    text = half.text
    lines = [_published(text), _digest(text), _cited_by(half, citing), _works(text)]
    return "\n".join(filter(None, lines))


def _published(text: Text) -> str:
    parts = [escape(text.publication)]
    if text.published_on:
        day = text.published_on
        parts.append(f'<time datetime="{day.isoformat()}">{written(day)}</time>')
    parts.append(_link(text.source_url))
    said = ", ".join(filter(None, parts))
    return f'<p class="published">{said}</p>' if said else ""


def _link(address: str) -> str:
    if not is_safe_link(address):
        return escape(address)
    shown = address.partition("://")[2].rstrip("/") or address
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(shown)}</a>'


def _digest(text: Text) -> str:
    if not text.digest_of:
        return ""
    extra = text.extra
    facts = {name: value for name, value, _ in _FACT.findall(extra.get("original", ""))}
    title = f"“{escape(facts['title'])}”" if facts.get("title") else ""
    of = ", ".join(
        filter(
            None,
            (
                f"{title} by {escape(facts['authors'])}" if title and facts.get("authors") else title,
                escape(facts.get("publication", "")),
                escape(_day(facts.get("date", ""))),
                _link(facts.get("address") or text.digest_of),
            ),
        )
    )
    return f'<p class="digest"><strong>A digest</strong> in other words, not the original: {of}</p>'


def _day(value: str) -> str:
    try:
        return written(date.fromisoformat(value))
    except ValueError:
        return value


def _cited_by(half: Half, citing: Sequence[Other]) -> str:
    if not citing:
        return ""
    shown = [_citing(half, other) for other in citing[:CITING_SHOWN]]
    more = len(citing) - len(shown)
    return f'<p class="cited-by">Cited by {", ".join(shown)}{f" and {more} more" if more else ""}</p>'


def _citing(half: Half, other: Other) -> str:
    title = escape(other.title)
    if half.beside is not None and other.slug == half.beside.slug:
        return f'<a href="#{"right" if half.side == "left" else "left"}">{title}</a> (facing)'
    return f'<a href="{escape(half.facing(other.slug))}">{title}</a>'


def _works(text: Text) -> str:
    try:
        return f'<p class="works"><a href="{url("library:works", text.slug)}">Works cited</a></p>'
    except NoReverseMatch:
        return ""
