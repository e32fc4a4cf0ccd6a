"""What stands between two leaves: their parallels, as far as the page shows the passages."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from reader.compare.links import links, looking, worth_a_link
from reader.compare.models import Pairing
from reader.compare.reading import Pair
from reader.desk.half import Half
from reader.library.models import Document
from reader.library.prepared import MOST_VALUES, NUMBERS, Prepared
from reader.library.querysets import Reader

# Two numbers: a document and its revision, or where a stretch of a text begins and ends.
Range = tuple[int, int]


# Of a text that cites more texts of the library, the others open at their beginning.
PAIRS_AT_MOST = MOST_VALUES // 2


class Paired(NamedTuple):
    """The pairing of two texts: its state, and how many verdicts on its parallels are this reader's own."""

    key: int
    version: int
    state: str
    judged: int


def paired(user: Reader, pairs: Sequence[Range]) -> dict[Range, Paired]:
    """The pairings of these texts, by their keys in order; of many, the first. One query, none for none."""
    values = [key for pair in pairs[:PAIRS_AT_MOST] for key in pair]
    rows = _PAIRINGS.rows(user, values) if values else []
    return {(first, second): Paired(*row) for first, second, *row in rows}


def gutter(user: Reader, halves: Sequence[Half], pairing: Paired | None) -> str:
    """The parallels of two facing texts as HTML; nothing where there is no pairing, or none found yet.

    No query where what everybody sees is known, four where not, or where this person judged some.
    """
    if pairing is None:
        return ""
    key, version, state, judged = pairing
    left, right = (half.text for half in halves)
    shown = (_stretch(halves[0]), _stretch(halves[1]))
    texts = ((left.pk, left.revision), (right.pk, right.revision))
    html = _html(user, key, texts, shown) if judged else _for_all(key, version, texts, shown)
    if state == Pairing.State.WAITING:
        html = looking(left.slug, right.slug) + html
    return (
        f'<nav class="parallels" aria-label="Parallels" data-pairing="{key}">\n{html}</nav>\n' if html else ""
    )


def _stretch(half: Half) -> Range:
    """From where to where the words lie that the page shows."""
    if not half.shown:
        return 0, 0
    return half.chunks[half.shown.start].start, half.chunks[half.shown.stop - 1].end


# A process keeps what everybody sees of the pairs that were read last; the version makes it stale.
@lru_cache(maxsize=256)
def _for_all(key: int, version: int, texts: tuple[Range, Range], shown: tuple[Range, Range]) -> str:
    return _html(AnonymousUser(), key, texts, shown)


def forget() -> None:
    """Know nothing any more."""
    _for_all.cache_clear()


def _html(user: Reader, key: int, texts: tuple[Range, Range], shown: tuple[Range, Range]) -> str:
    left, right = (Document(pk=pk, current_id=revision) for pk, revision in texts)
    pair = Pair(left, right, Pairing(pk=key))
    within = pair.within(pair.parallels(user), {"left": shown[0], "right": shown[1]})
    return links(worth_a_link(pair.rows(user, within)))


def _pairings(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
    condition = Q()
    for first, second in zip(values[::2], values[1::2], strict=True):
        condition |= Q(first=first, second=second)
    pairings = Pairing.objects.filter(condition).order_by()
    own = Q(parallels__verdicts__person=user.pk) if user.is_authenticated else Q(pk__isnull=True)
    return pairings.annotate(judged=Count("parallels__verdicts", filter=own)).values_list(
        "first", "second", "pk", "version", "state", "judged"
    )


_PAIRINGS = Prepared(_pairings, NUMBERS)
