"""Texts from the command line: ingest, outline, load_seeds."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from reader.ingest import parse_bytes
from reader.ingest.outline import outline
from reader.library.models import Document, Revision
from reader.management.commands import ingest as command
from tests import make

pytestmark = pytest.mark.django_db

TIDES = """# On Tides

Ada Lomax

The tide waits for nobody, and the miller knows it.[^1]

1. He rises at four.
2. He sleeps at noon.

## What the Books Say

| year | sacks |
|------|-------|
| 1720 | 311   |

[^1]: Ben Orme. "Salt and Its Price in the North." The Quay, 2 March 1931. https://quay.example/salt
"""


def run(*args: Any, **options: Any) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def ingested(*paths: Path | str, **options: Any) -> list[dict[str, Any]]:
    """What ingest says in JSON, also where it fails."""
    out = StringIO()
    try:
        call_command("ingest", *map(str, paths), "--json", stdout=out, stderr=StringIO(), **options)
    except CommandError as error:
        assert error.returncode == 1
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


@pytest.fixture
def tides(tmp_path: Path) -> Path:
    """A text in a file."""
    path = tmp_path / "tides.md"
    path.write_text(TIDES, encoding="utf-8")
    return path


def test_ingest_tells_in_json_what_it_did(tides: Path) -> None:
    (told,) = ingested(tides)
    report = told.pop("report")
    assert told == {"path": str(tides), "document": "tides", "revision": 1, "created": True, "error": None}
    assert {"removed", "sewn", "doubts"} <= set(report)
    assert Document.objects.get().is_public


def test_ingest_of_the_same_file_twice_keeps_it_once(tides: Path) -> None:
    ingested(tides)
    (told,) = ingested(tides)
    assert (told["created"], told["revision"]) == (False, 1)
    assert Revision.objects.count() == 1


def test_a_path_that_fails_does_not_keep_the_others_out(tides: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.md").touch()
    (tmp_path / "program.txt").write_bytes(bytes(range(256)) * 20)
    paths = [tmp_path / "nowhere.md", tmp_path / "empty.md", tides, tmp_path / "program.txt"]
    told = ingested(*paths)
    assert [bool(one["error"]) for one in told] == [True, True, False, True]
    assert told[0] | {"error": ""} == {
        "path": str(paths[0]),
        "document": None,
        "revision": None,
        "created": False,
        "error": "",
        "report": {},
    }
    assert Document.objects.count() == 1
    with pytest.raises(CommandError, match="3 of 4"):
        run("ingest", *map(str, paths))


def test_a_fault_of_the_reader_itself_is_told_and_the_others_are_kept(
    tides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(data: bytes, name: str) -> Any:
        if name == "bad.md":
            raise IndexError("no")
        return parse_bytes(data, name)

    monkeypatch.setattr(command, "parse_bytes", faulty)
    (tmp_path / "bad.md").write_text("# Bad")
    assert [bool(one["error"]) for one in ingested(tmp_path)] == [True, False]


def test_a_file_beyond_the_limit_is_refused(tides: Path, settings: Settings) -> None:
    settings.READER_MAX_SOURCE_BYTES = 10
    (told,) = ingested(tides)
    assert "split it" in told["error"]
    assert not Document.objects.exists()


def test_a_folder_gives_its_texts_by_name(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c.pdf", "d.MD"):
        (tmp_path / name).write_text(f"# Text {name}\n\nWords of {name}.\n", encoding="utf-8")
    (tmp_path / "inner.md").mkdir()
    assert [Path(one["path"]).name for one in ingested(tmp_path)] == ["a.txt", "b.md", "d.MD"]


def test_ingest_tells_in_words_too(tides: Path) -> None:
    assert "kept as tides, revision 1" in run("ingest", str(tides))
    assert "kept before as tides, revision 1" in run("ingest", str(tides))


def test_a_private_text_is_for_the_staff(tides: Path) -> None:
    ingested(tides, private=True)
    assert not Document.objects.get().is_public


def test_ingest_may_say_what_a_text_revises(tides: Path, tmp_path: Path) -> None:
    make.document(make.parsed("Something Else"))
    (told,) = ingested(tides, revises="something-else")
    assert (told["document"], told["revision"]) == ("something-else", 2)
    with pytest.raises(CommandError, match="no-such"):
        run("ingest", str(tides), revises="no-such")
    other = tmp_path / "b.md"
    other.write_text("# B\n\nWords.")
    with pytest.raises(CommandError, match="one text"):
        run("ingest", str(tides), str(other), revises="something-else")


def test_a_digest_cannot_be_ingested_as_a_revision_of_an_original(tmp_path: Path) -> None:
    make.document(make.parsed("On Tides", source_url="https://salt.example/tides"))
    path = tmp_path / "digest.md"
    path.write_text("---\ntitle: Digest\ndigest_of: https://salt.example/tides\n---\n\nIn short, water.\n")
    (told,) = ingested(path, revises="tides")
    assert "digest" in told["error"]


def test_the_outline_of_the_tables_is_the_outline_of_the_text(tides: Path) -> None:
    ingested(tides)
    told = json.loads(run("outline", "tides"))
    read = outline(parse_bytes(TIDES.encode(), "tides.md"))
    for note in (*told["footnotes"], *read["footnotes"]):
        del note["work"]
    assert told == read
    assert [s["title"] for s in told["sections"]] == ["What the Books Say"]
    assert [p["kind"] for p in told["paragraphs"]] == ["paragraph", "item", "item", "table"]
    assert told["paragraphs"][-1]["section"] == "What the Books Say"


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parents[1].glob("ingest/texts/*.md")), ids=lambda p: p.stem
)
def test_the_outline_of_every_converted_text_survives_the_tables(path: Path) -> None:
    (told,) = ingested(path)
    kept = json.loads(run("outline", told["document"]))
    read = outline(parse_bytes(path.read_bytes(), path.name))
    for note in (*kept["footnotes"], *read["footnotes"]):
        del note["work"]
    assert kept == read
    assert {name: told["report"][name] for name in ("removed", "sewn", "doubts")} == {
        name: read[name] for name in ("removed", "sewn", "doubts")
    }


def test_the_outline_names_works_and_the_texts_that_they_are(tides: Path, tmp_path: Path) -> None:
    make.document(make.parsed("Salt", source_url="https://quay.example/salt"))
    ingested(tides)
    (note,) = json.loads(run("outline", "tides"))["footnotes"]
    assert note["url"] == "https://quay.example/salt"
    assert isinstance(note["work"], int)
    assert note["document"] == "salt"


def test_the_outline_gives_an_older_revision_when_asked() -> None:
    document = make.document(make.parsed("First", make.paragraph("Old words.")))
    make.kept(make.parsed("Second", make.paragraph("New words.")), revises=document)
    assert json.loads(run("outline", "first"))["title"] == "Second"
    assert json.loads(run("outline", "first", revision=1))["paragraphs"][0]["text"] == "Old words."
    for wrong in (("nothing",), ("first", "--revision", "9")):
        with pytest.raises(CommandError, match="no such text"):
            run("outline", *wrong)


def test_a_doubt_of_keeping_is_in_the_outline() -> None:
    make.document(make.parsed("T", make.paragraph("a"), authors=("Ada",)))
    make.document(make.parsed("T", make.paragraph("b"), authors=("Ada",)))
    assert "same authors" in json.loads(run("outline", "t"))["doubts"][-1]["message"]


def test_the_seeds_are_loaded_once_and_their_facing_page_is_told(settings: Settings) -> None:
    settings.READER_ORIGINALS = ""
    told = run("load_seeds")
    assert run("load_seeds") == told
    slugs = set(Document.objects.values_list("slug", flat=True))
    assert slugs == {"digest-north-koreas-gambit", "digest-russias-korean-gambit"}
    assert told == "/facing/digest-russias-korean-gambit/digest-north-koreas-gambit/\n"
    assert all(document.is_digest and document.is_public for document in Document.objects.all())


@pytest.mark.originals
def test_the_originals_are_loaded_too_and_face_each_other(originals: Path, settings: Settings) -> None:
    settings.READER_ORIGINALS = str(originals)
    told = run("load_seeds")
    assert told == "/facing/russias-korean-gambit/opinion-north-koreas-gambit-russia-ukraine-war/\n"
    assert Document.objects.count() == 4
    notes = json.loads(run("outline", "russias-korean-gambit"))["footnotes"]
    assert notes[7]["document"] == "opinion-north-koreas-gambit-russia-ukraine-war"
    assert notes[1]["work"] == notes[2]["work"] != notes[3]["work"]


def test_a_folder_of_originals_that_is_not_there_is_no_fault(settings: Settings) -> None:
    settings.READER_ORIGINALS = "/nowhere/at/all"
    assert run("load_seeds").startswith("/facing/")
