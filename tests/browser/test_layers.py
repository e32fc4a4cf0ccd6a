"""Layers in a real browser: choosing whose eyes one writes for, and whose marks are drawn."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation
from reader.people.class_models import Class
from reader.people.models import User
from tests import make
from tests.browser import texts
from tests.browser.conftest import Console, SignedIn
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
