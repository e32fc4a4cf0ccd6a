"""What the head of a leaf says about its text, beside title and by-line."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from reader.desk.fetch import Other, Text
from reader.desk.half import Half, url
from reader.library.blocks import direction_of
from reader.library.lay import escape, is_safe_link

CITING_SHOWN = 5

ORIGINAL = ("title", "authors", "publication", "date", "address")


@lru_cache(maxsize=2048)
def written(day: date) -> str:
    """A date as the page writes it: 5 November 2024."""
    return f"{day.day} {day:%B} {day.year}"


def by(authors: Sequence[str], published_on: date | None) -> str:
    """Who wrote it and when, in few words."""
    who = f"{authors[0]} and others" if len(authors) > 3 else ", ".join(authors[:-1])
    if 0 < len(authors) <= 3:
        who = f"{who} and {authors[-1]}" if who else authors[-1]
    return ", ".join(filter(None, (who, str(published_on.year) if published_on else "")))


def attributes(half: Half) -> str:
    """The attributes of a leaf: where it is, which text it has, the facts that a quotation of it gives."""
    text = half.text
    facts = {
        "id": half.side,
        "data-side": half.side,
        "data-slug": text.slug,
        "data-revision": str(text.number),
        "data-old": "yes" if text.old else "",
        "data-length": str(half.length),
        "data-title": text.title,
        "data-authors": ", ".join(text.authors),
        "data-publication": text.publication,
        "data-date": written(text.published_on) if text.published_on else "",
        "data-address": text.source_url if is_safe_link(text.source_url) else "",
        "aria-label": text.name,
        "lang": text.language,
        "dir": direction_of(text.title, text.language) or "ltr",
    }
    return "".join(f' {name}="{escape(value)}"' for name, value in facts.items() if value)


def about(half: Half, citing: Sequence[Other]) -> str:
    """The lines under the by-line: where it appeared, what it is a digest of, works cited, what cites it."""
    text = half.text
    lines = [published(text), digest(text), _cited_by(half, citing), _more(half)]
    return "\n".join(filter(None, lines))


def published(text: Text) -> str:
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


def digest(text: Text) -> str:
    """What the text is a digest of, as far as its front matter tells."""
    if not text.digest_of:
        return ""
    facts = {name: text.extra.get(f"original.{name}", "") for name in ORIGINAL}
    title = facts["title"] or ("" if is_safe_link(text.digest_of) else text.digest_of)
    address = facts["address"] or (text.digest_of if is_safe_link(text.digest_of) else "")
    named = f"“{escape(title)}”" if title else ""
    who = f"{named} by {escape(facts['authors'])}" if named and facts["authors"] else named
    of = ", ".join(
        filter(None, (who, escape(facts["publication"]), escape(_day(facts["date"])), _link(address)))
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


def _more(half: Half) -> str:
    slug = half.text.slug
    lines = [f'<a href="{url("library:document", slug)}">About this text</a>']
    if any(chunk.note_ends() for chunk in half.chunks):
        lines.insert(0, f'<span class="works"><a href="{url("library:works", slug)}">Works cited</a></span>')
    return f'<p class="more">{" · ".join(lines)}</p>'
