"""Two texts on one subject, and claims about how their passages stand to each other."""

from typing import Any

from reader.annotate.models import Annotation, Layer
from reader.annotate.placing import Place, passages_at
from reader.compare.claims import claim
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import User
from tests import make

TIDES = "The lantern on the quay was lit before the tide. Nobody had paid for the oil."
SECOND = "The harbour board met in March, and it had thirty petitions before it."
SALT = "No lantern was lit on the quay that year. The oil had been sold in March."
OTHER = "The board met in April, and twenty petitions lay before it."


def pair(*, public: bool = True) -> tuple[Document, Document]:
    """On Tides, which everybody may read, and On Salt, which is alice's alone unless it is public."""
    tides = make.document(make.parsed("On Tides", make.paragraph(TIDES), make.paragraph(SECOND)))
    salt = make.document(
        make.parsed("On Salt", make.paragraph(SALT), make.paragraph(OTHER)), by=make.alice(), public=public
    )
    return tides, salt


def passage(document: Document, words: str) -> Passage:
    """Where these words first stand in the current revision, not saved."""
    document.refresh_from_db()
    assert document.current is not None
    start = document.current.text.index(words)
    return passages_at(document, document.current, [Place(start, start + len(words))])[0]


def claimed(
    one: tuple[Document, str],
    other: tuple[Document, str] | None = None,
    relation: str = "contradicts",
    *,
    by: User | None = None,
    public: bool = True,
    **more: Any,
) -> Annotation:
    """A claim about words of these texts, for everybody unless it shall not be public."""
    by = by or make.bob()
    layer = Layer.objects.public() if public else Layer.objects.private_to(by)
    ends = [passage(*end) for end in (one, other) if end]
    made, _ = claim(by=by, passages=ends, relation=relation, layer=layer, **more)
    return made
