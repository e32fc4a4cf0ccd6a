"""What was read, as JSON and back."""

import json
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import parse_bytes
from reader.ingest.parsed import (
    Block,
    BlockKind,
    Doubt,
    Figure,
    ListPlace,
    Mark,
    Note,
    Parsed,
    Reference,
    Removed,
    Sewn,
    Span,
    SpanKind,
)
from reader.library.codec import decode, encode
from tests import make

numbers = st.integers(0, 10_000)
words = st.text(max_size=20)
lines = st.tuples(numbers, numbers)
many_lines = st.lists(lines, max_size=3).map(tuple)
spans = st.lists(
    st.builds(Span, numbers, numbers, st.sampled_from(get_args(SpanKind)), words), max_size=3
).map(tuple)
marks = st.lists(st.builds(Mark, words, numbers, numbers, st.none() | numbers), max_size=3).map(tuple)
places = st.none() | st.builds(ListPlace, numbers, st.booleans(), st.integers(-5, 5), numbers)
blocks = st.builds(
    Block,
    kind=st.sampled_from(get_args(BlockKind)),
    text=words,
    lines=many_lines,
    spans=spans,
    marks=marks,
    level=numbers,
    section=st.booleans(),
    place=places,
    header=numbers,
    figure=st.none() | numbers,
    part=st.sampled_from(("", "caption", "source")),
)
dates = st.none() | st.dates()
names = st.lists(words, max_size=3).map(tuple)
notes = st.builds(
    Note, words, words, many_lines, spans, marks, st.builds(Reference, words, words, names, words, dates)
)
parsed = st.builds(
    Parsed,
    title=words,
    authors=names,
    published_on=dates,
    source_url=words,
    extra=st.lists(st.tuples(words, words), max_size=2).map(tuple),
    blocks=st.lists(blocks, max_size=4).map(tuple),
    notes=st.lists(notes, max_size=3).map(tuple),
    figures=st.lists(st.builds(Figure, numbers, words, words), max_size=2).map(tuple),
    removed=st.lists(st.builds(Removed, words, words, lines), max_size=2).map(tuple),
    sewn=st.lists(st.builds(Sewn, numbers, many_lines), max_size=2).map(tuple),
    joined_lists=st.lists(many_lines, max_size=2).map(tuple),
    doubts=st.lists(st.builds(Doubt, words, st.none() | lines), max_size=2).map(tuple),
    encoding=words,
)


@given(parsed)
def test_every_text_comes_back_from_json_as_it_went(text: Parsed) -> None:
    assert decode(json.loads(json.dumps(encode(text)))) == text


def test_a_text_as_it_is_read_comes_back_too() -> None:
    text = parse_bytes(
        b"# On Tides\n\n1 March 2024\n\nThe tide waits for nobody.[^1]\n\n[^1]: *Salt* (2020).\n"
    )
    assert decode(encode(text)) == text


def test_dates_are_written_as_iso() -> None:
    assert encode(make.parsed(published_on=date(2024, 11, 5)))["published_on"] == "2024-11-05"


@pytest.mark.parametrize(
    "data", [{}, {"title": "T", "blocks": [{"kind": "poem", "text": "", "lines": []}]}, {"x": 1}]
)
def test_what_is_no_document_is_refused(data: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError)):
        decode(data)
