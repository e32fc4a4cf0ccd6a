"""The cheapest edit of a few words into others, where a rare word counts for more than a common one."""

from collections.abc import Sequence

Pairs = list[tuple[int, int]]

# Costs in bits: a word put in or taken out, one put for another, and what a match gains by following a match.
GAP = 1.2
SWAP = 0.7
FOLLOWS = 2.0


def cheapest(old: Sequence[int], new: Sequence[int], weights: Sequence[float]) -> Pairs:
    """Pairs of the edit of old into new that keeps the most; a comparison for each pair of words."""
    # best: the best so far; met: the best that ends with a match here, as a match after a match gains more.
    nowhere = float("-inf")
    columns = range(1, len(new) + 1)
    best_rows = [[-GAP * j for j in range(len(new) + 1)]]
    met_rows = [[nowhere] * (len(new) + 1)]
    for i, word in enumerate(old, 1):
        above, met_above = best_rows[-1], met_rows[-1]
        best, met = [-GAP * i], [nowhere]
        weight = weights[word]
        last = best[0]
        for j in columns:
            diagonal = above[j - 1]
            value = diagonal - SWAP
            if new[j - 1] == word:
                follows = met_above[j - 1] + FOLLOWS
                here = weight + (follows if follows > diagonal else diagonal)
                if here > value:
                    value = here
                met.append(here)
            else:
                met.append(nowhere)
            if last - GAP > value:
                value = last - GAP
            if above[j] - GAP > value:
                value = above[j] - GAP
            best.append(value)
            last = value
        best_rows.append(best)
        met_rows.append(met)
    return _traced(best_rows, met_rows)


def _traced(best: list[list[float]], met: list[list[float]]) -> Pairs:
    pairs: Pairs = []
    i, j = len(best) - 1, len(best[0]) - 1
    matching = False
    while i and j:
        value = best[i][j]
        if matching or met[i][j] == value:
            pairs.append((i - 1, j - 1))
            matching = met[i - 1][j - 1] + FOLLOWS > best[i - 1][j - 1]
            i, j = i - 1, j - 1
        elif best[i][j - 1] - GAP == value:
            j -= 1
        elif best[i - 1][j] - GAP == value:
            i -= 1
        else:
            i, j = i - 1, j - 1
    return pairs[::-1]
