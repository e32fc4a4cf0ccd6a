"""The trash keeps what was deleted for a month; then it is gone, with every word of it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.annotate.actions import delete, edit, reply
from reader.annotate.models import Annotation, Change, Notice
from reader.annotate.trash import purge
from reader.library.passages import Passage
from tests import make
from tests.annotate.test_lists import note

pytestmark = pytest.mark.django_db


def deleted(annotation: Annotation, days: int = 0) -> Annotation:
    """The annotation, in the trash for so long."""
    delete(annotation=annotation, by=annotation.author or make.bob())
    then = timezone.now() - timedelta(days=days, minutes=1)
    Annotation.objects.filter(pk=annotation.pk).update(deleted_at=then)
    return annotation


def test_the_trash_shows_one_s_own_and_brings_it_back(client: Client) -> None:
    mine = deleted(note(make.bob(), "Mine."))
    deleted(note(make.alice(), "Hers."))
    client.force_login(make.bob())
    page = client.get(reverse("annotate:trash")).content.decode()
    assert "Mine." in page and "Hers." not in page
    client.post(reverse("annotate:restore_note", args=[mine.pk]))
    assert Annotation.objects.live().get().pk == mine.pk
    assert "The trash is empty" in client.get(reverse("annotate:trash")).content.decode()


def test_a_stranger_can_neither_restore_nor_delete(client: Client) -> None:
    mine = deleted(note(make.bob()))
    for who in (make.alice(), None):
        if who:
            client.force_login(who)
        else:
            client.logout()
        for name in ("restore_note", "delete_note_for_good"):
            answer = client.post(reverse(f"annotate:{name}", args=[mine.pk]))
            assert answer.status_code == (404 if who else 302)
    assert Annotation.objects.get().deleted_at is not None


def test_what_is_live_is_not_deleted_for_good(client: Client) -> None:
    client.force_login(make.bob())
    answer = client.post(reverse("annotate:delete_note_for_good", args=[note(make.bob()).pk]))
    assert answer.status_code == 404
    assert Annotation.objects.exists()


def test_nothing_of_what_is_deleted_for_good_stays(client: Client) -> None:
    mine = note(make.bob(), "A secret.")
    edit(
        annotation=mine,
        by=make.bob(),
        version=1,
        body="No more of it.",
        kind="note",
        meaning=None,
        codes=[],
        layer=mine.layer,
    )
    answer, _ = reply(to=mine, by=make.bob(), body="A secret, too.")
    edit(
        annotation=answer,
        by=make.bob(),
        version=1,
        body="No more.",
        kind="reply",
        meaning=None,
        codes=[],
        layer=mine.layer,
    )
    deleted(mine)
    client.force_login(make.bob())
    client.post(reverse("annotate:delete_note_for_good", args=[mine.pk]))
    assert not Annotation.objects.exists()
    assert not Passage.objects.exists()
    assert "secret" not in str(list(Change.objects.values()))


def test_a_reply_by_somebody_else_is_not_lost_with_what_it_answers(client: Client) -> None:
    mine = note(make.bob(), "A secret.")
    reply(to=mine, by=make.alice(), body="I see.")
    deleted(mine, days=31)
    assert purge() == 1
    mine.refresh_from_db()
    assert (mine.author, mine.body, mine.html) == (None, "", "")
    assert not Annotation.objects.live().exists()
    client.force_login(make.alice())
    taken = b"".join(client.get(reverse("annotate:export", args=["md"])).streaming_content)  # type: ignore[attr-defined]
    assert b"I see." in taken and b"secret" not in taken
    # It is not counted again.
    assert purge() == 0


def test_the_trash_is_emptied_only_when_it_is_meant(client: Client) -> None:
    for _ in range(3):
        deleted(note(make.bob()))
    deleted(note(make.alice()))
    client.force_login(make.bob())
    answer = client.post(reverse("annotate:empty_trash"))
    assert b"3 annotations" in answer.content
    assert Annotation.objects.count() == 4
    client.post(reverse("annotate:empty_trash"), {"sure": "1"})
    assert [left.author for left in Annotation.objects.all()] == [make.alice()]


def test_the_command_deletes_what_lay_there_for_a_month(capsys: pytest.CaptureFixture[str]) -> None:
    deleted(note(make.bob()), days=31)
    young = deleted(note(make.bob()), days=29)
    live = note(make.bob())
    call_command("empty_trash")
    assert "1 annotation" in capsys.readouterr().out
    assert set(Annotation.objects.values_list("pk", flat=True)) == {young.pk, live.pk}


def test_opening_the_trash_does_the_same(client: Client) -> None:
    deleted(note(make.bob()), days=31)
    client.force_login(make.bob())
    client.get(reverse("annotate:trash"))
    assert not Annotation.objects.exists()


def test_a_reply_s_notice_goes_with_it() -> None:
    answer, _ = reply(to=note(make.alice()), by=make.bob(), body="I see.")
    assert Notice.objects.of(make.alice()).exists()
    deleted(answer, days=31)
    assert not Notice.objects.of(make.alice()).exists()
    purge()
    assert not Notice.objects.exists()
