"""How many of the parallels that readers see are found, how many are none, and what finding them costs."""

import time
from collections.abc import Sequence

from bench.judged import Judged, false_pct, found, judged, recall, subjects, sure
from bench.library import Library
from bench.prose import written
from bench.server import Server
from reader.compare.align import Unit

BYTES_A_PARAGRAPH = 850
SEED = 401
SMALL, LARGE = 1_000, 3_000


def measure(library: Library, server: Server) -> dict[str, float]:
    """Shares found on judged pairs, strong matches of unrelated texts in percent, and seconds of a processor.

    A recall that names no pair is that of the pairs that nobody tunes on; "back" is seen from the right text;
    partners alone count, but where it says near.
    """
    figures: dict[str, float] = {}
    for name, role in (("", "held"), ("tuned_", "tuned"), ("originals_", "judged before tuning")):
        figures |= recalls(f"parallels_{name}", judged(role))
    figures["parallels_false_pct"] = false_pct(subjects())
    small = min(seconds(SMALL) for _ in range(3))
    figures["align_s_1000x1000"] = small
    figures["align_3000_vs_1000"] = seconds(LARGE) / small
    return figures


def recalls(prefix: str, pairs: Sequence[Judged]) -> dict[str, float]:
    """The recalls of these pairs in both directions; none where their texts are not here."""
    figures: dict[str, float] = {}
    for direction, sides in (("", pairs), ("back_", [pair.turned() for pair in pairs])):
        if sides:
            shares = recall(sides)
            figures[f"{prefix}{direction}recall_at_1"] = shares.at_1
            figures[f"{prefix}{direction}recall_at_3"] = shares.at_3
            figures[f"{prefix}{direction}recall_at_3_near"] = shares.near
    if pairs:
        figures[f"{prefix}sure_recall"], figures[f"{prefix}sure_wrong_pct"] = sure(pairs)
    return figures


def seconds(count: int) -> float:
    """CPU seconds for two texts of so many paragraphs each, by one hand, so that rare words are shared."""
    prose = written(2 * count * BYTES_A_PARAGRAPH, SEED)
    paragraphs = [one for one in prose if one.endswith(".")]  # the others are headings
    assert len(paragraphs) >= 2 * count, len(paragraphs)
    left, right = (
        [Unit(key, one) for key, one in enumerate(paragraphs[side : 2 * count : 2], 1)] for side in (0, 1)
    )
    began = time.process_time()
    found(left, right)
    return time.process_time() - began
