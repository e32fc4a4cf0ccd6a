"""The back office: people, and a look at the library. Texts are added and deleted on the site's own pages."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from reader.library.actions import set_public
from reader.library.models import Document, Work
from reader.people.actions import leave, why_stays
from reader.people.models import User


class LookOnly:
    """Rows that have actions of their own, which the back office must not go round."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes here."""
        return False


@admin.register(Document)
class DocumentAdmin(LookOnly, admin.ModelAdmin[Document]):
    """Who owns a text, and who may read it."""

    list_display = ("title", "slug", "owner", "is_public", "added_at")
    list_filter = ("is_public",)
    search_fields = ("title", "slug")
    fields = ("title", "slug", "owner", "is_public", "added_at")
    readonly_fields = ("title", "slug", "added_at")
    raw_id_fields = ("owner",)

    def save_model(self, request: HttpRequest, obj: Document, form: Any, change: bool) -> None:
        """Tell every stage who may read it now."""
        super().save_model(request, obj, form, change)
        set_public(document=obj, public=obj.is_public)


@admin.register(Work)
class WorkAdmin(LookOnly, admin.ModelAdmin[Work]):
    """What is cited."""

    list_display = ("title", "url", "publication", "published_on")
    search_fields = ("title", "url")
    readonly_fields = ("key", "url", "title", "title_key", "authors", "publication", "published_on")


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """Who has an account; the role says who may add texts. Who is deleted here leaves as by themselves."""

    list_display = ("username", "email", "first_name", "last_name", "role", "is_staff")
    list_editable = ("role",)
    list_filter = ("role", *UserAdmin.list_filter)
    fieldsets = ((None, {"fields": ("username", "password", "role")}), *(UserAdmin.fieldsets or ())[1:])

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not of the last who can give rights."""
        return super().has_delete_permission(request, obj) and not (obj and why_stays(obj))

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Let every stage clean up."""
        leave(person=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """All of them, or nobody where one has to stay."""
        with transaction.atomic():
            for person in queryset:
                leave(person=person)
