"""The stages' tables, imported in order of flow, so that Django finds them under one app."""

from reader.annotate.models import (
    Annotation,
    Change,
    Code,
    Codebook,
    Crowd,
    Layer,
    Meaning,
    Notice,
    Shade,
    Tag,
    Target,
)
from reader.compare.models import Pairing, Parallel, Verdict
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
from reader.library.passages import FormerPlace, Passage
from reader.people.models import User

__all__ = [
    "Annotation",
    "Change",
    "Chunk",
    "Citation",
    "Code",
    "Codebook",
    "Crowd",
    "Document",
    "Footnote",
    "FormerPlace",
    "Import",
    "Layer",
    "Meaning",
    "Notice",
    "Pairing",
    "Paragraph",
    "Parallel",
    "Passage",
    "Revision",
    "Section",
    "Shade",
    "Tag",
    "Target",
    "User",
    "Verdict",
    "Work",
    "WorkMatch",
]
