"""A text with any number of marks in the public layer: 1 to 40 words each, by 300 people and the viewer."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils import timezone

from bench.texts import Writer, book
from reader.annotate import shades
from reader.annotate.models import Annotation, Layer, Meaning, Target
from reader.annotate.rendering import render
from reader.ingest import parse_bytes
from reader.library.actions import keep
from reader.library.models import Revision
from reader.library.passages import CONTEXT, Passage
from reader.people.models import User

# All of it is on one page.
SIZE = 36_000
PEOPLE = 300
OWN = 33
LONGEST = 40
# Of a hundred marks so many have a note; the others are highlights.
NOTES = 20
VIEWER = "alice"


@dataclass(frozen=True)
class Marked:
    """A text that is marked: its name in addresses, its revision's number, and the text itself."""

    slug: str
    number: int
    text: str


@cache
def marked(count: int) -> Marked:
    """The text with so many marks, OWN of them by the viewer; made once."""
    title = f"Of {count} Marks"
    source = book(SIZE, seed=3).replace("A History of the Harbour and the Ledger", title).encode()
    revision = keep(
        parsed=parse_bytes(source, "marks.md"), source=source, name="marks.md", by=None, public=True
    ).revision
    layer = Layer.objects.public()
    _keep_all(revision, layer, count)
    shades.rebuild(layer=layer.pk, revision=revision.pk)
    return Marked(revision.document.slug, revision.number, revision.text)


def stretches(text: str, seed: int = 1) -> Iterator[tuple[int, int]]:
    """Places of 1 to LONGEST words each, anywhere in a text, without end."""
    chance = random.Random(seed)
    words = [word.span() for word in re.finditer(r"\S+", text)]
    while True:
        first = chance.randrange(len(words))
        last = min(first + chance.randrange(LONGEST), len(words) - 1)
        yield words[first][0], words[last][1]


def _keep_all(revision: Revision, layer: Layer, count: int) -> None:
    chance = random.Random(count)
    writer = Writer(count)
    others = _people()
    viewer = User.objects.get(username=VIEWER)
    meanings = Meaning.objects.for_choice(viewer)
    now = timezone.now()
    annotations: list[Annotation] = []
    passages: list[Passage] = []
    text = revision.text
    for index, (start, end) in zip(range(count), stretches(text, seed=count), strict=False):
        body = writer.sentence() if chance.randrange(100) < NOTES else ""
        meaning = chance.choice(meanings)
        annotations.append(
            Annotation(
                layer=layer,
                author=viewer if index < OWN else chance.choice(others),
                kind=Annotation.Kind.NOTE if body else Annotation.Kind.HIGHLIGHT,
                meaning=meaning,
                look=meaning.look,
                body=body,
                html=render(body),
                made_at=now,
            )
        )
        passages.append(
            Passage(
                document=revision.document,
                revision=revision,
                start=start,
                end=end,
                exact=text[start:end],
                prefix=text[max(0, start - CONTEXT) : start],
                suffix=text[end : end + CONTEXT],
                noted=bool(body),
            )
        )
    Annotation.objects.bulk_create(annotations)
    Passage.objects.bulk_create(passages)
    Target.objects.bulk_create(
        Target(annotation=annotation, passage=passage)
        for annotation, passage in zip(annotations, passages, strict=True)
    )


def _people() -> list[User]:
    names = [f"reader{number}" for number in range(PEOPLE)]
    User.objects.bulk_create((User(username=name) for name in names), ignore_conflicts=True)
    return list(User.objects.filter(username__in=names))
