"""Whatever two texts are, their matches keep these rules."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.compare.align import Match, Unit, align

WORDS = st.sampled_from(
    "tram rails depot fares night driver strike council noise 1987 Kraków the of 𝒳 河川 , .".split()
)
TEXTS = st.lists(st.lists(WORDS, max_size=14).map(" ".join), max_size=6)


def units(texts: list[str]) -> list[Unit]:
    """Paragraphs numbered from one."""
    return [Unit(number, text) for number, text in enumerate(texts, 1)]


def scores(matches: list[Match]) -> dict[tuple[int, int], float]:
    """The score of each pair."""
    return {(match.left, match.right): match.score for match in matches}


@settings(max_examples=60, deadline=None)
@given(left=TEXTS, right=TEXTS)
def test_every_match_stands_in_its_texts_and_comes_again(left: list[str], right: list[str]) -> None:
    matches = align(units(left), units(right))
    assert matches == align(units(left), units(right))
    assert len(scores(matches)) == len(matches)
    for match in matches:
        assert 0 <= match.left_start <= match.left_end <= len(left[match.left - 1])
        assert 0 <= match.right_start <= match.right_end <= len(right[match.right - 1])
        assert 0 <= match.score <= 1
        assert match.evidence
        assert all(word in left[match.left - 1] for word in match.evidence)


@settings(max_examples=40, deadline=None)
@given(left=TEXTS, right=TEXTS)
def test_texts_that_change_sides_have_the_same_scores(left: list[str], right: list[str]) -> None:
    turned = {
        (two, one): score for (one, two), score in scores(align(units(right), units(left), top=9)).items()
    }
    assert scores(align(units(left), units(right), top=9)) == turned


@settings(max_examples=40, deadline=None)
@given(left=TEXTS, right=TEXTS, chance=st.randoms(use_true_random=False))
def test_the_order_of_paragraphs_changes_no_score(left: list[str], right: list[str], chance: Random) -> None:
    mixed = units(right)
    chance.shuffle(mixed)
    assert scores(align(units(left), units(right), top=9)) == scores(align(units(left), mixed, top=9))


@settings(max_examples=40, deadline=None)
@given(left=TEXTS, right=TEXTS)
def test_a_paragraph_on_something_else_is_no_parallel(left: list[str], right: list[str]) -> None:
    more = [*units(right), Unit(99, "Rye dough wants a sour start and a long rest in a cool bowl.")]
    assert all(match.strength == "faint" for match in align(units(left), more) if match.right == 99)


@settings(max_examples=40, deadline=None)
@given(left=TEXTS)
def test_the_best_match_of_a_paragraph_in_the_same_text_is_itself(left: list[str]) -> None:
    first: dict[int, Match] = {}
    for match in align(units(left), units(left)):
        first.setdefault(match.left, match)
    assert all(left[match.right - 1] == left[match.left - 1] for match in first.values())
    assert all(match.score == 1.0 for match in first.values())


@settings(max_examples=40, deadline=None)
@given(left=TEXTS, right=TEXTS, only=st.sets(st.integers(1, 6)), other=st.sets(st.integers(1, 6)))
def test_some_units_alone_give_what_they_have_among_all(
    left: list[str], right: list[str], only: set[int], other: set[int]
) -> None:
    found = align(units(left), units(right), only_left=only, only_right=other)
    everything = align(units(left), units(right))
    assert found == [match for match in everything if match.left in only or match.right in other]
