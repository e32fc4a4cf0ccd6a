"""Two texts are joined where they say the same thing, whatever else they share."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.compare.align import Match, Unit, align

HARBOUR = [
    "The harbour board met to talk about the harbour and its future.",
    "Dredging the eastern channel has stirred up mercury that settled there when the tannery was working. "
    "Fishermen were told to keep their nets out of the harbour until spring.",
    "The ferry to the islands will stop at the new quay. A trip costs four crowns, half of that for pupils.",
    "Herons have come back to nest in the reeds behind the harbour wall, the first in forty years.",
    "What the harbour will look like in ten years nobody on the board would say.",
]
CHANNEL = [
    "Nobody knows what will become of the harbour, and the board is silent.",
    "For the first time in four decades, reeds near the harbour shelter nesting herons.",
    "Pupils pay half on the islands ferry, whose quay has been moved.",
    "When the harbour channel was dredged, old tannery mercury rose from the mud, and nets were forbidden.",
]


def units(texts: list[str]) -> list[Unit]:
    """Paragraphs numbered from one."""
    return [Unit(number, text) for number, text in enumerate(texts, 1)]


def best(matches: list[Match]) -> dict[int, int]:
    """For each left unit the right one that comes first."""
    found: dict[int, int] = {}
    for match in matches:
        found.setdefault(match.left, match.right)
    return found


def test_passages_that_say_the_same_come_first_in_any_order() -> None:
    found = best(align(units(HARBOUR), units(CHANNEL)))
    assert (found[2], found[3], found[4]) == (4, 3, 2)


def test_the_words_that_made_a_match_are_shown_as_the_left_text_writes_them() -> None:
    match = next(match for match in align(units(HARBOUR), units(CHANNEL)) if match.left == 2)
    assert {"Dredging", "mercury", "tannery"} <= set(match.evidence)
    assert len(match.evidence) <= 8


def test_the_sentences_that_carry_a_match_are_marked() -> None:
    match = next(match for match in align(units(HARBOUR), units(CHANNEL)) if match.left == 3)
    assert HARBOUR[2][match.left_start : match.left_end].endswith("half of that for pupils.")
    assert CHANNEL[2][match.right_start : match.right_end] == CHANNEL[2]


def test_a_text_matches_itself_unit_by_unit() -> None:
    matches = align(units(HARBOUR), units(HARBOUR))
    assert best(matches) == {number: number for number in range(1, 6)}
    assert all(match.score == 1.0 for match in matches if match.left == match.right)


def test_texts_on_other_subjects_have_nothing_strong() -> None:
    bread = [
        "Rye dough wants a sour start and a long rest. A wet hand keeps it from sticking to the bowl.",
        "The oven has to be hotter than for wheat. Steam in the first ten minutes gives the crust its shine.",
        "A loaf is done when it sounds hollow. Whoever cuts it warm will be sorry.",
    ]
    assert {match.strength for match in align(units(HARBOUR), units(bread))} <= {"faint"}


@pytest.mark.parametrize(
    "left, right", [([], []), ([], CHANNEL), (HARBOUR, []), ([""], CHANNEL), (["…"], ["—"])]
)
def test_a_text_without_words_has_no_matches(left: list[str], right: list[str]) -> None:
    assert align(units(left), units(right)) == []


WORDS = st.sampled_from(
    "tram rails depot fares night driver strike council noise 1987 Kraków the of 𝒳 河川 , .".split()
)
TEXTS = st.lists(st.lists(WORDS, max_size=14).map(" ".join), max_size=6)


@settings(max_examples=60, deadline=None)
@given(left=TEXTS, right=TEXTS)
def test_every_match_stands_in_its_texts(left: list[str], right: list[str]) -> None:
    matches = align(units(left), units(right))
    assert matches == align(units(left), units(right))
    for match in matches:
        assert 0 <= match.left_start <= match.left_end <= len(left[match.left - 1])
        assert 0 <= match.right_start <= match.right_end <= len(right[match.right - 1])
        assert 0 <= match.score <= 1
        assert match.evidence
        assert all(word in left[match.left - 1] for word in match.evidence)


@settings(max_examples=40, deadline=None)
@given(left=TEXTS, right=TEXTS, only=st.sets(st.integers(1, 6)), other=st.sets(st.integers(1, 6)))
def test_some_units_alone_give_what_they_have_among_all(
    left: list[str], right: list[str], only: set[int], other: set[int]
) -> None:
    found = align(units(left), units(right), only_left=only, only_right=other)
    everything = align(units(left), units(right))
    assert found == [match for match in everything if match.left in only or match.right in other]
