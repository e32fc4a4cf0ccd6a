"""Layers in a real browser: choosing whose eyes one writes for, and whose marks are drawn."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation, Layer
from reader.people.class_models import Class
from reader.people.models import User
from tests import make
from tests.annotate.marked import mark as marked
from tests.annotate.marked import words_of
from tests.browser import texts
from tests.browser.conftest import AxeCheck, Console, SignedIn
from tests.browser.marks import opened, said, select
from tests.people.classes import begun, enrolled

pytestmark = pytest.mark.django_db(transaction=True)


def in_class(*names: str) -> tuple[Class, list[User]]:
    """A class of ines's with these students."""
    group = begun(by=make.user("ines"), name="History 7")
    people = [make.user(name) for name in names]
    for one in people:
        enrolled(group, one)
    return group, people


def test_the_class_is_chosen_at_the_passage_and_named_wherever_something_is_written(
    page: Page, live_server: LiveServer, signed_in: SignedIn, console: Console
) -> None:
    console.allow("422")
    group, (sam,) = in_class("sam")
    pair = opened(page, live_server, signed_in, by=sam)
    select(page, "#left-p2", 0, 30)
    page.get_by_role("button", name="Who sees it: Only you").click()
    row = page.get_by_role("group", name="Who sees it").get_by_role("button")
    expect(row).to_have_text(["Only you", "Class: History 7", "Everybody"])
    row.nth(1).click()
    expect(page.get_by_role("button", name="Who sees it: Class: History 7")).to_be_focused()
    page.keyboard.press("h")
    said(page, "Highlighted")
    assert Annotation.objects.get().layer.key == f"class-{group.pk}"
    # Of the other text nothing was chosen; a question goes to the class, where somebody may answer.
    select(page, "#right-p2", 0, 30)
    expect(page.get_by_role("button", name="Who sees it: Only you")).to_be_visible()
    page.keyboard.press("q")
    seen_by = page.get_by_label("Seen by")
    expect(seen_by).to_have_value(f"class-{group.pk}")
    seen_by.select_option("private")
    page.get_by_label("Your question").fill("Who asks?")
    page.keyboard.press("Control+Enter")
    said(page, "Question asked")
    assert Annotation.objects.get(kind="question").layer.kind == "private"
    # Another browser of theirs proposes the same.
    page.evaluate("localStorage.clear()")
    texts.desk(page, live_server, *pair)
    select(page, "#left-p8", 0, 30)
    expect(page.get_by_role("button", name="Who sees it: Class: History 7")).to_be_visible()
    # Taken out of the class meanwhile: it says so, and what was typed is still there.
    page.keyboard.press("n")
    page.get_by_label("Your note").fill("Too late.")
    group.memberships.filter(person=sam).update(removed_at="2026-01-01T00:00Z")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".writing .problem")).to_contain_text("not in that class")
    expect(page.get_by_label("Your note")).to_have_value("Too late.")
    page.get_by_label("Seen by").select_option("private")
    page.keyboard.press("Control+Enter")
    said(page, "Note kept")
    assert Annotation.objects.get(body="Too late.").layer.kind == "private"


def test_the_menu_narrows_what_is_drawn_on_a_desk_and_on_a_phone(
    page: Page, live_server: LiveServer, signed_in: SignedIn, axe: AxeCheck
) -> None:
    group, (sam, tess) = in_class("sam", "tess")
    pair = texts.pair()
    of_class = Layer.objects.of_class(group)
    for number, layer in enumerate((of_class, of_class, Layer.objects.public())):
        start, end = words_of(pair[0], texts.prose(2)[:20])
        marked(pair[0], start, end + number, tess, layer=layer, kind="note", body=f"Note {number}.")
    texts.desk(signed_in(page, sam), live_server, *pair)
    cards = page.locator(".cards .card")
    expect(cards).to_have_count(3)
    page.get_by_label("Layers", exact=True).click()
    boxes = page.locator(".layers-form").get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    axe(page)
    page.get_by_label("Everybody").uncheck()
    page.get_by_role("button", name="Draw these").click()
    expect(cards).to_have_count(2)
    expect(page.get_by_label("Layers: 1 of 2 drawn")).to_be_visible()
    for width, height in (texts.WIDE, texts.TABLET, texts.MIDDLE):
        page.set_viewport_size({"width": width, "height": height})
        assert side_by_side(page), width
    page.get_by_role("button", name="Show all").click()
    expect(cards).to_have_count(3)
    # On a phone, and by keyboard.
    texts.desk(page, live_server, *pair, size=texts.PHONE)
    page.get_by_label("Layers", exact=True).focus()
    page.keyboard.press("Enter")
    only = page.get_by_role("button", name="Only Class: History 7")
    expect(only).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    only.press("Enter")
    expect(page.get_by_label("Layers: 1 of 2 drawn")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert side_by_side(page)
    # What the bar has no room for is in its menus.
    page.get_by_label("Layers: 1 of 2 drawn").click()
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_label("Layers", exact=True)).to_be_visible()
    page.get_by_label("Text settings").click()
    expect(page.get_by_role("link", name="Help and keys")).to_be_in_viewport()


def side_by_side(page: Page) -> bool:
    """Whether each title of the bar has some room, and no tool is printed on it or lies outside."""
    return bool(
        page.evaluate(
            """() => {
              const all = [...document.querySelectorAll(".bar-title, .bar-tools > *")];
              const seen = all.filter((one) => one.offsetWidth);
              const boxes = seen.map((one) => one.getBoundingClientRect());
              const apart = boxes.slice(1).every(({ left }, index) => left >= boxes[index].right - 1);
              const widths = seen.filter((one) => one.matches(".bar-title")).map((one) => one.clientWidth);
              return apart && Math.min(...widths) > 48 && boxes.at(-1).right <= innerWidth;
            }"""
        )
    )


def test_without_scripts_a_class_is_chosen_by_forms_and_notes_are_moved_to_it(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, signed_in: SignedIn
) -> None:
    group, (sam,) = in_class("sam")
    first, _ = texts.pair()
    page = signed_in(new_context(java_script_enabled=False).new_page(), sam)
    page.goto(f"{live_server.url}/read/{first.slug}/annotate/?at=p2")
    page.get_by_label("Words, where").fill("For us.")
    page.get_by_label("Note", exact=True).check()
    page.get_by_label("Class: History 7").check()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".card .layer")).to_have_text("History 7")
    page.get_by_label("Layers", exact=True).click()
    page.get_by_role("link", name="Whose marks are drawn").click()
    page.get_by_role("button", name="Only Class: History 7").click()
    expect(page.locator(".card")).to_have_count(1)
    page.goto(f"{live_server.url}/notes/?all=1")
    page.get_by_label("The notes of yours that are checked").select_option("private")
    page.get_by_role("button", name="Move there").click()
    expect(page.get_by_text("1 note moved to “Only you”.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    assert Annotation.objects.get().layer == Layer.objects.of_class(group)
