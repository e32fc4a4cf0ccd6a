"""Somebody deletes the account."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from reader.annotate.actions import move
from reader.annotate.models import Annotation, Change, Code, Codebook, Layer, Tag, Target
from reader.annotate.trash import delete_for_good
from reader.library.models import Document, Import, Revision
from reader.library.passages import Passage
from reader.people import actions, demo
from reader.people.models import Role, User
from tests import make
from tests.people.visits import content, is_signed_in, signed_in

pytestmark = pytest.mark.django_db

PAGE = "/account/delete/"


@pytest.fixture
def dora(db: None) -> User:
    """An analyst, who has made things."""
    return make.user("dora", role=Role.ANALYST)


def noted(
    by: User, *, public: bool = True, parent: Annotation | None = None, body: str = "Indeed."
) -> Annotation:
    """A note by somebody, on a passage unless it is a reply."""
    from django.utils import timezone

    layer = Layer.objects.public() if public else Layer.objects.private_to(by)
    kind = "reply" if parent else "note"
    note = Annotation.objects.create(
        layer=layer, author=by, kind=kind, parent=parent, body=body, made_at=timezone.now()
    )
    if not parent:
        text = Document.objects.first() or make.document()
        assert text.current
        exact = text.current.text[:5]
        passage = Passage.objects.create(document=text, revision=text.current, start=0, end=5, exact=exact)
        Target.objects.create(annotation=note, passage=passage)
    Change.objects.create(
        actor=by,
        verb=kind,
        at=timezone.now(),
        annotation=note,
        ops=[["Annotation", note.pk, None, {"body": body}]],
    )
    return note


def leave(user: User, password: str = "sesame") -> Any:
    """The answer to the form of leaving."""
    return signed_in(user).post(PAGE, {"password": password})


def test_the_account_goes_and_its_sessions_with_it(dora: User) -> None:
    here, elsewhere = signed_in(dora), signed_in(dora)
    assert "Your account is deleted" in content(here.post(PAGE, {"password": "sesame"}, follow=True))
    assert not User.objects.exists()
    assert not is_signed_in(here)
    assert elsewhere.get("/account/").status_code == 302


def test_asking_and_a_wrong_password_change_nothing(dora: User) -> None:
    text = make.document(by=dora, public=False)
    assert signed_in(dora).get(PAGE).status_code == 200
    response = leave(dora, "wrong")
    assert response.status_code == 422
    assert "not your password" in content(response)
    assert Document.objects.get().owner == dora
    assert text.revisions.exists()


def test_the_password_cannot_be_guessed_there_either(dora: User) -> None:
    for _ in range(5):
        leave(dora, "wrong")
    assert "Too many attempts" in content(leave(dora))
    assert User.objects.exists()


def test_an_account_without_a_password_goes_when_its_name_is_typed() -> None:
    sam = demo.person(Role.STUDENT)
    client = signed_in(sam)
    assert 'name="password"' not in content(client.get(PAGE))
    assert client.post(PAGE, {"username": "demo-analyst"}).status_code == 422
    client.post(PAGE, {"username": "Demo-Student"})
    assert not User.objects.exists()


def test_private_texts_go_and_public_ones_stay_without_an_owner(dora: User) -> None:
    secret = make.document(make.parsed("My Secret"), by=dora, public=False)
    shown = make.document(make.parsed("My Gift"), by=dora, public=True)
    other = make.document(make.parsed("Not Mine"), by=make.bob(), public=False)
    page = content(signed_in(dora).get(PAGE))
    assert "Private texts of yours are deleted, with all their revisions: “My Secret”." in page
    assert "stay, without an owner: “My Gift”." in page
    assert "Not Mine" not in page
    leave(dora)
    assert set(Document.objects.all()) == {shown, other}
    assert Document.objects.get(pk=shown.pk).owner is None
    assert not Revision.objects.filter(document=secret.pk).exists()
    assert Client().get(f"/read/{shown.slug}/").status_code == 200


def test_many_texts_are_counted_rather_than_named(dora: User) -> None:
    for number in range(7):
        make.document(make.parsed(f"Text {number}"), by=dora, public=False)
    assert "and 2 more" in content(signed_in(dora).get(PAGE))


def test_what_waits_to_be_kept_goes_too(dora: User) -> None:
    client = signed_in(dora)
    client.post("/add/", {"text": "# On Tides\n\nThe tide waits."})
    assert "did not keep yet" in content(client.get(PAGE))
    leave(dora)
    assert not Import.objects.exists()


def test_notes_go_but_answered_ones_stay_without_a_name(dora: User) -> None:
    bob = make.bob()
    answered, lonely, hidden = noted(dora), noted(dora), noted(dora, public=False, body="For me alone.")
    reply = noted(bob, parent=answered)
    own_reply = noted(dora, parent=answered)
    his = noted(bob)
    her_reply = noted(dora, parent=his)
    page = content(signed_in(dora).get(PAGE))
    assert "4 annotations of yours, private or public, are deleted." in page
    assert "1 public one that others have answered stays, without your name." in page
    leave(dora)
    assert set(Annotation.objects.all()) == {answered, reply, his}
    answered.refresh_from_db()
    assert answered.author is None
    assert not Passage.objects.filter(targets__annotation__in=[lonely.pk, hidden.pk]).exists()
    assert Passage.objects.count() == 2
    assert not {own_reply.pk, her_reply.pk} & set(Annotation.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("deleted_before", [False, True])
def test_a_reply_by_somebody_else_is_not_lost_with_a_layer(dora: User, deleted_before: bool) -> None:
    note = noted(dora)
    reply = noted(make.bob(), parent=note)
    move(annotation=note, by=dora, layer=Layer.objects.private_to(dora))
    if deleted_before:
        delete_for_good([note.pk])
    leave(dora)
    reply.refresh_from_db()
    assert (reply.author, reply.body) == (make.bob(), "Indeed.")
    assert reply.layer == Layer.objects.private_to(make.bob())
    assert not Annotation.objects.live().exists()


def test_what_somebody_taught_is_for_nobody_once_they_leave(dora: User) -> None:
    taught, lonely = noted(dora, body="Look at the quay."), noted(dora)
    reply = noted(make.bob(), parent=taught)
    Annotation.objects.update(layer=Layer.objects.teaching_of(dora))
    page = content(signed_in(dora).get(PAGE))
    assert "2 annotations of yours" in page and "that others have answered" not in page
    leave(dora)
    reply.refresh_from_db()
    taught.refresh_from_db()
    assert (reply.body, reply.layer) == ("Indeed.", Layer.objects.private_to(make.bob()))
    assert (taught.body, taught.author) == ("", None)
    assert not Annotation.objects.filter(pk=lonely.pk).exists()
    assert not Annotation.objects.live().exists()


def test_whom_the_staff_deletes_leaves_as_by_themselves(dora: User) -> None:
    root = User.objects.create_superuser("root", password="sesame")
    book = Codebook.objects.create(owner=dora, name="Arms", is_public=True)
    tag = Tag.objects.create(
        annotation=noted(make.bob()), code=Code.objects.create(codebook=book, name="Boats")
    )
    mine, secret = noted(dora), make.document(by=dora, public=False)
    client = signed_in(root)
    for address, form in (
        (f"/admin/reader/user/{dora.pk}/delete/", {"post": "yes"}),
        ("/admin/reader/user/", {"post": "yes", "action": "delete_selected", "_selected_action": [dora.pk]}),
    ):
        with transaction.atomic():
            assert client.post(address, form).status_code == 302
            assert not User.objects.filter(pk=dora.pk).exists()
            assert Tag.objects.get() == tag
            assert not Annotation.objects.filter(pk=mine.pk).exists()
            assert not Document.objects.filter(pk=secret.pk).exists()
            transaction.set_rollback(True)
    assert client.post(f"/admin/reader/user/{root.pk}/delete/", {"post": "yes"}).status_code == 403


def test_no_word_of_theirs_is_left_in_what_was_written_down_of_changes(dora: User) -> None:
    noted(dora, public=False, body="For me alone.")
    kept = noted(make.bob())
    leave(dora)
    assert list(Change.objects.values_list("annotation", flat=True)) == [kept.pk]


def test_a_codebook_that_others_use_goes_to_them(dora: User) -> None:
    bob, emil = make.bob(), make.user("emil")
    shared, own = (
        Codebook.objects.create(owner=dora, name=name, is_public=True) for name in ("Arms", "Salt")
    )
    code = Code.objects.create(codebook=shared, name="Boats")
    for person in (bob, emil, emil, dora, dora, dora):
        Tag.objects.create(annotation=noted(person), code=code)
    page = content(signed_in(dora).get(PAGE))
    assert "“Arms”, with which others have tagged" in page
    assert "1 codebook of yours is deleted" in page
    leave(dora)
    assert Codebook.objects.get().owner == emil
    assert Tag.objects.count() == 3
    assert not Codebook.objects.filter(pk=own.pk).exists()


def test_whatever_fails_on_the_way_leaves_everything_as_it_was(
    dora: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.document(by=dora, public=False)

    def fail(*args: Any, **more: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(User, "delete", fail)
    with pytest.raises(RuntimeError):
        actions.leave(person=dora)
    assert Document.objects.get().owner == dora


def test_the_last_who_can_give_rights_stays() -> None:
    root = make.user("root", staff=True)
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    root.refresh_from_db()
    page = content(signed_in(root).get(PAGE))
    assert "Make somebody else a superuser" in page
    assert leave(root).status_code == 422
    User.objects.create_superuser("heir")
    assert leave(root).status_code == 302
    assert not User.objects.filter(username="root").exists()


def test_of_two_who_leave_in_one_moment_the_last_is_told(dora: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def stays(*, person: User) -> None:
        raise actions.Stays("You are the last.")

    monkeypatch.setattr(actions, "leave", stays)
    answer = leave(dora)
    assert answer.status_code == 422
    assert "You are the last." in content(answer)


def test_strangers_have_nothing_to_delete() -> None:
    assert Client().get(PAGE)["Location"] == "/sign-in/?next=/account/delete/"
    assert Client().post(PAGE)["Location"] == "/sign-in/?next=/account/delete/"


def test_a_name_of_markup_is_shown_as_it_is(dora: User) -> None:
    User.objects.filter(pk=dora.pk).update(first_name="<script>alert(1)</script>", last_name="\u202eevil")
    client = signed_in(dora)
    for page in ("/account/", PAGE, "/"):
        shown = content(client.get(page))
        assert "<script>alert" not in shown
        assert "\u202e" not in shown or "<bdi>" in shown
