"""One small text for each rule of the import."""

import pytest

from reader.ingest import IngestError, Parsed, parse_bytes
from reader.ingest.decode import decode
from reader.ingest.references import address_key, read_references

LONG = "The mill at the ford ground barley for the whole of the valley, and it was never once painted."


def read(text: str) -> Parsed:
    """The import of a text."""
    return parse_bytes(text.encode())


def texts(parsed: Parsed, kind: str) -> list[str]:
    """The texts of the blocks of one kind."""
    return [block.text for block in parsed.blocks if block.kind == kind]


def marks(parsed: Parsed) -> list[str]:
    """The labels of all marks in reading order."""
    return [mark.label for block in parsed.blocks for mark in block.marks]


def with_notes(text: str, count: int) -> Parsed:
    """A text with that many raised notes at its end."""
    notes = "\n\n".join(f"<sup>{n}</sup> Note the {n}th." for n in range(1, count + 1))
    return read(f"# Tides\n\n{text}\n\n---\n\n{notes}")


@pytest.mark.parametrize(
    ("text", "count", "found"),
    [
        ("One.<sup>1</sup> Two.<sup>23</sup>", 3, ["1", "2", "3"]),
        ("A.<sup>1</sup> B.<sup>2</sup> C.<sup>3</sup> D.<sup>456</sup>", 6, ["1", "2", "3", "4", "5", "6"]),
        ("One.<sup>1</sup> About 10<sup>25</sup> grains.<sup>2</sup>", 2, ["1", "2"]),
        ("The 1<sup>st</sup> mill.<sup>1</sup> Of 3 m<sup>2</sup>.<sup>2</sup>", 2, ["1", "2"]),
        ("The mill.1 It turned.2 See 28 C.F.R. and 1986.", 2, ["1", "2"]),
        ("The mill.¹ It turned.²", 2, ["1", "2"]),
        ("The mill.^1^ It turned.^2^", 2, ["1", "2"]),
    ],
)
def test_marks_are_cut_by_the_sequence_of_the_notes(text: str, count: int, found: list[str]) -> None:
    assert marks(with_notes(text, count)) == found


def test_a_mark_without_note_and_a_note_without_mark_are_kept_and_said() -> None:
    parsed = read(
        "# Tides\n\nOne.<sup>1</sup> Two.<sup>2</sup>\n\n<sup>1</sup> First.\n\n<sup>3</sup> Third."
    )
    assert [mark.note for block in parsed.blocks for mark in block.marks] == [0, None]
    said = [doubt.message for doubt in parsed.doubts]
    assert said == ["Mark 2 has no note.", "Note 3 has no mark in the text.", "Note 2 is missing."]


def test_a_paragraph_cut_by_a_note_is_sewn_and_one_that_ends_is_not() -> None:
    parsed = read(
        "# Tides\n\nThe wheel had been taken out<sup>1</sup> and carried over the\n\n---\n\n"
        "<sup>1</sup> In May.\n\n"
        f"bridge by night. {LONG}\n\nThe pond was drained."
    )
    assert len(texts(parsed, "paragraph")) == 2
    assert "over the bridge" in texts(parsed, "paragraph")[0]
    assert len(parsed.sewn) == 1


def test_a_capital_goes_on_a_cut_item_where_its_list_goes_on() -> None:
    parsed = read(
        "# Tides\n\n1. One thing.\n2. The wheel was sold. It went to\n\nBrown of the ford.\n\n"
        "3. A third thing."
    )
    assert [item.place.ordinal for item in parsed.blocks if item.place] == [1, 2, 3]
    assert "went to Brown" in texts(parsed, "item")[1]


def test_a_hyphen_at_a_lines_end_is_joined_or_kept_as_the_text_writes_the_word() -> None:
    parsed = read(
        "# Tides\n\nThe water-wheel was a water-\nwheel of the com-\nmon kind in the Norman-\nFrench manner."
    )
    assert texts(parsed, "paragraph") == [
        "The water-wheel was a water-wheel of the common kind in the Norman-French manner."
    ]


def test_a_running_head_goes_and_a_refrain_stays() -> None:
    pages = [
        f"{LONG} The {part} was a\n\nAnnals of Mills 1{n}\n\nmystery to {who}.\n\nAnd the water ran on.\n\n"
        for n, (part, who) in enumerate([("wheel", "us"), ("pond", "the miller"), ("bank", "his heirs")])
    ]
    parsed = read("# Tides\n\n" + "".join(pages))
    assert [item.reason for item in parsed.removed] == ["running head or foot"] * 3
    assert texts(parsed, "paragraph").count("And the water ran on.") == 3


def test_repeated_headings_and_numbered_chapters_stay() -> None:
    parsed = read(
        "# The Mill\n\n"
        + "".join(f"## Chapter {n}\n\n{LONG}\n\n### Exercises\n\nGrind.\n\n" for n in range(1, 4))
    )
    assert texts(parsed, "heading") == [t for n in range(1, 4) for t in (f"Chapter {n}", "Exercises")]
    assert parsed.removed == ()


def test_a_table_that_a_page_cut_is_one_and_its_head_stands_once() -> None:
    head = "| Mill | Sacks |\n|---|---|\n"
    parsed = read(
        f"# Tides\n\n{LONG}\n\n{head}| Upper | 12 |\n\n<!-- page break -->\n\n{head}| Lower | 9 |\n"
    )
    assert texts(parsed, "table") == ["Mill\tSacks\nUpper\t12\nLower\t9"]
    assert [item.reason for item in parsed.removed] == ["the table's head, repeated on the next page"]


