"""Which texts of the library cite which, and in which notes."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import F, Min

from reader.compare.ways import at
from reader.library.models import Document, Footnote
from reader.library.querysets import Reader, visible

# Of a text that cites another one more often, so many notes are named.
NOTES_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Citing:
    """A text that cites another one in count notes.

    notes are the first of them: (label, address of the desk with both, opened at its mark).
    """

    citing: str
    citing_title: str
    cited: str
    cited_title: str
    notes: tuple[tuple[str, str], ...]
    count: int

    @property
    def more(self) -> int:
        """How many notes are not among the first."""
        return self.count - len(self.notes)


def citing(user: Reader, *, of: Document | None = None) -> list[Citing]:
    """The texts that this person may read and that cite such texts, by titles; those around one, if given.

    Of several texts that a work may be the best counts, as in the notes on the desk. One query.
    """
    match = "work__matches__document"
    rows = (
        Footnote.objects.filter(
            visible(user, "revision__document__"),
            visible(user, f"{match}__"),
            revision=F("revision__document__current"),
            **{f"{match}__current__isnull": False},
        )
        .order_by("revision__document", "position", "work__matches__rank", match)
        .values_list(
            "revision__document",
            "position",
            "label",
            "revision__document__slug",
            "revision__document__title",
            match,
            f"{match}__slug",
            f"{match}__title",
        )
        .annotate(mark=Min("citations__position"))
    )
    titles: dict[tuple[str, str], tuple[str, str]] = {}
    notes: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    count: Counter[tuple[str, str]] = Counter()
    done: set[tuple[int, int]] = set()
    for own, position, label, slug, title, other, other_slug, other_title, mark in rows:
        if own == other or (own, position) in done:
            continue
        done.add((own, position))
        if of is not None and of.pk not in (own, other):
            continue
        key = slug, other_slug
        titles[key] = title, other_title
        count[key] += 1
        if count[key] <= NOTES_AT_MOST:
            anchor = f"n{position + 1}" if mark is None else f"m{mark + 1}"
            notes[key].append((label, at(slug, other_slug, left=anchor)))
    found = [
        Citing(key[0], title, key[1], other_title, tuple(notes[key]), count[key])
        for key, (title, other_title) in titles.items()
    ]
    return sorted(found, key=lambda one: (one.citing_title, one.citing, one.cited_title, one.cited))
