"""The fixtures themselves: a fault that they do not notice would pass everywhere."""

from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reader.people.models import User
from tests.browser.conftest import AxeCheck, Console, SignedIn

SCRIPT = "document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))"


@pytest.fixture
def opened(page: Page, live_server: LiveServer, console: Console) -> Page:
    """A page of ours that is plain text, so that it names no icon."""
    console.allow("favicon")
    page.goto(live_server.url + "/healthz")
    return page


def test_a_script_written_into_the_page_is_refused_and_heard(opened: Page, console: Console) -> None:
    opened.evaluate(f"() => {SCRIPT}")
    assert "Content Security Policy" in console.unexpected()[0]
    console.allow("Content Security Policy")


def test_an_error_that_nobody_caught_is_heard(opened: Page, console: Console) -> None:
    with opened.context.expect_event("weberror"):
        opened.evaluate("() => { setTimeout(() => { throw new Error('torn page'); }); }")
    assert "torn page" in console.unexpected()[0]
    console.allow("torn page")


def test_a_missing_page_is_heard(opened: Page, live_server: LiveServer, console: Console) -> None:
    opened.goto(live_server.url + "/no-such-page")
    assert "404" in console.unexpected()[0]
    console.allow("404")


def test_axe_refuses_a_page_without_language_or_title(opened: Page, axe: AxeCheck) -> None:
    with pytest.raises(AssertionError, match="lang attribute"):
        axe(opened)


def test_alice_is_signed_in(
    page: Page, live_server: LiveServer, signed_in: SignedIn, transactional_db: None
) -> None:
    alice = User.objects.create_user("alice", is_staff=True, is_superuser=True)
    signed_in(page, alice).goto(live_server.url + "/admin/")
    assert page.get_by_text("alice").first.is_visible()


def test_no_answer_waits_for_its_header_to_be_acknowledged(live_server: LiveServer) -> None:
    handler: Any = live_server.thread.httpd.RequestHandlerClass
    assert handler.disable_nagle_algorithm
