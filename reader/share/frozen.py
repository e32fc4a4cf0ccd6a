"""The page that a link gives, made from share.values, be they stored or read just now. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reader.library.lay import PREFIX, escape
from reader.library.overlay import Range, overlay
from reader.share.values import Copy, Leaf, Note, Prompt, Reply, Sheet

# As the library lays a text: what parts its head from it, far links, and places for what a reader does.
HEAD_END = "\x04"
_FAR = re.compile("\x05(\\w+)#")
_WORK = re.compile("\x02\\d+\x03")
_ANNOTATE = re.compile("\x06\\w+\x07")

_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_VOID = frozenset(("br", "hr", "img", "col"))
_MARK = re.compile(r"<mark([^>]*)>")
_LAST = re.compile(r' data-last="([^"]*)"')

KINDS = {
    "highlight": "Highlight",
    "note": "Note",
    "question": "Question",
    "tag": "Tag",
    "claim": "Claim",
    "prompt": "Prompt",
}


def page(copy: Copy, sheets: Sequence[Sheet]) -> str:
    """The body of the first page: what the view says, and the texts as far as the first page has them."""
    by_side: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_side.setdefault(sheet["side"], []).append(sheet)
    leaves = "".join(_leaf(copy, leaf, by_side.get(leaf["side"], [])) for leaf in copy["leaves"])
    return f'{_head(copy)}<div class="leaves">\n{leaves}</div>\n'


def part(copy: Copy, sheet: Sheet) -> str:
    """The body of a page with one part of a long text."""
    leaf = next(one for one in copy["leaves"] if one["side"] == sheet["side"])
    way = f'<p><a href="{escape(copy["base"])}">The whole view</a></p>'
    words = _leaf(copy, {**leaf, "shown": [sheet["position"]]}, [sheet])
    return (
        f'<header class="shared-head">\n<h1>{escape(copy["title"])}</h1>\n{_state(copy)}{way}\n</header>\n'
        f'<div class="leaves">\n{words}</div>\n'
    )


def _head(copy: Copy) -> str:
    introduction = f'<div class="introduction" dir="auto" lang="">{copy["introduction"]}</div>\n'
    ways = [_beginning(leaf) for leaf in copy["leaves"] if leaf["begin"]]
    said = introduction if copy["introduction"] else ""
    to = f"<p>{' · '.join(ways)}</p>\n" if ways else ""
    return (
        f'<header class="shared-head">\n<h1 dir="auto" lang="">{escape(copy["title"])}</h1>\n'
        f"{_state(copy)}{said}{to}{_prompts(copy)}</header>\n"
    )


def _beginning(leaf: Leaf) -> str:
    at = leaf["begin"]
    place = f"paragraph {at[1:]}" if at.startswith("p") else "the passage"
    return f'<a href="#{leaf["side"]}-{at}">Begin at {place} of {escape(leaf["title"])}</a>'


def _state(copy: Copy) -> str:
    return f'<p class="state">{escape(copy["said"])}</p>\n'


def _prompts(copy: Copy) -> str:
    if not copy["prompts"]:
        return ""
    items = "".join(_prompt(copy, one) for one in copy["prompts"])
    return (
        f'<section class="prompts" aria-labelledby="prompts">\n<h2 id="prompts">Prompts</h2>\n'
        f"<ol>\n{items}</ol>\n</section>\n"
    )


def _prompt(copy: Copy, prompt: Prompt) -> str:
    if prompt["pk"] in copy["withdrawn"]:
        return '<li class="withdrawn">A prompt was withdrawn.</li>\n'
    quote = f'<q dir="auto">{_shortly(prompt["quote"])}</q>' if prompt["quote"] else ""
    if quote and prompt["at"]:
        quote = f'<a href="#{prompt["side"]}-{escape(prompt["at"])}">{quote}</a>'
    answers = _replies(prompt["answers"], copy["withdrawn"], "answer", "An answer")
    said = f'<p class="quote">{quote}</p>' if quote else ""
    return f'<li><div class="body" dir="auto" lang="">{prompt["html"]}</div>{said}{answers}</li>\n'


def _leaf(copy: Copy, leaf: Leaf, sheets: Sequence[Sheet]) -> str:
    head, text = "", []
    first = 1
    shown = [place for place in leaf["shown"] if any(one["position"] == place for one in sheets)]
    for sheet in sorted(sheets, key=lambda one: one["position"]):
        words, first = _sheet(sheet, first)
        above, parted, below = words.partition(HEAD_END)
        head = _finished(copy, leaf, above if parted else "", shown) or head
        if sheet["position"] in shown:
            text.append(_finished(copy, leaf, below if parted else words, shown))
    name = escape(leaf["title"])
    # For the keyboard: a leaf scrolls by itself on a wide screen.
    opening = (
        f'<article class="leaf" id="{leaf["side"]}" data-side="{leaf["side"]}" tabindex="0" role="region"'
        f' aria-label="{name}" lang="{escape(leaf["language"])}" dir="{leaf["direction"]}">\n'
    )
    facts = f'<div class="facts" lang="en" dir="ltr">{leaf["facts"]}</div>\n' if leaf["facts"] else ""
    before, after = _further(copy, leaf, shown)
    return (
        f'{opening}<header class="leaf-head">\n{head}{facts}</header>\n'
        f'<div class="text">\n{before}{"".join(text)}{after}</div>\n</article>\n'
    )


def _further(copy: Copy, leaf: Leaf, shown: Sequence[int]) -> tuple[str, str]:
    """The ways to the parts before and after those that are shown."""
    first, last = (shown[0], shown[-1]) if shown else (0, -1)
    before, after = first - 1, last + 1
    ways = ["", ""]
    if before >= 0:
        ways[0] = _way(copy, leaf, before, "prev", "Read what comes before")
    if after < len(leaf["reach"]):
        ways[1] = _way(copy, leaf, after, "next", "Read on")
    return ways[0], ways[1]


def _way(copy: Copy, leaf: Leaf, position: int, rel: str, words: str) -> str:
    address = f"{copy['base']}part/{leaf['side']}/{position + 1}/"
    return f'<p class="further" lang="en" dir="ltr"><a rel="{rel}" href="{escape(address)}">{words}</a></p>\n'


def _finished(copy: Copy, leaf: Leaf, laid: str, shown: Sequence[int]) -> str:
    """Laid html without ways to mark it or to other texts, its links leading to where their aims are here.

    The block at which the view opens the text says so.
    """

    def far(found: re.Match[str]) -> str:
        position = _position(leaf["reach"], found[1])
        here = position is None or position in shown
        return "#" if here else f"{escape(copy['base'])}part/{leaf['side']}/{(position or 0) + 1}/#"

    laid = _FAR.sub(far, _ANNOTATE.sub("", _WORK.sub("", laid)))
    laid = laid.replace(PREFIX, f"{leaf['side']}-")
    if not leaf["begin"]:
        return laid
    place = f' id="{leaf["side"]}-{leaf["begin"]}"'
    return laid.replace(place, f"{place} data-begin", 1)


def _position(reach: Sequence[Sequence[Sequence[Any]]], anchor: str) -> int | None:
    """The position of the chunk that holds an anchor, where that is known."""
    letter, number = anchor[:1], int(anchor[1:] or 0)
    for position, spans in enumerate(reach):
        if any(kind == letter and first <= number <= last for kind, first, last in spans):
            return position
    return None


def _sheet(sheet: Sheet, first: int) -> tuple[str, int]:
    """A chunk with its marks, and each note behind the block that it is about; numbered from first on."""
    withdrawn = set(sheet["withdrawn"])
    notes = sheet["notes"]
    numbers = {f"a{note['pk']}": first + place for place, note in enumerate(notes)}
    html, runs = sheet["html"], sheet["runs"]
    ends = _block_ends(html) if notes or sheet["more"] else []
    behind: dict[int, list[str]] = {}
    for note in notes:
        card = _note(note, sheet["side"], numbers[f"a{note['pk']}"], withdrawn)
        behind.setdefault(_behind(note["start"], runs, ends, len(html)), []).append(card)
    if sheet["more"]:
        one = sheet["more"] == 1
        said = "1 more note on this part is" if one else f"{sheet['more']:,} more notes on this part are"
        more = f'<p class="more">{said} not shown.</p>\n'
        behind.setdefault(ends[-1] if ends else len(html), []).append(more)
    out: list[str] = []
    here = 0
    events: list[tuple[int, int, Any]] = [(run[2], 1, run) for run in runs]
    events += [(place, 0, cards) for place, cards in behind.items()]
    for at, what, of in sorted(events, key=lambda event: event[:2]):
        out.append(html[here:at])
        here = at
        if what:
            start, _, begin, stop = of
            ranges = _drawn(sheet["ranges"].get(str(start), ()), withdrawn)
            words = html[begin:stop]
            out.append(_numbered(overlay(words, start, ranges), numbers) if ranges else words)
            here = stop
        else:
            # A group and no landmark: there may be one behind every paragraph.
            opening = '<div class="cards" lang="en" dir="ltr" role="group" aria-label="Notes">'
            out.append(f"{opening}\n{''.join(of)}</div>\n")
    return "".join([*out, html[here:]]), first + len(notes)


def _drawn(rows: Iterable[Sequence[Any]], withdrawn: set[int]) -> list[Range]:
    ranges = (Range(*row) for row in rows)
    return [one for one in ranges if not one.id or int(one.id[1:]) not in withdrawn]


def _numbered(html: str, numbers: Mapping[str, int]) -> str:
    """Marks with the numbers of the notes that end there; nothing is to be done with them by key."""

    def numbered(found: re.Match[str]) -> str:
        attributes = found[1].replace(' tabindex="0"', "")
        if last := _LAST.search(attributes):
            here = [str(numbers[one]) for one in last[1].split() if one in numbers]
            if here:
                attributes += f' data-number="{", ".join(here)}"'
        return f"<mark{attributes}>"

    return _MARK.sub(numbered, html)


def _block_ends(html: str) -> list[int]:
    """Where each block of a chunk ends in its html, nested ones not counted."""
    found: list[int] = []
    depth = 0
    for tag in _TAG.finditer(html, html.find(HEAD_END) + 1):
        if tag[2] in _VOID:
            continue
        depth += -1 if tag[1] else 1
        if tag[1] and depth == 1:
            found.append(tag.end())
    return found


def _behind(start: int, runs: Sequence[Sequence[int]], ends: Sequence[int], length: int) -> int:
    """Where in the html the block ends that holds text[start]."""
    place = max(bisect_right([run[0] for run in runs], start) - 1, 0)
    begin = runs[place][2] if runs else 0
    found = bisect_left(ends, begin)
    return ends[found] if found < len(ends) else (ends[-1] if ends else length)


def _note(note: Note, side: str, number: int, withdrawn: set[int]) -> str:
    if note["pk"] in withdrawn:
        return '<p class="card withdrawn">A note was withdrawn.</p>\n'
    kind = KINDS.get(note["kind"], "Note")
    who = f'<bdi class="author">{escape(note["author"])}</bdi> ' if note["author"] else ""
    layer = f'<span class="layer">{escape(note["layer"])}</span> ' if note["layer"] else ""
    state = '<span class="answered">Answered</span> ' if note["answered"] else ""
    when = f"<time>{escape(note['at'])}</time>"
    head = f'<header><b class="number">{number}</b> {who}{kind} {layer}{state}{when}</header>\n'
    quote = f'<p class="quote" lang="" dir="auto">{_shortly(note["quote"])}</p>\n'
    look = escape(f"{note['look']} kind-{note['kind']}")
    replies = _replies(note["replies"], withdrawn, "reply", "A reply")
    return (
        f'<article class="card {look}" id="{side}-a{note["pk"]}">\n'
        f"{head}{quote}{_claim(note)}{_codes(note)}{_body(note['html'])}{replies}</article>\n"
    )


def _claim(note: Note) -> str:
    if not note["relation"]:
        return ""
    items = "".join(
        f'<li><q lang="" dir="auto">{_shortly(words)}</q> <cite>{escape(title)}</cite></li>'
        if words
        else f"<li><cite>{escape(title)}</cite></li>"
        for words, title in note["ends"]
    )
    return f'<p class="relation">{escape(note["relation"])}</p>\n<ul class="ends">{items}</ul>\n'


def _codes(note: Note) -> str:
    items = "".join(
        f'<li class="look {escape(look)}" dir="auto">{escape(name)}</li>' for name, look in note["codes"]
    )
    return f'<ul class="codes" lang="">{items}</ul>\n' if items else ""


def _body(html: str) -> str:
    return f'<div class="body" lang="" dir="auto">{html}</div>\n' if html else ""


def _replies(replies: Sequence[Reply], withdrawn: Iterable[int], one: str, name: str) -> str:
    if not replies:
        return ""
    gone = set(withdrawn)
    many = {"reply": "replies", "answer": "answers"}[one]
    items = "".join(_reply(reply, reply["pk"] in gone, name) for reply in replies)
    count = f"{len(replies)} {one if len(replies) == 1 else many}"
    return f'<p class="count">{count}</p>\n<ol class="replies">{items}</ol>\n'


def _reply(reply: Reply, is_gone: bool, name: str) -> str:
    if is_gone:
        return f'<li class="withdrawn">{name} was withdrawn.</li>\n'
    who = f'<bdi class="author">{escape(reply["author"])}</bdi> ' if reply["author"] else ""
    return f"<li>{who}<time>{escape(reply['at'])}</time>{_body(reply['html'])}</li>\n"


def _shortly(quote: str, most: int = 160) -> str:
    if len(quote) > most:
        quote = f"{quote[:most].rpartition(' ')[0] or quote[:most]}…"
    return escape(" ".join(quote.split()))
