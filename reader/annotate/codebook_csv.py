"""A codebook as a table: name, parent, definition, memo, hue, pattern; out, and in again."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from reader.annotate.actions import NotDone
from reader.annotate.codes import CODES_AT_MOST, put_in, taken
from reader.annotate.journal import Journal
from reader.annotate.models import HUES, PATTERNS, Change, Code, Codebook
from reader.annotate.naming import PARTING, BadName, Node, clean_name, key_of, path_of, walk
from reader.http import whole
from reader.people.models import User

COLUMNS = ("name", "parent", "definition", "memo", "hue", "pattern")
BYTES_AT_MOST = 1_000_000
# A spreadsheet takes what begins so for a formula, a Japanese one also in full width; an apostrophe before it
# says that it is none.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """A code as a table tells it; line is where it stands, parent a name or a path, empty at the top."""

    line: int
    name: str
    parent: str
    values: dict[str, Any]


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula."""
    words = str(value)
    return f"'{words}" if words.lstrip("'").startswith(_FORMULA) else words


def write_codebook(nodes: Sequence[Node]) -> str:
    """The table of a tree; parents are written as paths and stand before what lies below them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for node in walk(nodes):
        code = node.code
        parent = PARTING.join(node.path[:-1])
        words = (code.name, parent, code.definition, code.memo, code.hue, code.pattern)
        writer.writerow([cell(value) for value in words])
    return out.getvalue()


def read_codebook(data: bytes) -> list[Row]:
    """The codes of a table. NotDone, with the line, where it cannot be read."""
    if len(data) > BYTES_AT_MOST:
        raise NotDone(f"This table is larger than {BYTES_AT_MOST // 1_000_000} MB: part it into several.")
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotDone("This table is not in UTF-8: save it as “CSV UTF-8”, and try again.") from error
    head = words.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(words.replace("\x00", ""), newline=""), delimiter=mark)
    try:
        lines = [(reader.line_num, line) for line in reader if any(field.strip() for field in line)]
    except csv.Error as error:
        raise NotDone(f"Line {reader.line_num} cannot be read: look at its quotation marks.") from error
    if not lines or "name" not in [name.strip().casefold() for name in lines[0][1]]:
        raise NotDone(f"The first line of the table has to name its columns: {', '.join(COLUMNS)}.")
    if len(lines) - 1 > CODES_AT_MOST:
        raise NotDone(f"A codebook holds up to {CODES_AT_MOST:,} codes: this table has {len(lines) - 1:,}.")
    return list(_rows(lines))


@transaction.atomic
def bring_codebook(*, by: User, name: str, data: bytes) -> tuple[Codebook, Change]:
    """Begin a codebook with the codes of a table."""
    rows = read_codebook(data)
    codebook = Codebook.objects.create(owner=by, name=clean_name(name))
    journal = Journal(by, "import_codebook")
    journal.created(codebook, "owner", "name", "is_public")
    _Making(journal, codebook, rows).all()
    return codebook, journal.close(
        f"Codebook “{codebook.name}” brought in, with {len(rows)} code{'' if len(rows) == 1 else 's'}."
    )


def _rows(lines: list[tuple[int, list[str]]]) -> Iterator[Row]:
    names = [name.strip().casefold() for name in lines[0][1]]
    for number, line in lines[1:]:
        given = {name: _plain(field) for name, field in zip(names, line, strict=False)}
        values: dict[str, Any] = {key: given[key] for key in ("definition", "memo") if given.get(key)}
        for key, most in (("hue", HUES), ("pattern", PATTERNS)):
            if words := given.get(key, "").strip():
                values[key] = whole(words)
                if not 1 <= (values[key] or 0) <= most:
                    raise NotDone(f"Line {number}: the {key} has to be a number from 1 to {most}.")
        try:
            parent = PARTING.join(path_of(given["parent"])) if given.get("parent", "").strip() else ""
            yield Row(number, clean_name(given.get("name", "")), parent, values)
        except BadName as error:
            raise NotDone(f"Line {number}: {error}") from error


def _plain(field: str) -> str:
    return field[1:] if field.startswith("'") and field.lstrip("'").startswith(_FORMULA) else field


class _Making:
    """Makes the codes of a table, parents before what lies below them, whatever their order."""

    def __init__(self, journal: Journal, codebook: Codebook, rows: Sequence[Row]) -> None:
        self._journal = journal
        self._codebook = codebook
        self._rows = rows
        self._made: dict[int, Code] = {}
        self._at_work: set[int] = set()
        self._named: dict[str, list[int]] = {}
        self._below: dict[Code | None, set[str]] = {}
        for at, row in enumerate(rows):
            self._named.setdefault(key_of(row.name), []).append(at)

    def all(self) -> None:
        """Make them."""
        for at in range(len(self._rows)):
            self._code(at)

    def _code(self, at: int) -> Code:
        if at in self._made:
            return self._made[at]
        row = self._rows[at]
        if at in self._at_work or len(self._at_work) > 20:
            raise NotDone(f"Line {row.line}: “{row.name}” lies below itself, or too deep.")
        self._at_work.add(at)
        parent = self._parent(row)
        beside = self._below.setdefault(parent, set())
        try:
            if key_of(row.name) in beside:
                raise taken(row.name, parent)
            self._made[at] = put_in(self._journal, self._codebook, row.name, parent, **row.values)
        except NotDone as error:
            raise NotDone(f"Line {row.line}: {error}") from error
        beside.add(key_of(row.name))
        self._at_work.discard(at)
        return self._made[at]

    def _parent(self, row: Row) -> Code | None:
        if not row.parent:
            return None
        *above, name = (key_of(part) for part in row.parent.split(PARTING))
        for at in self._named.get(name, ()):
            if self._lies_below(self._rows[at], above):
                return self._code(at)
        raise NotDone(f"Line {row.line}: there is no code “{row.parent}” in this table to be its parent.")

    def _lies_below(self, row: Row, above: list[str]) -> bool:
        """Whether these are the names above a row, as far as they are given."""
        here = [key_of(part) for part in row.parent.split(PARTING)] if row.parent else []
        short = min(len(here), len(above))
        return not above or (bool(here) and here[len(here) - short :] == above[len(above) - short :])
