"""Put leaves together as strings: a template node for every part would cost more than the page."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from reader.desk import fetch
from reader.desk.about import about, attributes, by
from reader.desk.contents import contents_html
from reader.desk.drawing import drawn
from reader.desk.fetch import Around, Heading, Other, Text
from reader.desk.gutter import Paired, paired
from reader.desk.half import OTHER, Half, opened, url
from reader.desk.leans import Links, pairs, with_leans
from reader.desk.margin import asides, with_aside
from reader.desk.places import Stretch, opened_at, shortened
from reader.library.blocks import ELSEWHERE
from reader.library.chunks import HEAD_END
from reader.library.lay import PREFIX, escape
from reader.library.querysets import Reader

_NOTE_PLACE = re.compile("\x02(\\d+)\x03")
_ANNOTATE_PLACE = re.compile("\x06\\w+\x07")
_ELSEWHERE = re.compile(f"{ELSEWHERE}\\w+")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One half of the page, ready for its template; what is HTML is marked so."""

    half: Half
    head: SafeString
    about: SafeString
    contents: SafeString
    text: SafeString

    @property
    def attributes(self) -> SafeString:
        """Those of its element."""
        return mark_safe(attributes(self.half))  # noqa: S308 - escaped where it is made

    @property
    def by(self) -> str:
        """Who wrote it and when."""
        return by(self.half.text.authors, self.half.text.published_on)


def leaves(
    user: Reader, texts: Sequence[Text], places: dict[str, str], *, whole: bool, note: int = 0
) -> tuple[list[Leaf], Paired | None]:
    """The leaves of one text alone, or of two facing with their pairing.

    A long text takes no more queries than a short one.
    """
    revisions = [text.revision for text in texts]
    chunks = fetch.stretches(user, revisions)
    halves = [_half(side, texts, chunks, places, whole=whole) for side in ("left", "right")[: len(texts)]]
    html = drawn(user, halves)
    notes = {half.text.revision: _notes(half) for half in halves}
    around = fetch.around(user, headings=revisions, notes=notes, cited=[text.pk for text in texts])
    facing, links = linked(user, halves, around.links)
    cards = asides(user, halves, note)
    around = replace(around, links=links)
    return [_leaf(half, html, around, cards, whole=whole) for half in halves], facing


def linked(
    user: Reader, halves: Sequence[Half], links: Links
) -> tuple[Paired | None, dict[tuple[int, int], Other]]:
    """The pairing of two facing texts, and the links of their notes with the passages that they lean on."""
    asked = pairs(halves, links)
    pairings = paired(user, asked)
    facing = len(halves) > 1 and not any(half.text.old for half in halves)
    return pairings.get(asked[0]) if facing else None, with_leans(user, halves, links, pairings)


def _half(
    side: str,
    texts: Sequence[Text],
    chunks: Mapping[int, list[Stretch]],
    places: dict[str, str],
    *,
    whole: bool,
) -> Half:
    index = 0 if side == "left" else 1
    text = texts[index]
    own = chunks[text.revision]
    shown = opened(places.get(side, ""), text.revision, own, whole=whole)
    return Half(side, text, places, own, shown, texts[1 - index] if len(texts) > 1 else None)


def _notes(half: Half) -> list[int]:
    return [note for position in half.shown for note in half.chunks[position].note_positions()]


def _leaf(
    half: Half,
    html: Mapping[tuple[int, int], str],
    around: Around,
    cards: Mapping[tuple[str, int], str],
    *,
    whole: bool,
) -> Leaf:
    head, _, first = html.get((half.text.revision, 0), "").partition(HEAD_END)
    if 0 in half.shown:
        head = _ELSEWHERE.sub("", head)
    out: list[str] = []
    headings, links = around.headings[half.text.revision], around.links
    waiting = _waiting(half, sorted(headings, key=lambda heading: heading.position))
    for chunk in half.chunks:
        if chunk.position not in half.shown:
            out.append(waiting(chunk))
            continue
        words = first if chunk.position == 0 else html[half.text.revision, chunk.position]
        laid = finished(half, _ELSEWHERE.sub("", words) if whole else words, links)
        out.append(with_aside(laid, cards.get((half.side, chunk.position), "")))
    return Leaf(
        half,
        head=mark_safe(finished(half, head, links)),  # noqa: S308 - escaped when it was laid
        about=mark_safe(about(half, around.citing[half.text.pk])),  # noqa: S308 - escaped where it is made
        contents=mark_safe(contents_html(half, headings)),  # noqa: S308 - escaped where it is made
        text=mark_safe("".join(out)),  # noqa: S308 - escaped when it was laid
    )


