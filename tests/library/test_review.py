"""What the review of an import tells."""

from reader.ingest import parse_bytes
from reader.ingest.parsed import Doubt, Sewn
from reader.library.review import Finding, findings, line_names, preview
from tests import make

SOURCE = """# On Tides

The tide waits for nobody, and the miller
knows it.<sup>12</sup> He has no clock.[^a][^b]

## <b>What</b> the Books Say

A gate is a patient

---

<sup>1</sup> Ben Orme, Salt.

<sup>2</sup> Ben Orme, Weirs.

thing to look at.

[^a]: Once.

[^b]: Twice.
"""


def found(name: str, source: str = SOURCE) -> tuple[Finding, ...]:
    """The findings of one sort."""
    groups = {group.name: group for group in findings(parse_bytes(source.encode()), source.encode())}
    assert groups[name].count == len(groups[name].found)
    return groups[name].found


def test_a_sewn_paragraph_is_told_with_its_place_and_its_pieces() -> None:
    (sewn,) = found("Sewn")
    assert (sewn.anchor, sewn.lines) == ("p2", "lines 8, 16")
    assert "A gate is a patient\n…\nthing to look at." in sewn.source


def test_marks_that_stood_as_one_are_told_and_those_side_by_side_are_not() -> None:
    (cut,) = found("Cut")
    assert (cut.words, cut.anchor, cut.lines) == ("12 → 1 and 2", "p1", "lines 3–4")


def test_what_was_removed_is_told_with_its_reason_and_the_place_where_it_stood() -> None:
    source = "---\ntitle: On Tides\n---\n\nThe tide waits.\n"
    removed = found("Removed", source)[0]
    assert "title: On Tides" in removed.words
    assert removed.lines == "lines 1–3"
    assert removed.anchor == "b0"


def test_a_doubt_without_lines_has_no_place() -> None:
    text = make.parsed(doubts=(Doubt("The date is strange."), Doubt("Note 4 has no mark.", (1, 1))))
    vague, plain = next(group for group in findings(text, b"x") if group.name == "Doubtful").found
    assert (vague.anchor, vague.lines) == ("", "")
    assert (plain.anchor, plain.lines) == ("b0", "line 1")


def test_lines_are_named_as_people_name_them() -> None:
    assert [line_names(lines) for lines in (((4, 4),), ((4, 6),), ((4, 4), (7, 9)), ())] == [
        "line 4",
        "lines 4–6",
        "lines 4, 7–9",
        "",
    ]


def test_the_preview_is_the_text_as_the_desk_will_lay_it() -> None:
    shown = preview(parse_bytes(SOURCE.encode()))
    assert {"p1", "s1", "p2", "m1", "n1"} <= shown.anchors
    assert 'href="#left-n1"' in shown.html
    assert (shown.part, shown.parts, shown.before, shown.after) == (0, 1, None, None)
    assert not any(ord(character) < 9 for character in shown.html)


def test_a_title_that_is_markup_stays_words() -> None:
    assert "<script>" not in preview(make.parsed("<script>alert(1)</script>")).html


def test_the_part_that_holds_a_place_is_shown() -> None:
    book = make.book(paragraphs=600, notes=10)
    assert "p590" in preview(book, "p590").anchors
    assert preview(book, "p590").before is not None
    assert preview(book, "c1").part == 1
    assert preview(book, "nonsense\"'<").part == 0


def test_only_the_first_of_very_many_findings_are_told() -> None:
    sewn = tuple(Sewn(n, ((n, n), (n + 1, n + 1))) for n in range(1, 300))
    text = make.parsed("T", *(make.paragraph("x") for _ in range(300)), sewn=sewn)
    group = next(group for group in findings(text, b"x") if group.name == "Sewn")
    assert (group.count, len(group.found)) == (299, 200)
