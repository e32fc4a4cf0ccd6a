"""The parallels of what a page shows, as links: a script draws lines of them, else they are a list."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.urls import reverse

from reader.compare.reading import End, Row, without_doubles
from reader.library.lay import escape

# Of a passage that many others are like, the best: a page shows no more lines at one place.
AT_MOST = 20


def worth_a_link(found: Sequence[Row]) -> list[Row]:
    """Those that are more than faint or credited, and the best of a passage that has none of these."""
    plain: list[Row] = []
    faint: list[Row] = []
    for row in sorted(without_doubles(found), key=lambda row: row.order):
        told = row.strength != "faint" or row.credited or row.confirmed or row.own
        (plain if told else faint).append(row)
    count: Counter[tuple[str, str]] = Counter()
    chosen: dict[int, Row] = {}
    for row in plain:
        if all(count[place] < AT_MOST for place in _places(row)):
            count.update(_places(row))
            chosen[row.pk] = row
    joined = {place for row in plain for place in _places(row)}
    for row in faint:
        if alone := [place for place in _places(row) if place not in joined]:
            joined.update(alone)
            chosen[row.pk] = row
    return sorted(chosen.values(), key=lambda row: (row.left.start, row.order))


def _places(row: Row) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("left", row.left.anchor), ("right", row.right.anchor)


def links(rows: Iterable[Row]) -> str:
    """Each parallel as a link that opens both texts at its passages."""
    return "".join(map(_link, rows))


def looking(left: str, right: str) -> str:
    """That the parallels of these texts are being looked for: it asks again by itself."""
    address = reverse("compare:looking", args=[left, right])
    return (
        f'<p class="looking" role="status" hx-get="{address}" hx-trigger="load delay:3s" hx-swap="outerHTML">'
        "Parallels are being looked for…</p>\n"
    )


def _link(row: Row) -> str:
    left, right = row.left, row.right
    classes = [row.strength]
    words = [row.word]
    if row.citing:
        classes.append("credited")
        words.append("credited")
    if row.own == "confirmed" or row.confirmed:
        classes.append("confirmed")
        words.append("confirmed")
    citing = f' data-citing="{row.citing}"' if row.citing else ""
    address = f"?left={left.anchor}&amp;right={right.anchor}#right-{right.anchor}"
    score = f'data-score="{row.score:.2f}"'
    places = f'data-left="{left.start} {left.end}" data-right="{right.start} {right.end}"'
    return (
        f'<a class="{" ".join(classes)}" href="{address}" data-parallel="{row.pk}" {score} {places}'
        f"{citing}>{_name(left)} ⇄ {_name(right)}<i> {escape(', '.join(words))}</i></a>\n"
    )


def _name(end: End) -> str:
    return str(end.number) if end.number else "–"
