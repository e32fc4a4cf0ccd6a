"""What members flag, and those who look after a class hide, is out of sight everywhere, and comes back."""

from typing import Any

import pytest
from django.test import Client

from reader.annotate import actions, journal, moderating, moving
from reader.annotate.actions import NotDone
from reader.annotate.models import Annotation, Change, Crowd, Layer, Shade
from reader.annotate.prompt_models import Flag
from reader.annotate.turning import NotUndone
from reader.people import classes, memberships
from reader.people.class_models import ClassRole, Membership, Written
from reader.people.models import User
from tests import make
from tests.annotate.marked import mark
from tests.people.classes import PEOPLE, begun, enrolled
from tests.people.visits import content, signed_in
from tests.share.overseen import Read, reading

pytestmark = pytest.mark.django_db

SECRET = "Zanzibar"


@pytest.fixture
def one() -> Read:
    """A class that reads, with bea who learns, too."""
    made = reading()
    made.people["bea"] = make.user("bea")
    enrolled(made.group, made.people["bea"])
    return made


def at(annotation: Annotation, verb: str) -> str:
    """Where something is done with an annotation."""
    return f"/annotations/{annotation.pk}/{verb}/"


def note(one: Read, who: str = "student", body: str = SECRET, **more: Any) -> Annotation:
    """A note in the layer of the class."""
    return one.wrote(who, kind="note", body=body, **more)


def all_of(response: Any) -> str:
    """What is answered, also where it is made while it is sent."""
    return str(b"".join(response).decode())


def send(client: Client, path: str, **sent: str) -> tuple[int, str]:
    """The status and the words of where a form leads."""
    response = client.post(path, sent, follow=True)
    return response.status_code, content(response)


def test_a_member_flags_and_who_leads_hides_and_restores(one: Read) -> None:
    made = note(one)
    bea, ines, sam = (signed_in(one.people[who]) for who in ("bea", "instructor", "student"))
    page = one.path("moderation/")
    assert "who flagged it" in content(bea.get(at(made, "flag")))
    assert "Flagged." in send(bea, at(made, "flag"), why="Not kind <b>")[1]
    assert "already" in send(bea, at(made, "flag"), why="Again")[1]
    assert Flag.objects.count() == 1
    words = content(ines.get(page))
    assert words.count(SECRET) == 1
    assert "Not kind &lt;b&gt;" in words
    status, words = send(ines, at(made, "hide"), why=" ")
    assert (status, "Say why" in words) == (422, True)
    status, words = send(ines, at(made, "hide"), why="It  names <i>a person</i>.")
    assert status == 200
    assert "Hidden: It names &lt;i&gt;a person&lt;/i&gt;." in words
    assert Flag.objects.get().settled_by == one.people["instructor"]
    for client in (bea, signed_in(one.people["assistant"]), Client()):
        assert client.get(f"/annotations/{made.pk}/").status_code == 404
    # Who wrote it still reads it, and why others do not.
    words = content(sam.get(at(made, "reply")))
    assert SECRET in words
    assert "Hidden from others by an instructor of On Tides" in words
    assert "It names &lt;i&gt;a person&lt;/i&gt;." in words
    assert "bea" not in words
    assert "It is hidden already." in send(ines, at(made, "hide"), why="Once more")[1]
    assert "Shown again." in send(ines, at(made, "unhide"))[1]
    assert SECRET in content(bea.get(at(made, "reply")))
    assert [change.verb for change in Change.objects.filter(annotation=made)] == [
        "unhide",
        "hide",
        "flag",
        "note",
    ]
    log = content(ines.get(page))
    assert log.count("<td>Note of") == 3


def test_what_is_left_as_it_is_waits_no_longer(one: Read) -> None:
    made = note(one)
    moderating.flag(annotation=made, by=one.people["bea"], why="")
    ann = signed_in(one.people["assistant"])
    assert "Left as it is." in send(ann, at(made, "settle"))[1]
    assert "Nobody flags it any more." in send(ann, at(made, "settle"))[1]
    assert moderating.flag(annotation=made, by=one.people["bea"], why="Again") is not None
    change = moderating.unflag(annotation=made, by=one.people["bea"])
    assert change is not None
    assert Flag.objects.filter(settled_at=None).count() == 0
    journal.undo(change=change, by=one.people["bea"])
    assert Flag.objects.filter(settled_at=None).count() == 1
    assert "flagged it on" in content(signed_in(one.people["bea"]).get(at(made, "flag")))


