"""The pure modules, imported in a real browser."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reader.storage import HashedStorage
from tests.browser.texts import module

JS = Path(settings.BASE_DIR) / "static" / "js"


def tops(page: Page, server: LiveServer, items: list[tuple[int, int]], **more: Any) -> list[int]:
    """Where stack() puts notes wanted at a height, of a height."""
    values = [{"wanted": wanted, "height": height} for wanted, height in items]
    found: list[int] = module(page, server, "text/stack.js", "m.stack(v[0], v[1])", values, more)
    return found


def test_notes_with_room_stand_where_they_are_wanted(page: Page, live_server: LiveServer) -> None:
    assert tops(page, live_server, [(100, 50), (300, 50)], gap=10) == [100, 300]


def test_crowded_notes_share_the_way(page: Page, live_server: LiveServer) -> None:
    assert tops(page, live_server, [(100, 50), (100, 50)], gap=10) == [70, 130]


def test_the_note_at_work_stays_and_the_others_give_way(page: Page, live_server: LiveServer) -> None:
    found = tops(page, live_server, [(100, 50), (100, 400), (120, 50)], gap=10, fixed=1)
    assert found == [40, 100, 510]


def test_no_note_rises_above_the_page(page: Page, live_server: LiveServer) -> None:
    found = tops(page, live_server, [(20, 100)] * 4, gap=5, least=10)
    assert found == [10, 115, 220, 325]


def test_fifty_notes_on_one_line_never_overlap(page: Page, live_server: LiveServer) -> None:
    found = tops(page, live_server, [(900, 20)] * 50, gap=4)
    assert all(after - before >= 24 for before, after in pairwise(found))


def test_a_crowd_of_notes_gets_fewer_lines_each(page: Page, live_server: LiveServer) -> None:
    assert module(page, live_server, "text/stack.js", "m.lines(v[0])", [100]) == [12]
    assert module(page, live_server, "text/stack.js", "m.lines(v[0])", [100] * 50) == [1] * 50


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("https://x.example/?left=p12&right=p30", {"left": "p12", "right": "p30"}),
        ("https://x.example/?left=p12#left-n3", {"left": "n3"}),
        ("https://x.example/?left=javascript:1", {}),
        ("https://x.example/#main", {}),
    ],
)
def test_an_address_names_places(
    page: Page, live_server: LiveServer, address: str, places: dict[str, str]
) -> None:
    assert module(page, live_server, "text/address.js", "m.places(v[0])", address) == places


def test_places_are_written_into_an_address_and_nothing_else_is_lost(
    page: Page, live_server: LiveServer
) -> None:
    found = module(
        page,
        live_server,
        "text/address.js",
        "m.withPlaces(v[0], v[1])",
        "https://x.example/?q=a&left=p1#left-p1",
        {"right": "s2"},
    )
    assert found == "https://x.example/?q=a&right=s2"


@pytest.mark.parametrize(
    ("language", "quoted"), [("en", "“Mud.”"), ("de", "„Mud.“"), ("fr", "« Mud. »"), ("", "“Mud.”")]
)
def test_a_passage_is_quoted_as_its_language_does(
    page: Page, live_server: LiveServer, language: str, quoted: str
) -> None:
    facts = {"authors": "A. Marlow", "title": "Mud", "paragraphs": "¶ 4", "language": language}
    found = module(page, live_server, "text/citation.js", "m.citation(v[0], v[1])", " Mud. ", facts)
    assert found == f"{quoted}\nA. Marlow, Mud, ¶ 4"


def test_g_waits_for_its_letter_and_forgets(page: Page, live_server: LiveServer) -> None:
    call = """(() => {
      const keys = new m.Sequence(["g c", "j"]);
      return [keys.read("g", 0), keys.read("c", 10), keys.read("g", 20), keys.read("c", 9000),
              keys.read("g", 9100), keys.read("j", 9110)];
    })()"""
    assert module(page, live_server, "text/keys.js", call) == [None, "g c", None, None, None, "j"]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("The mud and the Mudlark", "mud", ["mud", "Mud"]),
        ("No résumé here", "resume", ["résumé"]),
        ("tide mill, tide", '"tide mill"', ["tide mill"]),
        ("😀 mud", "mud", ["mud"]),
        ("a famous tide", "us -tide", []),
    ],
)
def test_spots_are_where_words_begin_whatever_their_accents(
    page: Page, live_server: LiveServer, text: str, query: str, found: list[str]
) -> None:
    call = "m.spots(v[0], m.terms(v[1])).map(([from, to]) => v[0].slice(from, to))"
    assert module(page, live_server, "text/spots.js", call, text, query) == found


def test_every_import_gets_its_hashed_name(tmp_path: Path) -> None:
    """Django rewrites an import only where a semicolon ends it, and is silent where it is missing."""
    storage = HashedStorage(location=str(tmp_path), base_url="/static/")
    paths = {}
    for path in JS.rglob("*.js"):
        name = f"js/{path.relative_to(JS)}"
        with path.open("rb") as file:
            storage.save(name, file)
        paths[name] = (storage, name)
    for _, _, done in storage.post_process(paths):
        assert not isinstance(done, Exception), done
    hashed = [path for path in tmp_path.rglob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    assert len(hashed) == len(paths)
    bare = [
        (path.name, found)
        for path in hashed
        for found in re.findall(r'(?<![-\w])(?:from|import)\s*\(?\s*"([^"]+)"', path.read_text())
        if not re.search(r"\.[0-9a-f]{12}\.js$", found)
    ]
    assert bare == []


def test_modules_stay_small_and_import_with_semicolons() -> None:
    for path in JS.rglob("*.js"):
        words = path.read_text()
        assert len(words.splitlines()) <= 200, path
        assert not re.search(r'^import .*"$', words, re.MULTILINE), path


def test_style_sheets_stay_in_their_layers() -> None:
    for path in (JS.parent / "css").glob("*.css"):
        words = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        outside = re.sub(r"@property[^{]*\{[^}]*\}", "", words)
        assert re.fullmatch(r"\s*(@layer [\w, ]+;\s*)?(@layer \w+ \{.*\}\s*)+", outside, re.DOTALL), path