def finished(half: Half, laid: str, links: Links) -> str:
    """Laid html with what differs between pages: prefixes of ids, far links, ways to the works cited."""
    if ELSEWHERE in laid:
        other = {one: half.places.get(one, "") for one in (OTHER[half.side], "view")}
        query = opened_at(other)
        laid = laid.replace(ELSEWHERE, escape(f"{query}{'&' if len(query) > 1 else ''}{half.side}="))
    if "\x02" in laid:
        laid = _NOTE_PLACE.sub(lambda place: _work(half, int(place[1]), links), laid)
    if "\x06" in laid:
        if half.text.old:
            laid = _ANNOTATE_PLACE.sub("", laid)
        else:
            before, after = _annotate(half.text.slug)
            laid = laid.replace("\x06", before).replace("\x07", after)
    return laid.replace(PREFIX, f"{half.side}-")


@lru_cache(maxsize=256)
def _annotate(slug: str) -> tuple[str, str]:
    """What around the anchor of a block makes the way to mark a passage of it without a script."""
    address = url("desk:mark_up", slug)
    return f'<a class="mark annotate" lang="en" href="{address}?at=', '" aria-label="Annotate">✎</a>'


def _work(half: Half, note: int, links: Links) -> str:
    """What the reader may do with the work that a note cites."""
    other = links.get((half.text.revision, note))
    if other is None:
        return ""
    title = escape(shortened(other.title))
    here = f"n{note + 1}"
    if half.beside is not None and other.slug == half.beside.slug:
        return _in_the_facing_text(half, here, other.anchors)
    address = escape(half.facing(other.slug, here, next(iter(other.anchors), "")))
    return f' <a class="facing" lang="en" href="{address}">Open facing: {title}</a>'


def _in_the_facing_text(half: Half, here: str, anchors: Sequence[str]) -> str:
    """The way to what a citation leans on, and to what it may lean on else."""
    side = OTHER[half.side]
    if not anchors:
        return f' <a class="facing" lang="en" href="#{side}">In the facing text</a>'
    kept = f"?{half.side}={here}&amp;{side}="
    ways = [f'<a href="{kept}{anchor}#{side}-{anchor}">{_named(anchor)}</a>' for anchor in anchors]
    perhaps = f", perhaps {' or '.join(ways[1:])}" if len(ways) > 1 else ""
    return f' <span class="facing" lang="en">In the facing text: {ways[0]}{perhaps}</span>'


def _named(anchor: str) -> str:
    return f"paragraph {anchor[1:]}" if anchor.startswith("p") else "here"


def _waiting(half: Half, headings: Sequence[Heading]) -> Callable[[Stretch], str]:
    """What makes place-holders: each asks for its chunk when the reader comes near, and has a link to it."""
    side = half.side
    path = url("desk:chunk", half.text.slug, "0").removesuffix("0/")
    query = f"side={side}" + (f"&amp;beside={half.beside.slug}" if half.beside else "")
    if half.text.old:
        query += f"&amp;revision={half.text.number}"
    before, after = escape(half.at("c0")).split("c0", 1)
    after = after.removesuffix("c0")
    begins = [heading.position for heading in headings]

    def waiting(chunk: Stretch) -> str:
        number = chunk.position
        begun = bisect_right(begins, chunk.first_section or 0)
        title = f": {escape(shortened(headings[begun - 1].title))}" if begun else ""
        words = "Read on" if number >= half.shown.stop else "Read what comes before"
        return (
            f'<div class="chunk waiting" id="{side}-c{number}" data-chunk="{number}"'
            f' data-length="{chunk.length}"{_ranges(chunk)}'
            f' hx-get="{path}{number}/?{query}" hx-trigger="near" hx-swap="outerHTML">'
            f'<a href="{before}c{number}{after}c{number}"><span lang="en">{words}</span>{title}</a></div>\n'
        )

    return waiting


def _ranges(chunk: Stretch) -> str:
    """The anchors that wait in a chunk, first to last, so that a script knows which chunk to ask for."""
    found = ""
    if chunk.first_number is not None:
        found += f' data-numbers="{chunk.first_number}-{chunk.last_number}"'
    if chunk.last_section is not None:
        found += f' data-sections="{chunk.first_section or 1}-{chunk.last_section}"'
    if ends := chunk.note_ends():
        found += f' data-notes="{ends[0] + 1}-{ends[1] + 1}"'
    if chunk.first_mark is not None and chunk.last_mark is not None:
        found += f' data-marks="{chunk.first_mark + 1}-{chunk.last_mark + 1}"'
    return found
