"""Addresses of what those who lead a class see of it."""

from django.urls import URLPattern, path

from reader.share import heat_views, moderation_views, progress_views, recorded_views, written_views

ONE = "classes/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}progress/", progress_views.progress, name="progress"),
    path(f"{ONE}progress.csv", written_views.progress_csv, name="progress_csv"),
    path(f"{ONE}written/", written_views.written, name="written"),
    path(f"{ONE}written.csv", written_views.written_csv, name="written_csv"),
    path(f"{ONE}members/<int:member>/written/", written_views.written_by, name="written_by"),
    path(f"{ONE}heat/<slug:slug>/", heat_views.heat_map, name="heat_map"),
    path(f"{ONE}recorded/", recorded_views.recorded_page, name="recorded"),
    path(f"{ONE}recorded.json", recorded_views.recorded_json, name="recorded_json"),
    path(f"{ONE}moderation/", moderation_views.moderation, name="moderation"),
    path("moderation/", moderation_views.public_moderation, name="public_moderation"),
]
