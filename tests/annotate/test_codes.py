"""The codebook's verbs: codes are made, moved, merged, split and deleted, and everything comes back."""

import pytest

from reader.annotate import codes, recoding
from reader.annotate.actions import NotDone, annotate
from reader.annotate.journal import redo, undo
from reader.annotate.models import Annotation, Change, Code, Codebook, Layer, Tag
from reader.annotate.naming import BadName
from reader.annotate.placing import Place
from reader.annotate.turning import NotUndone
from reader.library.models import Document
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db


def state() -> dict[str, list[tuple[object, ...]]]:
    """All that codes and tags say, to compare before and after; deleted codes are not there."""
    return {
        "codes": sorted(
            Code.objects.live().values_list("pk", "parent", "name", "hue", "pattern", "memo", "position"),
            key=str,
        ),
        "tags": sorted(
            Tag.objects.filter(code__deleted_at=None).values_list("pk", "annotation", "code", "position")
        ),
        "looks": sorted(Annotation.objects.values_list("pk", "look")),
    }


def tagged(by: User, *named: Code, start: int = 0, public: bool = False) -> Annotation:
    """A passage of the one text with these codes."""
    document = Document.objects.first() or make.document()
    layer = Layer.objects.public() if public else Layer.objects.private_to(by)
    assert document.current is not None
    made, _ = annotate(
        by=by,
        document=document,
        revision=document.current,
        places=[Place(start, start + 7)],
        kind="tag",
        layer=layer,
        codes=named,
    )
    return made


def comes_back(before: object, change: Change | None) -> None:
    """Undoing the change gives what was before; doing it again what was after."""
    after = state()
    assert change is not None and after != before
    undo(change=change, by=make.bob())
    assert state() == before
    redo(change=change, by=make.bob())
    assert state() == after
    undo(change=change, by=make.bob())


def test_a_name_used_while_tagging_makes_a_code_once_whatever_its_capitals() -> None:
    first = codes.codes_named(make.bob(), ["Tides", "  tides ", "TIDES"])
    assert [code.name for code in first] == ["Tides"]
    assert codes.codes_named(make.bob(), ["tides"]) == first
    assert first[0].codebook.name == codes.OWN
    assert first[0].codebook.owner == make.bob()


def test_a_path_makes_its_parents_and_finds_them_again() -> None:
    [lantern] = codes.codes_named(make.bob(), ["Harbour / Quay / Lantern"])
    assert lantern.parent and lantern.parent.parent and lantern.parent.parent.name == "Harbour"
    [rope] = codes.codes_named(make.bob(), ["harbour / rope"])
    assert rope.parent == lantern.parent.parent
    assert codes.codes_named(make.bob(), ["Quay / Lantern", "lantern"]) == [lantern]
    assert codes.codes_chosen(make.bob(), [str(lantern.pk)], ["lantern"]) == [lantern]


def test_a_code_of_a_stranger_is_no_choice_by_its_key() -> None:
    [hidden] = codes.codes_named(make.user("charlie"), ["Secret"])
    with pytest.raises(BadName, match="no longer yours"):
        codes.codes_chosen(make.bob(), [str(hidden.pk)], [])
    Codebook.objects.filter(pk=hidden.codebook_id).update(is_public=True)
    assert codes.codes_chosen(make.bob(), [str(hidden.pk)], []) == [hidden]


def test_a_new_code_may_be_called_as_another_ones_key() -> None:
    [first] = codes.codes_named(make.bob(), ["Salt"])
    [year] = codes.codes_chosen(make.bob(), [], [str(first.pk)])
    assert (year.name, year.pk != first.pk) == (str(first.pk), True)
    with pytest.raises(BadName, match="gone"):
        codes.codes_chosen(make.bob(), ["Salt"], [])


@pytest.mark.parametrize("name", ["x" * 121, "a / / b", " / ", "\x00", "a / " + "b / " * 9 + "c"])
def test_a_name_that_cannot_be_one_is_refused_in_words(name: str) -> None:
    with pytest.raises(BadName):
        codes.codes_named(make.bob(), [name])
    assert not Code.objects.exists()


def test_and_or_is_a_name() -> None:
    assert codes.codes_named(make.bob(), ["and/or"])[0].name == "and/or"


