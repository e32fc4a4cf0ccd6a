"""Names of codes: what may be one, and a codebook's tree by its paths, "Parent / Child"."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, When

from reader.annotate.layer_models import NAME_AT_MOST
from reader.annotate.models import Code, Codebook
from reader.library.querysets import Reader

PARTING = " / "
DEEPEST = 8


class BadName(ValueError):
    """A name that no code can have; the message says what to do."""


def clean_name(words: str) -> str:
    """A name as it is kept: one line, without what cannot be seen. BadName where it is none."""
    seen = "".join(c if unicodedata.category(c)[0] != "C" or c in "\u200c\u200d" else " " for c in words)
    name = " ".join(seen.split())
    if not name:
        raise BadName("Write a name.")
    if len(name) > NAME_AT_MOST:
        raise BadName(f"This name has {len(name)} characters; up to {NAME_AT_MOST} are kept. Shorten it.")
    if re.search(r"(^|\s)/(\s|$)", name):
        raise BadName(
            f"“{PARTING.strip()}” between spaces parts a code from its parent: leave it out of a name."
        )
    return name


def path_of(words: str) -> list[str]:
    """The names of a path, the topmost first; a plain name is a path of one."""
    parts = [clean_name(part) for part in re.split(r"(?:^|\s)/(?=\s|$)", words)]
    if len(parts) > DEEPEST:
        raise BadName(f"Codes lie at most {DEEPEST} deep: name fewer parents.")
    return parts


def key_of(name: str) -> str:
    """What two names have in common that are the same but for capitals."""
    return unicodedata.normalize("NFKC", name).casefold()


@dataclass(slots=True)
class Node:
    """A code in its tree; path is its name below those of its parents."""

    code: Code
    path: tuple[str, ...] = ()
    children: "list[Node]" = field(default_factory=list)
    count: int = 0
    count_below: int = 0

    @property
    def words(self) -> str:
        """Its path as one reads and types it."""
        return PARTING.join(self.path)

    @property
    def depth(self) -> int:
        """How many parents it has."""
        return len(self.path) - 1


def tree(codes: Iterable[Code]) -> list[Node]:
    """The codes at the top, with those below them; one whose parent is not among them is at the top."""
    nodes = {code.pk: Node(code) for code in codes}
    top: list[Node] = []
    for node in nodes.values():
        parent = nodes.get(node.code.parent_id or 0)
        (parent.children if parent else top).append(node)
    for node in top:
        _name(node, ())
    return top


def walk(top: Sequence[Node]) -> list[Node]:
    """All nodes of a tree, each before those below it."""
    found: list[Node] = []
    for node in top:
        found.append(node)
        found += walk(node.children)
    return found


def _name(node: Node, above: tuple[str, ...]) -> None:
    node.path = (*above, node.code.name)
    for child in node.children:
        _name(child, node.path)


def codes_of(user: Reader) -> list[Node]:
    """The codes that a person may see, their own codebooks first, each before those below it; one query.

    The first nine are those of the keys 1 to 9.
    """
    codes = Code.objects.visible_to(user).select_related("codebook")
    own = Case(When(codebook__owner=user.pk or 0, then=0), default=1)
    return walk(tree(codes.order_by(own, "codebook", "position", "pk")))


class Index:
    """A person's codes by their paths, and by the ends of their paths."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._at: dict[tuple[int, tuple[str, ...]], Code] = {}
        self._ending: dict[tuple[str, ...], Code] = {}
        # One that lies as deep as a path says comes before one that lies deeper.
        for node in sorted(walk(tree(codes)), key=lambda node: (node.depth, node.code.codebook_id)):
            self.add(node.code, node.path)

    def add(self, code: Code, path: Sequence[str]) -> None:
        """Know this code, too."""
        keys = tuple(map(key_of, path))
        self._at[code.codebook_id, keys] = code
        for first in range(len(keys)):
            self._ending.setdefault(keys[first:], code)

    def find(self, path: Sequence[str]) -> Code | None:
        """The code whose path ends so."""
        return self._ending.get(tuple(map(key_of, path)))

    def at(self, codebook: Codebook, path: Sequence[str]) -> Code | None:
        """The code of this codebook at this whole path."""
        return self._at.get((codebook.pk, tuple(map(key_of, path))))
