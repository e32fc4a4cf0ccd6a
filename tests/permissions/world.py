"""A library with one of everything that somebody might be kept from, and everybody who might ask for it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from reader.annotate import actions
from reader.annotate.layer_models import Layer
from reader.annotate.models import Annotation, Change, Codebook
from reader.annotate.placing import Place, passages_at
from reader.library.actions import keep
from reader.library.models import Document, Import
from reader.people.class_models import Class, Invitation, RosterLine
from reader.people.models import Role, User
from reader.share import links
from reader.share.models import Link, View
from reader.share.prompts import Asking, ask
from tests import make
from tests.annotate.marked import words_of
from tests.compare.joining import pairing, parallel
from tests.people.classes import begun, enrolled, invited, taught
from tests.people.visits import signed_in

# Words that stand in one thing each, and who may come to read them.
IN_CLASS = {"student", "assistant", "instructor"}
SECRETS = {
    "zincclosed": {"owner", "staff"},
    "zincprivate": {"owner"},
    "zinctrash": {"owner"},
    "zincbook": {"owner"},
    "zincmeaning": {"owner"},
    "zincwaiting": {"owner"},
    "zincgroup": IN_CLASS | {"staff"},
    "zincroster": {"assistant", "instructor", "staff"},
    "zincnote": IN_CLASS,
    "zincreply": IN_CLASS,
    "zinchidden": {"student"},
    "zincanswer": {"assistant", "instructor", "peer"},
    "zincview": IN_CLASS | {"peer", "staff", "live", "frozen"},
    "zincdraft": {"assistant", "instructor", "staff"},
}
# What those who may ask read in these sections alone: what a link gives, what was hidden from a class.
ALSO = {"Links": {"zincnote", "zincreply"}, "What is seen of a class": {"zinchidden"}}
# Who came by such a link to a view of the class.
HOLDERS = ("live", "frozen", "expired", "revoked")
SENTENCE = "The tide came in over the quay, and the lantern went out."


@dataclass
class World:
    """Its people, and what stands in addresses by name."""

    people: dict[str, User]
    browsers: dict[str, Client] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)


def world() -> World:
    """Everything, once."""
    one = taught("zincgroup")
    people = one.people | {
        "owner": make.user("olga", role=Role.ANALYST),
        "elsewhere": make.user("mia", role=Role.INSTRUCTOR),
    }
    begun(by=people["elsewhere"], name="Another")
    made = World(people)
    made.browsers = {"nobody": Client()} | {who: signed_in(person) for who, person in people.items()}
    _class(made, one.group)
    _texts(made)
    _annotations(made, one.group)
    _meant(made)
    _views(made, one.group)
    return made


def _class(made: World, group: Class) -> None:
    instructor = made.people["instructor"]
    invited(group)
    line = RosterLine.objects.create(group=group, name="zincroster", key="zincroster")
    members = group.memberships
    made.known |= {
        "class": group.pk,
        "member_student": members.get(person=made.people["student"]).pk,
        "member_removed": members.get(person=made.people["removed"]).pk,
        "invitation": Invitation.objects.latest("pk").pk,
        "line": line.pk,
        "join_token": invited(group, by=instructor)[1],
        "day": f"{timezone.now() + timedelta(days=2):%Y-%m-%d}",
        "other_class": Class.objects.exclude(pk=group.pk).get().pk,
    }


def _texts(made: World) -> None:
    owner = made.people["owner"]
    texts = {}
    for name, public in (("open", True), ("other", True), ("closed", False)):
        words = SENTENCE if public else f"{SENTENCE} zincclosed"
        parsed = make.parsed(name.capitalize(), make.heading("Tides"), make.paragraph(words))
        texts[name] = make.document(parsed, by=owner, public=public)
    for text in texts.values():
        revised = make.parsed(text.title, make.heading("Tides"), make.paragraph(f"{SENTENCE} zincclosed"))
        if not text.is_public:
            keep(parsed=revised, source=b"again", name="t.md", by=owner, revises=text)
            text.refresh_from_db()
    made.known |= {name: text.slug for name, text in texts.items()}
    pair, closed = pairing(texts["open"], texts["other"]), pairing(texts["open"], texts["closed"])
    made.known |= {
        "parallel": parallel(pair, 1, 1).pk,
        "closed_parallel": parallel(closed, 1, 1).pk,
    }
    made.browsers["owner"].post("/add/", {"text": "# zincwaiting\n\nThe tide waits."})
    made.known["import"] = Import.objects.get().pk


def note(
    document: Document, by: User, layer: Layer, body: str, kind: str = "note", **more: Any
) -> Annotation:
    """A note on the tide."""
    assert document.current is not None
    annotation, _ = actions.annotate(
        by=by,
        document=document,
        revision=document.current,
        places=[Place(*words_of(document, "tide came in"))],
        kind=kind,
        layer=layer,
        body=body,
    )
    return annotation


def _annotations(made: World, group: Class) -> None:
    text = Document.objects.get(slug=made.known["open"])
    student, owner, instructor = (made.people[who] for who in ("student", "owner", "instructor"))
    layers = Layer.objects
    of_class, private = layers.of_class(group), layers.private_to(owner)
    question = note(text, student, of_class, "zincnote, is it?", "question")
    reply, _ = actions.reply(by=instructor, to=question, body="zincreply")
    hidden = note(text, student, of_class, "zinchidden")
    Annotation.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now(), hidden_by=instructor)
    own = note(text, owner, private, "zincprivate")
    thrown = note(text, owner, private, "zinctrash")
    actions.delete(annotation=thrown, by=owner)
    public = note(text, owner, layers.public(), "Everybody's.")
    made.known |= {
        "class_note": question.pk,
        "class_reply": reply.pk,
        "hidden_note": hidden.pk,
        "private_note": own.pk,
        "trashed_note": thrown.pk,
        "public_note": public.pk,
        "passage": question.passages.get().pk,
        "layer": of_class.key,
        "change": Change.objects.filter(actor=owner).latest("pk").pk,
        "student_change": Change.objects.filter(actor=student).latest("pk").pk,
    }


def _views(made: World, group: Class) -> None:
    """A draft, and a view that the class sees, with a prompt that a peer has answered, and links to it."""
    instructor, peer = made.people["instructor"], make.user("pia")
    enrolled(group, peer)
    text = Document.objects.get(slug=made.known["open"])
    facts = {"group": group, "owner": instructor, "left": text}
    draft = View.objects.create(title="zincdraft", **facts)
    view = View.objects.create(title="zincview", shown_at=timezone.now(), position=1, **facts)
    view.layers.set([Layer.objects.of_class(group)])
    assert text.current is not None
    place = Place(*words_of(text, "lantern went out"))
    asked, _ = ask(
        view=view,
        by=instructor,
        passage=passages_at(text, text.current, [place])[0],
        asking=Asking("Why did it go out?"),
    )
    answer, _ = actions.reply(by=peer, to=asked.prompt.annotation, body="zincanswer")
    made.known |= {
        "draft": draft.pk,
        "view": view.pk,
        "prompt": asked.prompt_id,
        "answer": answer.pk,
        "member_peer": group.memberships.get(person=peer).pk,
    }
    for name in HOLDERS:
        form = "frozen" if name == "frozen" else "live"
        link, token = links.give(view=view, by=instructor, form=form, audience="anyone", others=True)
        made.browsers[name] = Client()
        made.browsers[name].get(f"/view/{token}/")
        made.known |= {f"{name}_key": link.key, f"{name}_token": token, f"{name}_link": link.pk}
    Link.objects.filter(pk=made.known["expired_link"]).update(expires_at=timezone.now())
    links.revoke(link=Link.objects.get(pk=made.known["revoked_link"]))


def _meant(made: World) -> None:
    owner = made.people["owner"]
    book = Codebook.objects.create(owner=owner, name="zincbook")
    code = book.codes.create(name="zincbook code")
    made.known |= {"codebook": book.pk, "code": code.pk}
    meaning = owner.meanings.create(name="zincmeaning")
    made.known["meaning"] = meaning.pk
