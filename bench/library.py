"""The library that is measured: the seeds and a book of two megabytes, on SQLite."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from bench.texts import book
from reader.library.models import Document, Work
from reader.people.models import User

BOOK_BYTES = 2_000_000


@dataclass(frozen=True)
class Library:
    """Where the measured pages are, and the cookie header of a signed-in reader."""

    left: str
    right: str
    book: str
    cookie: dict[str, str]

    @property
    def facing(self) -> str:
        """The path of the facing page of the two seeds."""
        return reverse("desk:facing", args=[self.left, self.right])

    @property
    def facing_book(self) -> str:
        """The path of the same with the book in the right half."""
        return reverse("desk:facing", args=[self.left, self.book])


def make_library(folder: Path) -> Library:
    """Fill the database that the environment names and collect the static files."""
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as quiet:
        call_command("load_seeds", stdout=quiet)
        call_command("collectstatic", interactive=False, verbosity=0)
        source = folder / "book.md"
        source.write_text(book(BOOK_BYTES), encoding="utf-8")
        before = set(Document.objects.values_list("pk", flat=True))
        call_command("ingest", str(source), stdout=quiet)
    added = Document.objects.exclude(pk__in=before)
    pair = Work.objects.pairs(None)[0]
    return Library(pair.citing, pair.cited, book=added.get().slug, cookie=signed_in_cookie())


def signed_in_cookie(name: str = "alice") -> dict[str, str]:
    """The header that the browser of a reader sends who has just made an account and signed in."""
    client = Client()
    client.force_login(User.objects.create_user(name))
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}


def with_token(cookie: dict[str, str]) -> dict[str, str]:
    """The same, with the headers by which a form proves that it came from our own page."""
    token = get_random_string(32, "abcdefghijklmnopqrstuvwxyz")
    return {"Cookie": f"{cookie['Cookie']}; {settings.CSRF_COOKIE_NAME}={token}", "X-CSRFToken": token}
