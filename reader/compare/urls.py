"""Addresses of the pages that compare texts."""

from django.urls import path

from reader.compare import citing_views

app_name = "compare"
urlpatterns = [
    path("citing/", citing_views.citing, name="citing"),
]
