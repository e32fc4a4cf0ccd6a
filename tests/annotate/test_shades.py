"""What a shared layer draws stays true to its marks, whatever is done to them and by how many at once."""

import random
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from reader.annotate import actions, codes, journal, recoding, shades
from reader.annotate.drawn import redrawing
from reader.annotate.models import Annotation, Crowd, Layer, Shade
from reader.annotate.placing import Place
from reader.library.models import Chunk, Document
from reader.library.passages import Passage
from tests import make
from tests.annotate.marked import mark, people, words_of

pytestmark = pytest.mark.django_db

LONG = " ".join(make.sentence(n) for n in range(12))


def drawn() -> list[dict[str, Any]]:
    """Every row of every shared layer, and how many people are in it."""
    rows = Shade.objects.order_by("layer", "revision", "start").values(
        "layer", "revision", "chunk", "start", "end", "marks", "people", "notes", "questions", "counts",
        "ranges", "html"
    )  # fmt: skip
    crowds = Crowd.objects.filter(people__gt=0).order_by("revision").values("revision", "people", "scale")
    return [*map(dict, rows), *map(dict, crowds)]


def drawn_afresh() -> list[dict[str, Any]]:
    """The same, each layer drawn from nothing but its annotations."""
    for layer, revision in Crowd.objects.values_list("layer", "revision"):
        shades.rebuild(layer=layer, revision=revision)
    return drawn()


def text() -> Document:
    """A text with a long and a short paragraph, a list, a table and a note."""
    words = "The tide rose & fell."
    return make.document(
        make.parsed(
            "On Tides",
            make.heading("Flood"),
            make.paragraph(LONG),
            make.paragraph(words, make.mark("1", words, 0)),
            make.item("first of all", 1),
            make.item("second to none", 2),
            make.block("table", "Year\tHeight\n1900\tthree fathoms", header=1),
            make.paragraph(LONG.replace("tide", "ebb")),
            notes=(make.note("1", "By word of mouth, and in writing."),),
        )
    )


def test_a_few_marks_are_drawn_one_by_one() -> None:
    document, (ann,) = text(), people(1)
    start, end = words_of(document, "tide rose & fell")
    annotation = mark(document, start, end, ann)
    (shade,) = Shade.objects.all()
    assert (shade.marks, shade.counts) == (1, [])
    id = f"a{annotation.pk}"
    assert shade.html.startswith(
        f'The <mark class="range hue-1 pattern-1 kind-highlight" data-range="{id}" data-first="{id}"'
        f' tabindex="0" data-last="{id}">tide rose &amp; fell</mark>.<a class="mark"'
    )


def test_a_mark_over_several_runs_begins_in_the_first_and_ends_in_the_last() -> None:
    document, (ann,) = text(), people(1)
    annotation = mark(document, words_of(document, "fell")[0], words_of(document, "second")[1], ann)
    html = [shade.html for shade in Shade.objects.order_by("start")]
    assert ["data-first" in each for each in html] == [True, False, False]
    assert ["data-last" in each for each in html] == [False, False, True]
    assert all(f'data-range="a{annotation.pk}"' in each for each in html)


def test_many_marks_are_drawn_as_density_without_a_name() -> None:
    document = text()
    readers = people(6)
    start, end = words_of(document, LONG)
    for place, reader in enumerate(readers):
        mark(document, start, end - 20 * place, reader)
        mark(document, start + 5, start + 40, reader)
    (shade,) = Shade.objects.filter(start=start)
    assert (shade.marks, max(shade.counts)) == (12, 6)
    assert set(re.findall("<mark[^>]*>", shade.html)) <= {
        f'<mark class="crowd level-{n}">' for n in (1, 2, 3, 4)
    }
    assert Crowd.objects.get().people == 6


