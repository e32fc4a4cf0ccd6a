"""The values that the page of a link is made of, and how something is taken out of them. Pure.

A copy is what is told of the whole view; a sheet is one chunk of a text with the marks and notes on it.
"""

from collections.abc import Iterable
from typing import Any, TypedDict


class Reply(TypedDict):
    """What somebody answered; author is empty where no name is told, at a date as it is written."""

    pk: int
    author: str
    html: str
    at: str


class Note(TypedDict):
    """A note at text[start:end]; codes are [name, look], ends a claim's other passages: [words, title]."""

    pk: int
    kind: str
    look: str
    layer: str
    author: str
    html: str
    at: str
    start: int
    end: int
    quote: str
    relation: str
    answered: bool
    codes: list[list[str]]
    ends: list[list[str]]
    replies: list[Reply]


class Prompt(TypedDict):
    """A question of the view about a passage on one side, with the answers that are given."""

    pk: int
    side: str
    at: str
    quote: str
    html: str
    answers: list[Reply]


class Sheet(TypedDict):
    """A chunk: its laid html, where its runs lie, the ranges drawn in each by its start, the notes on it.

    more is how many notes there are besides.
    """

    side: str
    position: int
    html: str
    runs: list[list[int]]
    ranges: dict[str, list[list[Any]]]
    notes: list[Note]
    more: int
    withdrawn: list[int]


class Leaf(TypedDict):
    """What is told of a text. reach has the anchors in each of its chunks, as [letter, first, last]."""

    side: str
    title: str
    language: str
    direction: str
    facts: str
    begin: str
    reach: list[list[list[Any]]]
    shown: list[int]


class Copy(TypedDict):
    """What is told of a view; base is the path of its address, said how and since when it is given."""

    title: str
    said: str
    introduction: str
    base: str
    leaves: list[Leaf]
    prompts: list[Prompt]
    withdrawn: list[int]


def keys_of(copy: Copy, sheets: Iterable[Sheet]) -> set[int]:
    """The annotations of which there are words or a mark in a copy."""
    found: set[int] = set()
    for prompt in copy["prompts"]:
        found.update((prompt["pk"], *(one["pk"] for one in prompt["answers"])))
    for sheet in sheets:
        found |= keys_on(sheet)
    return found


def keys_on(sheet: Sheet) -> set[int]:
    """The annotations of which there are words or a mark on a sheet."""
    found = {int(row[2][1:]) for rows in sheet["ranges"].values() for row in rows if row[2]}
    for note in sheet["notes"]:
        found.update((note["pk"], *(one["pk"] for one in note["replies"])))
    return found


def entries(of: Copy | Sheet) -> Iterable[dict[str, Any]]:
    """Each note, question, reply and answer in a copy or on a sheet, by reference."""
    whole: Any = of
    for one in whole.get("notes") or whole.get("prompts") or ():
        yield one
        yield from one.get("replies", ()) or one.get("answers", ())


def erase(of: Copy | Sheet, pk: int) -> None:
    """Let nothing of what somebody wrote be kept: for those who deleted it for good."""
    for one in entries(of):
        if one["pk"] == pk:
            one["html"] = one["author"] = one["quote"] = ""
            one["codes"], one["ends"] = [], []


def name(of: Copy | Sheet, pk: int, author: str) -> None:
    """Tell another name beside what somebody wrote, or none."""
    for one in entries(of):
        if one["pk"] == pk and "author" in one:
            one["author"] = author


def withdraw(of: Copy | Sheet, withdrawn: Iterable[int], back: Iterable[int] = ()) -> None:
    """Show place-holders for these, and those that came back again."""
    of["withdrawn"] = sorted((set(of["withdrawn"]) | set(withdrawn)) - set(back))
