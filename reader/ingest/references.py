"""What a note cites: address, title, authors, publication and date, each only where it is plain to read."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from reader.ingest.dates import find_date
from reader.ingest.names import SPLIT, TITLES
from reader.ingest.parsed import Reference, Span
from reader.ingest.words import count_words

QUOTED = re.compile(
    r"“([^”]{4,300})”|„([^“”]{4,300})[“”]|«\s?([^»]{4,300}?)\s?»|\"([^\"]{4,300})\"|‘([^’]{12,300})’(?!\w)"
)
YEAR = re.compile(
    r"\((?:(?P<year>(?:1[5-9]|20)\d\d)[a-z]?|no date|n\.d\.|undated|s\.f\.|o\.\s?J\.)(?:,[^)]{0,20})?\)\.?,?"
)
ACCESSED = re.compile(
    r"[(\[]?\b(?:last )?(?:accessed|retrieved|visited|viewed|abgerufen|consultado|"
    r"consulté)\b[^)\].]{0,60}[)\].]?",
    re.IGNORECASE,
)
AVAILABLE = re.compile(
    r"\b(?:available (?:at|from|online)|retrieved from|url|online at|verfügbar unter|disponible en)\s*:?\s*",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"<?(?:https?://|www\.)[^\s<>]+>?")
KEY_BYTES = 800
IBID = re.compile(r"^\W*(?:ibid(?:em)?|ebd|ebenda|id|idem)\b\.?", re.IGNORECASE)
TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|s|source|cmpid)$", re.IGNORECASE)
LEAD = re.compile(
    r"^\W*(?:see(?: also| e\.g\.| for example)?|cf|vgl|siehe|véase|e\.g)\b[.,:]?\s*", re.IGNORECASE
)


def bounded(key: str) -> str:
    """The key as databases can index it: a very long one ends in a digest of the whole."""
    if len(key.encode()) <= KEY_BYTES:
        return key
    return f"{key[: KEY_BYTES // 8]}#{sha256(key.encode()).hexdigest()}"


def address_key(url: str) -> str:
    """An address without scheme, www., tracking, fragment and trailing slash: what two ways to write it
    share.
    """
    if not url.strip():
        return ""
    text = url.strip().strip("<>")
    if "://" not in text:
        text = (
            f"http://{text.removeprefix('doi:')}"
            if not text.startswith("doi:")
            else f"http://doi.org/{text[4:].strip()}"
        )
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("dx.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return bounded(text.lower())
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query) if not TRACKING.match(key)])
    path = re.sub(r"/(?:index\.(?:html?|php))?$", "", unquote(parts.path))
    return bounded(f"{host}{port}{path}{'?' + query if query else ''}")


def title_key(title: str) -> str:
    """A title without case, accents, punctuation and spacing."""
    folded = "".join(
        char for char in unicodedata.normalize("NFKD", title).casefold() if not unicodedata.combining(char)
    )
    return bounded(" ".join(re.findall(r"[^\W_]+", folded)))


def surnames(authors: Sequence[str]) -> set[str]:
    """The last names of authors, folded as title_key folds."""
    return {words[-1] for author in authors if (words := title_key(author.split(",")[0]).split())}


def read_reference(text: str, spans: Sequence[Span] = ()) -> Reference:
    """What the text of a note cites; an empty Reference where nothing is plain."""
    url = _url(text, spans)
    rest = ACCESSED.sub(" ", ADDRESS.sub(" ", text))
    quoted = _quoted(rest)
    if quoted is not None:
        return _by_quote(text, rest, quoted, spans, url)
    year = YEAR.search(rest)
    slanted = [text[span.start : span.end].strip(" .,") for span in spans if span.kind == "em"]
    slanted = [
        part
        for part in slanted
        if count_words(part) >= 1
        and not IBID.match(part)
        and part.lower() not in ("et al", "et al.", "see", "cf", "supra")
    ]
    if year is not None and (url or slanted):
        return _by_year(rest, year, slanted, url)
    if slanted and slanted[0] and (url or count_words(slanted[0]) >= 2):
        return _by_italics(rest, slanted[0], url)
    return Reference(url=url, published_on=_date(rest) if url else None)


def is_ibid(text: str) -> bool:
    """Whether the note cites what the note before it cites."""
    return bool(IBID.match(text))


def _url(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        if span.kind == "link" and span.href.startswith(("http://", "https://")):
            return span.href
    found = re.search(
        r"\b(?:doi:\s?|https?://(?:dx\.)?doi\.org/)(10\.\d{4,9}/[^\s<>\"]+[^\s<>\".,;)])", text, re.IGNORECASE
    )
    return f"https://doi.org/{found[1]}" if found else ""


def _quoted(text: str) -> tuple[int, int, str] | None:
    for found in QUOTED.finditer(text):
        title = next(group for group in found.groups() if group)
        if count_words(title) >= 2 and title[:1].strip() and not title[:1].islower():
            return found.start(), found.end(), title.strip().rstrip(".,").strip()
    return None


def _by_quote(
    text: str, rest: str, quoted: tuple[int, int, str], spans: Sequence[Span], url: str
) -> Reference:
    start, end, title = quoted
    after = AVAILABLE.split(rest[end:])[0]
    publication = ""
    place = text.find(rest[start:end])
    for span in spans:
        if span.kind == "em" and span.start > place >= 0:
            publication = text[span.start : span.end]
            break
    if not publication:
        day = find_date(after)
        lead = after[: day[1]] if day else after
        publication = re.split(r"[,(;]|\.\s|\s(?:pp?|vol|no)\.|\s\d{4}", lead.strip(" .,;:”\"'"))[0]
    return Reference(url, title, _authors(rest[:start]), _clean_publication(publication), _date(after))


def _by_year(rest: str, year: re.Match[str], slanted: list[str], url: str) -> Reference:
    """Harvard: "Title (2024) Publication" or "Author (2024) Title. Publication"."""
    before = LEAD.sub("", rest[: year.start()]).strip(" .,")
    after = AVAILABLE.split(rest[year.end() :])[0].strip(" .,:")
    names = _authors(before)
    if names and all(len(name.split()) <= 4 for name in names) and _personal(before):
        title = (
            slanted[0]
            if slanted and slanted[0] in after and after.find(slanted[0]) < 4
            else re.split(r"\.\s|[,.]?\s(?=" + re.escape(slanted[0]) + ")" if slanted else r"\.\s", after)[0]
        )
        publication = next((part for part in slanted if part != title and part not in title), "")
        return Reference(url, title.strip(" .,‘’'\"“”"), names, _clean_publication(publication), _date(after))
    publication = slanted[0] if slanted else re.split(r"\.\s|,", after)[0]
    return Reference(url, before.strip("‘’'\"“” "), (), _clean_publication(publication), _date(after))


def _personal(text: str) -> bool:
    """Whether this names people: "Surname, A." or "First Last and First Last", no sentence or headline."""
    return bool(re.match(r"^[^\W\d_][\w’'\-]+,\s*(?:[A-Z]\.|[A-Z][\w\-]+)", text)) or (
        ":" not in text
        and count_words(text) <= 12
        and text.count(" ") < 10
        and all(
            part.split()
            and all(
                word[:1].isupper()
                or word in ("de", "van", "von", "bin", "al", "del", "der", "la", "et", "al.")
                for word in part.split()
            )
            and len(part.split()) <= 4
            for part in SPLIT.split(text)
            if part
        )
    )


def _by_italics(rest: str, title: str, url: str) -> Reference:
    start = rest.find(title)
    after = rest[start + len(title) :]
    imprint = re.match(r"\W*\(([^()]{3,80}?),?\s*\d{4}\)", after)
    publication = imprint[1] if imprint else ""
    return Reference(
        url, title, _authors(rest[:start]), _clean_publication(publication.split(":")[-1]), _date(after)
    )


def _authors(text: str) -> tuple[str, ...]:
    """Names before a title: people, or one body ("Deutsche Welle")."""
    line = LEAD.sub("", text).strip(" .,;:–—-")
    line = re.sub(r",?\s*\(?\beds?\.?\)?$|\bet al\.?$", "", line).strip(" .,;")
    if not line or count_words(line) > 24 or re.search(r"[.!?]\s+[A-Z][a-z]+\s+[a-z]", line):
        return ()
    turned = re.match(
        r"^([^\W\d_][\w’'\-]+), ((?:[A-Z]\.[ -]?)+|[A-Z][\w\-]+(?: [A-Z]\.)?)(?=$|,| and| &)", line
    )
    if turned:
        line = f"{turned[2].strip()} {turned[1]}{line[turned.end() :]}"
    names = tuple(
        TITLES.sub("", part).strip(" .") if len(part) > 4 else part
        for part in SPLIT.split(line)
        if part.strip(" .")
    )
    return (
        names
        if all(name[:1].isupper() or not name[:1].islower() for name in names)
        and all(count_words(name) <= 8 for name in names)
        else ()
    )


def _clean_publication(text: str) -> str:
    name = text.strip(" .,;:()–—-\"“”'’")
    return name if 0 < count_words(name) <= 12 and not name.isdigit() else ""


def _date(text: str):  # type: ignore[no-untyped-def]
    found = find_date(text)
    return found[0] if found else None


def read_references(notes: Sequence[tuple[str, Sequence[Span]]]) -> list[Reference]:
    """The references of all notes in order; "Ibid." takes the one before it."""
    out: list[Reference] = []
    for text, spans in notes:
        reference = read_reference(text, spans)
        if not reference.url and not reference.title and is_ibid(text) and out:
            reference = replace(out[-1])
        out.append(reference)
    return out
