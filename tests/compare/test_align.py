"""Two texts are joined where they say the same thing, whatever else they share."""

import pytest

from reader.compare.align import Match, Unit, align

HARBOUR = [
    "The harbour board met to talk about the harbour and its future.",
    "Dredging the channel has stirred up mercury that settled there when the tannery was working. "
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
BREAD = [
    "Rye dough wants a sour start and a long rest. A wet hand keeps it from sticking to the bowl.",
    "The oven has to be hotter than for wheat. Steam in the first ten minutes gives the crust its shine.",
    "A loaf is done when it sounds hollow. Whoever cuts it warm will be sorry.",
]


def units(texts: list[str]) -> list[Unit]:
    """Paragraphs numbered from one."""
    return [Unit(number, text) for number, text in enumerate(texts, 1)]


def firsts(matches: list[Match]) -> dict[int, Match]:
    """For each left unit the match that comes first."""
    found: dict[int, Match] = {}
    for match in matches:
        found.setdefault(match.left, match)
    return found


def first(left: str, right: list[str]) -> Match:
    """The best match of one paragraph, among others that have nothing to do with it."""
    return firsts(align(units([left, *BREAD]), units([*right, *HARBOUR])))[1]


def test_passages_that_say_the_same_come_first_in_any_order() -> None:
    found = firsts(align(units(HARBOUR), units(CHANNEL)))
    assert (found[2].right, found[3].right, found[4].right) == (4, 3, 2)


def test_each_unit_of_either_text_has_up_to_as_many_as_are_asked_for() -> None:
    for top in (1, 2, 3):
        matches = align(units(HARBOUR), units(CHANNEL), top=top)
        of_left = [sum(match.left == number for match in matches) for number in range(1, 6)]
        of_right = [sum(match.right == number for match in matches) for number in range(1, 5)]
        assert min(of_right) >= 1
        assert of_left[1] >= top or of_left[1] == len(CHANNEL)


def test_matches_come_in_the_order_of_the_left_text_the_best_first() -> None:
    matches = align(units(HARBOUR), units(CHANNEL))
    assert [match.left for match in matches] == sorted(match.left for match in matches)
    for number in range(1, 6):
        scores = [match.score for match in matches if match.left == number]
        assert scores == sorted(scores, reverse=True)


def test_the_words_that_made_a_match_are_shown_as_the_left_text_writes_them() -> None:
    evidence = firsts(align(units(HARBOUR), units(CHANNEL)))[2].evidence
    assert {"Dredging", "mercury", "tannery"} <= set(evidence)
    assert len(evidence) <= 8


def test_the_sentences_that_carry_a_match_are_marked() -> None:
    match = firsts(align(units(HARBOUR), units(CHANNEL)))[2]
    assert HARBOUR[1][match.left_start : match.left_end].startswith("Dredging")
    assert CHANNEL[3][match.right_start : match.right_end] == CHANNEL[3]


def test_sentences_that_are_given_are_taken() -> None:
    left = [Unit(1, "no capitals. mercury in the tannery mud", ((0, 12), (13, 39))), *units(BREAD)]
    assert (
        firsts(align(left, units(CHANNEL)))[1].left_start,
        firsts(align(left, units(CHANNEL)))[1].left_end,
    ) == (13, 39)


@pytest.mark.parametrize(
    "left, right",
    [
        ("They diversified what they grew.", "Diversification of the crops came late."),
        ("It leaned on subsidies.", "A subsidy kept it alive."),
        ("The parliament ratified it.", "Ratification was a matter of weeks."),
        ("A stronger dyke was built.", "They meant to strengthen the dykes."),
    ],
)
def test_words_of_one_family_are_one_word(left: str, right: str) -> None:
    assert first(left, ["Nothing was said of the weather.", right]).right == 2


def test_numbers_in_words_and_in_figures_are_one_number() -> None:
    left = "The bridge was to cost 310 million."
    assert first(left, ["It was painted green.", "Three hundred and ten million seemed a lot."]).right == 2


def test_texts_on_other_subjects_have_nothing_strong() -> None:
    assert {match.strength for match in align(units(HARBOUR), units(BREAD))} <= {"faint"}


def test_paragraphs_on_something_else_lift_no_score() -> None:
    before = {(match.left, match.right): match.score for match in align(units(HARBOUR), units(CHANNEL))}
    after = {
        (match.left, match.right): match.score for match in align(units(HARBOUR), units([*CHANNEL, *BREAD]))
    }
    assert all(after[pair] <= before[pair] + 0.1 for pair in before.keys() & after.keys())


def test_names_alone_are_no_parallel() -> None:
    left = ["Last week Corvo met Ivrea in Holm.", *BREAD]
    right = ["For years Holm has hidden letters of Corvo and Ivrea.", *HARBOUR]
    assert firsts(align(units(left), units(right)))[1].strength == "faint"


def test_a_text_matches_itself_unit_by_unit() -> None:
    matches = align(units(HARBOUR), units(HARBOUR))
    assert {number: match.right for number, match in firsts(matches).items()} == {n: n for n in range(1, 6)}
    assert all(
        (match.score, match.strength) == (1.0, "strong") for match in matches if match.left == match.right
    )


def test_paragraphs_that_are_repeated_are_matched_in_their_order() -> None:
    repeated = ["Click OK.", "Save the file.", "Click OK.", "Click OK."] * 5
    found = firsts(align(units(repeated), units(repeated)))
    assert {number: match.right for number, match in found.items()} == {n: n for n in range(1, 21)}


@pytest.mark.parametrize(
    "left, right", [([], []), ([], CHANNEL), (HARBOUR, []), ([""], CHANNEL), (["…"], ["—"])]
)
def test_a_text_without_words_has_no_matches(left: list[str], right: list[str]) -> None:
    assert align(units(left), units(right)) == []


def test_two_languages_meet_in_names_and_numbers_only() -> None:
    german = [
        "Der Hafen wird tiefer.",
        "Am 3. Mai 1987 fielen in Norrhus 412 Tonnen Hering an.",
        "Niemand fragte.",
    ]
    english = ["The depot is shut.", "On 3 May 1987 Norrhus landed 412 tonnes of herring.", "They sang."]
    matches = align(units(german), units(english))
    assert firsts(matches)[2].right == 2
    assert {match.strength for match in matches if (match.left, match.right) != (2, 2)} <= {"faint"}


def test_scripts_without_spaces_are_compared_by_pairs_of_characters() -> None:
    left = ["港の水銀は皮革工場から来た。", "渡し船は新しい桟橋に着く。", "鷺が葦原に戻ってきた。"]
    right = ["四十年ぶりに鷺が戻った。", "新しい桟橋に渡し船が来る。", "皮革工場の水銀が港で見つかった。"]
    found = firsts(align(units(left), units(right)))
    assert {number: match.right for number, match in found.items()} == {1: 3, 2: 2, 3: 1}


def test_offsets_count_code_points() -> None:
    left = ["𝒳𝒴𝒵 🙂 was drawn first. Mercury rose from the tannery mud.", *BREAD]
    match = firsts(align(units(left), units(CHANNEL)))[1]
    assert left[0][match.left_start : match.left_end] == "Mercury rose from the tannery mud."


def test_a_chapter_in_one_paragraph_has_its_sentence_found() -> None:
    chapter = " ".join(BREAD * 60 + [HARBOUR[1]] + BREAD * 60)
    match = firsts(align(units([*CHANNEL]), units([BREAD[0], chapter])))[4]
    assert match.right == 2
    assert "mercury" in chapter[match.right_start : match.right_end]
