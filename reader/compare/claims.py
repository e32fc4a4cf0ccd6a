"""Claims: how a passage of one text stands to one of another, by whom, and why."""

from collections.abc import Sequence

from reader.annotate.actions import annotate_passages
from reader.annotate.models import Annotation, Change, Code, Layer
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import User

Relation = Annotation.Relation


def claim(
    *,
    by: User,
    passages: Sequence[Passage],
    relation: str,
    layer: Layer,
    about: Document | None = None,
    body: str = "",
    codes: Sequence[Code] = (),
    token: str = "",
) -> tuple[Annotation, Change | None]:
    """Claim how passages not yet saved stand to each other, the first to those that follow it.

    about: the text that is silent on them. The same token again gives what it made first, and None.
    BodyRefused, NotPlaced or NotDone where it cannot be kept.
    """
    return annotate_passages(
        by=by,
        passages=passages,
        kind=Annotation.Kind.CLAIM,
        relation=relation,
        about=about if relation == Relation.SILENT else None,
        layer=layer,
        body=body,
        codes=codes,
        token=token,
    )