def test_two_siblings_cannot_have_the_same_name_but_cousins_can() -> None:
    book, _ = codes.add_codebook(by=make.bob(), name="Study")
    harbour, _ = codes.add_code(by=make.bob(), codebook=book, name="Harbour")
    codes.add_code(by=make.bob(), codebook=book, name="Élan")
    codes.add_code(by=make.bob(), codebook=book, name="harbour", parent=harbour)
    with pytest.raises(NotDone, match="merge"):
        codes.add_code(by=make.bob(), codebook=book, name="élan")
    with pytest.raises(NotDone, match="merge"):
        codes.edit_code(by=make.bob(), code=harbour, name="ÉLAN")
    assert codes.edit_code(by=make.bob(), code=harbour, name="HARBOUR")


def test_an_edited_look_is_that_of_the_annotations_and_comes_back() -> None:
    first, second = codes.codes_named(make.bob(), ["Tide", "Mill"])
    one, other = tagged(make.bob(), first, second), tagged(make.bob(), second)
    before = state()
    change = codes.edit_code(
        by=make.bob(), code=first, hue=7, pattern=6, name="Tides", definition="Of the sea."
    )
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.look == "hue-7 pattern-6"
    assert other.look == second.look
    comes_back(before, change)


def test_a_look_that_followed_a_code_does_not_bar_undoing_an_earlier_edit() -> None:
    from reader.annotate.actions import edit

    first, second = codes.codes_named(make.bob(), ["Tide", "Mill"])
    one = tagged(make.bob(), first)
    _, change = edit(
        annotation=one,
        by=make.bob(),
        version=1,
        body="",
        kind="tag",
        meaning=None,
        codes=[second],
        layer=one.layer,
    )
    codes.edit_code(by=make.bob(), code=second, hue=8)
    assert change
    undo(change=change, by=make.bob())
    one.refresh_from_db()
    assert one.look == first.look


def test_nobody_chooses_a_colour_that_there_is_not() -> None:
    [code] = codes.codes_named(make.bob(), ["Tide"])
    with pytest.raises(NotDone):
        codes.edit_code(by=make.bob(), code=code, hue=9)


def test_a_code_moves_below_another_and_never_below_itself() -> None:
    a, b, c = codes.codes_named(make.bob(), ["A", "A / B", "A / B / C"])
    for parent in (a, b, c):
        with pytest.raises(NotDone, match="itself"):
            codes.move_code(by=make.bob(), code=a, parent=parent)
    before = state()
    comes_back(before, codes.move_code(by=make.bob(), code=c, parent=None, place=0))
    codes.move_code(by=make.bob(), code=c, parent=None, place=0)
    assert [code.name for code in codes.siblings(a.codebook, None)] == ["C", "A"]


def test_merging_moves_tags_once_and_what_was_written_and_all_comes_back() -> None:
    tide, ebb, neap = codes.codes_named(make.bob(), ["Tide", "Ebb", "Ebb / Neap"])
    codes.edit_code(by=make.bob(), code=ebb, definition="Water that goes.", memo="Is it a tide?")
    both, only = tagged(make.bob(), ebb, tide), tagged(make.bob(), ebb, start=2)
    before = state()
    change = recoding.merge_codes(by=make.bob(), code=ebb, into=tide)
    assert [tag.code_id for tag in both.tags.all()] == [tide.pk]
    assert [tag.code_id for tag in only.tags.all()] == [tide.pk]
    only.refresh_from_db()
    assert only.look == tide.look
    neap.refresh_from_db()
    tide.refresh_from_db()
    assert neap.parent == tide
    assert "Water that goes." in tide.memo and "Is it a tide?" in tide.memo
    comes_back(before, change)


def test_a_code_merges_into_one_below_it() -> None:
    a, b, c = codes.codes_named(make.bob(), ["A", "A / B", "A / B / C"])
    before = state()
    change = recoding.merge_codes(by=make.bob(), code=a, into=c)
    b.refresh_from_db()
    c.refresh_from_db()
    assert (c.parent, b.parent) == (None, c)
    comes_back(before, change)


