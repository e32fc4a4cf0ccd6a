"""The contents of a text as links that work with and without scripts, and however long they are."""

from collections.abc import Sequence

from reader.desk.fetch import HEADINGS_AT_MOST, Heading
from reader.desk.half import Half, url
from reader.desk.places import opened_at, shortened
from reader.library.lay import escape


def contents_html(half: Half, headings: Sequence[Heading]) -> str:
    """The contents of a leaf, closed; a text without headings has none."""
    if not headings:
        return ""
    shown = top_levels(headings)
    rest = ""
    if len(headings) > HEADINGS_AT_MOST:
        query = opened_at({**half.places, "side": half.side})
        beside = f"&beside={half.beside.slug}" if half.beside else ""
        address = escape(f"{url('desk:contents', half.text.slug)}{query}{beside}")
        rest = f'<p><a class="all-contents" href="{address}">All headings</a></p>'
    return (
        f'<nav class="contents" aria-label="Contents of {escape(half.text.name)}">'
        f'<details><summary lang="en" dir="ltr">Contents</summary>\n'
        f"<ol>\n{''.join(lines(half, shown))}</ol>{rest}</details></nav>"
    )


def top_levels(headings: Sequence[Heading]) -> list[Heading]:
    """Those that fit, in reading order: whole levels, or the first lines of the top one."""
    if len(headings) <= HEADINGS_AT_MOST:
        return sorted(headings, key=lambda heading: heading.position)
    deepest = max(heading.level for heading in headings)
    whole = [heading for heading in headings if heading.level < deepest]
    return sorted(whole or headings[:HEADINGS_AT_MOST], key=lambda heading: heading.position)


def lines(half: Half, headings: Sequence[Heading], page: str = "") -> list[str]:
    """One list item for each heading; page is the address of the desk where the list stands elsewhere."""
    here = range(0) if page else half.sections_shown()
    out = []
    for heading in headings:
        anchor = f"s{heading.position}"
        address = f"#{half.side}-{anchor}" if heading.position in here else f"{page}{half.at(anchor)}"
        out.append(
            f'<li data-level="{min(heading.level, 5)}"><a href="{escape(address)}">'
            f"{escape(shortened(heading.title))}</a></li>\n"
        )
    return out
