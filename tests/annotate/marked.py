"""Marks by many people, made as the reader makes them."""

from typing import Any

from reader.annotate import actions
from reader.annotate.models import Annotation, Layer
from reader.annotate.placing import Place
from reader.library.models import Document
from reader.people.models import User
from tests import make


def people(count: int) -> list[User]:
    """So many readers with accounts."""
    return [make.user(f"reader{number}") for number in range(count)]


def person(name: str) -> User:
    """Somebody who has an account already."""
    return User.objects.get(username=name)


def mark(document: Document, start: int, end: int, by: User, **more: Any) -> Annotation:
    """A highlight, for everybody unless a layer is given, on text[start:end] of the current revision."""
    facts = {"kind": "highlight", "layer": more.pop("layer", None) or Layer.objects.public(), **more}
    assert document.current is not None
    annotation, _ = actions.annotate(
        by=by, document=document, revision=document.current, places=[Place(start, end)], **facts
    )
    return annotation


def words_of(document: Document, words: str) -> tuple[int, int]:
    """Where these words first stand in the current revision."""
    assert document.current is not None
    start = document.current.text.index(words)
    return start, start + len(words)
