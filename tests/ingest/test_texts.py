"""What a careful reader states of converted texts must be found by the import.

Each text of `texts/` lies beside `NAME.expect.json`; each fact stated there is a test of its own.
`INGEST_TEXTS` names another folder of the same form.
"""

import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reader.ingest import parse_bytes
from reader.ingest.outline import outline

TEXTS = Path(os.environ.get("INGEST_TEXTS", Path(__file__).parent / "texts"))

Outline = dict[str, Any]
Check = Callable[[Outline, Any, dict[str, Any]], None]


def plain(text: str | None) -> str:
    """The text in one form for comparing: white space single, marks of emphasis and of power dropped."""
    text = unicodedata.normalize("NFKC", text or "").replace("∗", "*").replace("\\*", "*")
    return " ".join(re.sub(r"[\^]|(?<!\w)[*_]+(?=\w)|(?<=\w)[*_]+(?!\w)", "", text).split())


def label_of(label: str) -> str:
    """A mark's label in one form: a superscript digit as a digit, an asterisk operator as an asterisk."""
    return unicodedata.normalize("NFKC", label).replace("∗", "*").replace("\\", "")


@cache
def expected(name: str) -> dict[str, Any]:
    """The facts stated of a text."""
    facts: dict[str, Any] = json.loads((TEXTS / f"{name}.expect.json").read_text("utf-8"))
    return facts


@cache
def found(name: str) -> Outline:
    """The outline of a text as the import makes it."""
    source = next(path for path in (TEXTS / f"{name}.md", TEXTS / f"{name}.txt") if path.exists())
    made: Outline = outline(parse_bytes(source.read_bytes(), source.name))
    return made


def blocks(made: Outline) -> list[str]:
    """The numbered and unnumbered blocks' texts."""
    return [plain(p["text"]) for p in made["paragraphs"]]


def figure_lines(made: Outline) -> list[str]:
    """Every line that stands with a figure, its source included."""
    return [plain(line) for figure in made["figures"] for line in (*figure["caption"], *figure["source"])]


def titles(made: Outline) -> list[str]:
    """The section titles, without the document's own."""
    found_titles = [plain(s["title"]) for s in made["sections"]]
    return found_titles[1:] if found_titles and found_titles[0] == plain(made["title"]) else found_titles


def notes(made: Outline) -> list[str]:
    """The footnotes' texts."""
    return [plain(note["text"]) for note in made["footnotes"]]


def everything(made: Outline) -> list[str]:
    """Every text that a reader sees."""
    return [*blocks(made), *figure_lines(made), *titles(made), *notes(made)]


def before(made: Outline, citation: dict[str, Any]) -> list[str]:
    """What may stand directly before the citation; several where its block has no number."""
    number, where, offset = citation["paragraph"], citation["where"], citation["offset"]
    if number is not None:
        texts = [p["text"] for p in made["paragraphs"] if p["number"] == number]
    elif where == "title":
        texts = [made["title"]]
    elif where == "heading":
        texts = [s["title"] for s in made["sections"]]
    elif where == "footnote":
        texts = [note["text"] for note in made["footnotes"]]
    else:
        texts = [p["text"] for p in made["paragraphs"] if p["number"] is None]
        texts += [line for f in made["figures"] for line in (*f["caption"], *f["source"])]
    return [plain(text[:offset]) for text in texts]


def lists_of(made: Outline, *, ordered: bool) -> list[list[dict[str, Any]]]:
    """The items of each list, in order of the first item."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for paragraph in made["paragraphs"]:
        part = paragraph["list"]
        if part is not None and part["ordered"] is ordered:
            groups.setdefault(part["id"], []).append(paragraph)
    return list(groups.values())


def ordinals(made: Outline) -> list[list[int]]:
    """The ordinals of each ordered list."""
    return [[item["list"]["ordinal"] for item in items] for items in lists_of(made, ordered=True)]


def same(made: Outline, value: Any, _: dict[str, Any], *, key: str) -> None:
    """The outline's value is the stated one."""
    got = made[key]
    assert (plain(got) or None) == (plain(value) or None)


def check_authors(made: Outline, value: list[str], _: dict[str, Any]) -> None:
    assert [plain(name) for name in made["authors"]] == [plain(name) for name in value]


def check_sections(made: Outline, value: list[str], facts: dict[str, Any]) -> None:
    optional = facts.get("sections_optional", [])
    assert [t for t in titles(made) if t not in optional] == [plain(title) for title in value]


def check_section(made: Outline, value: str, _: dict[str, Any]) -> None:
    assert plain(value) in titles(made)


