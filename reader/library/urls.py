"""Addresses of the library."""

from django.urls import path

from reader.library import import_views, views

app_name = "library"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("texts/<slug:slug>/", views.document, name="document"),
    path("texts/<slug:slug>/works/", views.works, name="works"),
    path("texts/<slug:slug>/revisions/<int:number>/", views.revision, name="revision"),
    path("texts/<slug:slug>/publish/", views.publish, name="publish"),
    path("texts/<slug:slug>/delete/", views.delete_document, name="delete_document"),
    path("add/", import_views.add_import, name="add_import"),
    path("imports/<int:pk>/", import_views.review_import, name="review_import"),
    path("imports/<int:pk>/keep/", import_views.keep_import, name="keep_import"),
    path("imports/<int:pk>/discard/", import_views.discard_import, name="discard_import"),
    path("imports/<int:pk>/restore/", import_views.restore_import, name="restore_import"),
    path("imports/<int:pk>/again/", import_views.read_import_again, name="read_import_again"),
]
