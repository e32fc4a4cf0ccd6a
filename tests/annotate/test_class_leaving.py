"""What becomes of what somebody wrote in a class when they leave it, are removed, or come back."""

import pytest

from reader.annotate import actions, journal
from reader.annotate.bylines import LEFT, UNNAMED
from reader.annotate.history import versions
from reader.annotate.layer_models import Showing
from reader.annotate.models import Annotation, Change, Layer, Shade
from reader.library.models import Document
from reader.people import classes, memberships
from reader.people.actions import leave
from reader.people.class_models import Class, ClassRole, Membership, Written
from reader.share import prompts
from reader.share.prompts import Asking
from tests import make
from tests.annotate.marked import mark, person
from tests.people.classes import enrolled
from tests.people.visits import content, signed_in
from tests.share.given import answered, asked, viewed

pytestmark = pytest.mark.django_db


def remove(group: Class, name: str, choice: Written) -> Membership:
    there = Membership.objects.active().get(group=group, person=person(name))
    memberships.remove(membership=there, by=person("ines"), choice=choice)
    there.refresh_from_db()
    return there


def note(document: Document, group: Class, by: str, body: str, **more: object) -> Annotation:
    facts = {"kind": "note", "body": body, "layer": Layer.objects.of_class(group), **more}
    return mark(document, 9, 20, person(by), **facts)


def names(reader: str) -> dict[str, str]:
    """The name that this person sees at each wording that they may read."""
    seen = Annotation.objects.visible_to(person(reader)).with_bylines(person(reader))
    return {one.body: one.author_name for one in seen}


def test_nameless_it_stays_without_the_name_and_named_again_once_they_are_back(
    document: Document, group: Class
) -> None:
    alone = note(document, group, "sam", "Mine.")
    hers = note(document, group, "tess", "Hers.")
    answer, _ = actions.reply(to=hers, by=person("sam"), body="My answer.")
    Annotation.objects.filter(pk=answer.pk).update(byline="peers")
    gone = remove(group, "sam", Written.NAMELESS)
    for reader in ("tess", "ines"):
        assert names(reader) == {"Mine.": UNNAMED, "My answer.": UNNAMED, "Hers.": "tess"}
    assert names("sam") == {"Mine.": "sam", "My answer.": "sam"}
    alone.refresh_from_db()
    assert versions(alone, person("tess"))[0].who == UNNAMED
    tess = signed_in(person("tess"))
    for path in (
        f"/read/{document.slug}/",
        "/notes/",
        "/notes/?q=Mine",
        f"/annotations/{hers.pk}/reply/",
        f"/annotations/{alone.pk}/history/",
        "/notices/",
    ):
        shown = content(tess.get(path))
        assert ("Mine." in shown or "My answer." in shown) and "sam" not in shown, path
    assert "Mine." not in content(tess.get("/notes/?person=sam"))
    memberships.restore(membership=gone)
    assert names("tess")["Mine."] == "sam"
    assert Annotation.objects.get(pk=answer.pk).byline == "peers"


