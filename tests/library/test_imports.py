"""A text comes into the library: added, read, reviewed, kept or discarded."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from reader.library import actions, imports
from reader.library.models import Document, Import, Revision
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db

TIDES = """# On Tides

Ada Lomax

The tide waits for nobody, and the miller knows
it well.<sup>12</sup>

<sup>1</sup> Ben Orme, Salt.

<sup>2</sup> Ben Orme, Weirs.

---

Second page.
"""


def upload(client: Client, source: bytes | str = TIDES, name: str = "tides.md", **more: Any) -> Any:
    """The answer to a person who uploads a file."""
    data = source.encode() if isinstance(source, str) else source
    return client.post("/add/", {"file": SimpleUploadedFile(name, data), **more})


def facts(**changed: str) -> dict[str, str]:
    """A filled form of facts."""
    return {"title": "On Tides", "authors": "Ada Lomax", "published_on": "", "is_public": "on"} | changed


def content(response: Any) -> str:
    """What a person sees."""
    return str(response.content.decode())


def background(settings: Settings, size: int = 10) -> None:
    """Sources above this size wait for a background that does nothing until a test calls imports.read()."""
    settings.READER_BACKGROUND_BYTES = size
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_alice_uploads_reviews_and_keeps_a_text(as_alice: Client, alice: User) -> None:
    response = upload(as_alice)
    one = Import.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/imports/{one.pk}/")
    review = content(as_alice.get(f"/imports/{one.pk}/"))
    for told in ("Nothing is kept yet", "On Tides", "Ada Lomax", 'id="left-p1"', "12 → 1 and 2", "#left-p1"):
        assert told in review
    assert not Document.objects.exists()
    kept = as_alice.post(f"/imports/{one.pk}/keep/", facts(), follow=True)
    assert kept.redirect_chain == [("/texts/tides/", 302)]
    assert "is kept" in content(kept)
    document = Document.objects.get()
    assert (document.owner, document.is_public) == (alice, True)
    assert document.current is not None
    assert bytes(document.current.source) == TIDES.encode()


def test_once_kept_the_import_no_longer_holds_the_text(as_alice: Client) -> None:
    upload(as_alice)
    as_alice.post(f"/imports/{Import.objects.get().pk}/keep/", facts())
    one = Import.objects.get()
    assert (one.state, bytes(one.source), one.parsed) == ("kept", b"", None)
    page = content(as_alice.get(f"/imports/{one.pk}/"))
    assert "/read/tides/" in page
    assert "Keep it" not in page


def test_a_pasted_text_is_taken_like_a_file(as_alice: Client) -> None:
    as_alice.post("/add/", {"text": TIDES.replace("\n", "\r\n")})
    assert bytes(Import.objects.get().source) == TIDES.encode()


def test_the_facts_are_kept_as_they_were_corrected(as_alice: Client) -> None:
    upload(as_alice)
    changed = facts(
        title="Tides, Corrected",
        authors="Ada Lomax\r\n\r\n Ben Orme ",
        published_on="1931-02-01",
        publication="Salt",
        source_url="https://salt.example/tides",
        is_public="",
    )
    as_alice.post(f"/imports/{Import.objects.get().pk}/keep/", changed)
    document = Document.objects.get()
    assert (document.title, document.authors) == ("Tides, Corrected", ["Ada Lomax", "Ben Orme"])
    assert (str(document.published_on), document.publication) == ("1931-02-01", "Salt")
    assert not document.is_public


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"published_on": "last spring"},
        {"source_url": "javascript:alert(1)"},
        {"revises": "999"},
    ],
)
def test_wrong_facts_are_told_and_what_was_typed_stays(wrong: dict[str, str], as_alice: Client) -> None:
    upload(as_alice)
    pk = Import.objects.get().pk
    response = as_alice.post(f"/imports/{pk}/keep/", facts(publication="What I typed", **wrong))
    assert response.status_code == 422
    assert "What I typed" in content(response)
    assert "errorlist" in content(response)
    assert not Document.objects.exists()
    assert Import.objects.get().state == "ready"


@pytest.mark.parametrize("address", ["https://[", "http://[::1", "https://tides.example:99999999/"])
def test_an_address_that_no_browser_understands_keeps_no_text_out(address: str, as_alice: Client) -> None:
    upload(as_alice)
    review = f"/imports/{Import.objects.get().pk}/keep/"
    assert as_alice.post(review, facts(source_url=address), follow=True).status_code == 200
    document = Document.objects.get()
    assert document.source_url == address
    assert as_alice.get(f"/read/{document.slug}/").status_code == 200


def test_the_review_says_what_the_text_would_be_a_revision_of(as_alice: Client) -> None:
    make.document(make.parsed("On Tides"), authors=("Ada Lomax",))
    upload(as_alice)
    pk = Import.objects.get().pk
    assert "a new revision of “On Tides”" in content(as_alice.get(f"/imports/{pk}/"))
    kept = as_alice.post(f"/imports/{pk}/keep/", facts(), follow=True)
    assert "became revision 2" in content(kept)
    assert Document.objects.get().revisions.count() == 2


def test_a_revision_may_be_chosen_at_upload_and_at_review(as_alice: Client) -> None:
    weirs, salt = make.document(make.parsed("On Weirs")), make.document(make.parsed("Salt"))
    add = content(as_alice.get(f"/add/?revises={weirs.pk}"))
    assert f'<option value="{weirs.pk}" selected>' in add
    upload(as_alice, revises=weirs.pk)
    pk = Import.objects.get().pk
    assert f'<option value="{weirs.pk}" selected>' in content(as_alice.get(f"/imports/{pk}/"))
    as_alice.post(f"/imports/{pk}/keep/", facts(revises=str(salt.pk)))
    assert (weirs.revisions.count(), salt.revisions.count()) == (1, 2)


def test_an_original_is_not_kept_as_a_revision_of_a_digest(as_alice: Client) -> None:
    digest = make.document(make.parsed("In Short", digest_of="https://salt.example/tides"))
    upload(as_alice)
    pk = Import.objects.get().pk
    response = as_alice.post(f"/imports/{pk}/keep/", facts(revises=str(digest.pk)))
    assert response.status_code == 422
    assert "digest" in content(response)


def test_bytes_that_the_library_has_lead_to_their_text(as_alice: Client) -> None:
    kept = make.kept(source=TIDES.encode())
    response = upload(as_alice)
    assert response["Location"] == f"/texts/{kept.revision.document.slug}/"
    assert not Import.objects.exists()


def test_discarding_can_be_undone(as_alice: Client) -> None:
    upload(as_alice)
    address = f"/imports/{Import.objects.get().pk}/"
    gone = content(as_alice.post(f"{address}discard/", follow=True))
    assert "discarded" in gone
    assert "Keep it" not in gone
    assert as_alice.post(f"{address}keep/", facts()).status_code == 302
    assert not Document.objects.exists()
    assert "Keep it" in content(as_alice.post(f"{address}restore/", follow=True))
    as_alice.post(f"{address}keep/", facts())
    assert Document.objects.exists()


def test_what_was_kept_cannot_be_discarded_or_kept_again(as_alice: Client) -> None:
    upload(as_alice)
    address = f"/imports/{Import.objects.get().pk}/"
    as_alice.post(f"{address}keep/", facts())
    for deed in ("discard/", "keep/", "again/", "restore/"):
        assert as_alice.post(f"{address}{deed}", facts()).status_code == 302
    assert Import.objects.get().state == "kept"
    assert Revision.objects.count() == 1


def test_a_text_that_is_being_kept_is_not_kept_a_second_time(as_alice: Client) -> None:
    upload(as_alice)
    one = Import.objects.get()
    Import.objects.update(state="keeping")
    address = f"/imports/{one.pk}/"
    assert as_alice.post(f"{address}keep/", facts())["Location"] == address
    # Or it began to be kept only after this request had looked.
    assert imports.start_keeping(one, imports.Facts("T", (), None, "", "", None, False)) is None
    assert not Document.objects.exists()


def test_a_fault_while_keeping_leaves_the_import_ready(
    as_alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*args: Any, **more: Any) -> None:
        raise RuntimeError("no")

    upload(as_alice)
    monkeypatch.setattr(actions, "lay_chunks", faulty)
    with pytest.raises(RuntimeError):
        as_alice.post(f"/imports/{Import.objects.get().pk}/keep/", facts())
    assert Import.objects.get().state == "ready"
    assert not Document.objects.exists()


def test_a_discarded_import_is_forgotten_after_a_month(as_alice: Client) -> None:
    upload(as_alice)
    upload(as_alice, TIDES + "\nMore.\n")
    old, young = Import.objects.order_by("pk")
    for one in (old, young):
        imports.discard(one)
    Import.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=31))
    upload(as_alice, TIDES + "\nStill more.\n")
    assert set(Import.objects.values_list("state", flat=True)) == {"discarded", "ready"}
    assert not Import.objects.filter(pk=old.pk).exists()


def test_imports_that_are_not_kept_wait_on_the_page_to_add(as_alice: Client) -> None:
    upload(as_alice, name="waiting.md")
    assert "waiting.md" in content(as_alice.get("/add/"))
    as_alice.post(f"/imports/{Import.objects.get().pk}/keep/", facts())
    assert "waiting.md" not in content(as_alice.get("/add/"))


def test_who_is_not_staff_is_told_how(as_bob: Client, as_charlie: Client) -> None:
    his = content(as_bob.get("/add/"))
    assert "staff" in his
    strangers = as_charlie.get("/add/?revises=1")
    assert "/sign-in/?next=/add/%3Frevises%3D1" in content(strangers)
    for client in (as_bob, as_charlie):
        assert client.get("/add/").status_code == 403
        assert upload(client).status_code == 403
    assert not Import.objects.exists()


@pytest.mark.parametrize("deed", ["", "keep/", "discard/", "restore/", "again/"])
def test_an_import_is_nobody_elses_business(
    deed: str, as_alice: Client, as_bob: Client, as_charlie: Client
) -> None:
    upload(as_alice)
    address = f"/imports/{Import.objects.get().pk}/{deed}"
    colleague = Client()
    colleague.force_login(make.user("dora", staff=True))
    clients = (colleague, as_bob, as_charlie)
    answers = [client.post(address, facts()) if deed else client.get(address) for client in clients]
    assert [answer.status_code for answer in answers] == [404, 403, 403]
    assert Import.objects.get().state == "ready"
    if deed:
        assert as_alice.get(address).status_code == 405


def test_a_large_source_is_read_in_the_background_and_the_page_shows_how_far(
    as_alice: Client, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    background(settings)
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(as_alice)
    one = Import.objects.get()
    waiting = content(as_alice.get(response["Location"]))
    assert 'hx-trigger="every 1s"' in waiting
    assert "waits for its turn" in waiting
    assert f'href="/imports/{one.pk}/"' in waiting  # to look again without JavaScript
    Import.objects.update(state="reading", stage="notes", progress=45)
    part = content(as_alice.get(response["Location"], headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "notes" in part
    assert 'value="45"' in part
    imports.read(one.pk)
    ready = content(as_alice.get(response["Location"], headers={"HX-Request": "true"}))
    assert "hx-trigger" not in ready
    assert "Keep it" in ready


def test_a_large_text_is_kept_in_the_background_too(
    as_alice: Client, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    background(settings)
    upload(as_alice)
    pk = Import.objects.get().pk
    imports.read(pk)
    with django_capture_on_commit_callbacks(execute=True):
        response = as_alice.post(f"/imports/{pk}/keep/", facts(title="Corrected"))
    assert response["Location"] == f"/imports/{pk}/"
    assert "being kept" in content(as_alice.get(f"/imports/{pk}/"))
    assert not Document.objects.exists()
    imports.keep_large(pk)
    assert Document.objects.get().title == "Corrected"
    assert "/read/corrected/" in content(as_alice.get(f"/imports/{pk}/"))


def test_progress_goes_forward_only(alice: User, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    background(settings)
    one = imports.take_in(source=TIDES.encode(), name="t.md", owner=alice)
    told: list[tuple[str, int]] = []
    monkeypatch.setattr(imports, "_tell", lambda one, stage, percent: told.append((stage, percent)))
    imports.read(one.pk)
    percents = [percent for _, percent in told]
    assert percents == sorted(percents)
    assert len({stage for stage, _ in told}) >= 4


def test_a_failure_while_keeping_in_the_background_is_told(
    as_alice: Client, alice: User, settings: Settings
) -> None:
    background(settings)
    digest = make.document(make.parsed("In Short", digest_of="https://salt.example/tides"))
    one = imports.take_in(source=TIDES.encode(), name="t.md", owner=alice, revises=digest)
    imports.read(one.pk)
    imports.keep_large(one.pk)
    page = content(as_alice.get(f"/imports/{one.pk}/"))
    assert "could not be kept" in page
    assert "digest" in page
    assert Revision.objects.count() == 1


def test_a_background_that_does_nothing_is_told_after_a_while(
    as_alice: Client, alice: User, settings: Settings
) -> None:
    background(settings)
    one = imports.take_in(source=TIDES.encode(), name="t.md", owner=alice)
    address = f"/imports/{one.pk}/"
    assert "db_worker" not in content(as_alice.get(address))
    as_alice.post(f"{address}again/")
    Import.objects.update(changed_at=timezone.now() - imports.GIVEN_UP - timedelta(seconds=1))
    assert "db_worker" in content(as_alice.get(address))
    settings.READER_BACKGROUND_BYTES = 10_000
    assert "Keep it" in content(as_alice.post(f"{address}again/", follow=True))


def test_a_fault_of_the_reader_is_told_without_its_inner_words(
    as_alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*args: Any, **more: Any) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(imports, "parse_bytes", faulty)
    page = content(as_alice.get(upload(as_alice)["Location"]))
    assert "The reader failed on this text" in page
    assert "Nothing in the library has changed" in page
    assert "list index" not in page
    monkeypatch.undo()
    again = as_alice.post(f"/imports/{Import.objects.get().pk}/again/", follow=True)
    assert "Keep it" in content(again)


def test_a_long_text_is_reviewed_part_by_part(as_alice: Client, alice: User) -> None:
    lines = [f"Paragraph {n} says {make.sentence(n)}\n" for n in range(1, 1500)]
    one = imports.take_in(source="\n".join(["# Long", *lines]).encode(), name="long.md", owner=alice)
    first = content(as_alice.get(f"/imports/{one.pk}/"))
    assert 'href="?at=c1"' in first
    assert "Paragraph 1 says" in first
    assert "Paragraph 1490 says" not in first
    assert "Part 1 of" in first
    last = content(as_alice.get(f"/imports/{one.pk}/?at=p1490"))
    assert 'id="left-p1490"' in last
    assert "Part 1 of" in content(as_alice.get(f"/imports/{one.pk}/?at=nonsense"))
