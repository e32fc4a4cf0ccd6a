"""Markdown, as people and PDF converters write it, to raw blocks. markdown-it finds the blocks and their
lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reader.ingest.frontmatter import FrontMatter, front_matter, title_block
from reader.ingest.htmltable import html_table
from reader.ingest.inline import cut_text, runs_of
from reader.ingest.parsed import Lines, Removed
from reader.ingest.raw import BREAK, Raw, Run

# markdown-it's inline rules can be slow on long hostile lines; beyond this a block is taken as plain text.
INLINE_LIMIT = 60_000
MARK = "\x1c"
PAGE_LINE = re.compile(
    r"^\s*(?:\{\d+\}-{5,}|<!--\s*(?:page\s*-?\s*(?:break|end|\d+).*?|slide number.*?)\s*-->|"
    r"\\(?:newpage|pagebreak)|-{5,}\s*\d*\s*-{5,})\s*$",
    re.IGNORECASE,
)
# What converters print where a picture stood, or round the words that they read in it.
OMITTED = re.compile(
    r"^\W*(?:(?:picture|image|figure)\b.{0,40}\bomitted|\[(?:image|picture|figure|photo)\s*:\s*(?P<alt>.*))\W*$",
    re.IGNORECASE,
)
PICTURE_TEXT = re.compile(r"^\W*(?:start|end) of picture text\W*(?:<br>)?\s*$", re.IGNORECASE)
ATTRIBUTES = re.compile(r"\s\{(?:[#.][\w:.-]+\s*)+\}\s*$")
COMMENT = re.compile(r"^\s*<!--\s*(.*?)\s*-->\s*$")
PICTURE_COMMENT = re.compile(r"^(?:image|picture|figure|formula-not-decoded)\b", re.IGNORECASE)
NOTE_LINE = re.compile(r"^\s{0,3}\[\^[^\]\s]{1,40}\]:")
SUP_LINE = re.compile(r"^\s{0,3}<sup>\s*(?:\d{1,3}|[a-z*†‡§]{1,2})\s*</sup>\s*\S", re.IGNORECASE)
ITEM_LINE = re.compile(r"^\s{0,3}(\d{1,3})[.)]\s+\S")
# Some converters put a bullet of their own before an item's printed number.
BULLET_NUMBER = re.compile(r"^(\s*)[-*+•]\s+(\d{1,3}[.)]\s)")
BULLET_LINE = re.compile(r"^(\s*)[•●▪◦‣∙○]\s+(?=[^\n•●▪◦‣∙○]*$)")
LATEX_SUP = re.compile(
    r"\$\s*(?:\{\s*\})?\s*\^\{?\s*([\d,;–\- ]{1,12}|[a-z*†‡§]|\\ast|\\dd?agger|\\S)\s*\}?\s*\$"
)
LATEX_PAREN = re.compile(
    r"\\\(\s*(?:\{\s*\})?\s*\^\{?\s*([\d,;–\- ]{1,12}|[a-z*†‡§]|\\ast|\\dd?agger|\\S)\s*\}?\s*\\\)"
)
ESCAPED_SPACE = re.compile(r"\^\d[\d,;–\-\\ ]{0,20}\^")
LATEX_NAMES = {"\\ast": "*", "\\dagger": "†", "\\ddagger": "‡", "\\S": "§"}
FOOTNOTE_TEXT = re.compile(r"^\s*\\footnotetext\s*(?:\[\d+\])?\{\s*(.*?)(\}?)\s*$")
LINK_DEFINITION = re.compile(r"^\s{0,3}\[([^\]^]{1,80})\]:\s+<?(\S+?)>?(?:\s+[\"'(].*)?\s*$")
WRAPPED_HREF = re.compile(r"(?<=\]\()\s*\n\s*|(?<=\(http)\s*\n\s*")

_md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_md.disable(["code", "html_block", "reference"])
_md.core.ruler.disable(["inline", "text_join"])


@dataclass(slots=True)
class Source:
    """What a format's reader gives: raw blocks, the front matter, and what it left out by itself."""

    raws: list[Raw]
    front: FrontMatter = field(default_factory=FrontMatter)
    removed: list[Removed] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Lines:
    """The lines given to markdown-it, each with the number of the source line it comes from."""

    text: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    tables: list[tuple[list[list[list[Run]]], int, Lines]] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)

    def add(self, text: str, origin: int) -> None:
        self.text.append(text)
        self.origin.append(origin)

    def alone(self, text: str, origin: int) -> None:
        """Add a line with an empty one before and after it."""
        for line in ("", text, ""):
            self.add(line, origin)

    def lines(self, first: int, end: int) -> Lines:
        """Source lines of the range [first, end), less empty lines at its end."""
        while end - 1 > first and not self.text[end - 1].strip():
            end -= 1
        return (self.origin[first], self.origin[max(first, end - 1)])


