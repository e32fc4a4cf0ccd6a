"""The one Django app."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """Facing Pages."""

    name = "reader"
    verbose_name = "Facing Pages"