def check_no_section(made: Outline, value: str, _: dict[str, Any]) -> None:
    assert plain(value) not in titles(made)


def check_count(made: Outline, value: list[Any], _: dict[str, Any]) -> None:
    kind, count = value
    of_kind = [plain(p["text"])[:60] for p in made["paragraphs"] if p["kind"] == kind]
    assert len(of_kind) == count, of_kind


def check_figures(made: Outline, value: int, _: dict[str, Any]) -> None:
    assert len(made["figures"]) == value, made["figures"]


def check_figure_line(made: Outline, value: str, _: dict[str, Any]) -> None:
    assert any(plain(value) in line for line in figure_lines(made)), figure_lines(made)


def check_footnotes(made: Outline, value: list[str], _: dict[str, Any]) -> None:
    assert [label_of(note["label"]) for note in made["footnotes"]] == value


def check_footnotes_include(made: Outline, value: list[str], _: dict[str, Any]) -> None:
    missing = Counter(value) - Counter(label_of(note["label"]) for note in made["footnotes"])
    assert not missing, [(note["label"], plain(note["text"])[:40]) for note in made["footnotes"]]


def check_footnote_start(made: Outline, value: list[Any], facts: dict[str, Any]) -> None:
    index, start = value
    texts = notes(made)
    if "footnotes" in facts:
        assert index < len(texts)
        assert texts[index].startswith(plain(start)), texts[index][:80]
    else:
        assert any(text.startswith(plain(start)) for text in texts), [text[:40] for text in texts]


def check_footnote_end(made: Outline, value: list[Any], facts: dict[str, Any]) -> None:
    index, end = value
    texts = notes(made)
    if "footnotes" in facts:
        assert index < len(texts)
        assert texts[index].endswith(plain(end)), texts[index][-80:]
    else:
        assert any(text.endswith(plain(end)) for text in texts), [text[-40:] for text in texts]


def check_marks(made: Outline, value: list[str], _: dict[str, Any]) -> None:
    got, want = Counter(label_of(c["label"]) for c in made["citations"]), Counter(value)
    assert got == want, f"missing {dict(want - got)}, too many {dict(got - want)}"


def check_no_mark(made: Outline, value: str, _: dict[str, Any]) -> None:
    assert value not in [label_of(c["label"]) for c in made["citations"]]


def check_citation(made: Outline, value: list[Any], facts: dict[str, Any]) -> None:
    label, context, *note = value
    of_label = [c for c in made["citations"] if label_of(c["label"]) == label]
    assert of_label, f"no mark {label}"
    end = plain(context)
    here = [c for c in of_label if context is None or any(text.endswith(end) for text in before(made, c))]
    assert here, [(c["where"], c["paragraph"], [t[-40:] for t in before(made, c)][:3]) for c in of_label]
    if note and note[0] is None:
        assert any(c["footnote"] is None for c in here), "the mark has a note"
    elif note:
        reached = [notes(made)[c["footnote"]] for c in here if c["footnote"] is not None]
        start = plain(facts["footnote_starts"][note[0]]) if "footnote_starts" in facts else ""
        assert any(text.startswith(start) for text in reached), reached


def check_contains(made: Outline, value: str, _: dict[str, Any]) -> None:
    near = [text for text in everything(made) if plain(value)[:12] in text or plain(value)[-12:] in text]
    assert any(plain(value) in text for text in everything(made)), [text[-200:] for text in near]


def check_not_in_text(made: Outline, value: str, _: dict[str, Any]) -> None:
    assert not [text for text in everything(made) if plain(value) in text]


def check_no_block_is(made: Outline, value: str, _: dict[str, Any]) -> None:
    assert plain(value) not in everything(made)


def check_block_equals_times(made: Outline, value: list[Any], _: dict[str, Any]) -> None:
    text, times = value
    assert blocks(made).count(plain(text)) == times


def check_block_start(made: Outline, value: Any, _: dict[str, Any]) -> None:
    kind, start = value if isinstance(value, list) else (None, value)
    kinds = [p["kind"] for p in made["paragraphs"] if plain(p["text"]).startswith(plain(start))]
    assert kinds, f"no block starts so: {start}"
    assert kind is None or kind in kinds, kinds


def check_block_end(made: Outline, value: str, _: dict[str, Any]) -> None:
    assert any(text.endswith(plain(value)) for text in blocks(made)), [
        text[:200] for text in blocks(made) if plain(value) in text
    ]


def check_removed(made: Outline, value: str, _: dict[str, Any]) -> None:
    removed = [plain(entry["text"]) for entry in made["removed"]]
    assert any(plain(value) in text for text in removed), removed


