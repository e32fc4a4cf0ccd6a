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
from reader.people.class_models import Class, Invitation, Membership, RosterLine, Tries
from reader.people.models import User

__all__ = [
    "Annotation",
    "Change",
    "Chunk",
    "Citation",
    "Class",
    "Code",
    "Codebook",
    "Crowd",
    "Document",
    "Footnote",
    "FormerPlace",
    "Import",
    "Invitation",
    "Layer",
    "Meaning",
    "Membership",
    "Notice",
    "Pairing",
    "Paragraph",
    "Parallel",
    "Passage",
    "Revision",
    "RosterLine",
    "Section",
    "Shade",
    "Tag",
    "Target",
    "Tries",
    "User",
    "Verdict",
    "Work",
    "WorkMatch",
]