def test_taken_it_is_for_its_writer_and_what_others_answered_keeps_its_place(
    document: Document, group: Class
) -> None:
    sam = person("sam")
    alone = note(document, group, "sam", "Alone.")
    own, _ = actions.reply(to=alone, by=sam, body="To myself.")
    answered = note(document, group, "sam", "Answered.")
    hers, _ = actions.reply(to=answered, by=person("tess"), body="Her answer.")
    to_her = note(document, group, "tess", "Hers.")
    reply, _ = actions.reply(to=to_her, by=sam, body="My answer.")
    prompt = note(document, group, "sam", "What rose?", kind="prompt")
    rewritten = {"kind": "note", "meaning": None, "codes": (), "layer": answered.layer, "version": 1}
    actions.edit(annotation=answered, by=sam, body="Answered, again.", **rewritten)  # type: ignore[arg-type]
    gone = remove(group, "sam", Written.TAKEN)
    assert names("tess") == {"": LEFT, "Her answer.": "tess", "Hers.": "tess", "What rose?": UNNAMED}
    mine = {"Alone.", "To myself.", "Answered, again.", "My answer.", "What rose?"}
    assert set(names("sam")) == mine
    private = Annotation.objects.live().filter(layer=Layer.objects.private_to(sam))
    assert private.count() == 4
    # Nothing of it is left where others could read it.
    assert not Annotation.objects.exclude(layer__owner=sam).filter(body__in=mine - {"What rose?"}).exists()
    tess = signed_in(person("tess"))
    place = content(tess.get(f"/annotations/{answered.pk}/reply/"))
    assert LEFT in place and "Her answer." in place and "Answered" not in place
    assert "Answered" not in content(tess.get(f"/annotations/{answered.pk}/history/"))
    # It is not one's own to undo.
    assert not Change.objects.of(sam).filter(verb__startswith="left").exists()
    memberships.restore(membership=gone)
    assert set(names("tess")) == mine | {"Her answer.", "Hers."}
    assert names("tess")["Answered, again."] == "sam"
    answered.refresh_from_db()
    reply.refresh_from_db()
    assert (answered.kind, answered.body, hers.parent_id) == ("note", "Answered, again.", answered.pk)
    assert (reply.body, reply.deleted_at, reply.author) == ("My answer.", None, sam)
    assert not private.exists()
    own.refresh_from_db()
    assert own.layer == Layer.objects.of_class(group)
    assert Shade.objects.filter(layer__group=group, marks__gt=0).exists()
    prompt.refresh_from_db()
    assert prompt.byline == "named"


def test_what_they_changed_meanwhile_stays_with_them(document: Document, group: Class) -> None:
    sam = person("sam")
    shared, thread = (note(document, group, "sam", f"No. {n}.") for n in range(2))
    kept = note(document, group, "sam", "Deleted since.")
    actions.reply(to=kept, by=person("tess"), body="Her answer.")
    gone = remove(group, "sam", Written.TAKEN)
    for one in (shared, thread):
        one.refresh_from_db()
    actions.move(annotation=shared, by=sam, layer=Layer.objects.public())
    actions.reply(to=thread, by=sam, body="For me alone.")
    copy = Annotation.objects.get(body="Deleted since.")
    actions.delete(annotation=copy, by=sam)
    memberships.restore(membership=gone)
    assert names("tess") == {"No. 0.": "sam", "": LEFT, "Her answer.": "tess"}
    change = journal.last_change(sam)
    assert change is not None
    journal.undo(change=change, by=sam)
    assert names("sam")["Deleted since."] == "sam"
    # The same once more: nothing collides.
    remove(group, "sam", Written.TAKEN)


def edit(pk: int, body: str) -> None:
    now = Annotation.objects.get(pk=pk)
    facts = {"kind": now.kind, "meaning": None, "codes": (), "layer": now.layer, "version": now.version}
    actions.edit(annotation=now, by=person("sam"), body=body, **facts)  # type: ignore[arg-type]


def test_what_was_written_or_moved_since_is_not_brought_before_the_class(
    document: Document, group: Class
) -> None:
    sam = person("sam")
    alone, back, thread = (note(document, group, "sam", f"No. {n}.") for n in range(3))
    own, _ = actions.reply(to=thread, by=sam, body="To myself.")
    held = [note(document, group, "sam", f"Held {n}.") for n in range(3)]
    for one in held:
        actions.reply(to=one, by=person("tess"), body="Hm.")
    gone = remove(group, "sam", Written.TAKEN)
    copies = [Annotation.objects.get(body=f"Held {n}.") for n in range(3)]
    edit(alone.pk, "A secret.")
    edit(back.pk, "A secret.")
    edit(back.pk, "No. 1.")
    edit(own.pk, "A secret.")
    edit(copies[0].pk, "A secret.")
    actions.move(annotation=copies[1], by=sam, layer=Layer.objects.public())
    actions.reply(to=copies[2], by=sam, body="A secret.")
    memberships.restore(membership=gone)
    assert names("tess") == {"": LEFT, "Hm.": "tess", "Held 1.": "sam"}
    assert set(names("sam")) >= {"A secret.", "No. 1.", "No. 2.", "Held 1.", "Held 2."}
    assert signed_in(person("tess")).get(f"/annotations/{back.pk}/history/").status_code == 404


