"""Addresses of views, of links to them, and of what those who lead a class see of it."""

from django.urls import URLPattern

from reader.share.link_urls import urlpatterns as link_urls
from reader.share.oversee_urls import urlpatterns as oversee_urls
from reader.share.view_urls import urlpatterns as view_urls

app_name = "share"
urlpatterns: list[URLPattern] = [*view_urls, *link_urls, *oversee_urls]
