"""The class that a new library begins with: a view of the two digests with prompts, and an answer to one."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from reader.annotate import actions
from reader.annotate.models import Annotation, Layer
from reader.annotate.placing import Place, passages_at
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people import classes, memberships
from reader.people.class_models import Class, ClassRole, Kind
from reader.people.demo import person
from reader.people.models import Role
from reader.share import view_actions
from reader.share.prompts import Asking, ask


@transaction.atomic
def seed_class(texts: Mapping[str, Document]) -> None:
    """Begin it with the texts, by their files’ names, where they are there and it was never begun."""
    seed = json.loads((settings.BASE_DIR / "seeds" / "class.json").read_text())
    wanted, teacher = seed["view"], person(Role.INSTRUCTOR)
    known = Class.objects.filter(made_by=teacher, name=seed["name"]).exists()
    if known or not {wanted["left"], wanted["right"]} <= set(texts):
        return
    group = classes.make(kind=Kind.CLASS, name=seed["name"], time_zone=seed["time_zone"], by=teacher)
    for role in (Role.STUDENT, Role.ANALYST):
        memberships.enrol(person=person(role), group=group, role=ClassRole.STUDENT)
    layers = [Layer.objects.of_class(group), Layer.objects.teaching_of(teacher), Layer.objects.public()]
    view = view_actions.make(
        by=teacher,
        words=view_actions.Words(wanted["title"], wanted["introduction"], layers),
        texts=[texts[wanted["left"]], texts[wanted["right"]]],
        places=[],
        group=group,
        shown=True,
    )
    asked = [
        ask(
            view=view,
            by=teacher,
            passage=_passage(texts, one),
            asking=Asking(one["body"], one["reveal"], is_anonymous=one["is_anonymous"]),
        )[0]
        for one in wanted["prompts"]
    ]
    for one in wanted["answers"]:
        to = asked[one["prompt"]].prompt.annotation
        actions.reply(to=to, by=person(Role.ANALYST), body=one["body"])
    for one in wanted["teaching"]:
        actions.annotate_passages(
            by=teacher,
            passages=[_passage(texts, one)],
            kind=Annotation.Kind.NOTE,
            layer=layers[1],
            body=one["body"],
        )


def _passage(texts: Mapping[str, Document], one: Mapping[str, Any]) -> Passage:
    document = texts[one["text"]]
    revision = document.current
    if revision is None:
        raise ValueError(f"{document} has no revision.")
    start = revision.text.index(one["exact"])
    return passages_at(document, revision, [Place(start, start + len(one["exact"]), one["exact"])])[0]
