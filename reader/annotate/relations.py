"""How the passages of a claim stand to each other: in words from either end, and as a look."""

from collections.abc import Collection

from reader.annotate.models import Annotation

Relation = Annotation.Relation

# Seen from the passages that follow the first.
BACK: dict[str, str] = {
    Relation.AGREES: "agrees with",
    Relation.CONTRADICTS: "contradicts",
    Relation.QUALIFIES: "is qualified by",
    Relation.EXTENDS: "is extended by",
    Relation.CITES: "is cited by",
    Relation.SILENT: "is silent on",
}
# Hue and pattern, so that marks and cards show how a claim stands before they are read.
LOOKS: dict[str, tuple[int, int]] = {
    Relation.AGREES: (2, 1),
    Relation.CONTRADICTS: (3, 5),
    Relation.QUALIFIES: (1, 4),
    Relation.EXTENDS: (4, 2),
    Relation.CITES: (5, 3),
    Relation.SILENT: (8, 4),
}


def words_of(relation: str, *, back: bool = False) -> str:
    """How the first passage stands to the others, or, back, they to it; nothing for what is no claim."""
    if relation not in Relation.values:
        return ""
    return BACK[relation] if back else Relation(relation).label


def look_of_relation(relation: str) -> str:
    """The classes of a claim's colour and pattern."""
    hue, pattern = LOOKS.get(relation, (0, 0))
    return f"hue-{hue} pattern-{pattern}"


def missing(relation: str, documents: Collection[int | None], about: int | None) -> str:
    """What a claim of passages in these texts lacks, and what to do about it; nothing where it is whole."""
    texts = {document for document in documents if document is not None}
    if relation not in Relation.values:
        return "Choose how the passages stand to each other."
    if relation != Relation.SILENT:
        return "" if len(texts) > 1 else "A claim joins two texts: choose a passage of the other one, too."
    if len(texts) != 1:
        return "Where one text is silent, choose passages of the other one alone."
    if about is None or about in texts:
        return "Choose which other text is silent on this passage."
    return ""
