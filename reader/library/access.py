"""Who may do what: the only place that decides. Fetching is permission; a stranger gets 404."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from reader.library.models import Document, Import
from reader.people.models import Role, User

UPLOADING = (Role.ANALYST, Role.INSTRUCTOR)


def readable(request: HttpRequest, slug: str) -> Document:
    """The document, where this person may read it."""
    return get_object_or_404(Document.objects.visible_to(request.user), slug=slug)


def writable(request: HttpRequest, slug: str) -> Document:
    """The document, where this person may change it; 403 where they may only read it."""
    document = readable(request, slug)
    if not may_change(request, document):
        raise PermissionDenied("This text belongs to somebody else: you may read it, but not change it.")
    return document


def may_change(request: HttpRequest, document: Document) -> bool:
    """Whether this person may replace, publish or delete the document."""
    return Document.objects.writable_by(request.user).filter(pk=document.pk).exists()


def may_add(user: object) -> bool:
    """Whether this person may bring texts into the library: analysts, instructors and the staff."""
    return isinstance(user, User) and (user.is_staff or user.role in UPLOADING)


def adder(request: HttpRequest) -> User:
    """The person, where they may bring texts into the library."""
    if isinstance(request.user, User) and may_add(request.user):
        return request.user
    raise PermissionDenied(
        "Texts are added by analysts, instructors and the staff of this library. "
        "Ask the staff to add yours, or to make you an analyst."
    )


def own_import(request: HttpRequest, pk: int) -> Import:
    """A person's own import, without the bytes and the parsed text, which may be large."""
    adder(request)
    return get_object_or_404(Import.objects.visible_to(request.user).defer("source", "parsed"), pk=pk)
