"""The one Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_save, pre_delete


class ReaderConfig(AppConfig):
    """Facing Pages."""

    name = "reader"
    verbose_name = "Facing Pages"

    def ready(self) -> None:
        """Let the stages above hear what those below tell."""
        from reader.annotate import carry
        from reader.annotate import leaving as annotations
        from reader.annotate.outliving import on_asked_what_goes, on_readers_changed
        from reader.annotate.signals import change_turned, change_turning
        from reader.compare import asking, judging, pairing
        from reader.compare import leaving as parallels
        from reader.compare.models import Pairing
        from reader.library import leaving as texts
        from reader.library.signals import asked_what_goes, readers_changed, revision_kept
        from reader.people import class_leaving
        from reader.people.models import User
        from reader.people.quiet import keep_servers_quiet
        from reader.people.signals import account_leaving

        keep_servers_quiet()

        revision_kept.connect(carry.on_revision_kept, dispatch_uid="annotate.carry")
        # After the passages of the text have come along.
        revision_kept.connect(asking.on_revision_kept, dispatch_uid="compare.asking")
        pre_delete.connect(pairing.on_pairing_deleted, sender=Pairing, dispatch_uid="compare.pairing")
        change_turning.connect(judging.on_change_turning, dispatch_uid="compare.judging")
        change_turned.connect(judging.on_change_turned, dispatch_uid="compare.judging")
        readers_changed.connect(carry.on_readers_changed, dispatch_uid="annotate.carry")
        # After the passages of the text have come along.
        readers_changed.connect(on_readers_changed, dispatch_uid="annotate.outliving")
        asked_what_goes.connect(on_asked_what_goes, dispatch_uid="annotate.outliving")
        # First: what a class does with its texts and notes is decided once somebody else leads it.
        account_leaving.connect(class_leaving.on_account_leaving, dispatch_uid="people.class_leaving")
        post_save.connect(parallels.on_person_saved, sender=User, dispatch_uid="compare.leaving")
        account_leaving.connect(parallels.on_account_leaving, dispatch_uid="compare.leaving")
        account_leaving.connect(annotations.on_account_leaving, dispatch_uid="annotate.leaving")
        account_leaving.connect(texts.on_account_leaving, dispatch_uid="library.leaving")
