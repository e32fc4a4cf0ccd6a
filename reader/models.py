"""The stages' tables, imported in order of flow, so that Django finds them under one app."""

from reader.library.models import (
    Chunk,
    Citation,
    Document,
    Footnote,
    Import,
    Paragraph,
    Revision,
    Section,
    Work,
    WorkMatch,
)
from reader.people.models import User

__all__ = [
    "Chunk",
    "Citation",
    "Document",
    "Footnote",
    "Import",
    "Paragraph",
    "Revision",
    "Section",
    "User",
    "Work",
    "WorkMatch",
]
