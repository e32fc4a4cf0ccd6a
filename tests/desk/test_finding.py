"""Words are found whatever their dress, and where they are said to stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.desk.finding import Hit, fold, hits, parse, pieces, spots


def found(text: str, words: str, starts: list[int] | None = None) -> list[int]:
    """The blocks of a text that have the words; one block unless told otherwise."""
    return [hit.block for hit in hits(fold(text), parse(words), starts or [0])]


@given(st.text())
def test_a_folded_text_is_as_long_as_before(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("resume", "Her Résumé was short"),
        ("RÉSUMÉ", "a resume"),
        ("resume", "her re\u0301sume\u0301"),
        ("re\u0301sum", "her Résumé"),
        ("don't", "they don’t know"),
        ('"so-called"', "the so–called calm"),
        ('"the quay"', "on the\u00a0quay"),
        ("istanbul", "İstanbul"),
        ("漢字", "これは漢字です"),
        ("שלום", "שָׁלוֹם לכם"),
        ("korea", "North Korean soldiers"),
        ("straße", "in der Straße"),
        ("😀", "so 😀 it is"),
    ],
)
def test_the_words_are_found(words: str, text: str) -> None:
    assert found(text, words) == [0]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("art", "a party"),
        ('"quay the"', "on the quay"),
        ("tide ebb", "the tide is high"),
        ("tide -high", "the tide is high"),
        ("-high", "the tide is low"),
        ("", "anything"),
        ('"" - "', "anything"),
    ],
)
def test_nothing_is_found(words: str, text: str) -> None:
    assert found(text, words) == []


def test_all_words_have_to_stand_in_one_paragraph() -> None:
    text = "tide and ebb\ntide alone\nebb and tide"
    assert found(text, "tide ebb", [0, 13, 24]) == [0, 2]


def test_a_phrase_does_not_run_from_one_paragraph_into_the_next() -> None:
    assert found("high\ntide", '"high tide"', [0, 5]) == []
    assert found("high\ntide", '"high tide"', [0]) == [0]


def test_curly_quotation_marks_make_a_phrase_too() -> None:
    assert parse("“high tide” ebb").wanted == ("high tide", "ebb")


def test_an_unclosed_phrase_runs_to_the_end() -> None:
    assert parse('ebb "high tide').wanted == ("ebb", "high tide")


def test_signs_that_mean_something_elsewhere_are_mere_signs() -> None:
    assert found("what (is) this?", "(is)") == [0]
    assert found("a.c", "a.c") == [0]
    assert found("abc", "a.c") == []


@given(st.text(max_size=40), st.text(min_size=1, max_size=8))
def test_whatever_is_found_is_there(text: str, words: str) -> None:
    folded = fold(text)
    for term in parse(words).wanted:
        for start, end in spots(folded, term):
            assert folded[start:end].replace("\u0300", "") == term


def test_an_offset_counts_code_points_of_the_text() -> None:
    assert hits(fold("😀 e\u0301 tide"), parse("tide"), [0]) == [Hit(0, 5)]


def test_a_snippet_shows_what_was_asked_for_and_what_stands_around_it() -> None:
    text = "Long ago, " * 20 + "the Tide rose and the tide fell. " + "Then it went on. " * 20
    query = parse("tide")
    hit = hits(fold(text), query, [0])[0]
    shown = pieces(text, fold(text), query, hit, range(len(text)))
    assert [words for words, asked in shown if asked] == ["Tide", "tide"]
    whole = "".join(words for words, _ in shown)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 300
    assert whole[2:-2] in text
