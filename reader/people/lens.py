"""How somebody looks at the library: at some layers only, or by a link that gives what they would not see.

A Lens stands wherever a reader does (a User or an AnonymousUser): querysets ask it the same questions.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lens:
    """A reader, and what they look at.

    pk, is_authenticated and is_staff are the person's own; of what a link gives, nobody's.
    layers: keys of the only layers that are looked at; None: all that the person may see.
    texts: keys of documents that a link gives, whoever may read them otherwise.
    is_given: that layers and texts are given by a link, not narrowed by a choice.
    names: whether it shows who wrote what.
    """

    pk: int | None = None
    is_authenticated: bool = False
    is_staff: bool = False
    layers: tuple[int, ...] | None = None
    texts: tuple[int, ...] = ()
    is_given: bool = False
    names: bool = True


def layers_of(reader: object) -> tuple[int, ...] | None:
    """The only layers that this reader looks at; None: all that they may see."""
    return reader.layers if isinstance(reader, Lens) else None


def texts_of(reader: object) -> tuple[int, ...]:
    """The documents that a link gives to this reader."""
    return reader.texts if isinstance(reader, Lens) else ()
