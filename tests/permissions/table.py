"""The table of docs/permissions.md: which request is answered how to whom."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpResponse

DOCUMENT = Path(__file__).parents[2] / "docs/permissions.md"
HEAD = re.compile(r"^\| request \|(.*)\|$")
ROW = re.compile(r"^\| `(GET|POST) (/\S*)`(?: with `([^`]*)`)? \|(.*)\|$")
ANSWERS = {"yes", "sign in", "403", "404", "405"}


@dataclass(frozen=True, slots=True)
class Row:
    """A request, with the fields that it sends, and the answer to each of the people."""

    section: str
    method: str
    path: str
    sent: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.sent}".strip()

    def __hash__(self) -> int:
        return hash(str(self))


def rows() -> list[Row]:
    """Every row of the document; ValueError where one says something that is no answer."""
    found, section, people = [], "", []
    for line in DOCUMENT.read_text().splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif head := HEAD.match(line):
            people = _cells(head[1])
        elif match := ROW.match(line):
            method, path, sent, cells = match.groups()
            answers = dict(zip(people, _cells(cells), strict=True))
            if wrong := set(answers.values()) - ANSWERS:
                raise ValueError(f"{line}: {wrong}")
            found.append(Row(section, method, path, sent or "", answers))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def answer(response: HttpResponse) -> str:
    """What an answer says of the right to ask: bad input is answered to those who may."""
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    if response.status_code == 401 or response.headers.get("Location", "").startswith("/sign-in/"):
        return "sign in"
    return "yes" if response.status_code < 500 else str(response.status_code)
