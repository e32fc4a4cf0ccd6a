"""Fixtures that drive a real Chromium against a live server.

A test takes `page` and `live_server` and says `page.goto(live_server.url + "/…")`. It fails when the page
logs an error, breaks the Content-Security-Policy or throws, unless it says `console.allow("words of it")`.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError
from pytest_django.live_server_helper import LiveServer

from reader.compare.align import Match, Unit, align
from reader.people.models import User
from tools.browser import launch_options

# Playwright's loop runs in the test's thread, and Django takes any running loop for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What passes is not gathered, which takes longer than finding what does not.
    "resultTypes": ["violations"],
}

SignedIn = Callable[[Page, User], Page]
AxeCheck = Callable[..., None]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, which calls nobody."""
    return {**browser_type_launch_args, **launch_options()}


class Console:
    """What the pages of a test said that they should not have said."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self._allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Expect messages that this pattern finds, such as the browser's line about a 404 that is meant."""
        self._allowed.append(pattern)

    def listen(self, context: BrowserContext) -> None:
        """Hear every page of a context."""
        context.on("console", self._hear)
        context.on("weberror", self._catch)

    def unexpected(self) -> list[str]:
        """The errors that nobody allowed."""
        return [error for error in self.errors if not any(re.search(known, error) for known in self._allowed)]

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium reports what the Content-Security-Policy stopped as an error, too.
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def _catch(self, error: WebError) -> None:
        self.errors.append(str(error.error))


@pytest.fixture
def console() -> Console:
    """The errors that this test's pages logged; allow() those that are meant."""
    return Console()


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], console: Console
) -> Callable[..., BrowserContext]:
    """Contexts that are heard: `page`'s, and those that a test makes (java_script_enabled=False, say)."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        console.listen(context)
        return context

    return make


@pytest.fixture(autouse=True)
def no_console_errors(console: Console) -> Iterator[None]:
    """Fail a test whose pages logged an error."""
    yield
    assert not console.unexpected(), "the page logged: " + "; ".join(console.unexpected())


@pytest.fixture
def signed_in(live_server: LiveServer) -> SignedIn:
    """signed_in(page, user) gives the page's browser the session of this user."""

    def sign_in(page: Page, user: User) -> Page:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return page

    return sign_in


@lru_cache(maxsize=64)
def _aligned(
    left: tuple[Unit, ...], right: tuple[Unit, ...], more: tuple[tuple[str, Any], ...]
) -> list[Match]:
    return align(left, right, **dict(more))


@pytest.fixture(autouse=True)
def compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Align the same texts once a process: nearly every test brings them in anew."""

    def known(left: Sequence[Unit], right: Sequence[Unit], **more: Any) -> list[Match]:
        kept = {name: frozenset(v) if isinstance(v, (set, list, dict)) else v for name, v in more.items()}
        return _aligned(tuple(left), tuple(right), tuple(sorted(kept.items())))

    monkeypatch.setattr("reader.compare.finding.align", known)


@pytest.fixture
def axe() -> AxeCheck:
    """axe(page) fails, with its report, where axe finds a fault; axe(page, "#part") looks at a part."""

    def check(page: Page, context: str | None = None) -> None:
        # axe asks for colours, which are not final while a page fades in.
        page.wait_for_load_state("load")
        results = Axe().run(page, context=context, options=AXE_RULES)
        assert results.violations_count == 0, results.generate_report()

    return check