def read_markdown(text: str) -> Source:
    """The raw blocks of a Markdown text."""
    front = title_block(text) if text.startswith("% ") else front_matter(text)
    prepared = _prepare(text, front.lines)
    raws = _Walker(prepared).walk(_md.parse("\n".join(prepared.text)))
    removed = list(prepared.removed)
    if front.lines:
        head = "\n".join(text.split("\n")[: front.lines])
        removed.insert(
            0, Removed(" ".join(head.split()), "front matter, kept as facts about the text", (1, front.lines))
        )
    return Source(raws, front, removed, front.doubts)


def _prepare(text: str, skip: int) -> _Lines:
    out = _Lines()
    source = text.split("\n")
    links = _link_definitions(source)
    table: list[str] = []
    table_start = 0
    fence = ""
    last_number = 0
    in_notes = False
    for number, line in enumerate(source, start=1):
        if number <= skip:
            continue
        if fence or line.lstrip().startswith(("```", "~~~")):
            fence = _fence(fence, line.strip())
            out.add(line.replace("\f", ""), number)
            continue
        if table or re.match(r"\s*<table\b", line, re.IGNORECASE):
            table.append(line)
            table_start = table_start or number
            if "</table>" in line.lower() or number == len(source):
                rows, header = html_table("\n".join(table))
                out.alone(f"{MARK}table{len(out.tables)}{MARK}", table_start)
                out.tables.append((rows, header, (table_start, number)))
                table, table_start = [], 0
            continue
        if (opened := FOOTNOTE_TEXT.match(line)) or (in_notes and line.strip() == "}"):
            in_notes = bool(opened) and not opened[2]  # type: ignore[index]
            out.add("", number)
            line = opened[1] if opened else ""
        elif in_notes and line.lstrip().startswith(("$", "\\(", "<sup>")):
            out.add("", number)
        for index, part in enumerate(line.split("\f")):
            if index:
                out.alone(f"{MARK}page{MARK}", number)
            last_number = _line(out, part, number, links, last_number)
    return out


def _fence(fence: str, line: str) -> str:
    mark = line[:3]
    if not fence:
        return mark if not line[3:].rstrip().endswith(mark) else ""
    return "" if mark == fence and not line.strip(mark[:1]) else fence


