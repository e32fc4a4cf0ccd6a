"""What changed between two wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate.differences import WORDS_AT_MOST, Piece, differences

words = st.lists(st.sampled_from(["tide", "mill", "quay,", "the", "a", "  ", "\n", "水車"]), max_size=12).map(
    " ".join
)


@given(words, words)
def test_the_pieces_spell_both_wordings(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(piece.words for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.words for piece in pieces if piece.kind != "old") == new
    assert all(piece.words for piece in pieces)


@given(words)
def test_the_same_wording_has_no_changes(wording: str) -> None:
    assert {piece.kind for piece in differences(wording, wording)} <= {"same"}


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        (
            "lit by lantern light",
            "lit without any light",
            [("same", "lit "), ("old", "by lantern"), ("new", "without any"), ("same", " light")],
        ),
        ("the tide mill", "the mill", [("same", "the "), ("old", "tide "), ("same", "mill")]),
        ("the mill.", "the mill!", [("same", "the mill"), ("old", "."), ("new", "!")]),
        ("", "new", [("new", "new")]),
        ("", "", []),
    ],
)
def test_changes_are_shown_by_whole_words(old: str, new: str, pieces: list[tuple[str, str]]) -> None:
    assert differences(old, new) == [Piece(*piece) for piece in pieces]  # type: ignore[arg-type]


def test_a_word_changed_in_a_long_wording_is_one_change() -> None:
    old = " ".join(f"word{number} and the" for number in range(300))
    new = old.replace("word99 ", "another ", 1)
    assert [piece.words for piece in differences(old, new) if piece.kind != "same"] == ["word99", "another"]


def test_long_wordings_of_few_words_are_told_apart_all_the_same() -> None:
    # Half a minute of work where every pair of equal words is looked at.
    old, new = " ".join("a" * 999), " ".join("ab" * 499)
    assert "".join(piece.words for piece in differences(old, new) if piece.kind != "old") == new


def test_very_long_wordings_are_shown_whole() -> None:
    old = "tide " * WORDS_AT_MOST
    assert [piece.kind for piece in differences(old, "mill")] == ["old", "new"]
