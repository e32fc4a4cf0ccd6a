"""The parallels of what a page shows, as links: a script draws lines of them, else they are a list."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from reader.compare.reading import End, Row, without_doubles
from reader.library.lay import escape


def worth_a_link(found: Sequence[Row]) -> list[Row]:
    """Those that are more than faint or credited, and the best of a passage that has none of these."""
    rows = without_doubles(found)
    plain = [row for row in rows if row.strength != "faint" or row.credited or row.confirmed or row.own]
    joined = {(side, getattr(row, side).number) for row in plain for side in ("left", "right")}
    best: dict[tuple[str, int | None], Row] = {}
    for row in sorted((row for row in rows if row not in plain), key=lambda row: row.order):
        for side in ("left", "right"):
            here = (side, getattr(row, side).number)
            if here not in joined:
                best.setdefault(here, row)
    chosen = {row.pk: row for row in [*plain, *best.values()]}
    return sorted(chosen.values(), key=lambda row: (row.left.start, row.order))


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