def _line(out: _Lines, line: str, number: int, links: dict[str, str], last_number: int) -> int:
    """Add one source line, parted from the one before where a converter glued blocks; the last item's
    number.
    """
    if PAGE_LINE.match(line):
        out.alone(f"{MARK}page{MARK}", number)
        return last_number
    edge = PICTURE_TEXT.match(line)
    if len(line) < 200 and (edge or ((found := OMITTED.match(line)) and not found["alt"])):
        if not edge:
            out.alone(f"{MARK}picture{MARK}", number)
        out.removed.append(Removed(line.strip(), "a converter's comment", (number, number)))
        return last_number
    if len(line) < 400 and (found := OMITTED.match(line)):
        line = f"![{found['alt'].rstrip(' ]')}]()"
    if attributes := ATTRIBUTES.search(line):
        out.removed.append(Removed(attributes[0].strip(), "a heading's attributes", (number, number)))
        line = line[: attributes.start()]
    if line.startswith("#. "):
        line = "1" + line[1:]
    comment = COMMENT.match(line)
    if comment:
        if PICTURE_COMMENT.match(comment[1]):
            out.alone(f"{MARK}picture{MARK}", number)
        if comment[1]:
            out.removed.append(Removed(comment[1], "a converter's comment", (number, number)))
        return last_number
    definition = LINK_DEFINITION.match(line) if links else None
    if definition and definition[1].lower() in links:
        out.removed.append(
            Removed(line.strip(), "the address of a link, moved to the link", (number, number))
        )
        out.add("", number)
        return last_number
    if line.startswith("| ") and not line.rstrip().endswith("|"):
        line = line[2:] + "  "
    if "\\ " in line and "^" in line:
        line = ESCAPED_SPACE.sub(lambda found: found[0].replace("\\ ", " "), line)
    if "$" in line or "\\(" in line:
        line = LATEX_SUP.sub(_latex, line)
        line = LATEX_PAREN.sub(_latex, line)
    if links and "][" in line:
        line = re.sub(
            r"\]\[([^\]]*)\]",
            lambda m: f"](<{links[m[1].lower()]}>)" if m[1].lower() in links else m[0],
            line,
        )
    line = BULLET_NUMBER.sub(r"\1\2", line)
    before = out.text[-1] if out.text else ""
    item = ITEM_LINE.match(line)
    glued = before.strip() and (
        NOTE_LINE.match(line)
        or (
            SUP_LINE.match(line)
            and (
                SUP_LINE.match(before)
                or NOTE_LINE.match(before)
                or before.rstrip().endswith((".", ">", "”", '"'))
            )
        )
        or (item and int(item[1]) == last_number + 1 and last_number and not ITEM_LINE.match(before))
    )
    if glued or (before.strip() and BULLET_LINE.match(line) and not before.lstrip().startswith(("- ", "* "))):
        out.add("", number)
    out.add(BULLET_LINE.sub(r"\1- ", line), number)
    return int(item[1]) if item else last_number


def _latex(found: re.Match[str]) -> str:
    return f"<sup>{LATEX_NAMES.get(found[1], found[1]).strip()}</sup>"


def _link_definitions(source: list[str]) -> dict[str, str]:
    """Addresses of [text][label] links; a definition that no such link uses is left as text."""
    found = {
        m[1].lower(): m[2]
        for line in source
        if line.lstrip().startswith("[") and (m := LINK_DEFINITION.match(line))
    }
    if not found:
        return {}
    used = {label.lower() for line in source if "][" in line for label in re.findall(r"\]\[([^\]]*)\]", line)}
    return {label: href for label, href in found.items() if label in used}


