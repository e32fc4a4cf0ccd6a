"""Who says what in figures: what two texts date, count and name is set side by side, what differs first."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.compare import facts as stage
from reader.compare.facts import Facts, Mention, Row, facts
from reader.compare.figured.figures import Block
from reader.ingest import parse_bytes

LEDGER = (
    "The harbour lies where the river bends, and its people live by salt and by rope.",
    "A tide mill was built at the weir, and the charter of the guild was sealed on 4 June 1703.",
    "In all 300 boats fished for herring, and the dean expects 100 more to come by spring.",
    "The moon and the ledger agree on little, as Heinrich Voss wrote to the dean of Wismar.",
    "Nobody rang the bell in the fog.",
)
ANSWER = (
    "Salt made the town, whatever the gulls may say of it.",
    "It was only in August 1712 that the guild had its charter, sealed by the dean in person.",
    "Some 450 vessels left for the herring, if the toll keeper counted well.",
    "His quarrel with Voss filled eleven letters to Wismar and no ledger at all.",
    "The lanterns were of horn, and dear.",
)


def blocks(*paragraphs: str, heading: str = "") -> list[Block]:
    """Paragraphs numbered from 1."""
    return [Block(f"p{number}", text, heading) for number, text in enumerate(paragraphs, start=1)]


def compared(left: tuple[str, ...] = LEDGER, right: tuple[str, ...] = ANSWER) -> Facts:
    """The facts of two English texts."""
    return facts(blocks(*left), blocks(*right))


def figures(found: Facts) -> list[Row]:
    """The rows that are no names."""
    return [row for row in found.rows if row.kind != "name"]


def words(mentions: tuple[Mention, ...]) -> list[str]:
    """What each mention says."""
    return [one.words for one in mentions]


def row_with(found: Facts, *wanted: str) -> Row:
    """The one row in which all these stand."""
    [row] = [row for row in found.rows if set(wanted) <= {*words(row.left), *words(row.right)}]
    return row


def test_two_dates_of_one_thing_differ() -> None:
    row = row_with(compared(), "4 June 1703", "August 1712")
    assert (row.kind, row.differs, row.grade) == ("date", True, "likely")
    assert row.subject == "charter … guild … sealed"
    assert {"charter", "guild"} <= set(row.shared)


def test_two_counts_of_one_thing_differ_under_two_nouns() -> None:
    row = row_with(compared(), "300 boats", "Some 450 vessels")
    assert (row.kind, row.differs, row.subject) == ("number", True, "boats / vessels")
    assert words(row.left) == ["300 boats", "100 more"]


def test_what_differs_stands_first_and_names_last() -> None:
    assert [row.differs for row in compared().rows] == [True, True, False, False]
    assert [row.kind for row in compared().rows][2:] == ["name", "name"]


def test_a_figure_in_both_agrees() -> None:
    found = compared(right=("In June 1703 the guild had its charter.", "They had 300 ships for herring."))
    assert [(row.differs, words(row.left), words(row.right)) for row in figures(found)] == [
        (False, ["4 June 1703"], ["June 1703"]),
        (False, ["300 boats"], ["300 ships"]),
    ]


def test_what_is_met_in_the_other_text_differs_from_nothing_else_there() -> None:
    found = compared(
        ("The guild had its charter in 1703.", "The guild had its charter renewed in 1712."),
        ("In 1712 the charter of the guild was renewed.", "A charter of the guild dates from 1703."),
    )
    assert [row.differs for row in figures(found)] == [False, False]


def test_dates_of_different_things_make_no_row() -> None:
    assert not figures(compared(("The mill was built in 1703.",), ("Lanterns were taxed in 1712.",)))


def test_counts_of_different_things_make_no_row() -> None:
    left = ("He saw 300 boats with salt at the weir.",)
    assert not figures(compared(left, ("He saw 450 mules with salt at the weir.",)))
    assert not figures(compared(left, ("He saw 12 per cent of the salt at the weir.",)))


def test_soldiers_of_two_countries_are_not_of_one_thing() -> None:
    left, right = ("They sent 3,000 Danish soldiers.",), ("They sent 10,000 Swedish soldiers.",)
    assert not figures(compared(left, right))
    assert figures(compared(left, ("They sent 10,000 Danish troops.",)))


def test_a_number_without_a_noun_has_that_of_its_like() -> None:
    found = compared(("He saw 10,000 gulls.", "A first 10,000 came at dawn."), ("Some 10,000 gulls came.",))
    [row] = figures(found)
    assert (row.differs, words(row.left)) == (False, ["10,000 gulls", "10,000"])


def test_a_number_without_a_noun_is_of_the_noun_beside_it() -> None:
    left, right = ("They felled 212 limes.",), ("The limes are gone, more than two hundred of them.",)
    [row] = figures(compared(left, right))
    assert (row.differs, row.grade, words(row.right)) == (False, "perhaps", ["more than two hundred"])


def test_an_exact_number_is_of_one_thing_under_another_name() -> None:
    [row] = figures(compared(("They sold 36,400 tickets.",), ("A toll of 36,400 farthings was paid.",)))
    assert (row.differs, row.grade, row.subject) == (False, "perhaps", "tickets / farthings")
    assert not figures(compared(("They sold 36,400 tickets.",), ("A toll of 36,300 farthings was paid.",)))


def test_a_year_in_both_that_nothing_else_speaks_for_is_left_open() -> None:
    filler = tuple(f"They saw {count} moons in {1600 + count}." for count in range(20, 40))
    left = (*filler, "In 1703 it snowed.")
    [row] = figures(compared(left, ("The bell of 1703 has cracked.", "In 1812 it rang.", "In 1813 it rang.")))
    assert (row.differs, row.grade) == (False, "open")


def test_years_that_passed_are_not_taken_for_one_thing_by_a_word() -> None:
    left = (*LEDGER[3:], "The ledger was kept for two years.")
    assert not figures(compared(left, (*ANSWER[3:], "The ledger burned ninety years later.")))


def test_the_heading_above_speaks_for_a_paragraph() -> None:
    left = blocks("It was sealed in 1703, they say.", heading="The herring charter")
    right = blocks("The herring charter dates from 1712.", "Salt.", "Rope.", "Gulls cried over the weir.")
    [row] = facts(left, right).rows
    assert row.differs


def test_a_name_in_both_is_one_row_with_all_its_variants() -> None:
    row = row_with(compared(), "Heinrich Voss", "Voss")
    assert (row.kind, row.subject, row.counts) == ("name", "Heinrich Voss", (1, 1))
    assert set(row.variants) == {"Heinrich Voss", "Voss"}


def test_names_of_one_text_alone_are_told_apart() -> None:
    found = compared(("They love Wismar and Stralsund.",), ("They fear Wismar and Rostock.",))
    assert [row.subject for row in found.rows] == ["Wismar"]
    assert [row.subject for row in found.only_left] == ["Stralsund"]
    assert [row.subject for row in found.only_right] == ["Rostock"]


def test_of_many_places_of_a_name_the_first_of_each_paragraph_is_given_and_all_are_counted() -> None:
    found = compared(("They love Wismar still. " * 30,), ("They fear Wismar.",))
    [row] = found.rows
    assert (len(row.left), row.counts) == (1, (30, 1))


def test_a_mention_stands_in_its_sentence() -> None:
    row = row_with(compared(), "4 June 1703", "August 1712")
    before, date, after = row.left[0].pieces
    assert (before + date + after, row.left[0].block.place) == (LEDGER[1], "p2")


def test_an_empty_text_gives_nothing() -> None:
    assert facts([], blocks(*ANSWER)).rows == facts(blocks(*LEDGER), []).rows == facts([], []).rows == ()


def test_a_text_against_itself_differs_in_nothing() -> None:
    assert not [row for row in compared(LEDGER, LEDGER).rows if row.differs]


def test_texts_in_two_languages_meet_in_dates_and_names() -> None:
    german = blocks("Am 4. Juni 1703 erhielt die Gilde, so Heinrich Voss, ihren Freibrief.")
    found = facts(blocks(*LEDGER), german, ("en", "de"))
    assert {(row.kind, row.subject) for row in found.rows} >= {("name", "Heinrich Voss")}
    assert [words(row.right) for row in figures(found)] == [["4. Juni 1703"]]


@pytest.mark.parametrize(
    ("language", "left", "right", "date", "count"),
    [
        (
            "de",
            "Am 12. November 1804 besiegelte der Rat den Freibrief der Gilde. Rund 10.000 Säcke kamen.",
            "Der Freibrief der Gilde wurde im Juni 1803 vom Rat besiegelt. Etwa 3.000 Säcke kamen im Herbst.",
            "12. November 1804",
            "Rund 10.000 Säcke",
        ),
        (
            "fr",
            "La charte de la guilde fut scellée le 12 novembre 1804. Environ 10 000 tonneaux sont venus.",
            "On dit que la charte de la guilde fut scellée en juin 1803. Près de 3 000 tonneaux sont venus.",
            "12 novembre 1804",
            "Environ 10 000 tonneaux",
        ),
    ],
)
def test_texts_in_another_language_are_compared(
    language: str, left: str, right: str, date: str, count: str
) -> None:
    found = figures(facts(blocks(left), blocks(right), (language, language)))
    assert all(row.differs and row.grade == "likely" for row in found)
    assert sorted(words(row.left)[0] for row in found) == sorted([date, count])


def test_british_english_is_english() -> None:
    british = facts(blocks(*LEDGER), blocks(*ANSWER), ("en-GB", "en"))
    assert british == compared()


def test_a_text_that_is_too_long_is_looked_at_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "CHARACTERS_AT_MOST", len(LEDGER[0]) + len(LEDGER[1]) + 2)
    found = compared()
    assert found.is_cut == (True, True)
    assert {row.kind for row in found.rows} == {"date"}


def test_the_rows_are_the_same_each_time() -> None:
    assert compared() == compared()


@given(st.lists(st.text(max_size=200), max_size=4), st.lists(st.text(max_size=200), max_size=4))
def test_no_text_breaks_it_and_every_place_lies_in_its_block(left: list[str], right: list[str]) -> None:
    found = facts(blocks(*left), blocks(*right), ("", "de"))
    for row in (*found.rows, *found.only_left, *found.only_right):
        for one in (*row.left, *row.right):
            assert 0 <= one.first <= one.start < one.end <= len(one.block.text)
            assert one.end <= one.last


@pytest.mark.originals
def test_the_originals_differ_on_the_agreement_and_on_the_soldiers(originals: Path) -> None:
    left, right = (_of_file(next(originals.glob(f"{start}*.txt"))) for start in ("000", "001"))
    found = facts(left, right)
    first, second, third = figures(found)
    assert (words(first.left), words(first.right)) == (["June 2023"], ["November 12, 2024"])
    assert (first.differs, first.grade) == (True, "likely")
    assert [one.split()[0] for one in words(second.left)] == ["3,000", "10,000"]
    assert (second.differs, words(second.right)) == (True, ["approximately 10,000 troops"])
    assert (third.differs, words(third.left), words(third.right)) == (
        False,
        ["10,000 soldiers"],
        ["approximately 10,000 troops"],
    )


def _of_file(path: Path) -> list[Block]:
    parsed = parse_bytes(path.read_bytes(), path.name)
    made, heading = [], ""
    for position, (block, number) in enumerate(zip(parsed.blocks, parsed.numbers(), strict=True)):
        heading = block.text if block.kind == "heading" else heading
        if block.kind in ("paragraph", "item", "quote", "caption"):
            made.append(Block(f"p{number}" if number else f"b{position}", block.text, heading))
    return made
