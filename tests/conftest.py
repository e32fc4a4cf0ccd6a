"""Fixtures for every test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# What a test has to do with a database by.
OF_A_DATABASE = {"db", "transactional_db", "django_db_setup", "client", "admin_client", "live_server", "rf"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what knows no database: it runs with the tests on SQLite alone."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    wanted = [item for item in items if _asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(wanted)])
    items[:] = wanted


def _asks_a_database(item: pytest.Item) -> bool:
    named = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not named.isdisjoint(OF_A_DATABASE)


@pytest.fixture(scope="session")
def originals() -> Path:
    """The folder of the two original texts, which belong to their authors and are no part of the project."""
    named = os.environ.get("READER_ORIGINALS", "")
    if not named:
        pytest.skip("READER_ORIGINALS names no folder with the original texts")
    folder = Path(named)
    if not folder.is_dir():
        pytest.skip(f"READER_ORIGINALS names {named}, which is no folder")
    return folder


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no test see what a process kept of another's texts, whose keys come again.

    The clock of the strips stands: else they ask anew between two requests once in half a minute.
    """
    from reader.desk import gutter, leans, strips

    monkeypatch.setattr(strips, "monotonic", lambda: 0.0)
    yield
    for module in (gutter, leans, strips):
        module.forget()
