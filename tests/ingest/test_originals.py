"""The two originals are imported as a careful reader counts them; skipped where they are not at hand."""

from pathlib import Path
from typing import Any

import pytest

from reader.ingest import parse_bytes
from reader.ingest.outline import outline

Outline = dict[str, Any]


def read(folder: Path, start: str) -> Outline:
    """The outline of the original whose file name begins so."""
    path = next(folder.glob(f"{start}*.txt"))
    made: Outline = outline(parse_bytes(path.read_bytes(), path.name))
    return made


def of_kind(made: Outline, kind: str) -> list[dict[str, Any]]:
    """The paragraphs of one kind."""
    return [paragraph for paragraph in made["paragraphs"] if paragraph["kind"] == kind]


@pytest.fixture
def opinion(originals: Path) -> Outline:
    """The commentary without notes."""
    return read(originals, "000")


@pytest.fixture
def gambit(originals: Path) -> Outline:
    """The commentary with nine notes."""
    return read(originals, "001")


def test_the_opinions_facts_are_found(opinion: Outline) -> None:
    assert opinion["authors"] == ["Manish Jung Pulami", "Saume Saptaparna Nath"]
    assert opinion["published_on"] == "2024-11-05"
    assert opinion["source_url"].startswith("https://www.e-ir.info/2024/11/05/")
    assert opinion["publication"] == ""


def test_the_opinion_has_ten_paragraphs_an_authors_note_and_nothing_else(opinion: Outline) -> None:
    assert [paragraph["number"] for paragraph in of_kind(opinion, "paragraph")] == list(range(1, 11))
    assert [paragraph["number"] for paragraph in of_kind(opinion, "author_note")] == [None, None]
    assert opinion["sections"] == opinion["figures"] == opinion["footnotes"] == opinion["citations"] == []


def test_the_opinions_heads_by_lines_and_notice_are_taken_out(opinion: Outline) -> None:
    starts = [item["text"].split()[0] for item in opinion["removed"]]
    assert sorted(starts) == ["Opinion"] * 3 + ["This"] + ["Written"] * 3
    assert [item["lines"][0] for item in opinion["removed"]] == [1, 3, 5, 21, 23, 35, 37]


def test_the_gambit_has_its_sections_and_blocks(gambit: Outline) -> None:
    assert gambit["authors"] == ["Nabib Bin Zahid"]
    assert gambit["published_on"] is None
    assert len(gambit["sections"]) == 14
    assert not any(section["title"].startswith("Over 50,000") for section in gambit["sections"])
    assert len(of_kind(gambit, "paragraph")) == 16
    lists: dict[tuple[int, bool], list[int]] = {}
    for item in of_kind(gambit, "item"):
        lists.setdefault((item["list"]["id"], item["list"]["ordered"]), []).append(item["list"]["ordinal"])
    assert lists == {(1, True): [1, 2, 3, 4], (2, True): [1, 2, 3, 4], (3, False): [1, 2, 3, 4, 5]}
    assert gambit["removed"] == []


def test_the_gambits_marks_call_their_notes(gambit: Outline) -> None:
    assert [note["label"] for note in gambit["footnotes"]] == [str(n) for n in range(1, 10)]
    assert [(c["label"], c["footnote"], c["where"], c["ordinal"]) for c in gambit["citations"]] == [
        ("1", 0, "byline", 0),
        ("2", 1, "paragraph", 0),
        ("3", 2, "paragraph", 1),
        ("4", 3, "caption", 0),
        ("5", 4, "item", 0),
        ("6", 5, "item", 1),
        ("7", 6, "item", 0),
        ("8", 7, "item", 0),
        ("9", 8, "item", 0),
    ]
    works = [note["work"] for note in gambit["footnotes"]]
    assert works[1] == works[2] is not None
    assert len({work for work in works if work}) == 7


def test_the_gambit_is_sewn_in_four_places_and_its_lists_are_joined(gambit: Outline) -> None:
    assert [piece["paragraph"] for piece in gambit["sewn"]] == [2, 5, 10, 18]
    assert len(gambit["joined_lists"]) == 3


def test_the_gambits_three_figures_keep_their_lines(gambit: Outline) -> None:
    assert [len(figure["caption"]) for figure in gambit["figures"]] == [0, 4, 0]
    assert [len(figure["source"]) for figure in gambit["figures"]] == [1, 3, 1]
