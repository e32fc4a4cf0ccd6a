"""Many keys or rows, some at a time: databases bound the values of a statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

BATCH = 500


def batches(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """The things in their order, BATCH at a time."""
    for first in range(0, len(things), BATCH):
        yield things[first : first + BATCH]
