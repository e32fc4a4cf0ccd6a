"""What becomes of somebody's texts when they delete their account."""

from typing import Any

from django.db.models import QuerySet

from reader.library import actions
from reader.library.models import Document, Import
from reader.people.models import User

NAMED = 5


def on_account_leaving(*, person: User, asking: bool, **more: Any) -> list[str]:
    """Private texts go, public ones stay without an owner; asking: say so, and change nothing."""
    owned = Document.objects.filter(owner=person)
    private, public = owned.filter(is_public=False), owned.filter(is_public=True)
    if asking:
        return _fate(private, public, Import.objects.visible_to(person).listed().count())
    for document in private:
        actions.delete(document=document)
    public.update(owner=None)
    return []


def _fate(private: QuerySet[Document], public: QuerySet[Document], waiting: int) -> list[str]:
    said = []
    if names := _named(private):
        said.append(f"Private texts of yours are deleted, with all their revisions: {names}.")
    if names := _named(public):
        said.append(
            f"Texts that everybody may read stay, without an owner: {names}. Make private what is to go."
        )
    if waiting:
        said.append("What you added but did not keep yet is deleted.")
    return said


def _named(documents: QuerySet[Document]) -> str:
    """Their titles: “The first”, “The second” and 3 more."""
    titles = [f"“{title}”" for title in documents.values_list("title", flat=True)[:NAMED]]
    more = documents.count() - len(titles)
    return ", ".join(titles) + (f" and {more} more" if more else "")
