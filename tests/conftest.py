"""Fixtures for every test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


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
def nothing_kept() -> Iterator[None]:
    """Let no test see what a process kept of another's texts, whose keys come again."""
    yield
    from reader.desk import gutter, leans, strips

    for module in (gutter, leans, strips):
        module.forget()
