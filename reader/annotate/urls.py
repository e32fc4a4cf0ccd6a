"""Addresses of what readers added."""

from django.urls import path

from reader.annotate import (
    bringing_views,
    code_views,
    codebook_views,
    coding_views,
    meaning_views,
    moderating_views,
    showing,
    trash_views,
    views,
)
from reader.annotate.review_urls import urlpatterns as review_urls

app_name = "annotate"
urlpatterns = [
    path("notes/", views.notes, name="notes"),
    path("layers/showings/", showing.showings, name="showings"),
    path("notes/move/", views.move_notes, name="move_notes"),
    path("notes/export.<str:form>", views.export, name="export"),
    path("notes/import/", bringing_views.bring_in, name="import"),
    path("notes/import/<uuid:key>/", bringing_views.keep_brought, name="keep_import"),
    path("notes/<int:pk>/delete/", views.delete_note, name="delete_note"),
    path("notes/<int:pk>/restore/", trash_views.restore_note, name="restore_note"),
    path("notes/trash/", trash_views.trashed, name="trash"),
    path("notes/trash/empty/", trash_views.empty_trash, name="empty_trash"),
    path("notes/trash/<int:pk>/delete/", trash_views.delete_note_for_good, name="delete_note_for_good"),
    path("meanings/", meaning_views.all_meanings, name="meanings"),
    path("meanings/<int:pk>/edit/", meaning_views.edit_meaning, name="edit_meaning"),
    path("meanings/<int:pk>/delete/", meaning_views.delete_meaning, name="delete_meaning"),
    path("notices/", views.replies, name="notices"),
    path("notices/unread/", views.unread, name="unread"),
    path("codebooks/", codebook_views.codebooks, name="codebooks"),
    path("codebooks/import/", codebook_views.import_codebook, name="import_codebook"),
    path("codebooks/<int:pk>/", codebook_views.codebook, name="codebook"),
    path("codebooks/<int:pk>/edit/", codebook_views.edit_codebook, name="edit_codebook"),
    path("codebooks/<int:pk>/delete/", codebook_views.delete_codebook, name="delete_codebook"),
    path("codebooks/<int:pk>/codes/", codebook_views.add_code, name="add_code"),
    path("codebooks/<int:pk>/export.csv", codebook_views.export_codebook, name="export_codebook"),
    path("texts/<slug:slug>/codes/", coding_views.code_paragraphs, name="code_paragraphs"),
    path("codes/<int:pk>/", code_views.code, name="code"),
    path("codes/<int:pk>/move/", code_views.move_code, name="move_code"),
    path("codes/<int:pk>/merge/", code_views.merge_codes, name="merge_codes"),
    path("codes/<int:pk>/split/", code_views.split_code, name="split_code"),
    path("codes/<int:pk>/delete/", code_views.delete_code, name="delete_code"),
    path("annotations/<int:pk>/flag/", moderating_views.flag, name="flag"),
    path("annotations/<int:pk>/hide/", moderating_views.hide, name="hide"),
    path("annotations/<int:pk>/unhide/", moderating_views.unhide, name="unhide"),
    path("annotations/<int:pk>/settle/", moderating_views.settle, name="settle"),
    *review_urls,
]
