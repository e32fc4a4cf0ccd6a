"""Claims at the desk: made with keys from two selections, seen at both ends, never lost."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate.models import Annotation
from tests import make
from tests.browser import texts
from tests.browser.conftest import AxeCheck, Console, SignedIn
from tests.browser.marks import opened, press, said, select
from tests.browser.texts import MIDDLE, PHONE, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


def begin(page: Page) -> None:
    """Begin a claim in the left text, and go on in the right one."""
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    said(page, "Claim begun at")
    select(page, "#right-p1", 0, 30)
    page.keyboard.press("c")
    expect(page.get_by_role("form", name="Claim")).to_be_visible()


def test_two_selections_and_three_keys_make_a_claim_that_both_leaves_show(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in, size=WIDE)
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    said(page, "Choose a passage of the other text")
    select(page, "#right-p1", 0, 30)
    page.keyboard.press("c")
    expect(page.locator(".claiming input").first).to_be_focused()
    page.keyboard.press("2")
    said(page, "Claim kept: contradicts.")
    claim = Annotation.objects.get()
    assert [str(one.passage) for one in claim.targets.select_related("passage")] == [
        texts.prose(2)[4:40].strip(),
        texts.prose(0)[:30].strip(),
    ]
    for side in ("left", "right"):
        expect(page.locator(f"#{side} mark.kind-claim")).not_to_have_count(0)
        card = page.locator(f"#{side} .cards .card")
        expect(card.locator(".relation")).to_have_text("contradicts")
    expect(page.locator(".claiming")).to_have_count(0)
    assert not page.evaluate("CSS.highlights.has('claimed')")
    page.keyboard.press("u")
    said(page, "Undone")
    expect(page.locator("mark.kind-claim")).to_have_count(0)
    expect(page.locator(".cards .card")).to_have_count(0)


def test_the_why_may_be_written_first_and_its_numbers_choose_nothing(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    begin(page)
    page.keyboard.press("1")
    said(page, "Claim kept: agrees with.")
    begin(page)
    page.locator(".claiming textarea").focus()
    page.keyboard.type("Only 2 of *3* say so.")
    page.locator(".claiming input").nth(2).focus()
    page.keyboard.press("3")
    said(page, "Claim kept: qualifies.")
    claim = Annotation.objects.get(relation="qualifies")
    assert claim.body == "Only 2 of *3* say so."
    expect(page.locator("#right .cards .card .body em")).to_have_text("3")


def test_a_press_chooses_and_keep_keeps(page: Page, live_server: LiveServer, signed_in: SignedIn) -> None:
    opened(page, live_server, signed_in)
    begin(page)
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".claiming .problem")).to_contain_text("Say how they stand")
    page.get_by_text("extends").click()
    page.get_by_role("button", name="Turn round").click()
    expect(page.locator(".claiming input:checked")).to_have_value("extends")
    page.get_by_role("button", name="Keep").click()
    said(page, "Claim kept: extends.")
    first = Annotation.objects.get().targets.select_related("passage__document")[0]
    assert first.passage.document is not None and first.passage.document.title == "Tide and Toll"


def test_the_key_twice_takes_the_parallel_that_leads_from_the_passage(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in, size=WIDE)
    page.wait_for_selector("nav.parallels", state="attached")
    link = page.locator("nav.parallels > a[data-parallel]").first
    left = [int(each) for each in (link.get_attribute("data-left") or "").split()]
    number = int((link.get_attribute("href") or "").split("left=p")[1].split("&")[0])
    start = int(page.locator(f"#left-p{number}").get_attribute("data-start") or 0)
    page.locator(f"#left-p{number}").scroll_into_view_if_needed()
    select(page, f"#left-p{number}", left[0] - start, left[0] - start + 20)
    page.keyboard.press("c")
    page.keyboard.press("c")
    expect(page.locator("#right > .claiming")).to_be_visible()
    expect(page.locator(".claiming [data-end='1']")).to_be_visible()
    page.keyboard.press("1")
    said(page, "Claim kept")
    assert Annotation.objects.get().passages.count() == 2


def without_parallels(page: Page) -> None:
    """Let the page know of no parallels."""
    page.evaluate("document.querySelectorAll('nav.parallels > a').forEach((link) => link.remove())")


def test_a_claim_of_silence_takes_no_parallel_by_the_key_or_by_the_button(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    said(page, "Choose a passage of the other text")
    page.keyboard.press("6")
    expect(page.get_by_role("radio", name="is met with silence")).to_be_checked()
    said(page, "press 6 again to keep it")
    page.keyboard.press("Escape")
    said(page, "Claim dropped.")
    page.keyboard.press("6")
    expect(page.get_by_role("form", name="Claim")).to_have_count(0)
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    page.get_by_role("button", name="The other is silent").click()
    page.get_by_role("button", name="Keep").click()
    said(page, "Claim kept: met with silence.")
    assert Annotation.objects.get().relation == "silent"


def test_the_key_twice_where_nothing_leads_on_tells_of_silence(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    without_parallels(page)
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    page.keyboard.press("c")
    said(page, "press 6 if it is silent")
    page.keyboard.press("2")
    expect(page.locator(".claiming .problem")).to_contain_text("Choose a passage of the other text")
    page.keyboard.press("6")
    said(page, "Claim kept: met with silence.")
    claim = Annotation.objects.get()
    assert claim.about is not None and claim.about.title == "Tide and Toll"
    expect(page.locator("#left .cards .card .ends")).to_have_text("Tide and Toll")


def test_more_passages_of_a_text_stand_in_one_claim(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    select(page, "#left-p2", 60, 90)
    page.keyboard.press("C")
    said(page, "One more passage")
    select(page, "#right-p1", 0, 30)
    page.keyboard.press("c")
    page.keyboard.press("4")
    said(page, "Claim kept: extends.")
    assert Annotation.objects.get().passages.count() == 3


def test_escape_drops_what_is_begun_and_closes_the_form(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    said(page, "Claim begun at")
    assert page.evaluate("CSS.highlights.has('claimed')")
    page.keyboard.press("Escape")
    said(page, "Claim dropped.")
    assert not page.evaluate("CSS.highlights.has('claimed')")
    begin(page)
    page.keyboard.press("Escape")
    expect(page.locator(".claiming")).to_have_count(0)
    said(page, "Claim dropped.")
    assert not Annotation.objects.exists()


def test_a_claim_that_is_begun_and_its_why_survive_a_reload(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in)
    select(page, "#left-p2", 4, 40)
    page.keyboard.press("c")
    said(page, "Claim begun at")
    page.reload()
    texts.ready(page)
    said(page, "A claim of yours is begun here.")
    select(page, "#right-p1", 0, 30)
    page.keyboard.press("c")
    page.locator(".claiming textarea").fill("Half a thou")
    page.reload()
    texts.ready(page)
    expect(page.locator(".claiming textarea")).to_have_value("Half a thou")
    page.locator(".claiming").get_by_role("button", name="Close").click()
    said(page, "kept here as a draft")
    page.reload()
    texts.ready(page)
    page.get_by_role("button", name="Go on").click()
    page.locator(".claiming textarea").fill("Half a thought.")
    page.locator(".claiming input").first.focus()
    page.keyboard.press("5")
    said(page, "Claim kept: cites.")
    assert Annotation.objects.get().body == "Half a thought."


def test_a_lost_connection_loses_nothing_and_sends_again(
    page: Page, live_server: LiveServer, signed_in: SignedIn, console: Console
) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED")
    opened(page, live_server, signed_in)
    begin(page)
    page.context.set_offline(True)
    page.keyboard.press("2")
    expect(page.locator(".claiming .problem")).to_have_text(
        "Not sent: you seem to be offline. It is kept here."
    )
    page.context.set_offline(False)
    page.get_by_role("button", name="Send again").click()
    said(page, "Claim kept: contradicts.")
    assert Annotation.objects.count() == 1


def test_a_claim_whose_answer_was_lost_is_not_made_twice(
    page: Page, live_server: LiveServer, signed_in: SignedIn, console: Console
) -> None:
    console.allow("ERR_FAILED")
    opened(page, live_server, signed_in)
    begin(page)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/claims/new/", lose)
    page.keyboard.press("2")
    expect(page.locator(".claiming .problem")).to_contain_text("Not sent")
    page.unroute("**/claims/new/")
    page.get_by_role("button", name="Send again").click()
    expect(page.locator(".claiming")).to_have_count(0)
    expect(page.locator("#left mark.kind-claim")).not_to_have_count(0)
    assert Annotation.objects.count() == 1


def test_signed_out_while_typing_one_signs_in_and_goes_on(
    page: Page, live_server: LiveServer, signed_in: SignedIn, console: Console
) -> None:
    console.allow("401|403")
    opened(page, live_server, signed_in)
    begin(page)
    page.locator(".claiming textarea").fill("Not lost.")
    Session.objects.all().delete()
    page.locator(".claiming input").first.focus()
    page.keyboard.press("2")
    expect(page.locator(".claiming .problem")).to_contain_text("You are signed out")
    signed_in(page, make.bob())
    page.reload()
    texts.ready(page)
    expect(page.locator(".claiming textarea")).to_have_value("Not lost.")
    expect(page.locator(".claiming input:checked")).to_have_value("contradicts")
    page.locator(".claiming input").first.focus()
    page.keyboard.press("2")
    said(page, "Claim kept")


def test_one_text_alone_and_an_old_revision_take_no_claim(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    tides, _ = opened(page, live_server, signed_in)
    texts.desk(page, live_server, tides)
    page.keyboard.press("j")
    page.keyboard.press("c")
    said(page, "open another one facing this")
    expect(page.locator(".marking [data-act='claim']")).to_have_count(0)


def made(page: Page) -> None:
    """Make a claim with the bar, as a hand does."""
    select(page, "#left-p15", 4, 60)
    page.locator(".marking [data-act='claim']").click()
    said(page, "Claim begun at")
    select(page, "#right-p9", 0, 40)
    page.locator(".marking [data-act='claim']").click()
    page.get_by_text("contradicts").click()
    page.get_by_role("button", name="Keep").click()
    said(page, "Claim kept")


def test_a_card_brings_the_other_half_to_its_passage(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    opened(page, live_server, signed_in, size=WIDE)
    made(page)
    texts.scroll(page, "right", 0)
    page.evaluate("window.stayed = true")
    press(page, "#left .cards .card .ends a")
    texts.until(page, "document.querySelector('#right-p9').getBoundingClientRect().top < innerHeight / 3")
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    assert "right=p9" in page.url


def test_a_row_of_the_ledger_opens_both_halves_at_their_places(
    page: Page, live_server: LiveServer, signed_in: SignedIn
) -> None:
    one, other = opened(page, live_server, signed_in, size=WIDE)
    made(page)
    page.goto(f"{live_server.url}/facing/{one.slug}/{other.slug}/claims/")
    page.get_by_role("cell", name="contradicts").get_by_role("link").click()
    texts.ready(page)
    for place in ("#left-p15", "#right-p9"):
        box = texts.box(page, place)
        assert 0 < box["top"] < 500, f"{place} is in sight"


def test_the_ledger_is_narrowed_without_leaving_it(
    page: Page, live_server: LiveServer, signed_in: SignedIn, axe: AxeCheck
) -> None:
    one, other = opened(page, live_server, signed_in)
    made(page)
    page.goto(f"{live_server.url}/facing/{one.slug}/{other.slug}/claims/")
    axe(page)
    page.get_by_label("Relation").select_option("agrees")
    expect(page.get_by_text("No claim here is like that.")).to_be_visible()
    assert "relation=agrees" in page.url
    page.get_by_label("Relation").select_option("contradicts")
    expect(page.locator("tbody.claim")).to_have_count(1)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    expect(page.locator("tbody.claim")).to_be_visible()
    expect(page.locator(".note-filter")).to_be_hidden()


@pytest.mark.parametrize("size", [MIDDLE, PHONE])
def test_the_forms_of_a_claim_are_fit_for_all(
    page: Page, live_server: LiveServer, signed_in: SignedIn, axe: AxeCheck, size: tuple[int, int]
) -> None:
    one, other = opened(page, live_server, signed_in, size=size)
    begin(page)
    axe(page)
    page.goto(f"{live_server.url}/facing/{one.slug}/{other.slug}/claims/new/?left=p2&right=p3")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
