"""The one Django app."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """Facing Pages."""

    name = "reader"
    verbose_name = "Facing Pages"

    def ready(self) -> None:
        """Let the stages above hear what the library tells."""
        from reader.annotate.carry import on_revision_kept
        from reader.library.signals import revision_kept

        revision_kept.connect(on_revision_kept, dispatch_uid="annotate.carry")
