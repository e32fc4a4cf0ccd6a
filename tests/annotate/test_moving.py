"""Moving and copying notes between layers, one or many at once, and taking it back."""

import pytest
from django.urls import reverse

from reader.annotate import actions, journal, moving
from reader.annotate.actions import NotDone
from reader.annotate.choosing import NotWritable, layer_named
from reader.annotate.codes import codes_named
from reader.annotate.history import versions
from reader.annotate.models import Annotation, Change, Layer, Shade
from reader.annotate.turning import NotUndone
from reader.library.models import Document
from reader.people import classes, memberships
from reader.people.class_models import Class, Membership, Written
from tests.annotate.marked import mark, person
from tests.people.visits import content, signed_in

pytestmark = pytest.mark.django_db


def gone(group: Class, name: str, choice: Written = Written.NAMED) -> None:
    there = Membership.objects.active().get(group=group, person=person(name))
    memberships.remove(membership=there, by=person("ines"), choice=choice)


def test_an_edit_that_only_moves_a_note_says_so(document: Document, group: Class) -> None:
    sam, layer = person("sam"), Layer.objects.of_class(group)
    note = mark(document, 9, 20, sam, layer=Layer.objects.private_to(sam), kind="note", body="Mine.")
    browser = signed_in(sam)
    address, part = reverse("desk:edit", args=[note.pk]), {"HX-Request": "true"}
    form = content(browser.get(address, headers=part))
    assert form.index("Who sees it") < form.index("Words, where")
    values = {"kind": "note", "body": "Mine.", "version": note.version, "layer": layer.key}
    said = content(browser.post(address, values, headers=part))
    assert f'data-said="Moved to Class: {group.name}."' in said
    note.refresh_from_db()
    values |= {"version": note.version, "body": "Ours.", "layer": "public"}
    assert 'data-said="Changed."' in content(browser.post(address, values, headers=part))


def test_many_notes_move_and_come_back_as_one(document: Document, group: Class) -> None:
    sam, layer = person("sam"), Layer.objects.of_class(group)
    own = Layer.objects.private_to(sam)
    notes = [mark(document, 9 + n, 20 + n, sam, layer=own, kind="note", body=f"No. {n}.") for n in range(3)]
    reply, _ = actions.reply(to=notes[0], by=sam, body="To myself.")
    others = mark(document, 9, 20, person("tess"), kind="note", body="Hers.")
    asked = [*(note.pk for note in notes), others.pk, reply.pk, 10**9]
    change = moving.move_notes(by=sam, annotations=asked, layer=layer)
    assert change is not None and change.said == f"3 notes moved to “Class: {group.name}”."
    seen = Annotation.objects.visible_to(person("tess")).filter(author=sam)
    assert set(seen) == {*notes, reply}
    assert Shade.objects.filter(layer=layer, marks__gt=0).exists()
    others.refresh_from_db()
    assert others.layer == Layer.objects.public()
    assert moving.move_notes(by=sam, annotations=asked, layer=layer) is None
    journal.undo(change=change, by=sam)
    assert not seen.all()
    assert not Shade.objects.filter(layer=layer, marks__gt=0).exists()
    journal.redo(change=change, by=sam)
    assert len(seen.all()) == 4
    with pytest.raises(NotDone, match="Up to 500"):
        moving.move_notes(by=sam, annotations=range(501), layer=layer)
    with pytest.raises(NotDone, match="of your own"):
        moving.move_notes(by=sam, annotations=[others.pk, reply.pk], layer=layer)


def test_what_a_note_said_before_it_was_moved_among_many_is_nobody_else_s(
    document: Document, group: Class
) -> None:
    sam, tess, layer = person("sam"), person("tess"), Layer.objects.of_class(group)
    own = Layer.objects.private_to(sam)
    note = mark(document, 9, 20, sam, layer=own, kind="note", body="A private thought.")
    facts = {"kind": "note", "meaning": None, "codes": (), "by": sam}
    note, _ = actions.edit(annotation=note, version=1, body="For the class.", layer=own, **facts)  # type: ignore[arg-type]
    change = moving.move_notes(by=sam, annotations=[note.pk], layer=layer)
    note.refresh_from_db()
    assert [one.body for one in versions(note, tess)] == ["For the class."]
    assert len(versions(note, sam)) == 2
    # Nor what it said while the moving was undone: that is done again by hand.
    assert change is not None
    journal.undo(change=change, by=sam)
    note.refresh_from_db()
    actions.edit(annotation=note, version=note.version, body="Second thought.", layer=own, **facts)  # type: ignore[arg-type]
    with pytest.raises(NotUndone):
        journal.redo(change=change, by=sam)


