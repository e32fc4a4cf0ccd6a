"""The stages' tables, imported in order of flow, so that Django finds them under one app."""

from reader.annotate.layer_models import LayerChoice, Showing
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
from reader.annotate.prompt_models import Flag, Prompt
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
from reader.share.models import Asked, Frozen, Link, ReadingRecord, Snapshot, SnapshotPart, View

__all__ = [
    "Annotation",
    "Asked",
    "Change",
    "Chunk",
    "Citation",
    "Class",
    "Code",
    "Codebook",
    "Crowd",
    "Document",
    "Flag",
    "Footnote",
    "FormerPlace",
    "Frozen",
    "Import",
    "Invitation",
    "Layer",
    "LayerChoice",
    "Link",
    "Meaning",
    "Membership",
    "Notice",
    "Pairing",
    "Paragraph",
    "Parallel",
    "Passage",
    "Prompt",
    "ReadingRecord",
    "Revision",
    "RosterLine",
    "Section",
    "Shade",
    "Showing",
    "Snapshot",
    "SnapshotPart",
    "Tag",
    "Target",
    "Tries",
    "User",
    "Verdict",
    "View",
    "Work",
    "WorkMatch",
]