def check_removed_times(made: Outline, value: list[Any], _: dict[str, Any]) -> None:
    text, times = value
    assert sum(plain(r["text"]).count(plain(text)) for r in made["removed"]) >= times, made["removed"]


def check_lists(made: Outline, value: list[list[int]], _: dict[str, Any]) -> None:
    assert sorted(ordinals(made)) == sorted(value)


def check_list(made: Outline, value: list[int], _: dict[str, Any]) -> None:
    assert value in ordinals(made), ordinals(made)


def check_bullets(made: Outline, value: list[int], _: dict[str, Any]) -> None:
    assert sorted(len(items) for items in lists_of(made, ordered=False)) == sorted(value)


def check_tables(made: Outline, value: list[dict[str, int]], _: dict[str, Any]) -> None:
    shapes = []
    for text in (p["text"] for p in made["paragraphs"] if p["kind"] == "table"):
        rows = [line.split("\t") for line in text.split("\n") if line.strip()]
        shapes.append({"rows": len(rows), "columns": max(len(row) for row in rows)})
    assert shapes == value


def check_sewn_at_least(made: Outline, value: int, _: dict[str, Any]) -> None:
    assert len(made["sewn"]) >= value, made["sewn"]


def check_sewn_at_most(made: Outline, value: int, _: dict[str, Any]) -> None:
    assert len(made["sewn"]) <= value, made["sewn"]


def check_doubts_at_least(made: Outline, value: int, _: dict[str, Any]) -> None:
    assert len(made["doubts"]) >= value, made["doubts"]


def check_scalar(key: str) -> Check:
    """The check that the outline's `key` has the stated value."""
    return lambda made, value, facts: same(made, value, facts, key=key)


# Checks of a whole value, and checks made for each entry of a list or a mapping.
WHOLE: dict[str, Check] = {
    **{key: check_scalar(key) for key in ("title", "published_on", "source_url", "publication")},
    "authors": check_authors,
    "sections": check_sections,
    "figures": check_figures,
    "footnotes": check_footnotes,
    "footnotes_include": check_footnotes_include,
    "marks": check_marks,
    "lists": check_lists,
    "bullets": check_bullets,
    "tables": check_tables,
    "sewn_at_least": check_sewn_at_least,
    "sewn_at_most": check_sewn_at_most,
    "doubts_at_least": check_doubts_at_least,
}
EACH: dict[str, Check] = {
    "sections_include": check_section,
    "no_section": check_no_section,
    "counts": check_count,
    "figure_lines": check_figure_line,
    "footnote_starts": check_footnote_start,
    "footnote_ends": check_footnote_end,
    "no_marks": check_no_mark,
    "citations": check_citation,
    "contains": check_contains,
    "not_in_text": check_not_in_text,
    "no_block_is": check_no_block_is,
    "block_equals_times": check_block_equals_times,
    "block_starts": check_block_start,
    "block_ends": check_block_end,
    "removed": check_removed,
    "removed_times": check_removed_times,
    "lists_include": check_list,
}
INDEXED = {"footnote_starts", "footnote_ends"}
HINTS = {"sections_optional"}  # Read by a check, no fact of their own.


def entries(key: str, value: Any) -> Iterator[Any]:
    """The single facts under a key; with their index where the order is part of the fact."""
    if isinstance(value, dict):
        yield from ([name, part] for name, part in value.items())
    elif key in INDEXED:
        yield from ([index, part] for index, part in enumerate(value) if part is not None)
    else:
        yield from value


def facts() -> Iterator[Any]:
    """Every fact of every text as a test's parameters."""
    for path in sorted(TEXTS.glob("*.expect.json")):
        name = path.name.removesuffix(".expect.json")
        for key, value in expected(name).items():
            if key in WHOLE:
                yield pytest.param(name, WHOLE[key], value, id=f"{name}-{key}")
            elif key in EACH:
                for index, part in enumerate(entries(key, value)):
                    yield pytest.param(name, EACH[key], part, id=f"{name}-{key}-{index}")
            elif key not in HINTS:
                raise KeyError(f"{path.name}: {key} is no fact known here")


@pytest.mark.parametrize(("name", "check", "value"), list(facts()))
def test_the_import_finds_what_a_careful_reader_states(name: str, check: Check, value: Any) -> None:
    try:
        check(found(name), value, expected(name))
    except AssertionError as error:
        error.add_note(f"stated of {name}: {value}")
        raise


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.expect.json")), ids=lambda path: path.name)
def test_every_stated_text_has_its_source(path: Path) -> None:
    name = path.name.removesuffix(".expect.json")
    assert (TEXTS / f"{name}.md").exists() or (TEXTS / f"{name}.txt").exists()
