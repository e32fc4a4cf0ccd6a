"""Which passage of the other text a citation leans on: the best parallel of the sentence with its mark."""

from functools import reduce
from operator import or_

from django.db.models import Q

from reader.compare.reading import OTHER, Pair, Row, leaning
from reader.compare.texts import Citing, citing, compared
from reader.library.querysets import Reader

# Of a text that cites the other one more often, the first of these.
CITING_AT_MOST = 200
RUNNERS_UP = 2


def leans(pair: Pair, user: Reader) -> dict[str, dict[int, list[Row]]]:
    """For each side, by the position of a note: what its citations lean on, the best first, then runners-up.

    Of a note that is cited several times, what the first sentence leans on that leans on anything.
    """
    sentences = {
        "left": citing(compared(pair.left), pair.right)[:CITING_AT_MOST],
        "right": citing(compared(pair.right), pair.left)[:CITING_AT_MOST],
    }
    found: dict[str, dict[int, list[Row]]] = {"left": {}, "right": {}}
    there = [_there(pair, side, one) for side, ones in sentences.items() for one in ones]
    if not there:
        return found
    rows = pair.rows(user, pair.parallels(user).filter(reduce(or_, there)))
    for side, ones in sentences.items():
        for one in ones:
            best = leaning(rows, side, one.start, one.end)[: 1 + RUNNERS_UP]
            if best:
                found[side].setdefault(one.note, best)
    return found


def _there(pair: Pair, side: str, one: Citing) -> Q:
    which = "first" if pair.side("first") == side else "second"
    return Q(**{f"{which}__start__lt": one.end, f"{which}__end__gt": one.start})


def other_end(row: Row, side: str) -> str:
    """The anchor of the passage that a citation of this side leans on."""
    anchor: str = getattr(row, OTHER[side]).anchor
    return anchor
