"""Facts about the text that stand in it: title, by-line, date, address, publication, author's note."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import date

from reader.ingest.dates import find_date
from reader.ingest.frontmatter import FrontMatter
from reader.ingest.furniture import bare
from reader.ingest.names import BY, as_name, names_in
from reader.ingest.parsed import Doubt, Removed
from reader.ingest.raw import BREAK, Raw, Run, body, plain
from reader.ingest.words import count_words, is_finished, key_of

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]'’]|(?<![\w/])doi\.org/\S+")
URL_LINE = re.compile(
    r"^\W*(?:(?:url|link|source|available (?:at|from|online)|published at|original(?:ly "
    r"published at)?|retrieved from|read online|web)\W*)?"
    r"(?P<url>(?:https?://|www\.)\S+?)[>.\s)]*$",
    re.IGNORECASE,
)
DATE_WORDS = re.compile(
    r"^\W*(?:(?:first |originally |last )?(?:published|updated|posted|date|dated|issued|"
    r"written|publicado|veröffentlicht|publié)(?:\s+(?:on|am|le|el))?\b\W*)?",
    re.IGNORECASE,
)
PUBLICATION = re.compile(
    r"^\W*(?:(?:first |originally )?(?:published|appeared) (?:in|by)|publication|publisher|"
    r"journal|erschienen in|publicado en|publié dans)\s*:?\s+(?P<name>[^\W\d_].{2,120}?)\W*$",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"^\W*(?:about the (?:author|writer|contributor|editor)s?|author(?:['’]?s)?['’]? "
    r"(?:bio(?:graphy)?|note|information|profile)|"
    r"(?:notes? )?on the (?:author|contributor|writer)s?|the authors?|biographical notes?|"
    r"contributors?|author bios?|bios?|"
    r"über d(?:ie|en) autor(?:en|in|innen)?|zum autor|zur autorin|sobre (?:el|la|los|las) "
    r"autor(?:a|es|as)?|à propos de l['’]auteur(?:e)?|"
    r"关于作者|作者简介|著者について|عن (?:الكاتب|المؤلف)|על המחבר)\W*$",
    re.IGNORECASE,
)
# "Transactions of the Club, 14 June 1984"; what was read, received or updated on a day names no publication.
VENUE = re.compile(
    r"^\W*(?!(?:read|delivered|presented|received|accepted|updated|posted|published|written|last|on|by|dated?)\b)(?P<name>[^\W\d_][^,|·]{5,80}),\s*(?P<day>[^,]{6,30}(?:,\s*\d{4})?)\W*$",
    re.IGNORECASE,
)
LABEL = re.compile(r"^\W*(?:title|author|date)\s*:\s*", re.IGNORECASE)


@dataclass(slots=True)
class Front:
    """Facts and the blocks that show them; title and byline are blocks of the flow or None."""

    title: str = ""
    title_raw: Raw | None = None
    byline: Raw | None = None
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    source_url: str = ""
    publication: str = ""
    rest: list[Raw] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def find_front(raws: list[Raw], given: FrontMatter, removed: list[Removed], name: str) -> Front:
    """Part the facts at the head of the text from its body; what front matter says wins over what is
    printed.
    """
    front = Front(
        given.title, None, None, given.authors, given.published_on, given.source_url, given.publication
    )  # fmt: skip
    flow = list(raws)
    start = _take_title(flow, front, removed)
    _take_zone(flow, front, start, removed)
    if not front.title:
        _name_untitled(flow, front, name)
    front.rest = _author_note(flow)
    return front


def _take_title(flow: list[Raw], front: Front, removed: list[Removed]) -> int:
    """Take the title out of the flow; the place where it stood."""
    if front.title:
        for index, raw in enumerate(flow[:8]):
            if raw.kind in ("heading", "para") and key_of(raw.text) == key_of(front.title):
                front.title_raw = flow.pop(index)
                return index
        return 0
    tops = [index for index, raw in enumerate(flow) if raw.kind == "heading" and raw.level == 1]
    if len(tops) == 1 and sum(count_words(raw.text) for raw in flow[: tops[0]] if raw.kind == "para") < 120:
        at = tops[0]
    else:
        at = next((i for i, raw in enumerate(flow[:10]) if raw.kind not in ("rule", "page", "picture")), -1)
        while at >= 0 and at < min(len(flow), 8) and flow[at].kind != "heading" and _is_fact(flow[at]):
            at += 1
        heading = (
            next((i for i in range(max(at, 0), min(at + 5, len(flow))) if flow[i].kind == "heading"), -1)
            if at >= 0
            else -1
        )
        lead = sum(count_words(raw.text) for raw in flow[at:heading]) if heading > at else 0
        if heading >= 0 and (heading == at or (lead < 30 and flow[heading].level == 1)):
            at = heading
        elif at < 0 or at >= len(flow) or not _may_be_title(flow[at]):
            return 0
    at = _printed_title(flow, at, removed)
    front.title_raw = flow.pop(at)
    front.title = LABEL.sub("", body(front.title_raw.runs)).strip(" *_")
    return at


def _printed_title(flow: list[Raw], at: int, removed: list[Removed]) -> int:
    """The title that running heads repeat, where another line stands above it (a site's or journal's
    name).
    """
    heads = [key_of(item.text) for item in removed if item.reason.startswith("running")]
    whole = [
        index
        for index in range(at, min(at + 5, len(flow)))
        if _may_be_title(flow[index]) and count_words(flow[index].text) >= 3
    ]
    for index in whole:
        key = key_of(body(flow[index].runs))
        if sum(key in head for head in heads) >= 2:
            return index
    return at


def _is_fact(raw: Raw) -> bool:
    text = raw.text
    return (
        bool(URL_LINE.match(text))
        or (find_date(text) is not None and count_words(text) <= 8)
        or raw.kind in ("rule", "page", "picture")
    )


def _may_be_title(raw: Raw) -> bool:
    text = body(raw.runs)
    return (
        raw.kind in ("heading", "para")
        and 1 <= count_words(text) <= 25
        and text[-1:] not in ".;,:"
        and not BY.match(text)
    )


def _take_zone(flow: list[Raw], front: Front, start: int, removed: list[Removed]) -> None:
    """Facts among the short lines before the first running text, round the title."""
    whole = "\n".join([raw.text for raw in flow[:20]] + [item.text for item in removed])
    index = 0
    looked = 0
    while index < len(flow) and looked < 14:
        raw = flow[index]
        if raw.kind in ("rule", "page"):
            index += 1
            continue
        if index < start and raw.kind == "para" and (name := _printed_name(raw, removed)):
            front.publication = front.publication or name
            _drop(flow, index, front, "publication, which the running heads repeat; kept as a fact")
            start -= 1
            continue
        if raw.kind in ("heading", "item", "table", "quote", "picture") and index >= start:
            if (
                raw.kind == "heading"
                and (names_in(body(raw.runs)) or BY.match(raw.text))
                and front.byline is None
                and not front.authors
            ):
                pass
            else:
                return
        looked += 1
        if raw.runs and raw.runs[0].raised and count_words(raw.text) > 3:
            index += 1
            continue
        if count_words(raw.text) > 40 or not _take_fact(flow, index, front, whole):
            if index >= start and (count_words(raw.text) > 12 or is_finished(raw.text)):
                return
            index += 1


def _printed_name(raw: Raw, removed: list[Removed]) -> str:
    """The name of a journal or site over the title, where running heads repeat it."""
    key = bare(key_of(raw.text))
    for item in removed:
        head = bare(key_of(item.text)) if item.reason.startswith("running") else ""
        if count_words(head) >= 2 and key.startswith(head):
            return " ".join(raw.text.split()[: count_words(head)]).strip(" ,;.·|")
    return ""


def _part_lines(flow: list[Raw], index: int) -> None:
    """Give each line of authors and institutes ("Ada Brown<br>Institute of Mills") a block of its own."""
    raw = flow[index]
    breaks = [at for at, run in enumerate(raw.runs) if run.text == BREAK]
    if raw.kind != "para" or not breaks or not names_in(body(raw.runs[: breaks[0]])):
        return
    parts = [raw.runs[a + 1 : b] for a, b in itertools.pairwise([-1, *breaks, len(raw.runs)])]
    flow[index : index + 1] = [
        Raw("para", part, list(raw.lines), gap=set(raw.gap)) for part in parts if plain(part)
    ]


def _take_fact(flow: list[Raw], index: int, front: Front, whole: str) -> bool:
    """Whether the line is one of the facts; it leaves the flow then."""
    _part_lines(flow, index)
    raw = flow[index]
    text = body(raw.runs)
    if found := URL_LINE.match(text):
        if not front.source_url:
            front.source_url = found["url"]
            if text.strip("<>. ") == found["url"]:
                _drop(flow, index, front, "")
                return True
        _drop(flow, index, front, "address of the text, kept as a fact")
        return True
    if found := PUBLICATION.match(text):
        rest = found["name"]
        day = find_date(rest)
        if day:
            front.published_on = front.published_on or day[0]
            rest = rest[: day[1]].rstrip(" ,;(-–—|on")
        front.publication = front.publication or rest.strip()
        _drop(flow, index, front, "publication, kept as a fact")
        return True
    if (
        (found := VENUE.match(text))
        and index >= 0
        and front.publication == ""
        and (venue_day := find_date(found["day"])) is not None
        and not names_in(found["name"])
        and count_words(found["name"]) >= 2
    ):
        front.publication = found["name"].strip()
        front.published_on = front.published_on or venue_day[0]
        _drop(flow, index, front, "publication and date, kept as facts")
        return True
    day = find_date(text)
    names_part = (text[: day[1]] + " " + text[day[2] :]).strip(" ,;|·•-–—()") if day else text
    if day and not DATE_WORDS.sub("", names_part).strip(" ,;|·•:()."):
        front.published_on = front.published_on or day[0]
        _drop(flow, index, front, "date, kept as a fact")
        return True
    names = names_in(DATE_WORDS.sub("", names_part) if day else names_part)
    if names and (BY.match(names_part) or not is_finished(names_part) or count_words(names_part) <= 6):
        if front.byline is None:
            front.byline = flow.pop(index)
        else:
            _drop(flow, index, front, "by-line again")
        if not front.authors:
            front.authors = tuple(dict.fromkeys(as_name(name, whole) for name in names))
        if day:
            front.published_on = front.published_on or day[0]
        return True
    return False


def _drop(flow: list[Raw], index: int, front: Front, reason: str) -> None:
    """Take a line out of the flow; without a reason it stands whole among the facts and needs no report."""
    raw = flow.pop(index)
    if reason:
        front.removed.append(Removed(raw.text, reason, raw.span))
    if index < len(flow):
        flow[index].gap |= raw.gap


def _name_untitled(flow: list[Raw], front: Front, name: str) -> None:
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name.rsplit("/", 1)[-1])
    words = next((" ".join(raw.text.split()[:8]) for raw in flow if raw.text), "")
    front.title = re.sub(r"[_\-]+", " ", stem).strip() or words or "Untitled"
    front.doubts.append(Doubt(f"No title was found in the text; it is called “{front.title}”."))


def _author_note(flow: list[Raw]) -> list[Raw]:
    """Mark what stands under "About the author" up to the next heading."""
    inside = False
    level = 0
    for raw in flow:
        is_head = raw.kind == "heading" or (raw.kind == "para" and count_words(raw.text) <= 6)
        if is_head and ABOUT.match(raw.text):
            inside, level = True, raw.level
            raw.kind = "heading"
            raw.role = "author note head"
        elif raw.kind == "heading" and inside:
            inside = bool(level and raw.level > level)
            if inside:
                raw.role = "author note"
        elif inside and raw.kind in ("para", "quote", "item"):
            raw.role = "author note"
    return flow


def byline_run(authors: tuple[str, ...]) -> list[Run]:
    """A by-line for a text whose authors are known from its front matter alone."""
    return [Run(", ".join(authors))]
