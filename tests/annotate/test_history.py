"""What others read of how an annotation stood before: only what was for their eyes."""

from importlib import import_module

import pytest
from django.apps import apps

from reader.annotate import actions, journal, moving
from reader.annotate.history import VERSIONS_AT_MOST, versions
from reader.annotate.models import Annotation, Change, Layer
from reader.library.models import Document
from reader.people.class_models import Class
from reader.share import prompts, view_actions
from reader.share.prompts import Asking
from tests import make
from tests.annotate.marked import mark, person
from tests.people.visits import content, signed_in
from tests.share.given import asked, viewed

pytestmark = pytest.mark.django_db


def private(document: Document, body: str) -> Annotation:
    """A note of sam's for himself."""
    sam = person("sam")
    return mark(document, 9, 20, sam, layer=Layer.objects.private_to(sam), kind="note", body=body)


def edit(note: Annotation, body: str, layer: Layer | None = None) -> Change | None:
    note.refresh_from_db()
    facts = {"kind": note.kind, "meaning": None, "codes": (), "version": note.version}
    by = note.author or make.bob()
    return actions.edit(annotation=note, by=by, body=body, layer=layer or note.layer, **facts)[1]  # type: ignore[arg-type]


def told(note: Annotation, reader: str) -> list[str]:
    return [one.body for one in versions(Annotation.objects.get(pk=note.pk), person(reader))]


def test_words_and_layer_changed_by_one_form_are_one_version(document: Document, group: Class) -> None:
    note = private(document, "A secret.")
    change = edit(note, "For the class.", Layer.objects.of_class(group))
    assert told(note, "tess") == ["For the class."]
    assert told(note, "sam") == ["A secret.", "For the class."]
    assert change is not None
    journal.undo(change=change, by=person("sam"))
    assert told(note, "ines") == ["A secret."]
    journal.redo(change=change, by=person("sam"))
    assert told(note, "tess") == ["For the class."]
    edit(note, "Better.")
    assert told(note, "tess") == ["For the class.", "Better."]


def test_taking_back_a_move_brings_nothing_private_along(document: Document, group: Class) -> None:
    note = mark(document, 9, 20, person("sam"), kind="note", body="Said.")
    change = edit(note, "A secret.", Layer.objects.private_to(person("sam")))
    assert change is not None
    journal.undo(change=change, by=person("sam"))
    assert told(note, "tess") == ["Said."]


def test_a_reply_that_moves_along_tells_what_it_says_from_then_on(document: Document, group: Class) -> None:
    sam, layer = person("sam"), Layer.objects.of_class(group)
    notes = [private(document, f"No. {n}.") for n in range(2)]
    replies = [actions.reply(to=note, by=sam, body="A secret.")[0] for note in notes]
    for reply in replies:
        edit(reply, "Said.")
    actions.move(annotation=notes[0], by=sam, layer=layer)
    moving.move_notes(by=sam, annotations=[notes[1].pk], layer=layer)
    for reply in replies:
        assert told(reply, "tess") == ["Said."]
        assert told(reply, "sam") == ["A secret.", "Said."]


def test_drafts_of_a_prompt_are_not_in_its_history_once_the_view_is_shown(group: Class) -> None:
    ines = person("ines")
    view = viewed(group, ines, shown=False)
    prompt = asked(view, ines, "A secret: B is right.")
    prompts.edit(asked=prompt, by=ines, version=1, asking=Asking("Which tide?"))
    view_actions.show(view=view, by=ines)
    note = Annotation.objects.get(pk=prompt.prompt_id)
    assert told(note, "tess") == ["Which tide?"]
    assert told(note, "ines") == ["A secret: B is right.", "Which tide?"]


def test_others_are_not_told_in_which_class_a_note_was(document: Document, group: Class) -> None:
    note = mark(document, 9, 20, person("sam"), kind="note", body="Said.")
    layer = Layer.objects.of_class(group)
    moves = [
        actions.move(annotation=note, by=person("sam"), layer=layer),
        moving.move_notes(
            by=person("sam"), annotations=[note.pk], layer=Layer.objects.private_to(person("sam"))
        ),
    ]
    for change in reversed(moves):
        assert change is not None
        journal.undo(change=change, by=person("sam"))
    edit(note, "Said again.")
    shown = content(signed_in(make.user("stranger")).get(f"/annotations/{note.pk}/history/"))
    assert group.name not in shown and "Moved here." in shown and "Changed." in shown


def test_many_long_wordings_are_shown_by_pages_and_not_compared_to_the_last_word(document: Document) -> None:
    note = mark(document, 9, 20, make.bob(), kind="note", body="0")
    for number in range(1, VERSIONS_AT_MOST + 5):
        edit(note, ("a " * 245 if number % 2 else "b a " * 122) + f"end{number}")
    client, address = signed_in(make.user("stranger")), f"/annotations/{note.pk}/history/"
    page = content(client.get(address))
    # Compared word by word, each of these would be cut into hundreds of pieces.
    print("LEN", page.count("<ins"), page.count("<del"))
    assert len(page) < 100_000
    assert page.count('class="wording"') == VERSIONS_AT_MOST and f'href="?from={VERSIONS_AT_MOST}"' in page
    older = content(client.get(f"{address}?from={VERSIONS_AT_MOST}"))
    assert older.count('class="wording"') == 5 and "Earlier wordings" not in older
    assert client.get(f"{address}?from=999").status_code == 200


def test_what_was_moved_before_moments_were_kept_is_read_from_its_changes(
    document: Document, group: Class
) -> None:
    note = private(document, "A secret.")
    edit(note, "Said.", Layer.objects.of_class(group))
    note.refresh_from_db()
    was = note.laid_at
    Annotation.objects.update(laid_at=None)
    assert told(note, "tess") == ["A secret.", "Said."]
    import_module("reader.migrations.0016_annotation_laid_at").read_from_changes(apps, None)
    note.refresh_from_db()
    assert note.laid_at == was and told(note, "tess") == ["Said."]
