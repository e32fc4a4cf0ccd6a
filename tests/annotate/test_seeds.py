"""The seeds' annotations come in through our own import, every one of them in its place."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from reader.annotate.bringing import forecast_import
from reader.annotate.models import Annotation, Codebook, Notice, Tag
from reader.library.models import Document
from reader.people.class_models import Class
from reader.people.models import User
from reader.share.models import View
from tests import make
from tests.annotate.test_lists import note, text

pytestmark = pytest.mark.django_db

FOLDER = settings.BASE_DIR / "seeds" / "annotations"


@pytest.fixture
def no_originals(settings: object) -> None:
    """A library with the digests alone."""
    settings.READER_ORIGINALS = ""  # type: ignore[attr-defined]


def run(*args: str, **options: Any) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_three_people_wrote_on_both_digests(no_originals: None) -> None:
    run("load_seeds")
    for document in Document.objects.all():
        authors = Annotation.objects.filter(passages__document=document).values_list(
            "author__username", flat=True
        )
        assert set(authors) == {"demo-student", "demo-analyst", "demo-instructor"}
    kinds = set(Annotation.objects.values_list("kind", flat=True))
    assert kinds == {"highlight", "note", "question", "tag", "reply", "claim", "prompt"}
    assert list(Annotation.objects.filter(kind="claim").values_list("relation", flat=True)) == [
        "contradicts",
        "cites",
    ]
    assert Notice.objects.filter(person__username="demo-student").count() == 3
    # Every tag is one of the codebook's.
    assert set(Tag.objects.values_list("code__codebook__name", flat=True)) == {"Two gambits"}
    assert not User.objects.get(username="demo-student").has_usable_password()


def test_the_class_that_reads_them_has_a_view_with_prompts_and_an_answer(no_originals: None) -> None:
    run("load_seeds")
    group = Class.objects.get()
    view = View.objects.visible_to(User.objects.get(username="demo-student")).get()
    assert (view.group, view.asked.count()) == (group, 2)
    assert group.layer.annotations.filter(kind="reply").count() == 1
    assert {layer.kind for layer in view.layers.all()} == {"class", "teaching", "public"}


def test_each_is_placed_without_doubt(no_originals: None) -> None:
    run("load_seeds")
    stranger = make.user("charlie")
    Annotation.objects.all().delete()
    for path in sorted(FOLDER.glob("*.jsonld")):
        stem = path.name.split(".")[0]
        # The slugs of the digests are their files' names, so that claims need no other way to them.
        document = Document.objects.filter(current__source_name=f"{stem}.md").first()
        assert document or stem == "claims"
        report = forecast_import(data=path.read_bytes(), by=stranger, document=document)
        said = {outcome.words: outcome.said for outcome in report.outcomes if outcome.item.aims}
        assert {words: why for words, why in said.items() if why} == {}


def test_loading_twice_is_once_and_brings_nothing_back(no_originals: None) -> None:
    run("load_seeds")
    gone = Annotation.objects.filter(kind="note").first()
    assert gone is not None
    Annotation.objects.filter(pk=gone.pk).update(deleted_at="2026-11-25T00:00Z")
    Codebook.objects.update(deleted_at="2026-11-25T00:00Z")
    before = list(Annotation.objects.order_by("pk").values())
    run("load_seeds")
    assert list(Annotation.objects.order_by("pk").values()) == before
    assert Codebook.objects.count() == 1


def test_a_file_is_brought_in_by_command(tmp_path: Path) -> None:
    from django.test import Client

    note(make.bob(), "Mine.")
    make.alice()
    client = Client()
    client.force_login(make.bob())
    taken = b"".join(client.get("/notes/export.jsonld").streaming_content)  # type: ignore[attr-defined]
    path = tmp_path / "notes.jsonld"
    path.write_bytes(taken)
    assert "1 known" in run("import_annotations", str(path), by="bob")
    Annotation.objects.all().delete()
    assert run("import_annotations", str(path), by="alice", text=text().slug, layer="private") == "1 kept\n"
    made = Annotation.objects.get()
    assert (made.author, made.layer.kind) == (make.alice(), "private")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "nobody"}, "Nobody"),
        ({"by": "bob", "text": "nowhere"}, "No text"),
        ({"by": "bob"}, "cannot be read"),
    ],
)
def test_a_command_that_cannot_be_meant_says_so(options: dict[str, str], said: str, tmp_path: Path) -> None:
    make.bob()
    with pytest.raises(CommandError, match=said):
        run("import_annotations", str(tmp_path / "none.jsonld"), **options)


def test_a_file_that_is_none_is_told_by_the_command(tmp_path: Path) -> None:
    make.bob()
    path = tmp_path / "notes.jsonld"
    path.write_bytes(b"{}")
    with pytest.raises(CommandError, match="no annotations"):
        run("import_annotations", str(path), by="bob")
