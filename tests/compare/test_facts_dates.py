"""Dates are found as people write them, each with the days that it can mean."""

from datetime import date

import pytest

from reader.compare.figured.dates import ANY_YEAR, dates


def found(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """The words of each date, its first and its last day."""
    return [(text[one.start : one.end], f"{one.first}", f"{one.last}") for one in dates(text, language)]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("12 November 2024", "2024-11-12", "2024-11-12"),
        ("November 12, 2024", "2024-11-12", "2024-11-12"),
        ("5th of May 1998", "1998-05-05", "1998-05-05"),
        ("2024-11-05", "2024-11-05", "2024-11-05"),
        ("31.12.2024", "2024-12-31", "2024-12-31"),
        ("June 2023", "2023-06-01", "2023-06-30"),
        ("Feb. 2024", "2024-02-01", "2024-02-29"),
        ("June–August 2023", "2023-06-01", "2023-08-31"),
        ("22-24 October 2024", "2024-10-22", "2024-10-24"),
        ("October 22–24, 2024", "2024-10-22", "2024-10-24"),
        ("30 March to 2 April 2019", "2019-03-30", "2019-04-02"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("1914–18", "1914-01-01", "1918-12-31"),
        ("the spring of 1998", "1998-03-01", "1998-05-31"),
        ("winter 2023/24", "2023-01-01", "2024-02-29"),
        ("early 2023", "2023-01-01", "2023-04-30"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("the nineteenth century", "1801-01-01", "1900-12-31"),
        ("the 18th century", "1701-01-01", "1800-12-31"),
    ],
)
def test_a_date_means_these_days(words: str, first: str, last: str) -> None:
    [(written, *days)] = found(f"The ferry stopped in {words}, they say.")
    assert words.endswith(written)
    assert days == [first, last]


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("am 12. November 2024", "de", "2024-11-12"),
        ("le 5 mai 1998", "fr", "1998-05-05"),
        ("el 5 de mayo de 1998", "es", "1998-05-05"),
        ("2024年10月5日", "ja", "2024-10-05"),
    ],
)
def test_dates_of_other_languages_are_read(words: str, language: str, day: str) -> None:
    assert [row[1:] for row in found(words, language)] == [(day, day)]


@pytest.mark.parametrize(
    "words",
    [
        "You may 20 times ask.",
        "The crew of 2000 sailors and 1500 men.",
        "It cost $2024 or 2,024 or 2024.5 in all.",
        "Seen on 03/04/2024.",
        "Written on 30 February 2020.",
        "Resolution A/2024/12 and file 2024-07.",
        "In march 3 ships left.",
    ],
)
def test_what_is_no_date_is_passed_over(words: str) -> None:
    assert found(words) == []


def test_a_year_before_things_is_one_where_the_sentence_says_when() -> None:
    assert [row[0] for row in found("In 2024 elections were held.")] == ["2024"]
    assert [row[0] for row in found("The 2024 election was held.")] == ["2024"]


def test_a_day_or_month_without_a_year_is_of_any_year() -> None:
    [day] = dates("It opened on 12 November.")
    assert day.first == date(ANY_YEAR, 11, 12)
    [month] = dates("It opens by December.")
    assert (month.first.month, month.days) == (12, 31)


def meet(one: str, other: str) -> bool:
    """Whether two dates can mean one day."""
    return dates(f"in {one}")[0].meets(dates(f"in {other}")[0])


def test_a_month_meets_its_days_and_no_other() -> None:
    assert meet("November 2024", "12 November 2024")
    assert meet("12 November 2024", "2024")
    assert not meet("June 2023", "12 November 2024")
    assert not meet("November 2023", "12 November 2024")


def test_a_day_without_a_year_meets_that_day_of_a_year_but_no_whole_year() -> None:
    assert meet("12 November", "November 12, 2024")
    assert not meet("12 November", "13 November 2024")
    assert not meet("12 November", "2024")
