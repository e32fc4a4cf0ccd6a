"""Addresses of links to views."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
