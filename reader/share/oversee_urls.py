"""Addresses of what those who lead a class see of it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
