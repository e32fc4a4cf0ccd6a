"""The lists of a pair: parallels with a citation, parallels without one, citations without a parallel."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from reader.compare.models import Parallel
from reader.compare.reading import OTHER, Pair, Row, leaning, without_doubles
from reader.compare.texts import Citing, Compared, citing, compared
from reader.library.querysets import Reader

PAGE = 50
# What a list holds, and what it is called.
SHOWN = {
    "": "Source use",
    "credited": "With a citation",
    "uncredited": "Without a citation",
    "citations": "Citations without a parallel",
    "faint": "Faint",
    "rejected": "Rejected",
    "lost": "No longer in the text",
}
PLAIN = ("drawn", "strong", "likely")


@dataclass(frozen=True, slots=True)
class Uncited:
    """A sentence that cites the other text without a parallel there; best is what it leans on at best."""

    side: str
    number: int
    mark: str
    words: str
    best: Row | None

    @property
    def best_number(self) -> int | None:
        """The paragraph of the other text that it leans on at best."""
        return getattr(self.best, OTHER[self.side]).number if self.best else None


def listed(pair: Pair, user: Reader, show: str, page: str) -> dict[str, Any]:
    """What the page of parallels shows: three short lists for "", else one of SHOWN, fifty on a page."""
    show = show if show in SHOWN else ""
    if pair.pairing is None:
        return {"show": show, "tabs": [], "lists": []}
    there = Parallel.objects.filter(pairing=pair.pairing).with_verdicts(user).open_to_readers()
    known = pair.rows(user, there)
    all_rows = [row for row in known if row.placed]
    rows = without_doubles(row for row in all_rows if row.stands)
    found: dict[str, list[Any]] = {
        "credited": [row for row in rows if row.credited],
        "uncredited": [row for row in rows if row.strength in PLAIN and not row.credited],
        "citations": citations_alone(pair, rows),
        "faint": [row for row in rows if row.strength == "faint" and not row.credited],
        "rejected": [row for row in all_rows if not row.stands],
        # What was found there before goes when the texts are compared; what people drew or said stays.
        "lost": [row for row in known if not row.placed and _is_by_people(row)],
    }
    shown = [show] if show else ["credited", "uncredited", "citations"]
    pages = [
        (name, SHOWN[name], Paginator(found[name], PAGE).get_page(page if show else 1)) for name in shown
    ]
    tabs = [(name, SHOWN[name], len(found[name])) for name in found if found[name] or name == show]
    return {"show": show, "tabs": tabs, "lists": pages}


def _is_by_people(row: Row) -> bool:
    return row.strength == "drawn" or bool(row.own or row.confirmed or row.rejected)


def citations_alone(pair: Pair, rows: list[Row]) -> list[Uncited]:
    """The sentences of both texts that cite the other and say nothing plainly alike there."""
    texts = {"left": compared(pair.left), "right": compared(pair.right)}
    found = []
    for side, other in (("left", pair.right), ("right", pair.left)):
        for cite in citing(texts[side], other):
            leans = leaning(rows, side, cite.start, cite.end)
            if not any(row.strength in PLAIN for row in leans):
                found.append(_uncited(side, texts[side], cite, leans))
    return found


def _uncited(side: str, text: Compared, cite: Citing, leans: list[Row]) -> Uncited:
    words = text.text[cite.start : cite.end]
    return Uncited(side, cite.number, f"m{cite.mark}", words, leans[0] if leans else None)
