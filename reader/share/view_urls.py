"""Addresses of views and reading plans."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
