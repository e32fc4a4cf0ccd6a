"""Many marks become few levels: counted rightly, bounded by the text, true to its words."""

from collections import defaultdict
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate.density import (
    LEVELS,
    SHORTEST,
    Level,
    Stretch,
    changed,
    counted,
    is_thin,
    level,
    levels,
    scale,
    words,
)

texts = st.text(st.sampled_from("ab cd ef\n.漢字สระ😀\u0301é "), max_size=80)
stretches = st.tuples(st.integers(0, 80), st.integers(0, 80))
people = st.integers(0, 5)


def of_words(count: int) -> list[Stretch]:
    """So many words of one letter."""
    return words("x " * count)


def drawn(counts: list[int], measure: int = 4) -> list[int]:
    """The level of each word as drawn."""
    found = levels(counts, of := of_words(len(counts)), measure)
    return [next((lv.level for lv in found if lv.start <= start < lv.end), 0) for start, _ in of]


@given(texts, st.lists(st.tuples(people, stretches, st.booleans()), max_size=25), st.randoms())
def test_counts_kept_as_marks_come_and_go_are_those_counted_afresh(
    text: str, steps: list[tuple[int, Stretch, bool]], chance: Random
) -> None:
    of = words(text)
    marks: dict[int, list[Stretch]] = defaultdict(list)
    counts = counted(of, [])
    for person, stretch, leaves in steps:
        own = marks[person]
        if leaves and own:
            gone = chance.randrange(len(own))
            left = own[:gone] + own[gone + 1 :]
        else:
            left = [*own, stretch]
        counts = changed(counts, of, own, left)
        marks[person] = left
        assert counts == counted(of, marks.values())
    for own in marks.values():
        counts = changed(counts, of, own, [])
    assert counts == [0] * len(of)


@given(st.lists(st.integers(0, 9), max_size=120), st.sampled_from([4, 8, 16, 512]))
def test_stretches_are_bounded_by_the_words(counts: list[int], measure: int) -> None:
    of = of_words(len(counts))
    found = levels(counts, of, measure)
    assert len(found) <= 1 + len(of) // SHORTEST
    starts, ends = {start for start, _ in of}, {end for _, end in of}
    here = -1
    for start, end, step in found:
        assert here < start < end
        assert start in starts
        assert end in ends
        assert 1 <= step <= LEVELS
        here = end


@given(st.lists(st.integers(0, 9), max_size=120))
def test_no_mark_vanishes_and_a_long_unmarked_stretch_stays_so(counts: list[int]) -> None:
    shown = drawn(counts)
    assert all(step for step, count in zip(shown, counts, strict=True) if count)
    for at in range(len(counts) - SHORTEST + 1):
        if not any(counts[at : at + SHORTEST]):
            assert not any(shown[at : at + SHORTEST])


def test_words_end_at_white_space_and_so_do_some_characters_of_a_script_without_it() -> None:
    assert words(" The tide,\nagain") == [(1, 4), (5, 10), (11, 16)]
    assert words("潮の満ち引き") == [(0, 4), (4, 6)]
    assert words("") == []


def test_a_mark_counts_each_word_that_it_touches() -> None:
    of = words("one two three")
    assert counted(of, [[(2, 5)]]) == [1, 1, 0]
    assert counted(of, [[(3, 4)]]) == [0, 0, 0]
    assert counted(of, [[(8, 9), (9, 13)], [(12, 13)]]) == [0, 0, 2]


@pytest.mark.parametrize(("people", "expected"), [(0, 4), (1, 4), (4, 4), (5, 8), (8, 8), (300, 512)])
def test_a_scale_is_the_power_of_two_that_holds_the_people(people: int, expected: int) -> None:
    assert scale(people) == expected


@pytest.mark.parametrize(
    ("count", "measure", "expected"),
    [
        *((0, 4, 0), (1, 4, 1), (2, 4, 2), (3, 4, 4), (4, 4, 4)),
        *((1, 512, 1), (4, 512, 1), (5, 512, 2), (22, 512, 2), (23, 512, 3), (107, 512, 3), (108, 512, 4)),
    ],
)
def test_levels_part_the_people_by_equal_ratios(count: int, measure: int, expected: int) -> None:
    assert level(count, measure) == expected


def test_a_sentence_that_all_marked_keeps_its_edges() -> None:
    assert levels([0, 0, 4, 4, 4, 4, 4, 0, 0], of_words(9), 4) == (Level(4, 13, 4),)


def test_a_short_rise_inside_a_long_stretch_is_smoothed_away() -> None:
    assert drawn([1, 1, 1, 1, 4, 1, 1, 1, 1]) == [1] * 9


def test_a_single_word_among_unmarked_ones_stays_alone() -> None:
    assert drawn([0, 0, 0, 0, 3, 0, 0, 0, 0]) == [0, 0, 0, 0, 4, 0, 0, 0, 0]


def test_restless_counts_become_even_steps() -> None:
    assert drawn([1, 4, 1, 2, 1, 2, 1, 1]) == [4, 4, 4, 4, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("marks", "of", "thin"), [(2, 1, True), (3, 1, False), (7, 100, True), (8, 100, False), (13, 9999, False)]
)
def test_marks_are_drawn_one_by_one_as_far_as_the_words_bear_it(marks: int, of: int, thin: bool) -> None:
    assert is_thin(marks, of) is thin
