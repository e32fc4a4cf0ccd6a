"""Sharing from end to end, in three browsers: an instructor's, a student's phone, a stranger's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reader.annotate import moderating
from reader.annotate.models import Layer
from reader.share.models import Link
from tests import make
from tests.annotate.marked import mark
from tests.browser import texts
from tests.browser.conftest import AxeCheck, Console, SignedIn
from tests.people.classes import invited, taught
from tests.share.given import answered, asked, viewed

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def given(page: Page, form: str) -> str:
    """The address of a link of this form that is made on the page of a view's links."""
    page.get_by_label(form).check()
    page.get_by_label("Give what others wrote").check()
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label("The link", exact=True).input_value()


def test_a_view_is_shared_answered_read_by_a_stranger_and_overseen(
    page: Page,
    live_server: LiveServer,
    signed_in: SignedIn,
    axe: AxeCheck,
    new_context: Callable[..., BrowserContext],
    console: Console,
) -> None:
    one = taught()
    ines, sam = one.people["instructor"], one.people["student"]
    left, right = texts.pair()
    view = viewed(one.group, ines, [left, right], title="Whose mud?", places=("2", "2"))
    answered(asked(view, ines, "Who owned it?"), sam, "The parish did.")
    of_class = Layer.objects.of_class(one.group)
    question = mark(left, 0, 9, sam, layer=of_class, kind="question", body="Why a warrant?")
    _, token = invited(one.group)

    # The instructor gives a frozen and a live link, which a stranger opens.
    signed_in(page, ines).goto(f"{live_server.url}/views/{view.pk}/links/")
    frozen = given(page, "Frozen")
    live = given(page, "Live")
    strangers = []
    for address in (frozen, live):
        stranger = new_context().new_page()
        stranger.goto(address)
        expect(stranger.get_by_role("heading", name="Whose mud?")).to_be_visible()
        expect(stranger.get_by_text("Why a warrant?")).to_be_visible()
        expect(stranger.get_by_text("The parish did.")).to_have_count(0)
        strangers.append(stranger)

    # A student follows the invitation on a phone, answers, and then sees what the others wrote.
    phone = signed_in(new_context(viewport=PHONE, has_touch=True).new_page(), make.user("nora"))
    phone.goto(f"{live_server.url}/join/{token}/")
    phone.get_by_role("button", name="Join").click()
    phone.goto(f"{live_server.url}/classes/{one.group.pk}/")
    phone.get_by_role("link", name="Whose mud?").click()
    phone.get_by_role("link", name="Answer").first.click()
    expect(phone.get_by_text("The parish did.")).to_have_count(0)
    phone.get_by_label("Your answer").fill("Nobody could say.")
    phone.get_by_role("button", name="Answer").click()
    expect(phone.get_by_text("The parish did.")).to_be_visible()
    phone.goto(f"{live_server.url}/classes/{one.group.pk}/recorded/")
    expect(phone.get_by_text("Answers to prompts: 1")).to_be_visible()
    axe(phone)

    # Revoked, the live link says nothing of itself; the frozen one is untouched.
    page.goto(f"{live_server.url}/views/{view.pk}/links/")
    page.locator("li, tr").filter(has_text="Live").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("Revoked. It opens nothing any more")).to_be_visible()
    assert Link.objects.filter(revoked_at__isnull=False).get().form == "live"
    console.allow("404")
    strangers[1].reload()
    expect(strangers[1].get_by_role("heading", name="There is nothing here")).to_be_visible()
    expect(strangers[1].get_by_text("Whose mud?")).to_have_count(0)
    strangers[0].reload()
    expect(strangers[0].get_by_role("heading", name="Whose mud?")).to_be_visible()

    # The pages of the class show it all, wide and narrow.
    for size in ({"width": 1440, "height": 900}, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"{live_server.url}/classes/{one.group.pk}/progress/")
        table = page.get_by_role("region", name="Who has read what")
        row = table.get_by_role("row").filter(has_text="nora")
        expect(row).to_be_visible()
        expect(row).to_contain_text("1 of 1 answered")
        box = table.bounding_box()
        assert box and box["height"] > 100
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("link", name="1 question that members asked has no answer").click()
    expect(page.get_by_text("Why a warrant?")).to_be_visible()
    page.goto(f"{live_server.url}/classes/{one.group.pk}/written/")
    expect(page.get_by_text("Nobody could say.")).to_be_visible()
    axe(page)
    page.goto(f"{live_server.url}/classes/{one.group.pk}/heat/{left.slug}/")
    expect(page.locator(".heat tr[class*='level-']").first).to_be_visible()
    axe(page)
    moderating.hide(annotation=question, by=ines, why="Off the subject.")
    page.goto(f"{live_server.url}/classes/{one.group.pk}/moderation/")
    expect(page.get_by_role("region", name="Log")).to_contain_text("Off the subject.")
    axe(page)
    # Of what was hidden since, the copy has kept its place alone.
    strangers[0].reload()
    expect(strangers[0].get_by_text("Why a warrant?")).to_have_count(0)
    expect(strangers[0].get_by_text("A note was withdrawn")).to_be_visible()
