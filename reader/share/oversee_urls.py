"""Addresses of what those who lead a class see of it."""

from django.urls import URLPattern, path

from reader.share import moderation_views, progress_views

ONE = "classes/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}progress/", progress_views.progress, name="progress"),
    path(f"{ONE}moderation/", moderation_views.moderation, name="moderation"),
    path("moderation/", moderation_views.public_moderation, name="public_moderation"),
]
