"""Passages find their place in a revised text, or are said to have none."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.prose import manual, written
from bench.revisions import Judge, marks, revised
from reader.annotate.anchors import Outcome, Place, Text, carry
from reader.annotate.wording import Vocabulary
from reader.annotate.work import COMPARISONS, Work

HARBOUR = (
    "The harbour master kept two ledgers, one for the customs house and one for himself. "
    "Every winter the ice closed the northern basin, and no ship came before the middle of March. "
    "In those months he compared both books by candlelight and burned what did not agree."
)
FERRY = (
    "The ferry had no timetable until 1874, since the ferryman crossed whenever three people were waiting. "
    "Merchants complained to the council that fish cannot wait. "
    "A bell was hung on the far bank, and whoever rang it paid double."
)
MILL = (
    "Above the town stood a paper mill whose owner read every sheet before he pulped it. "
    "He saved eleven charters, a psalter and the minutes of a trial that nobody had dared to publish."
)
BRIDGE = (
    "When the bridge was opened, the bell went to the school. "
    "It rang for the first lesson until the building burned down."
)
PARTS = (HARBOUR, FERRY, MILL, BRIDGE)


def text(*blocks: str) -> Text:
    """The blocks as a revision holds them."""
    ranges, at = [], 0
    for block in blocks:
        ranges.append((at, at + len(block)))
        at += len(block) + 1
    return Text("\n".join(blocks), tuple(ranges))


def place(within: Text, quote: str) -> Place:
    """Where the quote stands; it stands there once."""
    assert within.text.count(quote) == 1, quote
    start = within.text.index(quote)
    return Place(start, start + len(quote))


def one(old: Text, new: Text, quote: str) -> Outcome:
    """What becomes of the passage with this quote."""
    return carry(old, new, [place(old, quote)])[0]


def found(old: Text, new: Text, quote: str) -> tuple[str, str]:
    """The state of the passage with this quote and its new wording."""
    outcome = one(old, new, quote)
    return outcome.state, new.text[outcome.start : outcome.end]


def test_a_passage_is_kept_where_its_paragraph_did_not_change() -> None:
    new = text("A new first paragraph about nothing in particular.", *PARTS)
    assert found(text(*PARTS), new, "three people were waiting") == ("kept", "three people were waiting")


def test_a_passage_is_kept_when_only_words_beside_it_changed() -> None:
    new = text(HARBOUR, FERRY.replace("had no timetable", "kept no timetable at all"), MILL, BRIDGE)
    assert found(text(*PARTS), new, "fish cannot wait") == ("kept", "fish cannot wait")


def test_a_passage_is_changed_when_a_word_in_it_changed() -> None:
    new = text(HARBOUR, FERRY.replace("three people", "five passengers"), MILL, BRIDGE)
    state = found(text(*PARTS), new, "crossed whenever three people were waiting")
    assert state == ("changed", "crossed whenever five passengers were waiting")


def test_a_passage_tells_how_many_of_its_words_live_on() -> None:
    new = text(HARBOUR, FERRY.replace("fish cannot", "herring will never"), MILL, BRIDGE)
    assert one(text(*PARTS), new, "the council that fish cannot wait").certainty == pytest.approx(4 / 6)


def test_a_passage_shrinks_to_the_words_that_are_left() -> None:
    new = text(HARBOUR.replace("the northern basin, and no ship came", "the basin, no ship came"), FERRY)
    assert found(text(HARBOUR, FERRY), new, "northern basin") == ("changed", "basin")


def test_a_passage_grows_with_words_put_into_it() -> None:
    new = text(HARBOUR.replace("both books", "both of the heavy books"), FERRY)
    state = found(text(HARBOUR, FERRY), new, "compared both books by")
    assert state == ("changed", "compared both of the heavy books by")


def test_a_word_put_in_beside_a_passage_does_not_join_it() -> None:
    new = text(HARBOUR.replace("burned what", "quickly burned all what"), FERRY)
    assert found(text(HARBOUR, FERRY), new, "burned") == ("kept", "burned")


def test_a_slip_of_the_pen_may_be_corrected() -> None:
    old = text(HARBOUR.replace("candlelight", "candelight"), FERRY)
    assert found(old, text(HARBOUR, FERRY), "candelight") == ("changed", "candlelight")


def test_another_word_in_its_place_is_not_the_word() -> None:
    new = text(HARBOUR.replace("candlelight", "moonshine"), FERRY)
    assert found(text(HARBOUR, FERRY), new, "candlelight") == ("unplaced", "")


def test_a_moved_paragraph_takes_its_passages_along() -> None:
    new = text(MILL, BRIDGE, FERRY, HARBOUR)
    assert found(text(*PARTS), new, "two ledgers") == ("kept", "two ledgers")


def test_a_moved_and_edited_paragraph_takes_its_passages_along() -> None:
    new = text(MILL, BRIDGE, FERRY, HARBOUR.replace("Every winter", "Each year").replace("closed", "blocked"))
    assert found(text(*PARTS), new, "the ice closed the northern") == (
        "changed",
        "the ice blocked the northern",
    )


@pytest.mark.parametrize(
    "quote", ["the", "A bell was hung", FERRY, "waiting", "the council", "the ferryman crossed", "."]
)
def test_a_passage_of_a_deleted_paragraph_has_no_place(quote: str) -> None:
    old = text(*PARTS)
    start = old.text.index(quote, old.blocks[1][0])
    new = text(HARBOUR, MILL, BRIDGE)
    assert carry(old, new, [Place(start, start + len(quote))])[0].state == "unplaced"


def test_a_passage_of_a_paragraph_replaced_by_another_has_no_place() -> None:
    other = "Nobody rang for the council, and the fish were sold on the bank before the merchants had paid."
    new = text(HARBOUR, other, MILL, BRIDGE)
    assert found(text(*PARTS), new, "Merchants complained to the council") == ("unplaced", "")


@pytest.mark.parametrize("quote", ["Merchants", "complained to the council", "the council", "cannot wait."])
def test_a_passage_of_a_sentence_deleted_in_a_kept_paragraph_has_no_place(quote: str) -> None:
    new = text(
        HARBOUR, FERRY.replace(" Merchants complained to the council that fish cannot wait.", ""), MILL
    )
    assert found(text(HARBOUR, FERRY, MILL), new, quote) == ("unplaced", "")


def test_the_neighbours_of_a_deleted_sentence_stay() -> None:
    new = text(
        HARBOUR, FERRY.replace(" Merchants complained to the council that fish cannot wait.", ""), MILL
    )
    old = text(HARBOUR, FERRY, MILL)
    assert found(old, new, "people were waiting.") == ("kept", "people were waiting.")
    assert found(old, new, "A bell") == ("kept", "A bell")


def test_a_sentence_moved_within_its_paragraph_takes_its_passage_along() -> None:
    first, second, third = FERRY.split(". ")
    new = text(HARBOUR, f"{second}. {first}. {third}", MILL)
    old = text(HARBOUR, FERRY, MILL)
    assert found(old, new, "the council that fish") == ("kept", "the council that fish")
    assert found(old, new, "no timetable until 1874") == ("kept", "no timetable until 1874")


def test_a_sentence_moved_to_another_paragraph_takes_its_passage_along() -> None:
    sentence = " Merchants complained to the council that fish cannot wait."
    new = text(HARBOUR, FERRY.replace(sentence, ""), MILL + sentence)
    assert found(text(HARBOUR, FERRY, MILL), new, "the council that fish")[1] == "the council that fish"


def test_both_parts_of_a_split_paragraph_keep_their_passages() -> None:
    first, rest = FERRY.split(" Merchants", 1)
    new = text(HARBOUR, first, "Merchants" + rest, MILL)
    old = text(HARBOUR, FERRY, MILL)
    assert found(old, new, "the ferryman crossed") == ("kept", "the ferryman crossed")
    assert found(old, new, "whoever rang it") == ("kept", "whoever rang it")


def test_a_passage_over_the_seam_of_a_split_spans_both_parts() -> None:
    first, rest = FERRY.split(" Merchants", 1)
    new = text(HARBOUR, first, "Merchants" + rest, MILL)
    state = found(text(HARBOUR, FERRY, MILL), new, "were waiting. Merchants complained")
    assert state == ("changed", "were waiting.\nMerchants complained")


def test_merged_paragraphs_keep_the_passages_of_both() -> None:
    new = text(HARBOUR, MILL + " " + BRIDGE, FERRY)
    old = text(HARBOUR, MILL, BRIDGE, FERRY)
    assert found(old, new, "eleven charters") == ("kept", "eleven charters")
    assert found(old, new, "the bell went to the school") == ("kept", "the bell went to the school")


def test_an_edited_heading_keeps_its_passage() -> None:
    old = text("On Bells and Ferries", FERRY, "The Mill", MILL)
    new = text("On Bells and Old Ferries", FERRY, "The Paper Mill", MILL)
    assert found(old, new, "On Bells and Ferries") == ("changed", "On Bells and Old Ferries")


def test_a_passage_of_several_paragraphs_is_kept_whole() -> None:
    old, new = text(*PARTS), text("Preface.", *PARTS)
    quote = old.text[place(old, "paid double").start : place(old, "eleven charters").end]
    assert found(old, new, quote) == ("kept", quote)


def test_a_passage_whose_second_paragraph_was_deleted_stays_in_the_first() -> None:
    old, new = text(*PARTS), text(HARBOUR, FERRY, BRIDGE)
    quote = old.text[place(old, "whoever rang it paid").start : place(old, "a paper mill").end]
    assert found(old, new, quote) == ("changed", "whoever rang it paid double")


def test_identical_paragraphs_are_told_apart_by_their_neighbours() -> None:
    old = text(HARBOUR, "See the map.", FERRY, "See the map.", MILL, "See the map.", BRIDGE)
    new = text(HARBOUR, FERRY, "See the map.", MILL, "See the map.", BRIDGE)
    places = [Place(start, end) for start, end in old.blocks if old.text[start:end] == "See the map."]
    outcomes = carry(old, new, places)
    assert [outcome.state for outcome in outcomes] == ["unplaced", "kept", "kept"]
    assert [outcome.start for outcome in outcomes[1:]] == [new.blocks[2][0], new.blocks[4][0]]


def test_swapped_paragraphs_swap_their_passages() -> None:
    old, new = text(HARBOUR, MILL, FERRY, BRIDGE), text(HARBOUR, FERRY, MILL, BRIDGE)
    assert one(old, new, "eleven charters").start == place(new, "eleven charters").start
    assert one(old, new, "paid double").start == place(new, "paid double").start


def test_a_lookalike_in_another_paragraph_is_no_place() -> None:
    old = text(HARBOUR, "A bell was hung on the far bank. Nobody knows by whom.", MILL)
    new = text(
        HARBOUR, MILL, "Much later, and in another town, a bell was hung; this one was cracked and soon sold."
    )
    assert found(old, new, "A bell was hung") == ("unplaced", "")


def test_a_footnote_is_a_place_like_any_other() -> None:
    notes = ("Town archive, box 12, leaf 3.", "Letters of the ferryman's widow, page 88.")
    old, new = text(HARBOUR, FERRY, *notes), text(MILL, HARBOUR, FERRY, "A note put in.", *notes)
    assert found(old, new, "box 12, leaf 3") == ("kept", "box 12, leaf 3")


def test_a_table_cell_is_a_place_like_any_other() -> None:
    old = text(HARBOUR, "Year\tShips\tFines\t1874\t212\t17\t1875\t198\t9", FERRY)
    new = text(HARBOUR, "Year\tShips\tFines\t1873\t230\t4\t1874\t212\t17\t1875\t198\t9", FERRY)
    assert found(old, new, "198") == ("kept", "198")


def test_a_passage_may_cut_words() -> None:
    new = text("Preface.", HARBOUR.replace("Every winter", "Each cold winter"), FERRY)
    assert found(text(HARBOUR, FERRY), new, "rthern bas") == ("kept", "rthern bas")


def test_a_cut_word_that_was_respelt_is_taken_whole() -> None:
    old = text(HARBOUR.replace("candlelight", "candelight"), FERRY)
    assert found(old, text(HARBOUR, FERRY), "candelig") == ("changed", "candlelight")


@pytest.mark.parametrize("quote", ["q", "M", "7", ", one"])
def test_a_passage_may_be_a_character(quote: str) -> None:
    block = "Equal parts; one, one. March 17."
    old = text(FERRY, block)
    start = old.text.index(quote, old.blocks[1][0])
    outcome = carry(old, text("Preface.", FERRY, block), [Place(start, start + len(quote))])[0]
    assert (outcome.state, outcome.start) == ("kept", start + len("Preface.\n"))


def test_punctuation_alone_goes_with_the_word_before_it() -> None:
    old = text(HARBOUR, FERRY)
    comma = old.text.index(",", old.blocks[1][0])
    new = text(HARBOUR, FERRY.replace("had no", "kept no"))
    outcome = carry(old, new, [Place(comma, comma + 1)])[0]
    assert (outcome.state, outcome.start) == ("kept", new.text.index("1874,") + 4)


def test_punctuation_that_was_taken_away_has_no_place() -> None:
    old = text(HARBOUR, FERRY)
    comma = old.text.index(", since")
    new = text(HARBOUR, FERRY.replace(", since", " since"))
    assert carry(old, new, [Place(comma, comma + 1)])[0].state == "unplaced"


def test_quotation_marks_around_a_passage_come_along() -> None:
    old = text(HARBOUR, FERRY.replace("fish cannot wait.", "“fish cannot wait.”"), MILL)
    new = text(HARBOUR, FERRY.replace("fish cannot wait.", "“fish would not wait.”"), MILL)
    assert found(old, new, "“fish cannot wait.”") == ("changed", "“fish would not wait.”")


def test_spaces_at_the_ends_of_another_wording_are_left_out() -> None:
    new = text(HARBOUR.replace("burned what", "tore up what"), FERRY)
    assert found(text(HARBOUR, FERRY), new, " candlelight and burned ") == ("changed", "candlelight and")


def test_emoji_are_words() -> None:
    old = text(HARBOUR, "The families 👩‍👩‍👧 and 👨‍👦 waited 🇳🇵 at the gate for the last boat.", FERRY)
    new = text(HARBOUR, "The families 👩‍👩‍👧 or 👨‍👦 waited at the gate for the last boat.", FERRY)
    assert found(old, new, "👩‍👩‍👧") == ("kept", "👩‍👩‍👧")
    assert found(old, new, "🇳🇵") == ("unplaced", "")


def test_combining_marks_belong_to_their_word() -> None:
    old = text(HARBOUR, "The cafe\u0301 of the naïve poet closed early that winter.", FERRY)
    new = text(HARBOUR, "The cafe\u0301 of one naïve poet closed late that winter.", FERRY)
    assert found(old, new, "cafe\u0301 of the") == ("changed", "cafe\u0301 of")


def test_a_mark_put_on_a_letter_is_not_cut_off() -> None:
    old = text(HARBOUR, "They met in the cafe, then went down to the quay together.", FERRY)
    new = text(HARBOUR, "They met in the cafe\u0301, then went down to the quay together.", FERRY)
    state, wording = found(old, new, "in the cafe")
    assert state == "changed"
    assert not wording.endswith("cafe")


def test_text_from_right_to_left_is_carried() -> None:
    block = "הספן חיכה שלוש שעות ליד המעבורת. איש לא צלצל בפעמון באותו לילה."
    old, new = text(HARBOUR, block, FERRY), text(HARBOUR, block.replace("שלוש", "ארבע"), FERRY)
    assert found(old, new, "בפעמון באותו") == ("kept", "בפעמון באותו")
    assert found(old, new, "חיכה שלוש שעות") == ("changed", "חיכה ארבע שעות")


def test_text_without_spaces_is_carried_by_its_characters() -> None:
    block = "港务长有两本账簿，一本给海关，一本给自己。每年冬天，冰封住北边的港池。"
    old, new = text(HARBOUR, block, FERRY), text(HARBOUR, block.replace("冬天", "十二月"), FERRY)
    assert found(old, new, "两本账簿") == ("kept", "两本账簿")
    assert found(old, new, "每年冬天，冰封") == ("changed", "每年十二月，冰封")


def test_a_deleted_sentence_without_spaces_has_no_place() -> None:
    block = "港务长有两本账簿，一本给海关，一本给自己。每年冬天，冰封住北边的港池。渡船没有时刻表。"
    old, new = text(HARBOUR, block), text(HARBOUR, block.replace("每年冬天，冰封住北边的港池。", ""))
    assert found(old, new, "冰封住北边") == ("unplaced", "")


def test_capitals_make_another_wording() -> None:
    old, new = text(HARBOUR, FERRY), text(HARBOUR, FERRY.replace("the council", "the Council"))
    assert found(old, new, "the council") == ("changed", "the Council")


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "One word."), ("One word.", "")])
def test_empty_texts_place_nothing(old: str, new: str) -> None:
    assert carry(text(old), text(new), [Place(0, 3)])[0].state == (
        "unplaced" if old != new or not old else "kept"
    )


@pytest.mark.parametrize(("start", "end"), [(5, 5), (7, 3), (-2, 4), (0, 10_000)])
@pytest.mark.parametrize("new", [text(HARBOUR), text(FERRY, HARBOUR)])
def test_a_place_that_is_none_is_unplaced(start: int, end: int, new: Text) -> None:
    assert carry(text(HARBOUR), new, [Place(start, end)])[0].state == "unplaced"


def test_words_outside_all_blocks_are_carried() -> None:
    old, new = Text(f"A Title\n{HARBOUR}", ((8, 8 + len(HARBOUR)),)), text("A Title", MILL, HARBOUR)
    assert found(old, new, "two ledgers") == ("kept", "two ledgers")


# Many revisions with a known truth.


@pytest.mark.parametrize("prose", [written, manual])
@pytest.mark.parametrize(("share", "right"), [(0.02, 99.5), (0.10, 99.0), (0.25, 97.0)])
def test_marks_are_found_again_in_revisions(
    prose: Callable[[int, int], list[str]], share: float, right: float
) -> None:
    revision = revised(prose(60_000, 5), share, seed=5)
    made = marks(revision.old, 1000, seed=5)
    outcomes = carry(
        Text(revision.old.text, revision.old.blocks),
        Text(revision.new.text, revision.new.blocks),
        [Place(mark.start, mark.end) for mark in made],
    )
    judge = Judge(revision)
    verdicts = [
        judge.verdict(mark, (outcome.start, outcome.end) if outcome.state != "unplaced" else None)
        for mark, outcome in zip(made, outcomes, strict=True)
    ]
    counted = [verdict for verdict, counts in verdicts if counts]
    assert 100 * counted.count("right") / len(counted) >= right
    assert 100 * counted.count("wrong") / len(counted) <= 0.5
    if prose is written:
        assert ("ghost", False) not in verdicts


# What holds for any text.

words = st.sampled_from(
    "a the bell ferry harbour mill é 港 務 👩‍👩‍👧 שלוש x1 12.5 . , “ ” e\u0301 \u0301".split()
)
lines = st.lists(words, max_size=12).map(" ".join)
texts = st.lists(lines, max_size=8).map(lambda blocks: text(*blocks))


def every_place(within: Text, seed: int) -> list[Place]:
    """Thirty places by chance."""
    chance = random.Random(seed)
    length = len(within.text)
    if not length:
        return []
    starts = [chance.randrange(length) for _ in range(30)]
    return [Place(start, chance.randint(start + 1, length)) for start in starts]


@settings(deadline=None, max_examples=60)
@given(texts, st.integers())
def test_the_same_text_keeps_all(same: Text, seed: int) -> None:
    places = every_place(same, seed)
    assert carry(same, same, places) == [Outcome("kept", one.start, one.end, 1.0) for one in places]


@settings(deadline=None, max_examples=60)
@given(texts, texts, st.integers())
def test_places_are_in_the_text_and_kept_means_the_same_characters(old: Text, new: Text, seed: int) -> None:
    places = every_place(old, seed)
    outcomes = carry(old, new, places)
    assert len(outcomes) == len(places)
    for at, outcome in zip(places, outcomes, strict=True):
        if outcome.state == "unplaced":
            assert (outcome.start, outcome.end, outcome.certainty) == (0, 0, 0.0)
            continue
        assert 0 <= outcome.start < outcome.end <= len(new.text)
        assert 0 < outcome.certainty <= 1
        if outcome.state == "kept":
            assert old.text[at.start : at.end] == new.text[outcome.start : outcome.end]


@settings(deadline=None, max_examples=60)
@given(texts, st.integers())
def test_nothing_has_a_place_when_all_was_deleted(old: Text, seed: int) -> None:
    new = text("Quite", "different things entirely")
    assert {outcome.state for outcome in carry(old, new, every_place(old, seed))} <= {"unplaced"}
    assert {outcome.state for outcome in carry(old, text(), every_place(old, seed)) if old.text} <= {
        "unplaced"
    }


@settings(deadline=None, max_examples=60)
@given(texts, texts, st.integers())
def test_a_passage_does_not_depend_on_the_others(old: Text, new: Text, seed: int) -> None:
    places = every_place(old, seed)
    assert carry(old, new, places) == [carry(old, new, [one])[0] for one in places]


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(), st.integers())
def test_any_characters_are_carried_without_failing(old: str, new: str, seed: int) -> None:
    before, after = text(*old.split("\n")), text(*new.split("\n"))
    for outcome in carry(before, after, every_place(before, seed)):
        assert outcome.end <= len(new)


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_words_are_in_order_and_do_not_overlap(any_text: str) -> None:
    found = Vocabulary().split(any_text)
    edges = [edge for pair in zip(found.starts, found.ends, strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert all(start < end for start, end in zip(found.starts, found.ends, strict=True))


# Texts made to cost much: counted, not timed.

SOME = 20_000


def numbers(count: int, kinds: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [f"n{chance.randrange(kinds)}" for _ in range(count)]


HOSTILE = {
    "lines of one word": (["word"] * SOME, ["word"] * (SOME - 9) + ["last"]),
    "lines of few words": (numbers(SOME, 5, 1), numbers(SOME, 5, 2)),
    "lines of three words": (
        [" ".join(numbers(3, 400, seed)) for seed in range(SOME // 3)],
        [" ".join(numbers(3, 400, seed)) for seed in range(SOME, SOME + SOME // 3)],
    ),
    "one word again and again": (["word " * SOME], ["word " * (SOME // 2) + "x " + "word " * SOME]),
    "one paragraph": (
        [" ".join(numbers(SOME, 3000, 3))],
        [" ".join(word for word in numbers(SOME, 3000, 3) if word != "n7")],
    ),
    "one paragraph of few words": ([" ".join(numbers(SOME, 4, 4))], [" ".join(numbers(SOME, 4, 5))]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_comparisons_grow_with_the_text_not_with_its_square(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Work()
    monkeypatch.setattr("reader.annotate.anchors.Work", lambda: counted)
    old, new = (text(*blocks) for blocks in HOSTILE[name])
    carry(old, new, [Place(0, 4)])
    assert COMPARISONS - counted.left <= 50 * SOME


def test_where_all_words_are_the_same_those_before_the_edit_stay() -> None:
    old, new = text("word " * 3000), text("word " * 2990 + "last")
    assert carry(old, new, [Place(500, 504)]) == [Outcome("kept", 500, 504, 1.0)]


def test_work_beyond_the_limit_is_refused() -> None:
    work = Work(10)
    assert work.take(7)
    assert not work.take(7)
    assert work.take(3)


def test_where_no_work_is_left_same_paragraphs_are_still_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.annotate.anchors.Work", lambda: Work(0))
    new = text(MILL, FERRY.replace("the council", "the mayor"), HARBOUR)
    old = text(*PARTS)
    assert found(old, new, "two ledgers") == ("kept", "two ledgers")


def test_a_long_passage_is_looked_at_in_part() -> None:
    old = text(" ".join(numbers(SOME, 10**6, 1)))
    new = text("Preface.", old.text)
    assert carry(old, new, [Place(0, len(old.text))])[0] == Outcome("kept", 9, len(new.text), 1.0)
