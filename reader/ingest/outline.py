"""An outline of a parsed text as plain values, for people and programs that check an import."""

from typing import Any

from reader.ingest.parsed import NUMBERED, Block, Mark, Parsed
from reader.ingest.references import address_key, title_key


def outline(parsed: Parsed) -> dict[str, Any]:
    """Title, sections, paragraphs, figures, footnotes, citations and the report, ready for JSON."""
    numbers = list(parsed.numbers())
    sections = _section_titles(parsed)
    return {
        "title": parsed.title,
        "authors": list(parsed.authors),
        "published_on": parsed.published_on.isoformat() if parsed.published_on else None,
        "source_url": parsed.source_url,
        "publication": parsed.publication,
        "sections": [
            {"level": block.level, "title": block.text} for block in parsed.blocks if is_section(block)
        ],
        "paragraphs": [
            _paragraph(block, number, section)
            for block, number, section in zip(parsed.blocks, numbers, sections, strict=True)
            if (block.kind in NUMBERED or block.kind in ("caption", "author_note"))
            and (block.text or block.kind in NUMBERED)
        ],
        "figures": [
            {
                "caption": [
                    b.text for b in parsed.blocks if b.figure == index and b.part != "source" and b.text
                ],
                "source": [b.text for b in parsed.blocks if b.figure == index and b.part == "source"],
            }
            for index in range(len(parsed.figures))
        ],
        "footnotes": _footnotes(parsed),
        "citations": [
            *(
                _citation(mark, block.kind, number)
                for block, number in zip(parsed.blocks, numbers, strict=True)
                for mark in block.marks
            ),
            *(_citation(mark, "footnote", None) for note in parsed.notes for mark in note.marks),
        ],
        **report(parsed, numbers),
    }


def report(parsed: Parsed, numbers: list[int | None] | None = None) -> dict[str, Any]:
    """What ingest removed, sewed and doubted."""
    numbers = numbers if numbers is not None else list(parsed.numbers())
    return {
        "removed": [
            {"text": item.text, "reason": item.reason, "lines": list(item.lines)} for item in parsed.removed
        ],
        "sewn": [
            {"paragraph": numbers[item.block], "lines": [list(lines) for lines in item.lines]}
            for item in parsed.sewn
        ],
        "joined_lists": [[list(lines) for lines in pieces] for pieces in parsed.joined_lists],
        "doubts": [
            {"message": item.message, "lines": list(item.lines) if item.lines else None}
            for item in parsed.doubts
        ],
    }


def is_section(block: Block) -> bool:
    """Whether the block heads a section."""
    return block.kind == "heading" and block.section


def _section_titles(parsed: Parsed) -> list[str | None]:
    out: list[str | None] = []
    current: str | None = None
    for block in parsed.blocks:
        if is_section(block):
            current = block.text
        out.append(None if block.kind == "author_note" else current)
    return out


def _paragraph(block: Block, number: int | None, section: str | None) -> dict[str, Any]:
    place = block.place
    return {
        "number": number,
        "kind": block.kind,
        "list": {"ordered": place.ordered, "id": place.id, "ordinal": place.ordinal} if place else None,
        "section": section,
        "text": block.text,
    }


def _footnotes(parsed: Parsed) -> list[dict[str, Any]]:
    keys: dict[str, int] = {}
    out = []
    for note in parsed.notes:
        key = address_key(note.reference.url) or title_key(note.reference.title)
        work = keys.setdefault(key, len(keys) + 1) if key else None
        out.append(
            {
                "label": note.label,
                "text": note.text,
                "url": note.reference.url,
                "work": work,
                "document": None,
            }
        )
    return out


def _citation(mark: Mark, where: str, number: int | None) -> dict[str, Any]:
    return {
        "label": mark.label,
        "footnote": mark.note,
        "where": where,
        "paragraph": number,
        "offset": mark.offset,
        "ordinal": mark.ordinal,
    }
