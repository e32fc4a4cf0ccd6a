"""Raw blocks to Parsed: the steps in their order."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from reader.ingest.account import lost_words
from reader.ingest.compose import Composer, Text
from reader.ingest.figures import gather
from reader.ingest.front import Front, byline_run, find_front
from reader.ingest.furniture import clean
from reader.ingest.headings import find_headings, level_headings
from reader.ingest.labels import Definition, reveal
from reader.ingest.language import language_of
from reader.ingest.markdown import Source
from reader.ingest.marks import mark
from reader.ingest.notes import collect
from reader.ingest.parsed import Block, BlockKind, Doubt, ListPlace, Mark, Note, Parsed, Sewn, Span
from reader.ingest.raw import BREAK, Raw, Run
from reader.ingest.references import read_references
from reader.ingest.sew import Sewing, sew

Progress = Callable[[str, int], None]


def assemble(
    source: Source,
    *,
    name: str = "",
    text: str = "",
    encoding: str = "utf-8",
    progress: Progress | None = None,
) -> Parsed:
    """Clean, sew and number what a format's reader found; progress is told each step and the percentage
    done.
    """
    tell = progress or (lambda step, percent: None)
    raws = _parted_comments(source)
    reveal(raws)
    cleaned = clean(raws, source.front.title)
    tell("facts", 40)
    front = find_front(cleaned.raws, source.front, [*source.removed, *cleaned.removed], name)
    tell("notes", 45)
    head = [raw for raw in (front.title_raw, front.byline) if raw is not None]
    collected = collect(find_headings(front.rest), head)
    gathered = gather(collected.flow)
    tell("sewing", 60)
    sewing = sew(gathered.flow)
    level_headings(sewing.flow)
    tell("marks", 70)
    marked = mark([*head, *sewing.flow], collected.notes)
    tell("text", 80)
    composer = Composer([text])
    blocks, kept = _blocks(front, sewing, composer)
    notes = _notes(collected.notes, composer)
    parsed = Parsed(
        title=blocks[0].text if front.title_raw is not None and not source.front.title else front.title,
        authors=front.authors,
        published_on=front.published_on,
        source_url=front.source_url,
        publication=front.publication,
        language=source.front.language or language_of("\n".join(block.text for block in blocks[:60])),
        digest_of=source.front.digest_of,
        extra=tuple(source.front.extra),
        blocks=tuple(blocks),
        notes=tuple(notes),
        figures=tuple(gathered.figures),
        removed=tuple(
            sorted(
                [*source.removed, *cleaned.removed, *front.removed, *collected.removed, *sewing.removed],
                key=lambda item: item.lines,
            )
        ),
        sewn=tuple(Sewn(kept[id(raw)], tuple(raw.lines)) for raw in sewing.sewn if id(raw) in kept),
        joined_lists=tuple(sewing.joined_lists),
        doubts=(
            *(Doubt(message) for message in source.doubts), *cleaned.doubts, *front.doubts, *collected.doubts,
            *sewing.doubts, *marked.doubts,
        ),
        encoding=encoding,
    )  # fmt: skip
    tell("accounts", 90)
    return _accounted(parsed, text)


def _parted_comments(source: Source) -> list[Raw]:
    """The raw blocks without the comments that stood inside them, which go to the report."""
    from reader.ingest.parsed import Removed

    out: list[Raw] = []
    for raw in source.raws:
        if any("comment" in run.style for run in raw.runs):
            for run in raw.runs:
                if "comment" in run.style and run.text.strip():
                    source.removed.append(Removed(run.text.strip(), "a converter's comment", raw.span))
            raw.runs = [run for run in raw.runs if "comment" not in run.style]
            if not any(run.text.strip() for run in raw.runs):
                continue
        out.append(raw)
    return out


def _accounted(parsed: Parsed, text: str) -> Parsed:
    lost = lost_words(parsed, text)
    if not lost:
        return parsed
    return replace(parsed, removed=tuple(sorted([*parsed.removed, *lost], key=lambda item: item.lines)))


def _blocks(front: Front, sewing: Sewing, composer: Composer) -> tuple[list[Block], dict[int, int]]:
    """The blocks, title first, then by-line; and where each raw block of the flow is among them."""
    out: list[Block] = []
    kept: dict[int, int] = {}
    title = front.title_raw or Raw("heading", [Run(front.title)], [(1, 1)])
    out.append(_block(title, "title", composer))
    byline = front.byline or (Raw("para", byline_run(front.authors), [(1, 1)]) if front.authors else None)
    if byline is not None:
        out.append(_block(byline, "byline", composer))
    for raw in sewing.flow:
        block = _block(raw, kind_of(raw), composer)
        if block.text or raw.figure is not None:
            kept[id(raw)] = len(out)
            out.append(block)
    return out, kept


def kind_of(raw: Raw) -> BlockKind:
    """The kind of block that a raw block becomes."""
    if raw.figure is not None or raw.part:
        return "caption"
    if raw.kind == "heading":
        return "heading"
    if raw.role == "author note" and raw.kind != "table":
        return "author_note"
    if raw.kind in ("item", "quote", "table"):
        return cast(BlockKind, raw.kind)
    return "paragraph"


def _block(raw: Raw, kind: BlockKind, composer: Composer) -> Block:
    composed = _table(raw, composer) if raw.kind == "table" else composer.compose(raw.runs)
    item = kind == "item"
    return Block(
        kind=kind,
        text=composed.text,
        lines=tuple(raw.lines),
        spans=composed.spans,
        marks=composed.marks,
        level=raw.level if kind == "heading" else 0,
        section=kind == "heading" and not raw.role.startswith("author note"),
        place=ListPlace(raw.list_run, raw.ordered, raw.number, raw.depth) if item else None,
        header=raw.header,
        figure=raw.figure,
        part=raw.part,
    )


def _table(raw: Raw, composer: Composer) -> Text:
    """Cells joined by tabs, rows by newlines; a break inside a cell becomes a space."""
    runs: list[Run] = []
    text = ""
    spans: list[Span] = []
    marks: list[Mark] = []
    for r, row in enumerate(raw.rows):
        for c, cell in enumerate(row):
            text += "\n" if r and not c else "\t" if c else ""
            runs = [replace(run, text=run.text.replace(BREAK, " ").replace("\t", " ")) for run in cell]
            composed = composer.compose(runs)
            at = len(text)
            spans.extend(replace(span, start=span.start + at, end=span.end + at) for span in composed.spans)
            marks.extend(replace(item, offset=item.offset + at) for item in composed.marks)
            text += composed.text
    return Text(text, tuple(spans), tuple(marks))


def _notes(definitions: list[Definition], composer: Composer) -> list[Note]:
    composed: list[Text] = []
    for definition in definitions:
        runs: list[Run] = []
        for index, block in enumerate(definition.blocks):
            runs.extend([Run(BREAK)] if index else [])
            runs.extend(block)
        composed.append(composer.compose(runs))
    references = read_references([(text.text, text.spans) for text in composed])
    return [
        Note(definition.label, text.text, tuple(definition.lines), text.spans, text.marks, reference)
        for definition, text, reference in zip(definitions, composed, references, strict=True)
    ]
