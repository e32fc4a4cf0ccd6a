"""Where sentences end, and where they only seem to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.sentences import sentences


def parted(text: str) -> list[str]:
    """The sentences of a text as words."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The tide rose.| Nobody saw it.",
        "Did it rise?| It did!| So they said.",
        "Dr. Ada Lomax came with Prof. J. K. Weir to the quay.| They left.",
        "It was built by A. Quill in 1902.| It stands.",
        "See vol. 3, pp. 12–14, and fig. 2.| The rest is lost.",
        "Gulls, e.g. those of the harbour, i.e. all, sleep.| So do we.",
        "As Lomax et al. [2004] hold, the weir leaks.| Others doubt it [12].| We do not.",
        "It opened at 9 a.m. on Monday.| It closed at 6 p.m.| Then night fell.",
        "The price was 3.50, or 2.5 per cent.| It fell.",
        "“It rose.”| She left.",
        "“Did it rise?” she asked.| “It did.”| He was sure.",
        "He said (nobody heard.)| Then he left.",
        "1. The first rule.| It holds.",
        "Read it at quay.example/tides.html today.| Then write.",
        "Wait… what?| Nothing.",
        "She waited... and waited.| It came.",
        "Under Charles II. the mill burned.",
        "They met in the U.S. in May.| They met again in the U.K. later.",
        "Lanterns, ropes, etc. were sold.| Nothing was left.",
        "It was plan B.| Nobody knew plan A.",
        "潮水上涨。|没有人看见！|他们说：“是吗？”|然后走了。",
        "¿Subió la marea?| ¡Subió!| Nadie la vio.",
        "Die Flut kam, z. B. am Abend, sehr früh.| Niemand sah sie.",
        "هل ارتفع المد؟| نعم.| لم يره أحد.",
        "A line of verse\n|and another one",
        "No end at all",
    ],
)
def test_sentences_end_where_a_reader_says(text: str) -> None:
    wanted = [piece.strip() for piece in text.split("|")]
    assert parted(text.replace("|", "")) == wanted


@given(st.text(alphabet=st.sampled_from("aB. ?!\n“”。9(").filter(bool), max_size=60) | st.text(max_size=40))
def test_no_word_is_lost_and_none_told_twice(text: str) -> None:
    found = sentences(text)
    here = 0
    for start, end in found:
        assert here <= start < end <= len(text)
        assert not text[here:start].strip()
        here = end
    assert not text[here:].strip()


def test_nothing_has_no_sentence() -> None:
    assert sentences(" \n ") == []
