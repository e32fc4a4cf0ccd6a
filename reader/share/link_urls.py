"""Addresses of links to views, and of what they give."""

from django.urls import URLPattern, path, re_path

from reader.share import guest_views as guests
from reader.share import link_views as links

ONE = "views/<int:pk>/links/"

urlpatterns: list[URLPattern] = [
    path(ONE, links.links, name="links"),
    path(f"{ONE}<int:link>/revoke/", links.revoke_link, name="revoke_link"),
    path("view/<str:token>/", guests.open_link, name="open_link"),
    # However much of it was lost or added: an address that is not found would be logged.
    re_path(r"^view/(?P<token>.+)$", guests.open_link),
    path("shared/<str:key>/", guests.shared, name="shared"),
    path("shared/<str:key>/part/<str:side>/<int:number>/", guests.shared_part, name="shared_part"),
]
