"""No word of a source is lost, whatever the source."""

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.ingest import IngestError, parse_bytes
from reader.ingest.account import kept_texts
from reader.ingest.decode import decode

WORD = re.compile(r"[^\W\d_]+")
PIECES = st.sampled_from(
    [
        "# Tides",
        "## A mill",
        "### Notes",
        "Word after word runs on and",
        "the mill stood still.",
        "It turned.",
        "1. first point",
        "2. second point",
        "- a bullet",
        "---",
        "<sup>1</sup> Brown, Mills.",
        "wheel.<sup>12</sup>",
        "[^a]: named note",
        "a mark[^a] here",
        "| a | b |",
        "|---|---|",
        "| c | d |",
        "> quoted words",
        "Source: Anon",
        "![old mill](mill.png)",
        "**Bold line**",
        "by Ada Brown",
        "5 May 2001",
        "https://mills.example.org/a-b",
        "17",
        "Page 3 of 9",
        "Figure 1: The mill",
        "■ corn ■ barley",
        "\f",
        "hyphen-",
        "ated word",
        "```",
        "    indented",
        "<!-- image -->",
        "About the author",
        "Ada Brown mills.",
        "[1] A reference.",
        "\\* star",
        "water* and",
        "mill.2",
    ]
)
LINES = st.lists(st.one_of(PIECES, st.text(max_size=40), st.just("")), max_size=25)


CUT = re.compile(r"(\w+)(?=[-‐\u00ad])|(?<=[-‐\u00ad])\s*(\w+)")


def words(text: str) -> Counter[str]:
    """The words of a text, without case; raised numbers are marks and no words."""
    return Counter(word for word in WORD.findall(text.casefold()) if word.isalpha())


@settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_every_word_ends_in_the_text_a_note_the_facts_or_the_report(lines: list[str]) -> None:
    source = "\n".join(lines)
    try:
        parsed = parse_bytes(source.encode("utf-8", "surrogatepass"))
    except (IngestError, UnicodeError):
        return
    clean, _, _ = decode(source.encode())
    # Markup is no word.
    clean = re.sub(r"</?[a-zA-Z][^<>]*>|&\w+;", " ", clean)
    text = "\n".join(kept_texts(parsed)).casefold()
    # Halves of a word that a line's end or a soft hyphen had cut stand joined.
    halves = {
        half for found in CUT.findall(clean.casefold()) for part in found for half in WORD.findall(part)
    }
    missing = words(clean) - words(text)
    assert not {word for word in missing if word not in halves or word not in text}


def test_ordinary_text_needs_no_entry_for_what_could_not_be_placed() -> None:
    body = "The mill stood still.<sup>1</sup>\n\n- corn\n- barley\n\n<sup>1</sup> Brown, *Mills*."
    source = f"# Tides\n\nby Ada Brown\n\n{body}"
    assert parse_bytes(source.encode()).removed == ()
