"""Making marks over HTTP as a script of the desk does, and as a form without one does."""

from typing import Any

from django.test import Client

from reader.library.models import Document, Revision
from tests.library.laid import Element, read

PART = {"HX-Request": "true"}


def text_of(document: Document) -> str:
    """The text of the current revision."""
    return Revision.objects.values_list("text", flat=True).get(pk=document.current_id or 0)


def at(document: Document, words: str) -> dict[str, Any]:
    """The fields of a form that say where these words stand first, after the title."""
    text = text_of(document)
    start = text.index(words, text.index("\n"))
    return {"revision": 1, "start": start, "end": start + len(words), "exact": words}


def mark(client: Client, document: Document, words: str, status: int = 201, **fields: Any) -> Element:
    """Mark these words as a script does; the parts of the answer."""
    answer = client.post(
        f"/read/{document.slug}/annotations/", {**at(document, words), **fields}, headers=PART
    )
    assert answer.status_code == status, answer.content.decode()
    return read(answer.content.decode())


def act(client: Client, address: str, status: int = 200, **fields: Any) -> Element:
    """Send a form as a script does; the parts of the answer."""
    answer = client.post(address, fields, headers=PART)
    assert answer.status_code == status, answer.content.decode()
    return read(answer.content.decode())


def said(parts: Element) -> str:
    """What the answer says was done."""
    return parts.find("section", "changed")[0].attributes["data-said"]
