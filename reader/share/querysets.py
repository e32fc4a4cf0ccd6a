"""What is read of views and links, and the one rule of who may see and change them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from reader.annotate.layer_querysets import groups_known_to, groups_of
from reader.library.querysets import Reader
from reader.people.class_models import Class, Membership

if TYPE_CHECKING:
    from reader.share.models import Link, View  # noqa: F401 - named in the base classes below


class ViewQuerySet(models.QuerySet["View"]):
    """Views, by who may do what with them."""

    def live(self) -> "ViewQuerySet":
        """Those that were not deleted."""
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, user: Reader) -> "ViewQuerySet":
        """Those of one's classes once they are shown, before that to those who lead or assist; one's own."""
        if not user.is_authenticated:
            return self.none()
        shown = Q(shown_at__isnull=False, group__in=groups_of(user)) | Q(group__in=groups_known_to(user))
        return self.live().filter(shown | Q(owner=user.pk, group__isnull=True))

    def writable_by(self, user: Reader) -> "ViewQuerySet":
        """Those of the classes that one leads, and those of one's own that are in no class."""
        if not user.is_authenticated:
            return self.none()
        led = Class.objects.led_by(user).filter(archived_at__isnull=True)  # type: ignore[arg-type]
        return self.live().filter(Q(group__in=led) | Q(owner=user.pk, group__isnull=True))


class LinkQuerySet(models.QuerySet["Link"]):
    """Links to views."""

    def live(self) -> "LinkQuerySet":
        """Those that still open: neither revoked nor expired, to a view that is there.

        Whoever made one leads the view's class, or owns the view that is in none, and may give its texts:
        public ones, and their own; those of the staff may give all. One statement, whatever it is asked for.
        """
        lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=Now())
        there = self.filter(lasting, revoked_at__isnull=True, view__deleted_at__isnull=True)
        leading = Membership.objects.leading().filter(
            group=OuterRef("view__group"), person=OuterRef("made_by")
        )
        own = Q(view__group__isnull=True, view__owner=F("made_by"))
        texts = (_texts_given("view") & Q(form="live")) | (_texts_given("snapshot") & Q(form="frozen"))
        return there.filter(own | Q(Exists(leading)), texts, made_by__is_active=True)


def _texts_given(path: str) -> Q:
    """That whoever made a link may give the texts at this path to others."""
    return _text_given(f"{path}__left") & (
        Q(**{f"{path}__right__isnull": True}) | _text_given(f"{path}__right")
    )


def _text_given(path: str) -> Q:
    return (
        Q(made_by__is_staff=True) | Q(**{f"{path}__is_public": True}) | Q(**{f"{path}__owner": F("made_by")})
    )
