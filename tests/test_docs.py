"""The documents say what is true: what they name exists, and every setting, command and stage is named."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
OWN_WORK = ["*.md", "*.py", "*.toml", "*.html", "*.css", "*.js", "*.in", "Makefile", "Dockerfile"]


def named(pattern: str, text: str) -> set[str]:
    """What the pattern's group finds."""
    return set(re.findall(pattern, text))


def test_every_setting_from_the_environment_is_described() -> None:
    settings = (ROOT / "reader/settings.py").read_text(encoding="utf-8")
    variables = named(r'env\.\w+\(\s*"([A-Z_]+)"', settings)
    assert variables
    assert {name for name in variables if f"`{name}" not in TEXT} == set()


def test_every_make_target_that_is_named_exists() -> None:
    targets = named(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert named(r"`(?:PORT=\d+ )?make ([a-z-]+)", TEXT) <= targets


def test_every_make_target_is_explained_by_make_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert named(r"(?m)^([a-z-]+):", makefile) == named(r"(?m)^([a-z-]+):.*?  ## ", makefile)


def test_every_command_of_the_reader_is_described() -> None:
    commands = {path.stem for path in (ROOT / "reader/management/commands").glob("[!_]*.py")}
    assert {name for name in commands if f"manage.py {name}" not in TEXT} == set()


def test_every_stage_is_in_the_picture() -> None:
    picture = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    stages = {path.parent.name for path in (ROOT / "reader").glob("*/__init__.py")}
    assert {name for name in stages - {"management", "migrations"} if name not in picture} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = named(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text(encoding="utf-8"))
    assert {link for link in links if not (document.parent / link).exists()} == set()


@pytest.mark.originals
def test_no_sentence_of_the_originals_stands_in_the_project(originals: Path) -> None:
    """Nine words in a row are a sentence taken over; the notes are citations, which are facts."""
    taken = {
        run
        for path in originals.glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("<sup>", "#")) and "http" not in line
        for run in runs(line)
    }
    for path in own_files():
        shared = taken & set(runs(path.read_text(encoding="utf-8")))
        assert not shared, f"{path.relative_to(ROOT)}: {' '.join(min(shared))}"


def runs(text: str, length: int = 9) -> list[tuple[str, ...]]:
    """Every run of so many words, without case, marks or punctuation."""
    words = re.findall(r"\w+", re.sub(r"<sup>.*?</sup>", " ", text.lower()))
    return list(zip(*(words[start:] for start in range(length)), strict=False))


def own_files() -> list[Path]:
    """The files that people of this project wrote."""
    folders = [
        ROOT / name for name in ("bench", "docs", "reader", "seeds", "static", "templates", "tests", "tools")
    ]
    inside = [path for folder in folders for kind in OWN_WORK for path in folder.rglob(kind)]
    return inside + [path for kind in OWN_WORK for path in ROOT.glob(kind)]