def test_what_others_answered_stays_among_those_for_whom_they_wrote(document: Document, group: Class) -> None:
    sam, tess, layer = person("sam"), person("tess"), Layer.objects.of_class(group)
    note = mark(document, 9, 20, sam, layer=layer, kind="note", body="Mine.")
    actions.reply(to=note, by=sam, body="Also mine.")
    actions.reply(to=note, by=tess, body="Hers.")
    for target in (Layer.objects.public(), Layer.objects.private_to(sam)):
        with pytest.raises(NotDone, match="1 reply by others stands below it"):
            actions.move(annotation=note, by=sam, layer=target)
    (copy,), change = moving.copy_notes(by=sam, annotations=[note.pk], layer=Layer.objects.public())
    assert (copy.body, copy.layer.kind, copy.replies.count()) == ("Mine.", "public", 0)
    assert (copy.uuid, copy.passages.get().pk) != (note.uuid, note.passages.get().pk)
    journal.undo(change=change, by=sam)
    copy.refresh_from_db()
    assert copy.deleted_at is not None


def test_what_others_answered_and_deleted_stays_there_as_it_may_come_back(
    document: Document, group: Class
) -> None:
    sam, tess, layer = person("sam"), person("tess"), Layer.objects.of_class(group)
    note = mark(document, 9, 20, sam, layer=layer, kind="note", body="Mine.")
    hers, _ = actions.reply(to=note, by=tess, body="For the class.")
    deleted = actions.delete(annotation=hers, by=tess)
    with pytest.raises(NotDone, match="1 reply by others stands below it in the trash"):
        actions.move(annotation=note, by=sam, layer=Layer.objects.public())
    with pytest.raises(NotDone, match="in the trash"):
        moving.move_notes(by=sam, annotations=[note.pk], layer=Layer.objects.private_to(sam))
    assert deleted is not None
    journal.undo(change=deleted, by=tess)
    hers.refresh_from_db()
    assert (hers.layer, hers.deleted_at) == (layer, None)
    # The empty place of a reply that was taken along holds nothing back.
    gone(group, "tess", Written.TAKEN)
    assert actions.move(annotation=note, by=sam, layer=Layer.objects.public()) is not None


@pytest.mark.parametrize("closing", ["archived", "removed"])
def test_nothing_is_rewritten_where_one_no_longer_writes(
    document: Document, group: Class, closing: str
) -> None:
    sam, tess, layer = person("sam"), person("tess"), Layer.objects.of_class(group)
    note = mark(document, 9, 20, sam, layer=layer, kind="note", body="Mine.")
    reply, _ = actions.reply(to=mark(document, 9, 20, tess, layer=layer), by=sam, body="Mine.")
    if closing == "archived":
        classes.archive(group=group)
    else:
        gone(group, "sam")
    for form in ({"layer": "private"}, {"layer": layer.key}, {}):
        assert (
            signed_in(sam)
            .post(
                f"/annotations/{reply.pk}/edit/",
                {"kind": "reply", "body": "Rewritten.", "version": 1, **form},
            )
            .status_code
            == 422
        )
    now = Annotation.objects.select_related("layer__group").get(pk=note.pk)
    facts = {"kind": "note", "meaning": None, "codes": (), "by": sam, "version": 1, "body": "Rewritten."}
    with pytest.raises(NotWritable, match=r"archived|no longer"):
        actions.edit(annotation=now, layer=layer, **facts)  # type: ignore[arg-type]
    assert not Annotation.objects.filter(body="Rewritten.").exists()
    # Out of it, it goes with other words, too.
    actions.edit(annotation=now, layer=Layer.objects.private_to(sam), **facts)  # type: ignore[arg-type]


def test_a_copy_has_the_passages_the_codes_and_the_words(document: Document, group: Class) -> None:
    sam, layer = person("sam"), Layer.objects.of_class(group)
    codes = codes_named(sam, ["Water", "Salt"])
    own = Layer.objects.private_to(sam)
    note = mark(document, 9, 20, sam, layer=own, kind="tag", body="*Why*", codes=codes)
    prompt = mark(document, 9, 20, sam, layer=layer, kind="prompt", body="What rose?")
    made, _ = moving.copy_notes(by=sam, annotations=[note.pk, prompt.pk], layer=layer)
    assert [(one.kind, one.html) for one in made] == [("tag", note.html), ("question", prompt.html)]
    assert [tag.code for tag in made[0].tags.order_by("position")] == codes
    assert made[0].passages.get().exact == note.passages.get().exact
    assert made[0].look == note.look
    with pytest.raises(NotDone, match="stays in its class"):
        actions.move(annotation=prompt, by=sam, layer=own)


