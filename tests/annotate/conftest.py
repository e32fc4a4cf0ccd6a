"""A text and a class, for tests of what is written in classes; a file that needs others has its own."""

import pytest

from reader.library.models import Document
from reader.people.class_models import Class
from tests import make
from tests.people.classes import begun, enrolled


@pytest.fixture
def document() -> Document:
    """On Tides, a sentence long."""
    words = "The tide rose over the quay, and nobody had seen it come."
    return make.document(make.parsed("On Tides", make.paragraph(words)))


@pytest.fixture
def group() -> Class:
    """A class of ines's with sam and tess."""
    made = begun(by=make.user("ines"))
    for name in ("sam", "tess"):
        enrolled(made, make.user(name))
    return made