def test_a_private_mark_is_nobody_elses_drawing() -> None:
    document, (ann,) = text(), people(1)
    mark(document, 10, 20, ann, layer=Layer.objects.private_to(ann))
    assert not Shade.objects.exists()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_to_marks_the_drawing_is_as_if_drawn_afresh(seed: int) -> None:
    chance = random.Random(seed)
    document, readers = text(), people(9)
    assert document.current is not None
    length = document.current.length
    marks: list[Annotation] = []
    for step in range(70):
        reader = chance.choice(readers[: 2 + step // 8])
        act = chance.choice(["mark"] * 6 + ["delete", "restore", "move", "colour", "undo"])
        mine = [each for each in marks if each.author == reader]
        if act == "mark" or not mine:
            start = chance.choice([30, chance.randrange(length - 60)])
            end = min(start + chance.randrange(2, 200), length)
            layer = Layer.objects.private_to(reader) if chance.random() < 0.1 else None
            kind = chance.choice(["highlight", "note", "question"])
            marks.append(mark(document, start, end, reader, layer=layer, kind=kind, body="So?"))
        elif act == "undo":
            last = journal.last_change(reader)
            if last is not None:
                journal.undo(change=last, by=reader)
        else:
            annotation = chance.choice(mine)
            annotation.refresh_from_db()
            if act == "delete":
                actions.delete(annotation=annotation, by=reader)
            elif act == "restore":
                actions.restore(annotation=annotation, by=reader)
            elif act == "move":
                layer = chance.choice([Layer.objects.public(), Layer.objects.private_to(reader)])
                actions.move(annotation=annotation, by=reader, layer=layer)
            else:
                with_look(annotation, f"hue-{chance.randrange(1, 9)} pattern-1")
        if step % 10 == 9:
            assert drawn() == drawn_afresh()
    assert {bool(counts) for counts in Shade.objects.values_list("counts", flat=True)} == {False, True}


def with_look(annotation: Annotation, look: str) -> None:
    """Give an annotation another colour."""
    with redrawing([annotation.pk]):
        Annotation.objects.filter(pk=annotation.pk).update(look=look)


def test_when_many_people_come_every_crowded_run_is_measured_anew() -> None:
    document = text()
    first, last = words_of(document, LONG), words_of(document, LONG.replace("tide", "ebb"))
    for number, reader in enumerate(people(17)):
        mark(document, *(first if number < 9 else last), reader)
    assert Crowd.objects.get().scale == 32
    assert drawn() == drawn_afresh()


def test_a_revised_text_has_its_marks_and_the_old_one_keeps_them() -> None:
    document = text()
    start, end = words_of(document, "tide rose & fell")
    (ann,) = people(1)
    annotation = mark(document, start, end, ann)
    old = drawn()
    kept = make.paragraph(LONG), make.paragraph("The tide rose & fell.")
    revised = make.parsed("On Tides", make.heading("Flood"), make.paragraph("A new beginning."), *kept)
    make.kept(revised, revises=document)
    document.refresh_from_db()
    after = drawn()
    assert after[0] == old[0]
    assert {row["revision"] for row in after} == {document.current_id, old[0]["revision"]}
    assert after == drawn_afresh()
    actions.delete(annotation=annotation, by=ann)
    assert not Shade.objects.exists()


def test_a_text_laid_again_is_drawn_again() -> None:
    document, (ann,) = text(), people(1)
    mark(document, *words_of(document, "second to none"), ann)
    before = drawn()
    Shade.objects.update(html="old")
    Chunk.objects.update(layout=0)
    call_command("relay", verbosity=0)
    assert drawn() == before


@pytest.mark.django_db(transaction=True)
def test_many_who_mark_the_same_words_at_once_are_all_counted() -> None:
    document, readers = text(), people(12)
    Layer.objects.public()
    start, end = words_of(document, LONG)

    def act(number: int) -> None:
        try:
            for step in range(3):
                mark(document, start + number + step * 10, end - number * 5, readers[number])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(len(readers))))
    assert Annotation.objects.count() == 36
    assert Shade.objects.get().marks == 36
    assert drawn() == drawn_afresh()


def test_what_comes_on_an_older_revision_is_drawn_on_both() -> None:
    document, (ann,) = text(), people(1)
    assert document.current is not None
    old, place = document.current, Place(*words_of(document, "tide rose & fell"))
    [code] = codes.codes_named(ann, ["Water"])
    new = make.parsed("On Tides", make.paragraph("The tide rose & fell."), make.paragraph(LONG))
    make.kept(new, revises=document)
    facts: dict[str, Any] = {"by": ann, "document": document, "revision": old}
    facts["layer"] = Layer.objects.public()
    actions.annotate(places=[place], kind="highlight", **facts)
    recoding.set_code_on(places=[place], codes=[code], **facts)
    assert set(Passage.objects.values_list("revision__number", flat=True)) == {2}
    kept = drawn()
    assert {row["revision"] for row in kept} == set(document.revisions.values_list("pk", flat=True))
    assert [row["marks"] for row in kept if "marks" in row] == [2, 2]
    assert kept == drawn_afresh()
    codes.edit_code(by=ann, code=code, hue=7)
    assert drawn() == drawn_afresh()
    for annotation in Annotation.objects.all():
        actions.delete(annotation=annotation, by=ann)
    assert not Shade.objects.exists()