def test_hidden_is_out_of_sight_in_every_page_list_count_and_file(one: Read) -> None:
    """Asked as everybody but the author: in the class, outside of it, and nobody."""
    made = note(one, start=0, end=12)
    question = one.wrote("student", 20, 30, kind="question", body=f"Is it {SECRET}?")
    answer = actions.reply(to=question, by=one.people["bea"], body="Indeed so")[0]
    reply = actions.reply(to=note(one, "bea", "Plain"), by=one.people["student"], body=SECRET)[0]
    one.opened("student")
    text = one.texts[0]
    paths = [
        f"/read/{text.slug}/?note={made.pk}",
        f"/facing/{text.slug}/{one.texts[1].slug}/",
        f"/read/{text.slug}/annotations/?from=0&to=500",
        f"/read/{text.slug}/chunk/0/",
        "/notes/",
        "/notes/?q=zanzi",
        "/notes/?kind=reply",
        "/notes/export.csv",
        "/notes/export.md",
        "/notes/export.jsonld",
        "/notices/",
        "/notes/trash/",
        one.path(),
        one.path("progress/"),
        *(at(each, verb) for each in (made, question, reply) for verb in ("reply", "history", "edit")),
    ]

    def seen(who: str) -> str:
        client = one.browser(who)
        return " ".join(all_of(client.get(path)) for path in paths)

    assert SECRET in seen("bea")
    for each in (made, question, reply):
        moderating.hide(annotation=each, by=one.people["instructor"], why="No")
    for who in ("bea", "assistant", "instructor", "anonymous", "stranger", "removed"):
        words = seen(who)
        assert SECRET not in words, who
        assert f'data-annotation="{made.pk}"' not in words
        assert f"a{made.pk} " not in words
        if who != "bea":
            # A reply goes out of sight with what it answers.
            assert "Indeed so" not in words, who
    assert Shade.objects.filter(layer=one.layer).count() == Crowd.objects.filter(people__gt=1).count() + 1
    mine = content(one.browser("student").get(f"/read/{text.slug}/"))
    assert f'data-annotation="{made.pk}"' in mine
    assert f"a{made.pk}" in mine
    assert "1 reply" not in content(one.browser("student").get(at(answer, "history")))


def test_who_wrote_it_cannot_bring_it_back(one: Read) -> None:
    sam, public = one.people["student"], Layer.objects.public()
    made = mark(one.texts[0], 10, 20, sam, kind="note", body=SECRET, layer=Layer.objects.private_to(sam))
    moved = actions.move(annotation=made, by=sam, layer=one.layer)
    assert moved is not None
    moderating.hide(annotation=made, by=one.people["instructor"], why="No")
    made.refresh_from_db()
    for layer in (public, Layer.objects.private_to(sam)):
        with pytest.raises(NotDone, match="hidden from others"):
            actions.move(annotation=made, by=sam, layer=layer)
    edit: dict[str, Any] = {"kind": "note", "meaning": None, "codes": (), "version": made.version}
    with pytest.raises(NotDone, match="hidden from others"):
        actions.edit(annotation=made, by=sam, body="New", layer=public, **edit)
    with pytest.raises(NotDone, match="not copied"):
        moving.copy_notes(by=sam, annotations=[made.pk], layer=Layer.objects.private_to(sam))
    actions.edit(annotation=made, by=sam, body="New", layer=one.layer, **edit)
    actions.delete(annotation=made, by=sam)
    actions.restore(annotation=made, by=sam)
    made.refresh_from_db()
    assert made.hidden_at
    with pytest.raises(NotUndone, match="hidden meanwhile"):
        journal.undo(change=moved, by=sam)
    with pytest.raises(NotDone):
        actions.reply(to=made, by=sam, body="And yet")
    client = signed_in(sam)
    for verb in ("unhide", "hide", "settle"):
        assert client.post(at(made, verb), {"why": "x"}).status_code == 403
    assert not Annotation.objects.visible_to(one.people["bea"]).filter(pk=made.pk).exists()


def test_who_hid_it_takes_that_back_while_they_may(one: Read) -> None:
    made, ann = note(one), one.people["assistant"]
    moderating.flag(annotation=made, by=one.people["bea"], why="")
    change = moderating.hide(annotation=made, by=ann, why="No")
    assert change is not None
    journal.undo(change=change, by=ann)
    made.refresh_from_db()
    assert made.hidden_at is None
    assert Flag.objects.get().settled_at is None
    assert Shade.objects.filter(layer=one.layer, start__lte=20).exists()
    journal.redo(change=change, by=ann)
    change.refresh_from_db()
    memberships.remove(
        membership=one.membership("assistant"), by=one.people["instructor"], choice=Written.NAMED
    )
    with pytest.raises(NotUndone, match="look after"):
        journal.undo(change=change, by=ann)
    made.refresh_from_db()
    assert made.hidden_at


