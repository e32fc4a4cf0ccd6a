"""Writing at the desk: nothing that was typed is lost, nothing is made twice."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation
from tests import make
from tests.browser import texts
from tests.browser.conftest import Console, SignedIn
from tests.browser.marks import opened, press, said, select
from tests.browser.texts import WIDE

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = texts.prose(2)


def begin(page: Page, words: str, selector: str = "#left-p2") -> None:
    """Select a passage and begin to write about it."""
    select(page, selector, 4, 40)
    page.keyboard.press("n")
    expect(page.locator(".writing textarea")).to_be_visible()
    page.keyboard.type(words)


def body(page: Page) -> str:
    """What stands in the open form."""
    return page.locator(".writing textarea").input_value()


def test_a_note_is_kept_and_stands_beside_its_passage(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in, size=WIDE)
    begin(page, "Who *says* so?", "#left-p15")
    page.keyboard.press("Control+Enter")
    said(page, "Note kept")
    card = page.locator("#left .cards .card")
    expect(card.locator("em")).to_have_text("says")
    mark, column = texts.box(page, "#left-p15 mark"), texts.box(page, "#left .text")
    place = texts.box(page, "#left .card")
    assert place["right"] < column["left"], "in the outer margin"
    assert abs(place["top"] - mark["top"]) < 12, "at the height of its passage"
    page.locator("#left-p15 mark").first.hover(position={"x": 4, "y": 4})
    expect(card).to_have_class(r"card hue-0 pattern-0 kind-note own placed lit")


def test_a_draft_survives_a_reload_with_its_form_open(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    begin(page, "Half a thou")
    page.reload()
    texts.ready(page)
    expect(page.get_by_role("form", name="Note")).to_be_visible()
    assert body(page) == "Half a thou"
    page.locator(".writing textarea").press("End")
    page.keyboard.type("ght.")
    page.keyboard.press("Control+Enter")
    said(page, "Note kept")
    note = Annotation.objects.get()
    assert (note.body, note.passages.get().exact) == ("Half a thought.", WORDS[4:40].strip())


def test_a_form_that_was_closed_keeps_its_draft_and_offers_it(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    pair = opened(page, live_server, signed_in)
    begin(page, "Later.")
    page.keyboard.press("Escape")
    said(page, "kept here as a draft")
    texts.desk(page, live_server, *pair)
    said(page, "A draft of yours is kept here.")
    page.get_by_role("button", name="Go on writing").click()
    assert body(page) == "Later."


def test_a_lost_connection_loses_nothing_and_sends_again(
    page: Page, live_server: LiveServer, signed_in: SignedIn, console: Console
) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED")
    opened(page, live_server, signed_in)
    begin(page, "Written on a train.")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".writing .problem")).to_have_text(
        "Not sent: you seem to be offline. It is kept here."
    )
    page.context.set_offline(False)
    page.get_by_role("button", name="Send again").click()
    said(page, "Note kept")
    assert Annotation.objects.get().body == "Written on a train."


def test_a_note_whose_answer_was_lost_is_not_made_twice(
    page: Page, live_server: LiveServer, signed_in: SignedIn, console: Console
) -> None:
    console.allow("ERR_FAILED")
    opened(page, live_server, signed_in)
    begin(page, "Once.")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/annotations/", lose)
    page.keyboard.press("Control+Enter")
    # The server answers first, which may take its time.
    expect(page.locator(".writing .problem")).to_contain_text("Not sent", timeout=20_000)
    assert Annotation.objects.count() == 1
    page.unroute("**/annotations/")
    page.get_by_role("button", name="Send again").click()
    expect(page.locator(".writing")).to_have_count(0)
    expect(page.locator("#left-p2 mark.kind-note")).not_to_have_count(0)
    assert Annotation.objects.count() == 1


def test_signed_out_while_typing_one_signs_in_and_goes_on(
    page: Page, live_server: LiveServer, signed_in: SignedIn, console: Console
) -> None:
    console.allow("401|403")
    dora = make.user("dora")
    opened(page, live_server, signed_in, by=dora)
    begin(page, "An hour's work.")
    Session.objects.all().delete()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".writing .problem")).to_contain_text("You are signed out.")
    page.get_by_role("link", name="Sign in and come back").click()
    page.fill("[name=login]", "dora")
    page.fill("[name=password]", "sesame")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/facing/**")
    texts.ready(page)
    expect(page.get_by_role("form", name="Note")).to_be_visible()
    assert body(page) == "An hour's work."
    page.locator(".writing textarea").press("Control+Enter")
    said(page, "Note kept")
    assert Annotation.objects.get().author == dora


def test_what_is_wrong_is_told_in_the_form(
    page: Page, live_server: LiveServer, signed_in: SignedIn, console: Console
) -> None:
    console.allow("422")
    opened(page, live_server, signed_in)
    begin(page, " ")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".writing .problem")).to_contain_text("write some words")
    page.locator(".writing textarea").fill("Words.")
    expect(page.locator(".writing .problem")).to_be_hidden()


def test_everything_is_undone_by_button_and_by_key_and_done_again(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    mark = page.locator("#left-p2 mark")
    begin(page, "A slip.")
    page.keyboard.press("Control+Enter")
    said(page, "Note kept")
    page.get_by_role("button", name="Undo").click()
    said(page, "Undone: Note kept")
    expect(mark).to_have_count(0)
    page.keyboard.press("Control+Shift+Z")
    said(page, "Done again")
    expect(mark).not_to_have_count(0)
    page.keyboard.press("u")
    said(page, "Undone")
    expect(mark).to_have_count(0)
    page.keyboard.press("U")
    expect(mark).not_to_have_count(0)
    page.keyboard.press("Control+z")
    expect(mark).to_have_count(0)
    assert Annotation.objects.live().count() == 0


def test_a_note_is_edited_answered_and_deleted_in_its_card(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in, size=WIDE)
    begin(page, "First.")
    page.keyboard.press("Control+Enter")
    card = page.locator("#left .cards .card")
    card.get_by_role("link", name="Edit").click()
    card.get_by_role("textbox", name="Words").fill("Second.")
    card.get_by_role("button", name="Keep").click()
    expect(card.locator(".body")).to_have_text("Second.")
    card.get_by_role("link", name="Reply").click()
    card.get_by_role("textbox", name="Your reply").fill("And an answer.")
    page.keyboard.press("Control+Enter")
    expect(card.locator(".replies")).to_contain_text("And an answer.")
    card.get_by_role("button", name="Delete").click()
    said(page, "deleted")
    expect(card).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(card.locator(".body").first).to_have_text("Second.")


def test_whoever_edits_what_was_edited_elsewhere_sees_both_wordings(
    page: Page, live_server: LiveServer, signed_in: SignedIn, console: Console
) -> None:
    console.allow("409")
    opened(page, live_server, signed_in, size=WIDE)
    begin(page, "First.")
    page.keyboard.press("Control+Enter")
    card = page.locator("#left .cards .card")
    card.get_by_role("link", name="Edit").click()
    card.get_by_role("textbox", name="Words").fill("Mine.")
    Annotation.objects.update(version=7, body="Theirs.", html="<p>Theirs.</p>")
    card.get_by_role("button", name="Keep").click()
    expect(card.get_by_role("alert")).to_contain_text("edited elsewhere")
    expect(card.locator(".elsewhere")).to_contain_text("Theirs.")
    expect(card.get_by_role("textbox", name="Words")).to_have_value("Mine.")
    card.get_by_role("button", name="Keep my wording").click()
    expect(card.locator(".body").first).to_have_text("Mine.")


def test_two_marks_over_each_other_open_both_notes_and_escape_returns(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    begin(page, "One.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".writing")).to_have_count(0)
    select(page, "#left-p2", 20, 70)
    page.keyboard.press("q")
    page.keyboard.type("Two?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".writing")).to_have_count(0)
    both = "#left-p2 mark[data-range*=' ']"
    expect(page.locator(both)).to_have_count(1)
    press(page, both)
    notes = page.get_by_role("dialog", name="Notes on this passage")
    expect(notes.locator(".card")).to_have_count(2)
    expect(notes).to_contain_text("One.")
    expect(notes).to_contain_text("Two?")
    page.keyboard.press("Escape")
    expect(notes).to_have_count(0)
    expect(page.locator(both)).to_be_focused()


def test_brackets_go_from_mark_to_mark_and_enter_opens(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    for selector in ("#left-p2", "#left-p8"):
        select(page, selector, 0, 20)
        page.keyboard.press("n")
        page.keyboard.type(f"On {selector}.")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".writing")).to_have_count(0)
    page.evaluate("document.getElementById('left').scrollTop = 0")
    page.evaluate("document.getElementById('left').focus()")
    page.keyboard.press("]")
    expect(page.locator("#left-p2 mark")).to_be_focused()
    page.keyboard.press("]")
    expect(page.locator("#left-p8 mark")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Notes on this passage")).to_contain_text("On #left-p8.")
    page.keyboard.press("Escape")
    expect(page.locator("#left-p8 mark")).to_be_focused()
    page.keyboard.press("[")
    expect(page.locator("#left-p2 mark")).to_be_focused()