class _Walker:
    """Turns markdown-it's block tokens into raw blocks."""

    def __init__(self, prepared: _Lines) -> None:
        self.prepared = prepared
        self.raws: list[Raw] = []
        self.lists: list[tuple[bool, int, str]] = []
        self.numbers: list[int] = []
        self.runs = 0
        self.quotes = 0
        self.in_item: list[bool] = []
        self.page = 0

    def walk(self, tokens: list[Token]) -> list[Raw]:
        position = 0
        while position < len(tokens):
            position = self._token(tokens, position)
        return self.raws

    def _token(self, tokens: list[Token], at: int) -> int:
        token = tokens[at]
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.runs += 1
            self.lists.append((kind.startswith("ordered"), self.runs, token.markup))
            self.numbers.append(int(token.attrGet("start") or 1) - 1)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
            self.numbers.pop()
        elif kind == "list_item_open":
            self.numbers[-1] += 1
            if token.info.isdigit() and int(token.info) > self.numbers[-1]:
                self.numbers[-1] = int(token.info)
            self.in_item.append(False)
        elif kind == "list_item_close":
            if not self.in_item.pop():
                self._empty_item(token)
        elif kind == "blockquote_open":
            self.quotes += 1
        elif kind == "blockquote_close":
            self.quotes -= 1
        elif kind == "hr":
            self._add(Raw("rule", [], [self._lines(token)], source=token.markup))
        elif kind in ("fence", "code_block"):
            self._code(token)
        elif kind == "table_open":
            return self._table(tokens, at)
        elif kind == "heading_open":
            self._heading(token, tokens[at + 1])
            return at + 3
        elif kind == "inline":
            self._paragraph(token)
        return at + 1

    def _empty_item(self, token: Token) -> None:
        """A marker without words ("3." alone on a line) is a paragraph of its marker."""

    def _lines(self, token: Token) -> Lines:
        first, end = token.map or [0, 1]
        return self.prepared.lines(first, end)

    def _add(self, raw: Raw) -> None:
        raw.page = self.page
        self.raws.append(raw)

    def _inline(self, token: Token) -> list[Run]:
        content = token.content
        if (
            len(content) > INLINE_LIMIT
            or content.count("[") - content.count("]") > 60
            or content.count("[") > 2_000
        ):
            return list(cut_text(Run(content)))
        children: list[Token] = []
        _md.inline.parse(content, _md, {}, children)
        return runs_of(children)

    def _heading(self, opening: Token, inline: Token) -> None:
        runs, lines = self._inline(inline), self._lines(opening)
        level = int(opening.tag[1])
        # "text" over a rule is a setext heading to Markdown; after a PDF it is a cut paragraph over a page's
        # rule.
        if opening.markup in ("-", "=") and _is_prose(inline.content):
            self._block(runs, (lines[0], max(lines[0], lines[1] - 1)), inline)
            self._add(Raw("rule", [], [(lines[1], lines[1])], source=opening.markup))
            return
        if self.quotes or self.in_item:
            self._block(runs, lines, inline)
            return
        self._add(Raw("heading", runs, [lines], level=level))

    def _paragraph(self, token: Token) -> None:
        special = token.content.startswith(MARK) and token.content.strip(MARK)
        if special == "page":
            self.page += 1
            self._add(Raw("page", [], [self._lines(token)]))
        elif special == "picture":
            self._add(Raw("picture", [], [self._lines(token)]))
        elif special and special.startswith("table") and special[5:].isdigit():
            rows, header, lines = self.prepared.tables[int(special[5:])]
            if rows:
                self._add(Raw("table", [], [lines], rows=rows, header=header))
        else:
            self._block(self._inline(token), self._lines(token), token)

    def _block(self, runs: list[Run], lines: Lines, token: Token) -> None:
        for part in _pictures(runs):
            if isinstance(part, Run):
                self._add(Raw("picture", [], [lines], label=part.text.strip(), source=part.href))
            elif any(run.text.strip() for run in part):
                self._text(part, lines, token)

    def _text(self, runs: list[Run], lines: Lines, token: Token) -> None:
        first = (token.map or [0])[0]
        line = self.prepared.text[first] if first < len(self.prepared.text) else ""
        indent = len(line) - len(line.lstrip(" \t"))
        if self.lists and self.in_item:
            ordered, run, bullet = self.lists[-1]
            item = Raw(
                "para" if self.in_item[-1] else "item",
                runs,
                [lines],
                ordered=ordered,
                number=self.numbers[-1],
                depth=len(self.lists) - 1,
                list_run=run,
                bullet=bullet,
                indent=indent,
            )
            if self.in_item[-1]:
                item.role = "in item"
            self.in_item[-1] = True
            self._add(item)
        else:
            self._add(Raw("quote" if self.quotes else "para", runs, [lines], indent=indent))

    def _code(self, token: Token) -> None:
        text = (token.info + "\n" if token.info.strip() else "") + token.content.rstrip("\n")
        if text.strip():
            runs = [Run(text.replace("\n", BREAK), frozenset({"code"}))]
            self._add(Raw("para", runs, [self._lines(token)], role="code"))

    def _table(self, tokens: list[Token], at: int) -> int:
        lines = self._lines(tokens[at])
        rows: list[list[list[Run]]] = []
        header = 0
        while tokens[at].type != "table_close":
            token = tokens[at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(
                    [
                        run
                        for part in _pictures(self._inline(token))
                        for run in ([part] if isinstance(part, Run) else part)
                    ]
                )
            elif token.type == "thead_close":
                header = len(rows)
            at += 1
        if header == 1 and not any(run.text.strip() for cell in rows[0] for run in cell):
            rows, header = rows[1:], 0
        if rows:
            self._add(Raw("table", [], [lines], rows=rows, header=header))
        return at + 1


def _is_prose(text: str) -> bool:
    words = text.split()
    return len(words) > 12 or "\n" in text or text.rstrip().endswith((".", "!", "?", ",", ";", ":"))


def _pictures(runs: list[Run]) -> Iterable[list[Run] | Run]:
    """Runs between pictures, and the pictures; what a comment said is dropped from the text by the caller's
    report.
    """
    part: list[Run] = []
    for run in runs:
        if "image" in run.style:
            if part:
                yield part
            part = []
            yield run
        else:
            part.append(run)
    if part:
        yield part
