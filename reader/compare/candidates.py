"""Which pairs of units are worth a closer look: those that share the rarest terms. Pure."""

from bisect import bisect
from heapq import nlargest

from reader.compare.sides import Side
from reader.compare.weighing import Weights

# So many of the other text are looked at closely for each unit.
CLOSELY = 6
# Chosen from so many, before their length is looked at.
HOPEFUL = 50
# So many meetings of a unit with others are counted, its rarest terms first: the work grows as the texts do.
MEETINGS = 1_200


def candidates(one: Side, other: Side, weights: Weights) -> list[list[int]]:
    """For each unit of one text the places of those of the other that share most with it, best first."""
    sizes = [1 + len(whole) for whole in other.whole]
    table = weights.among(sum(sizes) // max(len(sizes), 1)).weights
    step = len(sizes) / max(len(one.whole), 1)
    found = []
    for at, whole in enumerate(one.whole):
        shared = _meetings(whole, other.holders, table, at * step)
        # Half way between counting for all they share and for the share of their length; then the nearest.
        most = nlargest(HOPEFUL, [(bits, -abs(place - at * step), place) for place, bits in shared.items()])
        told = [(bits / sizes[place] ** 0.5, near, place) for bits, near, place in most]
        found.append([place for _, _, place in nlargest(CLOSELY, told)])
    return found


def _meetings(
    whole: frozenset[int], holders: dict[int, list[int]], table: list[float], near: float
) -> dict[int, float]:
    """What a unit shares with those that have its rarest terms, by place."""
    shared: dict[int, float] = {}
    left = MEETINGS
    for term in sorted(
        (term for term in whole if term in holders), key=lambda term: (len(holders[term]), term)
    ):
        places = holders[term]
        if len(places) > left:
            if shared:
                break
            # All its terms are everywhere: those at about the same place in the other text will do.
            at = bisect(places, near)
            places = places[max(0, at - left // 2) : at + left // 2]
        left -= len(places)
        weight = table[term]
        for place in places:
            shared[place] = shared.get(place, 0.0) + weight
    return shared
