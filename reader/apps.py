"""The one Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_save, pre_delete


class ReaderConfig(AppConfig):
    """Facing Pages."""

    name = "reader"
    verbose_name = "Facing Pages"

    def ready(self) -> None:
        """Let the stages above hear what those below tell."""
        from reader.annotate import carry, moderating
        from reader.annotate import leaving as annotations
        from reader.annotate.outliving import on_asked_what_goes, on_readers_changed
        from reader.annotate.signals import change_turned, change_turning
        from reader.compare import asking, judging, pairing
        from reader.compare import leaving as parallels
        from reader.compare.models import Pairing
        from reader.http import send_at_once
        from reader.library import leaving as texts
        from reader.library.signals import asked_what_goes, readers_changed, revision_kept
        from reader.people import class_leaving
        from reader.people.models import User
        from reader.people.quiet import keep_servers_quiet
        from reader.people.signals import account_leaving
        from reader.share import going

        keep_servers_quiet()
        send_at_once()
        self._share()

        revision_kept.connect(carry.on_revision_kept, dispatch_uid="annotate.carry")
        # After the passages of the text have come along.
        revision_kept.connect(asking.on_revision_kept, dispatch_uid="compare.asking")
        pre_delete.connect(pairing.on_pairing_deleted, sender=Pairing, dispatch_uid="compare.pairing")
        change_turning.connect(moderating.on_change_turning, dispatch_uid="annotate.moderating")
        change_turning.connect(judging.on_change_turning, dispatch_uid="compare.judging")
        change_turned.connect(judging.on_change_turned, dispatch_uid="compare.judging")
        readers_changed.connect(carry.on_readers_changed, dispatch_uid="annotate.carry")
        # After the passages of the text have come along.
        readers_changed.connect(on_readers_changed, dispatch_uid="annotate.outliving")
        asked_what_goes.connect(on_asked_what_goes, dispatch_uid="annotate.outliving")
        # First: what a class does with its texts and notes is decided once somebody else leads it.
        account_leaving.connect(class_leaving.on_account_leaving, dispatch_uid="people.class_leaving")
        # Before annotations go: prompts of classes stay.
        account_leaving.connect(going.on_account_leaving, dispatch_uid="share.going")
        post_save.connect(parallels.on_person_saved, sender=User, dispatch_uid="compare.leaving")
        account_leaving.connect(parallels.on_account_leaving, dispatch_uid="compare.leaving")
        account_leaving.connect(annotations.on_account_leaving, dispatch_uid="annotate.leaving")
        account_leaving.connect(texts.on_account_leaving, dispatch_uid="library.leaving")
        self._classes()
        # After what they tell of is written.
        self._frozen()

    def _classes(self) -> None:
        from reader.annotate import class_leaving as written
        from reader.people.signals import class_copied, left_class, returned_to_class, role_changed

        left_class.connect(written.on_left_class, dispatch_uid="annotate.class_leaving")
        returned_to_class.connect(written.on_returned_to_class, dispatch_uid="annotate.class_leaving")
        role_changed.connect(written.on_role_changed, dispatch_uid="annotate.class_leaving")
        class_copied.connect(written.on_class_copied, dispatch_uid="annotate.class_leaving")

    def _frozen(self) -> None:
        from reader.annotate.signals import annotations_changed, showings_changed
        from reader.people.signals import left_class, returned_to_class, role_changed
        from reader.share import freezing

        annotations_changed.connect(freezing.on_annotations_changed, dispatch_uid="share.freezing")
        left_class.connect(freezing.on_membership_changed, dispatch_uid="share.freezing")
        returned_to_class.connect(freezing.on_membership_changed, dispatch_uid="share.freezing")
        role_changed.connect(freezing.on_membership_changed, dispatch_uid="share.freezing")
        showings_changed.connect(freezing.on_showings_changed, dispatch_uid="share.freezing")

    def _share(self) -> None:
        from reader.annotate.signals import change_turning
        from reader.desk.panels import panel_asked
        from reader.library.signals import asked_what_goes
        from reader.people.signals import class_copied, class_shown
        from reader.share import copying, going, panel, plan_views

        panel_asked.connect(panel.on_panel_asked, dispatch_uid="share.panel")
        class_shown.connect(plan_views.on_class_shown, dispatch_uid="share.plan")
        class_copied.connect(copying.on_class_copied, dispatch_uid="share.copying")
        asked_what_goes.connect(going.on_asked_what_goes, dispatch_uid="share.going")
        change_turning.connect(going.on_change_turning, dispatch_uid="share.going")
