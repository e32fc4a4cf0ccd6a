"""The canonical text."""

from reader.library.text import canonical, count_words, folded
from tests import make


def test_title_blocks_and_notes_stand_in_order_one_below_the_other() -> None:
    text = make.parsed("On Tides", make.paragraph("First."), notes=(make.note("1", "A note."),))
    assert canonical(text).text == "On Tides\nFirst.\nA note."


def test_each_block_and_note_is_found_at_its_offsets() -> None:
    text = make.parsed(
        "On Tides 🌊",
        make.paragraph("É\u0301 𝕏"),
        make.block("table", "a\tb\nc\td"),
        notes=(make.note("1", "水。"),),
    )
    place = canonical(text)
    assert [place.text[start:end] for start, end in place.blocks] == [b.text for b in text.blocks]
    assert [place.text[start:end] for start, end in place.notes] == ["水。"]


def test_an_empty_block_takes_no_room_but_keeps_its_place() -> None:
    place = canonical(make.parsed("T", make.paragraph(""), make.paragraph("end")))
    assert place.blocks[1] == (2, 2)
    assert place.text[slice(*place.blocks[2])] == "end"


def test_words_are_counted_by_spaces_and_chinese_by_its_characters() -> None:
    assert count_words("two words\nthree") == 3
    assert count_words("潮汐磨坊的历史") == 4


def test_folding_forgets_case_and_accents() -> None:
    assert folded("Ségolène ÉTÉ\x00") == "segolene ete"
