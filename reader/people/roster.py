"""What somebody pastes to say who belongs to a class, line by line. Knows no database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LINES_AT_MOST = 500
NAME_AT_MOST = 120
ADDRESS_AT_MOST = 254

# One sign @ with something that looks like a host behind it; whether mail arrives there only mail can tell.
ADDRESS = re.compile(r"[^\s@<>(),;:\\\"]+@[^\s@<>(),;:\\\"]+\.[^\s@<>(),;:\\\".]{2,}")


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who is expected: a name, an address in small letters, or both; and the number of the line."""

    number: int
    name: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        """What makes two lines the same."""
        return self.address or self.name.casefold()

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name and self.address else self.name or self.address


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, and what to do; number 0 is all of it."""

    number: int
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What was pasted: lines, each once; those that say one of these again; those that are not clear."""

    lines: tuple[Line, ...]
    again: tuple[Line, ...]
    faults: tuple[Fault, ...]


def read(text: str) -> Roster:
    """Read a pasted roster; empty lines are passed over."""
    rows = [(number, _tidy(row)) for number, row in enumerate(text.splitlines(), 1)]
    rows = [(number, row) for number, row in rows if row]
    if len(rows) > LINES_AT_MOST:
        reason = f"These are {len(rows)} lines; up to {LINES_AT_MOST} are taken at once. Paste them in parts."
        return Roster((), (), (Fault(0, "", reason),))
    if not rows:
        return Roster((), (), (Fault(0, "", "Paste names or addresses, one on each line."),))
    both = [_line(number, row) for number, row in rows]
    lines, again = _once(one for one in both if isinstance(one, Line))
    return Roster(lines, again, tuple(one for one in both if isinstance(one, Fault)))


def _once(lines: Iterable[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    first: dict[str, Line] = {}
    again = []
    for line in lines:
        if line.key in first:
            again.append(line)
        else:
            first[line.key] = line
    return tuple(first.values()), tuple(again)


def _line(number: int, row: str) -> Line | Fault:
    name, addresses = _parts(row)
    said = row[:NAME_AT_MOST]
    if len(addresses) > 1:
        return Fault(number, said, "There are two addresses. Write each person on a line of their own.")
    address = addresses[0] if addresses else ""
    if address and not (ADDRESS.fullmatch(address) and len(address) <= ADDRESS_AT_MOST):
        return Fault(number, said, "This is no e-mail address. Write it as name@example.org.")
    if len(name) > NAME_AT_MOST:
        return Fault(number, said, f"A name has up to {NAME_AT_MOST} characters. Write it shorter.")
    if not address and not any(letter.isalnum() for letter in name):
        return Fault(number, said, "There is neither a name nor an address. Take the line out.")
    return Line(number, name, address)


def _parts(row: str) -> tuple[str, list[str]]:
    """The name of a line and its addresses: in brackets, or beside the name as in a table."""
    words = (row.replace("<", " <") if "@" in row else row).split()
    addresses = [word.strip("<>,;\"'()").lower() for word in words if "@" in word]
    name = " ".join(word for word in words if "@" not in word)
    return name.strip(" ,;\"'<>"), addresses


def _tidy(row: str) -> str:
    """Without signs that cannot be seen, and what separates lines of a table or list at its end."""
    seen = (letter for letter in " ".join(row.split()) if letter.isprintable())
    return "".join(seen).strip(",; ")
