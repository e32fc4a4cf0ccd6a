"""Numbers that count something are found, with what they count; all other numbers are not."""

import pytest

from reader.compare.figured.dates import dates
from reader.compare.figured.quantities import Counted, quantities


def found(text: str, language: str = "en") -> list[Counted]:
    """The counts of a text, its dates left out."""
    return quantities(text, [(one.start, one.end) for one in dates(text, language)], language)


@pytest.mark.parametrize(
    ("words", "low", "high", "head"),
    [
        ("3,000 grey herons are", 3000, 3000, "herons"),
        ("10.000 men", 10_000, 10_000, "men"),
        ("10 000 gulls", 10_000, 10_000, "gulls"),
        ("ten thousand mules", 10_000, 10_000, "mules"),
        ("two hundred and five boats", 205, 205, "boats"),
        ("twenty-one pilots", 21, 21, "pilots"),
        ("a hundred and one bells", 101, 101, "bells"),
        ("a dozen eggs", 12, 12, "eggs"),
        ("1.5 million barrels", 1_500_000, 1_500_000, "barrels"),
        ("10 to 12 thousand sacks", 10_000, 12_000, "sacks"),
        ("20–25 of its best sailors", 20, 25, "sailors"),
        ("40 sailors confirmed by the guild", 40, 40, "sailors"),
        ("2000 fishermen", 2000, 2000, "fishermen"),
        ("two and a half years", 2.5, 2.5, "years"),
        ("three and a half million crowns", 3.5e6, 3.5e6, "crowns"),
        ("50 km", 50, 50, "km"),
    ],
)
def test_a_count_has_its_value_and_its_noun(words: str, low: float, high: float, head: str) -> None:
    [one] = found(f"The port had {words} left.")
    assert (one.low, one.high, one.head) == (low, high, head)


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("12 per cent", "%", 12),
        ("3.5% of the catch", "%", 3.5),
        ("$3.4 billion", "$", 3.4e9),
        ("€200", "€", 200),
        ("£1 in all", "£", 1),
        ("three quarters of it", "%", 75),
        ("about half of the catch", "%", 50),
        ("a fifth more", "%", 20),
        ("nine out of ten", "%", 90),
        ("one in six", "%", 100 / 6),
        ("every fourth boat", "%", 25),
    ],
)
def test_shares_and_sums_of_money_have_a_unit(words: str, unit: str, value: float) -> None:
    [one] = found(f"The port kept {words} then.")
    assert (one.unit, one.low) == (unit, value)


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("about", "≈"),
        ("approximately", "≈"),
        ("over", ">"),
        ("at least", ">"),
        ("up to", "<"),
        ("exactly", "="),
    ],
)
def test_how_exact_a_number_is_meant_is_read_before_it(words: str, bound: str) -> None:
    assert [one.bound for one in found(f"The port had {words} 300 boats.")] == [bound]


def test_what_comes_on_top_is_of_what_was_counted_last() -> None:
    first, second = found("They saw 3,000 grey herons in May, and expect 10,000 more by autumn.")
    assert (first.head, first.more) == ("herons", False)
    assert (second.head, second.more, second.low) == ("herons", True, 10_000)


@pytest.mark.parametrize(
    "words",
    [
        "The first and the 3rd, one of them, on the one hand.",
        "See note 12, p. 14, pp. 3–5, § 8, No. 7 and chapter 3 [12] (4).",
        "1. Salt",
        "At 10:30 it stood 3:1 in room G7 with an F-16, a T-72 and Covid-19.",
        "Written in 2023 and on 5 May 1998.",
        "https://quay.example/2024/11/05/12-ships and mail 5@quay.example now.",
        "Version 3.11.2 of 45-year-old rope.",
        "The 22 and the 14 stop at twenty to nine, half past ten, every third day.",
        "On the third of May, a fifth column and a quarter to six.",
    ],
)
def test_numbers_that_count_nothing_are_passed_over(words: str) -> None:
    assert found(words) == []


def test_the_comma_parts_decimals_where_the_language_does() -> None:
    [share, money] = found("Rund 3,5 Prozent und 1,5 Millionen Euro", "de")
    assert (share.low, share.bound, money.low, money.head) == (3.5, "≈", 1_500_000, "Euro")
    assert [one.low for one in found("mit 3,500 Tonnen", "de")] == [3.5]
    assert [one.low for one in found("with 3,500 tonnes")] == [3500]


def agree(one: str, other: str) -> bool:
    """Whether two counts can be one number."""
    return found(one)[0].agrees(found(other)[0])


def test_round_numbers_agree_with_what_is_near() -> None:
    assert agree("about 10,000 gulls", "10,400 gulls")
    assert not agree("10,000 gulls", "10,400 gulls")
    assert not agree("3,000 gulls", "about 10,000 gulls")
    assert agree("over 3,000 gulls", "3,500 gulls")
    assert not agree("over 3,000 gulls", "2,500 gulls")
    assert agree("10 to 12 thousand gulls", "11,000 gulls")


def test_what_comes_on_top_agrees_with_its_like_only() -> None:
    assert not agree("10,000 more gulls", "10,000 gulls")
    assert agree("10,000 more gulls", "another 10,000 gulls")
    assert not agree("10 per cent", "$10")


def test_a_part_is_of_what_the_whole_counts() -> None:
    [part, whole] = found("They lost 46 of some 200 shops.")
    assert (part.low, part.head, whole.low, whole.head) == (46, "shops", 200, "shops")


def test_two_numbers_that_fall_are_no_range() -> None:
    assert [one.low for one in found("It was 5100 to 4900 in the end.")] == [5100, 4900]


def test_measures_are_compared_across_their_units() -> None:
    assert agree("24 months", "two years")
    assert agree("1.5 kilometres", "1,500 metres")
    assert not agree("18 months", "two years")
    assert agree("about a third of it", "one in three of them")
    assert agree("18 per cent of it", "a fifth of it")
    assert not agree("up to 40 sacks", "up to 43 sacks")
