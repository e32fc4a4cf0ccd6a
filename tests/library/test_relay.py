"""Texts kept by an older version are laid again as this one lays them."""

from io import StringIO

import pytest
from django.core.management import call_command

from reader.library.models import Chunk
from tests import make

pytestmark = pytest.mark.django_db

FIELDS = [field.attname for field in Chunk._meta.concrete_fields if field.attname != "id"]


def relay(*options: str) -> str:
    """What the command prints."""
    printed = StringIO()
    call_command("relay", *options, stdout=printed)
    return printed.getvalue()


def test_a_text_of_an_older_layout_is_laid_as_if_it_were_kept_now() -> None:
    make.document(make.book(600, 20))
    before = list(Chunk.objects.values(*FIELDS))
    assert len(before) > 2
    Chunk.objects.update(layout=0, html="old", runs=[], note_start=None, note_end=None)
    assert relay() == "Laid again: 1.\n"
    assert list(Chunk.objects.values(*FIELDS)) == before


def test_only_what_is_older_is_laid_again_unless_all_is_asked_for() -> None:
    old, new = make.document(title="Old"), make.document(title="New")
    Chunk.objects.filter(revision=old.current).update(layout=0)
    untouched = set(Chunk.objects.filter(revision=new.current).values_list("pk", flat=True))
    relay()
    assert set(Chunk.objects.filter(revision=new.current).values_list("pk", flat=True)) == untouched
    assert relay() == ""
    assert relay("--all") == "Laid again: 2.\n"
