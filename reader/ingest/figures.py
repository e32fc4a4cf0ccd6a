"""What is left of pictures and charts: caption lines, legend and source, gathered as one figure.

An anchor proves a figure: a picture's place-holder, a legend's key signs, "Figure 3:", "Source: …". Short
lines between two anchors belong to it; a heading whose whole section is the figure is the chart's title.
"""

import re
from dataclasses import dataclass

from reader.ingest.parsed import Figure
from reader.ingest.raw import Raw, body
from reader.ingest.words import count_words, is_finished, is_prose

SOURCE = re.compile(
    r"^\W*(?:(?:data |photo |image |picture )?(?:sources?|credits?|courtesy(?: of)?)|"
    r"photo(?:graph)?s?(?: by)?|images?|illustration(?: by)?|"
    r"quellen?|fuentes?|foto|bildquelle|crédit|来源|資料|出典|المصدر|מקור)\s*[:：©]",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"^\W*(?:drawing|drawn|illustration|illustrated|map|graphic|chart|photo(?:graph(?:ed)?)?|image|picture|painting|courtesy|foto|zeichnung|grafik|dibujo)\s+"
    r"(?:by|from|courtesy|after|of|von|nach|de)\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"^\W*(?:figure|fig\.?|chart|graph|map|plate|diagram|image|photo|exhibit|illustration|abbildung|abb\.?|karte|grafik|figura|gráfico|mapa|carte|graphique|图|圖|図|الشكل|شكل|איור)\s*"
    r"(?:\d+(?:[.\-]\d+)?|[IVX]+|[A-Z])?\s*[.:–—-]",
    re.IGNORECASE,
)
NUMBERED_HEAD = re.compile(
    r"^\W*(?:figure|fig\.?|chart|graph|map|plate|exhibit|abbildung|abb\.?|figura|gráfico|图|圖|図)\s*\d+",
    re.IGNORECASE,
)
TABLE_HEAD = re.compile(
    r"^\W*(?:table|tab\.?|tabelle|tabla|tableau|tabella|表|جدول|טבלה)\s*(?:\d+|[IVX]+)?\s*[.:–—-]?",
    re.IGNORECASE,
)
TABLE_NUMBER = re.compile(
    r"^\W*(?:table|tab\.?|tabelle|tabla|tableau|tabella|表|جدول|טבלה)\s*(?:\d+(?:\.\d+)?|[IVX]+)\b",
    re.IGNORECASE,
)
KEYS = re.compile("[■□▪▫●○◆◇▲△▼▽◼◻⬛⬜█▬▨▤▥▦▧▩▒░▓◐◑]")


@dataclass(slots=True)
class Gathered:
    """The flow, its figure blocks named by index, and the figures."""

    flow: list[Raw]
    figures: list[Figure]


def kind_of(raw: Raw) -> str:
    """What the block proves of a figure: "picture", "legend", "number", "source" or nothing."""
    if raw.kind == "picture":
        return "picture"
    if raw.kind not in ("para", "item", "heading", "quote") or raw.role:
        return ""
    text = raw.text
    if raw.kind == "heading":
        return "number" if NUMBERED_HEAD.match(text) else ""
    keys = KEYS.findall(text)
    if count_words(text) <= 40 and (len(keys) >= 2 or KEYS.match(text)):
        return "legend"
    if raw.kind == "item":
        return ""
    if (SOURCE.match(text) and count_words(text) <= 45) or (
        CREDIT.match(text) and count_words(text) <= 15 and not is_finished(text)
    ):
        return "source"
    if NUMBERED_HEAD.match(text) and NUMBERED.match(text) and count_words(text) <= 80:
        return "number"
    return ""


def gather(flow: list[Raw]) -> Gathered:
    """Find the figures of a flow and name their blocks."""
    kinds = [kind_of(raw) for raw in flow]
    _tables(flow, kinds)
    figures: list[Figure] = []
    out: list[Raw] = []
    at = 0
    for first, last in _groups(flow, kinds):
        out.extend(flow[at:first])
        out.extend(_figure(flow[first : last + 1], kinds[first : last + 1], figures))
        at = last + 1
    out.extend(flow[at:])
    return Gathered(out, figures)


def _tables(flow: list[Raw], kinds: list[str]) -> None:
    """Captions and sources next to a table are the table's and no figure."""
    for index, raw in enumerate(flow):
        if raw.kind != "table":
            continue
        before, after = _next(flow, index, -1), _next(flow, index, 1)
        if (
            before >= 0
            and flow[before].kind in ("para", "heading")
            and TABLE_NUMBER.match(flow[before].text)
            and count_words(flow[before].text) <= 60
        ):
            flow[before].part, flow[before].kind, kinds[before] = "caption", "para", ""
        if after >= 0 and flow[after].kind == "para":
            text = flow[after].text
            if kinds[after] == "source" or (
                TABLE_NUMBER.match(text) and count_words(text) <= 40 and flow[after].part == ""
            ):
                flow[after].part = "source" if kinds[after] == "source" else "caption"
                kinds[after] = ""


def _next(flow: list[Raw], index: int, step: int) -> int:
    index += step
    while 0 <= index < len(flow) and flow[index].kind in ("page", "rule"):
        index += step
    return index if 0 <= index < len(flow) else -1


def _groups(flow: list[Raw], kinds: list[str]) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    index = 0
    while index < len(flow):
        if not kinds[index]:
            index += 1
            continue
        first = last = index
        while (following := _reach(flow, kinds, last)) is not None:
            last = following
        floor = groups[-1][1] + 1 if groups else 0
        first = _back(flow, kinds, first, last, floor)
        last = _forward(flow, kinds, last)
        groups.append((first, last))
        index = last + 1
    return groups