def test_nothing_comes_back_into_a_class_that_one_is_no_longer_in(document: Document, group: Class) -> None:
    sam, tess, layer = person("sam"), person("tess"), Layer.objects.of_class(group)
    own = Layer.objects.private_to(sam)
    moved, deleted, threaded = (
        mark(document, 9, 20, sam, layer=layer, kind="note", body=f"No. {n}.") for n in range(3)
    )
    actions.reply(to=threaded, by=tess, body="Hers.")
    out = actions.move(annotation=moved, by=sam, layer=own)
    away = [actions.delete(annotation=one, by=sam) for one in (deleted, threaded)]
    edited, edit = actions.edit(
        annotation=mark(document, 9, 20, sam, layer=layer, kind="note", body="Before."),
        by=sam,
        version=1,
        body="After.",
        kind="note",
        meaning=None,
        codes=(),
        layer=layer,
    )
    gone(group, "sam")
    for change in (out, *away, edit):
        assert change is not None
        with pytest.raises(NotUndone, match="no longer in"):
            journal.undo(change=change, by=sam)
    # Their words are theirs: out of the trash it comes to them alone, unless others answered.
    back = actions.restore(annotation=deleted, by=sam)
    deleted.refresh_from_db()
    assert (deleted.layer, deleted.deleted_at) == (own, None)
    assert back is not None and "for you alone" in back.said
    with pytest.raises(NotDone):
        actions.restore(annotation=threaded, by=sam)
    with pytest.raises(NotWritable, match="no longer"):
        actions.reply(to=edited, by=sam, body="More.")
    with pytest.raises(NotWritable):
        layer_named(layer.key, sam)
    classes.archive(group=group)
    hers = mark(document, 9, 20, tess, layer=layer, kind="question", body="Hm?")
    with pytest.raises(NotWritable, match="archived"):
        actions.reply(to=hers, by=tess, body="More.")
    with pytest.raises(NotWritable, match="archived"):
        layer_named(layer.key, tess)
    # Taken away, it goes.
    assert actions.delete(annotation=hers, by=tess) is not None


def test_notes_are_checked_in_the_list_and_moved_together(document: Document, group: Class) -> None:
    sam, layer = person("sam"), Layer.objects.of_class(group)
    own = Layer.objects.private_to(sam)
    notes = [mark(document, 9 + n, 20 + n, sam, layer=own, kind="note", body=f"No. {n}.") for n in range(3)]
    hers = mark(document, 9, 20, person("tess"), kind="note", body="Hers.")
    client, address = signed_in(sam), reverse("annotate:move_notes")
    page = content(client.get("/notes/"))
    assert page.count('name="note"') == 3 and '" checked>' not in page
    assert content(client.get("/notes/?kind=note&all=1")).count('" checked>') == 3
    some = [str(note.pk) for note in notes[:2]]
    refused = client.post(address, {"note": some, "layer": "class-999", "act": "move"})
    assert (refused.status_code, content(refused).count('" checked>')) == (422, 2)
    moved = client.post(
        f"{address}?kind=note", {"note": [*some, hers.pk, "x"], "layer": layer.key, "act": "move"}
    )
    assert moved["Location"] == "/notes/?kind=note"
    assert Annotation.objects.filter(layer=layer).count() == 2
    assert "2 notes moved" in content(client.get("/notes/"))
    client.post(address, {"note": some, "layer": "public", "act": "copy"})
    assert Annotation.objects.filter(layer__kind="public", author=sam).count() == 2
    assert client.post("/changes/undo/").status_code == 302
    assert Annotation.objects.filter(layer__kind="public", author=sam, deleted_at=None).count() == 0
    one = client.post(f"/annotations/{notes[2].pk}/copy/", {"layer": layer.key})
    assert one.status_code == 302 and Annotation.objects.filter(layer=layer).count() == 3
    assert client.post(f"/annotations/{hers.pk}/copy/", {"layer": layer.key}).status_code == 403
    assert Change.objects.filter(verb="copy_notes").count() == 2
