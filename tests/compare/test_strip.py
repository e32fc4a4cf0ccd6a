"""Where things lie in a text, in one height."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.compare.strip import BINS, STRETCHES, Joined, Said, Silence, heard, silences, strip

LENGTH = BINS * 100


def text(paragraphs: int, length: int = LENGTH) -> list[Said]:
    """So many paragraphs of the same length, a character between two."""
    each = length // paragraphs
    return [Said(number + 1, number * each, (number + 1) * each - 1) for number in range(paragraphs)]


def joined(start: int, end: int, strength: str = "strong", credited: bool = False) -> Joined:
    """A passage with a parallel."""
    return Joined(start, end, strength, credited)


def test_a_passage_lies_in_every_bin_that_it_touches() -> None:
    assert strip(LENGTH, text(9), [joined(150, 301)]).paths["strong"] == "M2 1v3"
    assert strip(LENGTH, text(9), [joined(200, 300)]).paths["strong"] == "M2 2v1"
    assert strip(LENGTH, text(9), [joined(LENGTH - 1, LENGTH)]).paths["strong"] == f"M2 {BINS - 1}v1"


def test_each_kind_has_one_path_and_what_is_not_there_has_none() -> None:
    drawn = strip(
        LENGTH,
        text(9),
        [
            joined(0, 90),
            joined(500, 590, "likely"),
            joined(900, 950, credited=True),
            joined(1300, 1310, "faint"),
        ],
        marks=[(0, 10), (700, 710)],
        claims=[(100, 110)],
        citations=[40, 41, 720],
    )
    assert drawn.paths == {
        "silent": "M0 16h10v56H0z",
        "likely": "M2 5v1",
        "strong": "M2 0v1M2 9v1",
        "credited": "M5 9v1",
        "marks": "M7 0v1M7 7v1",
        "claims": "M9 1v1",
        "cites": "M6 0h4M6 7h4",
    }
    assert not strip(LENGTH, [], None).paths


def test_where_strong_and_likely_meet_it_is_strong() -> None:
    paths = strip(LENGTH, text(9), [joined(0, 250, "likely"), joined(100, 200)]).paths
    assert (paths["strong"], paths["likely"]) == ("M2 1v1", "M2 0v1M2 2v1")


def test_the_other_is_silent_where_no_paragraph_in_a_row_has_a_parallel() -> None:
    paragraphs = text(6)
    speaking = [joined(paragraphs[1].start, paragraphs[1].start + 5), joined(*paragraphs[4][1:], "likely")]
    assert silences(paragraphs, speaking) == [Silence(0, 0), Silence(2, 3), Silence(5, 5)]
    assert heard(paragraphs, [*speaking, joined(paragraphs[0].end - 1, paragraphs[1].end)]) == [
        1,
        2,
        0,
        0,
        1,
        0,
    ]
    assert silences(paragraphs, []) == [Silence(0, 5)]
    assert silences([], speaking) == []


def test_a_faint_parallel_breaks_no_silence() -> None:
    paths = strip(LENGTH, text(3), [joined(0, 50, "faint")]).paths
    assert paths == {"silent": f"M0 0h10v{BINS}H0z"}


def test_no_silence_is_claimed_where_nobody_looked() -> None:
    assert "silent" not in strip(LENGTH, text(3), None).paths
    assert not any(stretch.silent for stretch in strip(LENGTH, text(3), None).stretches)


def test_stretches_lead_to_every_paragraph_in_order() -> None:
    stretches = strip(LENGTH, text(100), [joined(0, 30), joined(50, 60, "likely")]).stretches
    assert len(stretches) == STRETCHES
    assert (stretches[0].first, stretches[-1].last) == (1, 100)
    assert all(one.last + 1 == other.first for one, other in pairwise(stretches))
    assert [one.parallels for one in stretches[:2]] == [2, 0]
    assert not stretches[0].silent
    assert stretches[1].silent


def test_few_paragraphs_have_few_stretches_as_high_as_they_are_long() -> None:
    paragraphs = [Said(1, 100, LENGTH // 2), Said(2, LENGTH // 2 + 1, LENGTH)]
    stretches = strip(LENGTH, paragraphs, None).stretches
    assert [(one.first, one.last, one.slices) for one in stretches] == [
        (1, 1, STRETCHES // 2),
        (2, 2, STRETCHES // 2),
    ]


def test_a_text_without_words_has_a_strip_without_anything() -> None:
    empty = strip(0, [], [], marks=[(0, 0)], citations=[0])
    assert empty.stretches == ()
    assert set(empty.paths) <= {"marks", "cites"}


RANGES = st.lists(
    st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).map(lambda pair: (pair[0], sum(pair)))
)


@given(RANGES, st.integers(1, 400))
def test_everything_lies_inside_and_is_small(ranges: list[tuple[int, int]], paragraphs: int) -> None:
    drawn = strip(
        LENGTH,
        text(paragraphs),
        [
            joined(*one, strength)
            for one, strength in zip(ranges, ["strong", "likely", "faint"] * 99, strict=False)
        ],
        marks=ranges,
        claims=ranges[::2],
        citations=[start for start, _ in ranges],
    )
    for kind, path in drawn.paths.items():
        assert all(0 <= int(y) < BINS for y in re.findall(r"M\d+ (\d+)", path)), kind
        assert len(path) <= 9 * BINS
    assert sum(stretch.slices for stretch in drawn.stretches) == STRETCHES
    numbers = [number for one in drawn.stretches for number in range(one.first, one.last + 1)]
    assert numbers == list(range(1, paragraphs + 1))