def _reach(flow: list[Raw], kinds: list[str], at: int) -> int | None:
    """The next anchor of the same figure after this one."""
    between: list[Raw] = []
    for index in range(at + 1, min(at + 6, len(flow))):
        raw = flow[index]
        if raw.kind in ("page", "rule"):
            return None
        if kinds[index]:
            pair = (kinds[at], kinds[index])
            # A second picture, or a second numbered caption, begins a figure of its own.
            if kinds[index] == "picture" and kinds[at] not in ("number", "legend"):
                return None
            if pair == ("number", "picture") and any(
                kinds[back] == "picture" for back in range(max(0, at - 3), at)
            ):
                return None
            if pair in (
                ("number", "number"),
                ("source", "number"),
                ("source", "picture"),
                ("source", "legend"),
            ):
                return None
            explained = kinds[at] in ("legend", "number", "picture") and kinds[index] in (
                "source",
                "legend",
                "number",
            )
            short = all(count_words(other.text) <= 45 for other in between)
            labels = all(count_words(other.text) <= 6 and not is_finished(other.text) for other in between)
            if pair == ("picture", "source") and between and not labels:
                return (
                    index
                    if all(count_words(other.text) <= 30 and not is_prose(other.text) for other in between)
                    else None
                )
            return index if (short and explained) or labels else None
        titled = (
            raw.kind == "heading"
            and kinds[at] == "picture"
            and not between
            and kinds[index + 1 : index + 2] == ["legend"]
        )
        if (
            (raw.kind not in ("para", "quote") and not titled)
            or raw.role
            or raw.part
            or count_words(raw.text) > 45
        ):
            return None
        between.append(raw)
    return None


def _back(flow: list[Raw], kinds: list[str], first: int, last: int, floor: int) -> int:
    """Take in the title and caption lines that stand before the first anchor."""
    rich = any(kinds[index] in ("legend", "number") for index in range(first, last + 1))
    start = first
    if any(kinds[index] == "legend" for index in range(first, last + 1)):
        while (
            start - 1 >= floor
            and flow[start - 1].kind == "para"
            and not flow[start - 1].role
            and _is_line(flow[start - 1])
        ):
            start -= 1
    head = start - 1
    if head >= floor and flow[head].kind == "heading" and not flow[head].role and (rich or start < first):
        after = _next(flow, last, 1)
        charted = kinds[first] in ("legend", "picture") and "legend" in kinds[first : last + 1]
        if after < 0 or charted or flow[after].kind == "heading" or _list_goes_on(flow, head, after):
            start = head
            if start - 1 >= floor and flow[start - 1].kind == "picture":
                start -= 1
    return start


def _list_goes_on(flow: list[Raw], before: int, after: int) -> bool:
    """Whether a numbered list goes on over the figure, so that no section can begin there."""
    item = flow[after]
    if item.kind != "item" or not item.ordered or item.number < 2:
        return False
    return any(
        raw.kind == "item" and raw.ordered and raw.number == item.number - 1
        for raw in flow[max(0, before - 3) : before]
    )


def _is_line(raw: Raw) -> bool:
    return (
        count_words(raw.text) <= 15
        and not is_finished(body(raw.runs))
        and not body(raw.runs).endswith((",", "-"))
    )


def _forward(flow: list[Raw], kinds: list[str], last: int) -> int:
    """A short line in italics right after a picture is its caption."""
    if kinds[last] == "picture" and last + 1 < len(flow):
        raw = flow[last + 1]
        words = [run for run in raw.runs if run.text.strip() and not run.raised]
        slanted = bool(words) and all("em" in run.style for run in words)
        if raw.kind == "para" and not raw.role and slanted and count_words(raw.text) <= 50:
            if last + 2 < len(flow) and kinds[last + 2] == "source":
                return last + 2
            return last + 1
    return last


def _figure(blocks: list[Raw], kinds: list[str], figures: list[Figure]) -> list[Raw]:
    """Name the blocks of one figure; a picture without words becomes an empty caption that keeps its
    place.
    """
    index = len(figures)
    picture = next((at for at, kind in enumerate(kinds) if kind == "picture"), None)
    label = blocks[picture].label if picture is not None else ""
    address = blocks[picture].source if picture is not None else ""
    lines = [raw for raw in blocks if raw.kind not in ("picture", "page", "rule")]
    sourced = False
    for raw in lines:
        sourced = sourced or kind_of(raw) == "source"
        raw.figure, raw.part = index, "source" if sourced else "caption"
        raw.kind = "para"
    before = sum(1 for raw in blocks[:picture] if raw in lines) if picture is not None else _hole(lines)
    figures.append(Figure(before, label, address))
    if not lines and picture is not None:
        empty = blocks[picture]
        empty.figure, empty.part, empty.kind, empty.runs = index, "caption", "para", []
        return [empty]
    return lines


def _hole(lines: list[Raw]) -> int:
    """Where the picture stood: at the widest run of empty lines, else before the source."""
    gaps = [(lines[at].lines[0][0] - lines[at - 1].lines[-1][1], at) for at in range(1, len(lines))]
    widest = max(gaps, default=(0, 0), key=lambda gap: gap[0])
    if widest[0] >= 4:
        return widest[1]
    return next((at for at, raw in enumerate(lines) if raw.part == "source"), len(lines))
