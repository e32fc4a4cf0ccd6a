"""Addresses of what readers added."""

from reader.annotate.review_urls import urlpatterns as review_urls

app_name = "annotate"
urlpatterns = [
    *review_urls,
]
