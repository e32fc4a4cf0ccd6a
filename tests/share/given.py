"""A class with a view of two texts that asks something, for tests to look at."""

from collections.abc import Sequence

from reader.annotate import actions as annotating
from reader.annotate.layer_models import Layer
from reader.annotate.models import Annotation
from reader.library.models import Document
from reader.people.class_models import Class
from reader.people.models import User
from reader.share import prompts, view_actions
from reader.share.models import Asked, View
from reader.share.prompts import Asking
from reader.share.view_actions import Words
from reader.share.view_places import passage_named
from tests import make


def texts() -> list[Document]:
    """Two public texts of some paragraphs."""
    return [
        make.document(
            make.parsed(title, *[make.paragraph(make.sentence(seed + n)) for n in range(4)]), by=make.alice()
        )
        for title, seed in (("Ebb", 3), ("Flood", 40))
    ]


def viewed(
    group: Class | None,
    by: User,
    of: Sequence[Document] = (),
    *,
    title: str = "Two on tides",
    shown: bool = True,
    places: Sequence[str] = ("2", "3"),
    layers: Sequence[Layer] | None = None,
) -> View:
    """A view that this person made, shown to its class."""
    documents = list(of) or texts()
    if layers is None:
        layers = [Layer.objects.public(), *([Layer.objects.of_class(group)] if group else [])]
    return view_actions.make(
        by=by,
        words=Words(title, "Read *both*.", layers),
        texts=documents,
        places=[passage_named(text, at) for text, at in zip(documents, places, strict=False)],
        group=group,
        shown=shown and group is not None,
    )


def asked(view: View, by: User, body: str = "Which tide?", at: str = "2", **asking: object) -> Asked:
    """A prompt on a paragraph of the view's left text."""
    passage = passage_named(view.left, at)
    assert passage is not None
    return prompts.ask(view=view, by=by, passage=passage, asking=Asking(body, **asking))[0]  # type: ignore[arg-type]


def answered(prompt: Asked, by: User, body: str) -> Annotation:
    """What somebody answers."""
    annotation = Annotation.objects.get(pk=prompt.prompt_id)
    return annotating.reply(to=annotation, by=by, body=body)[0]