def test_answers_without_a_name_come_back_without_one(group: Class) -> None:
    ines, sam = person("ines"), person("sam")
    view = viewed(group, ines)
    secret, open_one = asked(view, ines, "One?", reveal="now", is_anonymous=True), asked(view, ines, "Two?")
    for prompt in (secret, open_one):
        answered(prompt, sam, "Sam’s.")
    answered(secret, person("tess"), "Tess’s.")
    theirs = Annotation.objects.filter(author=sam, kind="reply")
    for choice in (Written.NAMELESS, Written.TAKEN):
        gone = remove(group, "sam", choice)
        if choice == Written.NAMELESS:
            # Nothing tells which of the nameless answers is of somebody who left.
            for reader in (sam, person("tess")):
                seen = Annotation.objects.visible_to(reader).with_bylines(reader).filter(kind="reply")
                assert {one.author_name for one in seen.exclude(author=reader)} <= {UNNAMED}
        memberships.restore(membership=gone)
        assert dict(theirs.values_list("parent", "byline")) == {
            secret.prompt_id: "peers",
            open_one.prompt_id: "named",
        }
    gone = remove(group, "sam", Written.NAMELESS)
    version = Annotation.objects.get(pk=open_one.prompt_id).version
    prompts.edit(asked=open_one, by=ines, version=version, asking=Asking("Two?", is_anonymous=True))
    memberships.restore(membership=gone)
    assert set(theirs.values_list("byline", flat=True)) == {"peers"}


def test_no_form_sends_the_token_of_a_copy(document: Document, group: Class) -> None:
    ines, sam = person("ines"), person("sam")
    prompt = asked(viewed(group, ines), ines, "One?", reveal="now")
    hers = note(document, group, "tess", "Hers.")
    actions.reply(to=hers, by=ines, body="Well.")
    remove(group, "tess", Written.TAKEN)
    for token in (f"taken:{hers.pk}", "taken:x"):
        signed_in(sam).post(f"/prompts/{prompt.prompt_id}/", {"body": "Mine now.", "token": token})
    assert not Annotation.objects.filter(author=sam, token__startswith="taken").exists()
    # Nor is one believed that was kept.
    kept = Annotation.objects.filter(author=sam).earliest("pk")
    own = Layer.objects.private_to(sam)
    Annotation.objects.filter(pk=kept.pk).update(layer=own, token=f"taken:{hers.pk}")
    memberships.restore(membership=remove(group, "sam", Written.NAMELESS))
    hers.refresh_from_db()
    assert (hers.author, hers.body) == (None, "")


def test_what_is_shown_in_a_class_goes_with_who_led_it_and_comes_along_into_its_copy(
    document: Document, group: Class
) -> None:
    ines = person("ines")
    teaching = Layer.objects.teaching_of(ines)
    mark(document, 9, 20, ines, layer=teaching, kind="note", body="Look here.")
    Showing.objects.create(layer=teaching, group=group)
    assert "Look here." in names("tess")
    copy = classes.copy(group=group, name="Next term", time_zone="UTC", by=ines)
    assert set(teaching.showings.values_list("group__name", flat=True)) == {group.name, "Next term"}
    there = Membership.objects.active().get(group=group, person=ines)
    enrolled(group, make.user("jo"), ClassRole.INSTRUCTOR)
    memberships.change_role(membership=there, role="student")
    assert "Look here." not in names("tess")
    assert not Annotation.objects.filter(layer__group=copy).exists()


def test_of_an_account_that_is_deleted_what_others_answered_stays_in_the_class(
    document: Document, group: Class
) -> None:
    sam = person("sam")
    note(document, group, "sam", "Alone.")
    answered = note(document, group, "sam", "Answered.")
    actions.reply(to=answered, by=person("tess"), body="Her answer.")
    leave(person=sam)
    assert names("tess") == {"Answered.": LEFT, "Her answer.": "tess"}
    assert not Change.objects.filter(verb__startswith="left").exists()
