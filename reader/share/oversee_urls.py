"""Addresses of what those who lead a class see of it."""

from django.urls import URLPattern, path

from reader.share import progress_views

ONE = "classes/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}progress/", progress_views.progress, name="progress"),
]
