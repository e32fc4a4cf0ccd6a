"""Views that are given by links: a class, two texts, and what was written on them."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from reader.annotate.models import Annotation, Layer
from reader.library.models import Document
from reader.people.models import User
from reader.share import links
from reader.share.models import Link, View
from tests import make
from tests.annotate.marked import mark, words_of
from tests.people.classes import Taught, taught

LEFT = "The tide comes in twice a day. The mill stands still meanwhile."
RIGHT = "No mill was seen. The quay is all that there is."


@dataclass
class Shared:
    """A view of ines's class on two texts, with notes in the public, the class's and the teaching layer."""

    one: Taught
    view: View
    left: Document
    right: Document
    notes: dict[str, Annotation] = field(default_factory=dict)

    @property
    def ines(self) -> User:
        """Who leads the class."""
        return self.one.people["instructor"]

    @property
    def sam(self) -> User:
        """A student."""
        return self.one.people["student"]

    def give(self, **more: Any) -> tuple[Link, str]:
        """A link by ines, frozen and for anyone unless told otherwise, and its token."""
        facts = {"view": self.view, "by": self.ines, "form": "frozen", "audience": "anyone", **more}
        return links.give(**facts)

    def note(self, by: User, layer: Layer, words: str, body: str, **more: Any) -> Annotation:
        """A note of this person's on these words of one of the texts."""
        text = self.right if words in RIGHT and words not in LEFT else self.left
        return mark(text, *words_of(text, words), by, layer=layer, kind="note", body=body, **more)


def shared(**facts: Any) -> Shared:
    """The view, with a note in each layer, a highlight, a reply by a student to what is taught."""
    one = taught()
    ines, sam = one.people["instructor"], one.people["student"]
    ines.first_name = "Ines"
    ines.last_name = "Ivy"
    ines.save()
    left = make.document(make.parsed("On Tides", make.paragraph(LEFT)), by=ines)
    right = make.document(make.parsed("On Mills", make.paragraph(RIGHT)), by=ines)
    view = View.objects.create(
        **{"group": one.group, "owner": ines, "title": "Week 1", "left": left, "right": right, **facts}
    )
    of = Shared(one, view, left, right)
    layers = {
        "public": Layer.objects.public(),
        "class": Layer.objects.of_class(one.group),
        "teaching": Layer.objects.teaching_of(ines),
        "private": Layer.objects.private_to(ines),
    }
    view.layers.set([layers["public"], layers["class"], layers["teaching"]])
    of.notes["public"] = of.note(one.people["stranger"], layers["public"], "tide comes", "Heard by **all**.")
    of.notes["class"] = of.note(sam, layers["class"], "mill stands", "A student's secret thought.")
    of.notes["teaching"] = of.note(ines, layers["teaching"], "quay is", "Look at the quay.")
    of.notes["private"] = of.note(ines, layers["private"], "twice a day", "For my eyes alone.")
    of.notes["highlight"] = mark(left, *words_of(left, "twice"), ines, layer=layers["teaching"])
    of.notes["reply"] = replied(of.notes["teaching"], sam, "Which quay, asks Sam?")
    return of


def replied(to: Annotation, by: User, body: str) -> Annotation:
    """A reply, in the layer of what it answers."""
    return Annotation.objects.create(
        layer=to.layer,
        author=by,
        kind="reply",
        parent=to,
        body=body,
        html=f"<p>{body}</p>",
        made_at=timezone.now(),
    )


def come(token: str, client: Client | None = None, **more: Any) -> tuple[Client, Any]:
    """A browser that opened a link, and the page to which it came."""
    client = client or Client()
    return client, client.get(f"/view/{token}/", follow=True, **more)