def test_a_merge_that_others_built_upon_is_not_undone() -> None:
    tide, ebb = codes.codes_named(make.bob(), ["Tide", "Ebb"])
    tagged(make.bob(), ebb)
    change = recoding.merge_codes(by=make.bob(), code=ebb, into=tide)
    recoding.merge_codes(by=make.bob(), code=tide, into=codes.codes_named(make.bob(), ["Sea"])[0])
    before = state()
    with pytest.raises(NotUndone):
        undo(change=change, by=make.bob())
    assert state() == before


def test_splitting_takes_the_chosen_passages_along() -> None:
    [tide] = codes.codes_named(make.bob(), ["Tide"])
    one, other = tagged(make.bob(), tide), tagged(make.bob(), tide, start=2)
    before = state()
    made, change = recoding.split_code(by=make.bob(), code=tide, name="Spring tide", annotations=[one.pk])
    assert [tag.code for tag in one.tags.all()] == [made]
    assert [tag.code for tag in other.tags.all()] == [tide]
    one.refresh_from_db()
    assert one.look == made.look
    undo(change=change, by=make.bob())
    assert state() == before


def test_a_deleted_code_hides_its_tags_lifts_its_children_and_comes_back() -> None:
    a, b = codes.codes_named(make.bob(), ["A", "A / B"])
    codes.codes_named(make.bob(), ["Z"])
    codes.add_code(by=make.bob(), codebook=a.codebook, name="B")
    one = tagged(make.bob(), a, b)
    before = state()
    change = codes.delete_code(by=make.bob(), code=a)
    b.refresh_from_db()
    one.refresh_from_db()
    assert (b.parent, b.name, one.look) == (None, "B 2", b.look)
    comes_back(before, change)


def test_deleted_codes_leave_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "CODES_AT_MOST", 1)
    [tide] = codes.codes_named(make.bob(), ["Tide"])
    codes.delete_code(by=make.bob(), code=tide)
    assert codes.codes_named(make.bob(), ["Salt"])
    with pytest.raises(NotDone):
        codes.codes_named(make.bob(), ["Quay"])


def test_a_deleted_codebook_comes_back_with_its_codes() -> None:
    [a] = codes.codes_named(make.bob(), ["A"])
    tagged(make.bob(), a)
    before = state()
    change = codes.delete_codebook(by=make.bob(), codebook=a.codebook)
    assert not Codebook.objects.visible_to(make.bob()).exists()
    comes_back(before, change)
    assert Codebook.objects.visible_to(make.bob()).exists()


def test_undoing_the_making_of_a_codebook_loses_nothing() -> None:
    book, change = codes.add_codebook(by=make.bob(), name="Study")
    codes.add_code(by=make.bob(), codebook=book, name="Tide")
    undo(change=change, by=make.bob())
    assert not Codebook.objects.visible_to(make.bob()).exists()
    redo(change=change, by=make.bob())
    assert [code.name for code in Code.objects.visible_to(make.bob())] == ["Tide"]


def test_a_code_on_several_paragraphs_is_one_change_and_is_set_once() -> None:
    document = make.document(make.parsed("On Tides", *[make.paragraph(make.sentence(n)) for n in range(3)]))
    assert document.current is not None
    paragraphs = document.current.paragraphs.filter(kind="paragraph").values_list("start", "end")
    places = [Place(start, end) for start, end in paragraphs]
    found = codes.codes_named(make.bob(), ["Tide"])
    layer = Layer.objects.private_to(make.bob())

    def code_them(some: list[Place]) -> Change | None:
        assert document.current is not None
        return recoding.set_code_on(
            by=make.bob(), document=document, revision=document.current, places=some, codes=found, layer=layer
        )

    assert code_them(places[:1])
    change = code_them([*places, *places])
    assert change is not None and change.said == "“Tide” on 2 passages."
    assert code_them(places) is None
    assert code_them([*places, *places]) is None
    assert Annotation.objects.live().count() == 3
    assert set(Annotation.objects.values_list("look", flat=True)) == {found[0].look}
    undo(change=change, by=make.bob())
    assert Annotation.objects.live().count() == 1


def test_merging_ten_times_the_tags_takes_no_more_queries(django_assert_max_num_queries: object) -> None:
    tide, ebb = codes.codes_named(make.bob(), ["Tide", "Ebb"])
    for start in range(30):
        tagged(make.bob(), ebb, start=start % 5)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        change = recoding.merge_codes(by=make.bob(), code=ebb, into=tide)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        undo(change=change, by=make.bob())
