"""The pages around the desk: settings, what to face, help, and the ways on."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client

from reader.desk.reading import CHOICES, Reading, reading_of
from tests import make
from tests.desk.pages import assert_links_lead_somewhere, page, words_of

pytestmark = pytest.mark.django_db


def test_settings_are_kept_without_a_script_and_lead_back(client: Client) -> None:
    back = f"/read/{make.document().slug}/?left=p1"
    answer = client.post("/reading/", {"theme": "night", "size": "4", "back": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    html = page(client, back).find("html")[0].attributes
    assert (html["data-theme"], html["data-size"], html["data-measure"]) == ("night", "4", "2")
    checked = [
        field.attributes["value"]
        for field in page(client, back).find("input")
        if "checked" in field.attributes
    ]
    assert checked == ["night", "4", "2", "2", "all"]


def test_settings_hold_on_every_page(client: Client) -> None:
    client.post("/reading/", {"theme": "sepia"})
    assert page(client, "/help/").find("html")[0].attributes["data-theme"] == "sepia"


def test_a_script_gets_no_page_for_settings(client: Client) -> None:
    answer = client.post("/reading/", {"theme": "night"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.cookies["reading"].value == "night.2.2.2.all"


def test_a_setting_that_there_is_not_changes_nothing(client: Client) -> None:
    client.post("/reading/", {"theme": "night", "size": "3"})
    client.post("/reading/", {"theme": "pink", "size": "99", "measure": "<b>"})
    assert client.cookies["reading"].value == "night.3.2.2.all"


@pytest.mark.parametrize(
    "value", ["", ".", "night", "night.9", "x" * 4000, "paper.1.1.1.1.1", "%00", '"><script>']
)
def test_a_spoilt_cookie_gives_the_usual_page(client: Client, value: str) -> None:
    client.cookies["reading"] = value
    html = page(client, "/help/").find("html")[0].attributes
    for name, choices in CHOICES.items():
        assert html[f"data-{name}"] in choices


def test_a_setting_is_read_back_as_it_was_kept() -> None:
    request = HttpRequest()
    chosen = Reading("sepia", "5", "4", "1", "mine")
    request.COOKIES["reading"] = chosen.cookie()
    assert reading_of(request) == chosen


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "read/x/"]
)
def test_settings_lead_back_to_no_other_site(client: Client, back: str) -> None:
    answer = client.post("/reading/", {"theme": "night", "back": back})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_settings_are_only_posted(client: Client) -> None:
    assert client.get("/reading/").status_code == 405
    assert client.post(f"/read/{make.document().slug}/").status_code == 405


def test_what_can_be_faced_begins_with_the_texts_that_cite_each_other(client: Client) -> None:
    tides = make.document(title="On Tides", source_url="https://example.org/tides")
    answer = make.document(make.citing("https://example.org/tides"))
    make.document(title="A Third", authors=("Ann Ede",))
    root = page(client, f"/read/{tides.slug}/facing/?left=p1")
    pairs, others = root.find("ul", "texts")
    assert [words_of(line) for line in pairs.find("li")] == ["An Answer"]
    assert pairs.find("a")[0].attributes["href"] == f"/facing/{tides.slug}/{answer.slug}/?left=p1#left-p1"
    assert [words_of(line) for line in others.find("li")] == ["A Third Ann Ede", "An Answer"]
    assert "On Tides" in words_of(page(client, f"/read/{answer.slug}/facing/").find("ul", "texts")[0])


def test_the_text_of_either_half_can_be_replaced(client: Client) -> None:
    left, right = make.document(title="On Tides"), make.document(title="On Moons")
    other = make.document(title="On Ships")
    leaves = page(client, f"/facing/{left.slug}/{right.slug}/?left=p1&right=b0").find("article", "leaf")
    choices = []
    for leaf in leaves:
        root = page(client, leaf.find("a", "choose")[0].attributes["href"])
        links = {words_of(a): a.attributes["href"] for a in root.find("ul", "texts")[0].find("a")}
        choices.append(links["On Ships"])
    assert choices == [
        f"/facing/{other.slug}/{right.slug}/?right=b0#right-b0",
        f"/facing/{left.slug}/{other.slug}/?left=p1#left-p1",
    ]


def test_of_many_texts_some_are_shown_and_words_narrow_them(client: Client) -> None:
    first = make.document(title="On Tides")
    for number in range(105):
        make.document(title=f"Ship {number}")
    root = page(client, f"/read/{first.slug}/facing/")
    assert len(root.find("ul", "texts")[0].find("li")) == 100
    assert "There are more" in words_of(root)
    narrowed = page(client, f"/read/{first.slug}/facing/?q=ship+77")
    assert [words_of(line) for line in narrowed.find("ul", "texts")[0].find("li")] == ["Ship 77"]


def test_a_library_of_one_text_says_that_there_is_no_other(client: Client) -> None:
    text = make.document()
    assert "There is no other text yet." in words_of(page(client, f"/read/{text.slug}/facing/"))


def test_help_names_every_key_and_leads_on(client: Client) -> None:
    root = page(client, "/help/")
    (keys,) = [section for section in root.find("section") if section.attributes.get("id") == "keys"]
    named = {words_of(code) for code in keys.find("code")}
    script = Path(settings.BASE_DIR / "static" / "js" / "desk" / "keyboard.js").read_text(encoding="utf-8")
    actions = script.partition("ACTIONS = {")[2].partition("\n};")[0]
    pressed = re.findall(r'^  "?([^"\s:]+(?: \w)?)"?:', actions, re.MULTILINE)
    assert len(pressed) > 10
    for key in pressed:
        for part in key.split():
            assert part.replace("Escape", "Esc") in named
    assert assert_links_lead_somewhere(client, "/help/") > 1


def test_help_speaks_to_each_kind_of_reader(client: Client) -> None:
    headings = [words_of(heading) for heading in page(client, "/help/").find("h2")]
    assert {"If you study", "If you analyse", "If you teach"} <= set(headings)


def test_a_page_that_there_is_not_shows_a_way_on(client: Client) -> None:
    root = page(client, "/nowhere/", 404)
    assert {"/", "/help/"} <= {a.attributes["href"] for a in root.find("main")[0].find("a")}
    client.force_login(make.bob())
    assert "Sign in" not in words_of(page(client, "/nowhere/", 404))


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_a_page_for_what_went_wrong_needs_nothing_and_shows_a_way_on(name: str) -> None:
    html = render_to_string(name)
    assert '<a href="/">' in html
    assert "/static/" not in html