def test_a_charts_title_is_no_section_and_its_lines_are_one_figure() -> None:
    parsed = read(
        f"# Tides\n\n## Sacks\n\n{LONG}\n\n## Sacks by month\n\n■ corn ■ barley\n\n"
        f"Counted by hand\n\nSource: the books\n\n"
        f"## Rent\n\n{LONG}"
    )
    assert texts(parsed, "heading") == ["Sacks", "Rent"]
    assert texts(parsed, "caption") == [
        "Sacks by month",
        "■ corn ■ barley",
        "Counted by hand",
        "Source: the books",
    ]
    assert len(parsed.figures) == 1


def test_levels_are_made_regular() -> None:
    parsed = read("# Tides\n\n### One\n\nText.\n\n## Two\n\nText.\n\n#### Three\n\nText.\n\n## Four\n\nText.")
    assert [block.level for block in parsed.blocks if block.kind == "heading"] == [1, 1, 2, 1]


def test_endnotes_under_a_heading_are_notes_and_two_on_one_line_are_two() -> None:
    parsed = read(
        "# Tides\n\nOne.<sup>1</sup> Two.<sup>2</sup>\n\n## Notes\n\n1. First note. 2. Second note."
    )
    assert [(note.label, note.text) for note in parsed.notes] == [("1", "First note."), ("2", "Second note.")]


def test_facts_are_found_wherever_they_stand() -> None:
    parsed = read(
        f"# Tides\n\nBY ADA BROWN AND BEN VAN DYKE, 5 MAY 2001\n\nhttps://mills.example.org/tides\n\n{LONG}"
    )
    assert parsed.authors == ("Ada Brown", "Ben van Dyke")
    assert str(parsed.published_on) == "2001-05-05"
    assert parsed.source_url == "https://mills.example.org/tides"


def test_a_pandoc_title_block_gives_the_facts() -> None:
    parsed = read(f"% Tides\n% Ada Brown; Ben Dyke\n% 2 May 2016\n\n# Mills {{#sec:mills}}\n\n{LONG}")
    assert (parsed.title, parsed.authors, str(parsed.published_on)) == (
        "Tides",
        ("Ada Brown", "Ben Dyke"),
        "2016-05-02",
    )
    assert texts(parsed, "heading") == ["Mills"]


def test_a_day_that_could_be_two_is_not_guessed() -> None:
    assert read(f"---\ntitle: Tides\ndate: 03/04/2001\n---\n\n{LONG}").published_on is None


def test_notes_that_cite_one_address_cite_one_work() -> None:
    one, two = read_references(
        [
            ("Brown. “The Mill at the Ford.” Annals, 5 May 2001. http://www.mills.example.org/ford/", ()),
            ("Ibid.", ()),
        ]
    )
    assert one.title == two.title == "The Mill at the Ford"
    assert one.authors == ("Brown",)
    assert one.publication == "Annals"
    assert address_key("https://mills.example.org/ford?utm_source=x") == address_key(
        "http://www.mills.example.org/ford/"
    )


def test_keys_fit_an_index_and_tell_long_addresses_and_ports_apart() -> None:
    long = [address_key(f"https://mills.example.org/{'水' * 3_000}{n}") for n in (1, 2)]
    assert all(len(key.encode()) < 1_000 for key in long)
    assert long[0] != long[1]
    assert address_key("https://mills.example.org:8443/") != address_key("https://mills.example.org/")


def test_pictures_told_in_words_and_parts_numbered_in_capitals_are_seen() -> None:
    page = "The mill stood at the ford and ground barley for the whole of the valley until the"
    parsed = read(f"{page}\nyear of the flood.\n\n[Image: The mill in May]\n\nII\n\n{page}\nwheel broke.\n")
    assert [figure.alt for figure in parsed.figures] == ["The mill in May"]
    assert texts(parsed, "heading") == ["II"]


@pytest.mark.parametrize(
    "data", [b"", b"\0\0\0", b"%PDF-1.7 stream", b"PK\x03\x04zip", bytes(range(32)) * 99]
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(IngestError, match=r"Choose|Save"):
        parse_bytes(data)


def test_another_encoding_is_recovered_and_said() -> None:
    text, encoding, doubts = decode("Müller’s café — naïve".encode("cp1252"))
    assert (text, encoding) == ("Müller’s café — naïve", "cp1252")
    assert doubts


def test_controls_are_left_out_and_characters_kept() -> None:
    parsed = read("# Tides\n\nA\x01 mill 👩‍👩‍👧 e\u0301 שלום “quoted”.")
    assert texts(parsed, "paragraph") == ["A mill 👩‍👩‍👧 e\u0301 שלום “quoted”."]


@pytest.mark.parametrize(
    "source",
    [
        "[" * 20_000,
        "*a " * 20_000,
        "<a " * 10_000,
        "> " * 3_000 + "a",
        "\n\n".join(str(n) for n in range(3_000)),
    ],
)
def test_hostile_text_is_read_whole(source: str) -> None:
    parsed = read(f"# Tides\n\n{source}")
    assert parsed.title == "Tides"
    assert sum(len(block.text) for block in parsed.blocks) + len(parsed.removed) > 0