def test_an_assistant_overrules_nobody_who_leads(one: Read) -> None:
    ann, ines = one.people["assistant"], one.people["instructor"]
    taught = note(one, "instructor")
    learnt = note(one, "student", start=30, end=40)
    client = signed_in(ann)
    assert client.post(at(taught, "hide"), {"why": "x"}).status_code == 403
    moderating.hide(annotation=learnt, by=ines, why="No")
    assert client.post(at(learnt, "unhide")).status_code == 403
    assert client.post(at(one.prompts[0], "hide"), {"why": "x"}).status_code == 403
    moderating.unhide(annotation=learnt, by=ines)
    assert client.post(at(learnt, "hide"), {"why": "x"}).status_code == 302
    assert client.post(at(learnt, "unhide")).status_code == 302


def test_who_may_flag_and_moderate(one: Read) -> None:
    made = note(one)
    other = begun(by=one.people["stranger"], name="Other")
    elsewhere = mark(
        one.texts[0],
        10,
        20,
        one.people["stranger"],
        layer=Layer.objects.of_class(other),
        kind="note",
        body="x",
    )
    # anonymous, stranger, student (whose it is), assistant, instructor, removed, staff
    answers = {
        "flag": (302, 404, 403, 302, 302, 404, 404),
        "hide": (302, 404, 403, 302, 302, 404, 404),
        "unhide": (302, 404, 403, 302, 302, 404, 404),
        "settle": (302, 404, 403, 302, 302, 404, 404),
    }
    for verb, statuses in answers.items():
        for who, status in zip(PEOPLE, statuses, strict=True):
            answer = one.browser(who).post(at(made, verb), {"why": "x"}).status_code
            assert answer == status, (verb, who)
            if verb == "hide" and answer == 302 and who != "anonymous":
                moderating.unhide(annotation=made, by=one.people[who])
    for who, status in zip(PEOPLE, (302, 404, 403, 200, 200, 404, 403), strict=True):
        assert one.browser(who).get(one.path("moderation/")).status_code == status, who
        public = {"anonymous": 302, "staff": 200}.get(who, 403)
        assert one.browser(who).get("/moderation/").status_code == public
    for verb in answers:
        assert one.browser("instructor").post(at(elsewhere, verb), {"why": "x"}).status_code == 404
    classes.archive(group=one.group)
    for who, verb in (("bea", "flag"), ("instructor", "hide"), ("instructor", "settle")):
        assert signed_in(one.people[who]).post(at(made, verb), {"why": "x"}).status_code == 403
    assert one.browser("instructor").get(one.path("moderation/")).status_code == 200


def test_the_staff_look_after_what_is_everybodys(one: Read) -> None:
    made = mark(one.texts[0], 10, 20, one.people["student"], kind="note", body=SECRET)
    private = mark(
        one.texts[0], 10, 20, one.people["student"], layer=Layer.objects.private_to(one.people["student"])
    )
    stranger, staff = one.browser("stranger"), one.browser("staff")
    assert stranger.post(at(private, "flag")).status_code == 404
    assert stranger.post(at(made, "flag"), {"why": "x" * 501}).status_code == 422
    send(stranger, at(made, "flag"), why="Loud")
    assert "Loud" not in content(one.browser("instructor").get(one.path("moderation/")))
    assert "Loud" in content(staff.get("/moderation/"))
    assert one.browser("instructor").post(at(made, "hide"), {"why": "x"}).status_code == 403
    send(staff, at(made, "hide"), why="Too loud")
    assert Client().get(f"/annotations/{made.pk}/").status_code == 404
    assert "by the staff of this library" in content(one.browser("student").get(at(made, "reply")))


def test_two_who_hide_or_flag_at_once_do_it_once(one: Read) -> None:
    made = note(one)
    for _ in range(2):
        moderating.flag(annotation=made, by=one.people["bea"], why="")
        moderating.hide(annotation=made, by=one.people["instructor"], why="No")
    assert Change.objects.filter(verb="hide").count() == 1
    assert Membership.objects.filter(role=ClassRole.ASSISTANT).count() == 1
    assert User.objects.filter(username="bea").exists()
