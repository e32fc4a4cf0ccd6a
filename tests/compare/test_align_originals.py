"""On the two originals the finder agrees with a careful reader; skipped where they are not at hand."""

from pathlib import Path

import pytest

from reader.compare.align import Match, Unit, align
from reader.ingest import parse_bytes

pytestmark = pytest.mark.originals


def units(folder: Path, start: str) -> list[Unit]:
    """The numbered paragraphs of the original whose file name begins so."""
    path = next(folder.glob(f"{start}*.txt"))
    parsed = parse_bytes(path.read_bytes(), path.name)
    numbered = zip(parsed.blocks, parsed.numbers(), strict=True)
    return [Unit(number, block.text) for block, number in numbered if number]


@pytest.fixture
def matches(originals: Path) -> list[Match]:
    """The matches of the commentary with nine notes within the one without."""
    return align(units(originals, "001"), units(originals, "000"))


def first(matches: list[Match], left: int) -> Match:
    """The best match of a paragraph."""
    return next(match for match in matches if match.left == left)


def test_the_item_on_the_diversification_of_alliances_leans_on_the_fifth_paragraph(
    matches: list[Match],
) -> None:
    match = first(matches, 11)
    assert (match.right, match.strength) == (5, "strong")
    assert "Diversification" in match.evidence


@pytest.mark.parametrize("left, right", [(9, 4), (17, 2), (19, 4), (21, 6), (23, 6), (25, 6)])
def test_passages_that_follow_the_other_text_have_it_first(
    matches: list[Match], left: int, right: int
) -> None:
    assert first(matches, left).right == right


def test_few_are_strong(matches: list[Match]) -> None:
    assert 2 <= sum(match.strength == "strong" for match in matches) <= 8
