"""What tests are made of: people, texts as ingest gives them, and documents kept from them.

alice owns (and is staff), bob is another reader with an account, charlie is a stranger.
"""

from dataclasses import replace
from typing import Any

from reader.ingest.parsed import Block, BlockKind, ListPlace, Mark, Note, Parsed, Reference
from reader.library.actions import Kept, keep
from reader.library.models import Document
from reader.people.models import Role, User

WORDS = "tide mill quay lantern rope gull harbour salt weir moon ledger barge".split()


def user(name: str, *, staff: bool = False, role: Role = Role.STUDENT) -> User:
    """A person with an account; the password is "sesame"."""
    return User.objects.create_user(username=name, password="sesame", is_staff=staff, role=role)


def alice() -> User:
    """She owns texts, and is staff, so that she may upload."""
    return User.objects.filter(username="alice").first() or user("alice", staff=True)


def bob() -> User:
    """He has an account and owns nothing."""
    return User.objects.filter(username="bob").first() or user("bob")


def sentence(seed: int, length: int = 12) -> str:
    """A sentence of so many words, another one for each seed."""
    words = [WORDS[(seed * 7 + place * (seed % 5 + 1)) % len(WORDS)] for place in range(length)]
    return f"{' '.join(words).capitalize()} {seed}."


def block(kind: BlockKind, text: str, line: int = 1, **more: Any) -> Block:
    """A block that stood on one source line."""
    return Block(kind=kind, text=text, lines=((line, line),), **more)


def paragraph(text: str, *marks: Mark, line: int = 1) -> Block:
    """A plain paragraph with its marks."""
    return block("paragraph", text, line, marks=marks)


def heading(text: str, level: int = 1, line: int = 1) -> Block:
    """The heading of a section."""
    return block("heading", text, line, level=level)


def item(text: str, ordinal: int, of: int = 1, *, ordered: bool = True) -> Block:
    """An item of a list."""
    return block("item", text, place=ListPlace(of, ordered, ordinal))


def mark(label: str, after: str, note: int | None, ordinal: int = 0) -> Mark:
    """A mark that stands after these words, where they begin their block."""
    return Mark(label, len(after), ordinal, note)


def note(label: str, text: str, *, line: int = 1, **reference: Any) -> Note:
    """A footnote; the reference's facts by name: url, title, authors, publication, published_on."""
    return Note(label, text, ((line, line),), reference=Reference(**reference))


def parsed(title: str = "On Tides", *blocks: Block, notes: tuple[Note, ...] = (), **facts: Any) -> Parsed:
    """A document: its title as a block, then these blocks (one paragraph where none is given)."""
    body = blocks or (paragraph(sentence(len(title)), line=3),)
    return Parsed(title=title, blocks=(block("title", title), *body), notes=notes, **facts)


def citing(url: str, title: str = "An Answer", *, label: str = "1", **facts: Any) -> Parsed:
    """A document whose only note cites this address."""
    words = "As was said before."
    return parsed(
        title,
        paragraph(words, mark(label, words, 0)),
        notes=(note(label, f"See {url}.", url=url),),
        **facts,
    )


def book(paragraphs: int = 10_000, notes: int = 500) -> Parsed:
    """A long text: a section every hundred paragraphs, and notes that cite each a work of its own."""
    every = max(1, paragraphs // notes) if notes else paragraphs + 1
    blocks: list[Block] = []
    for number in range(paragraphs):
        if number % 100 == 0:
            blocks.append(heading(f"Chapter {number // 100 + 1}"))
        words = " ".join(sentence(number + part) for part in range(3))
        cited = number // every if number % every == 0 and number // every < notes else None
        blocks.append(paragraph(words, *([] if cited is None else [mark(str(cited + 1), words, cited)])))
    cites = tuple(
        note(
            str(n + 1),
            f"Work {n}, https://works.example/{n}",
            url=f"https://works.example/{n}",
            title=f"Work {n}",
        )
        for n in range(notes)
    )
    return parsed("A Long Book", *blocks, notes=cites)


def kept(text: Parsed | None = None, *, by: User | None = None, public: bool = True, **more: Any) -> Kept:
    """Keep a text; its source is made up from it unless given."""
    text = text or parsed()
    source = more.pop("source", repr(text).encode())
    return keep(parsed=text, source=source, name="text.md", by=by, public=public, **more)


def document(
    text: Parsed | None = None, *, by: User | None = None, public: bool = True, **facts: Any
) -> Document:
    """A document kept from this text, with the facts (title, authors, source_url …) replaced."""
    return kept(replace(text or parsed(), **facts), by=by, public=public).revision.document
