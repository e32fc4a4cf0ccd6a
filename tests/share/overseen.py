"""A class that reads: a plan of two views with a prompt, and what its people did."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.annotate import actions
from reader.annotate.drawn import redrawing
from reader.annotate.models import Annotation, Layer
from reader.annotate.prompt_models import Prompt
from reader.library.models import Document
from reader.people.class_models import Class
from reader.people.models import User
from reader.share.models import Asked, ReadingRecord, View
from tests import make
from tests.annotate.marked import mark
from tests.people.classes import Taught, taught

MONDAY = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)


@dataclass
class Read(Taught):
    """A class with two texts, the views of its plan and their prompts."""

    texts: list[Document] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    prompts: list[Annotation] = field(default_factory=list)

    @property
    def layer(self) -> Layer:
        """That of the class."""
        return Layer.objects.of_class(self.group)

    def path(self, rest: str = "") -> str:
        """An address of the class."""
        return f"/classes/{self.group.pk}/{rest}"

    def wrote(
        self, who: str | User, start: int = 10, end: int = 20, text: int = 0, **more: Any
    ) -> Annotation:
        """Something in the class's layer."""
        by = self.people[who] if isinstance(who, str) else who
        return mark(self.texts[text], start, end, by, layer=self.layer, **more)

    def answered(self, who: str | User, body: str = "Because of the moon.", prompt: int = 0) -> Annotation:
        """An answer to a prompt."""
        by = self.people[who] if isinstance(who, str) else who
        return actions.reply(to=self.prompts[prompt], by=by, body=body)[0]

    def opened(
        self, who: str | User, view: int = 0, *, days: int = 1, finished: bool = False
    ) -> ReadingRecord:
        """That somebody opened a view on MONDAY and again some days after."""
        by = self.people[who] if isinstance(who, str) else who
        last = MONDAY + timedelta(days=days)
        return ReadingRecord.objects.create(
            view=self.views[view],
            person=by,
            opened=2 if days else 1,
            first_at=MONDAY,
            last_at=last,
            finished_at=last if finished else None,
        )


def reading(name: str = "On Tides") -> Read:
    """The class of taught(), with its plan."""
    one = taught(name)
    made = Read(one.group, one.people)
    made.texts = [make.document(make.parsed(title)) for title in ("On Tides", "On Moons")]
    for place, title in enumerate(("First week", "Second week")):
        made.views.append(planned(made.group, title, *made.texts[: 2 - place], position=place))
    made.prompts.append(asked(made.views[0], made.people["instructor"], "Why do tides rise?"))
    return made


def planned(group: Class, title: str, left: Document, right: Document | None = None, **more: Any) -> View:
    """A view of the plan that is shown."""
    facts = {"shown_at": MONDAY, "due_at": MONDAY + timedelta(days=3), **more}
    return View.objects.create(group=group, title=title, left=left, right=right, **facts)


def asked(view: View, by: User, body: str, reveal: str = "answered", **more: Any) -> Annotation:
    """A prompt of a view, on the beginning of its left text."""
    assert view.group
    made = mark(view.left, 0, 8, by, kind="note", body=body, layer=Layer.objects.of_class(view.group))
    with redrawing([made.pk]):
        Annotation.objects.filter(pk=made.pk).update(kind=Annotation.Kind.PROMPT)
    prompt = Prompt.objects.create(annotation=made, reveal=reveal, **more)
    Asked.objects.create(view=view, prompt=prompt, position=view.asked.count())
    return made
