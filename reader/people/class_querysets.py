"""What is read of classes, and the one rule of who may see and change them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from reader.people.class_models import Class, Invitation, Membership  # noqa: F401
    from reader.people.models import User

    Visitor = User | AnonymousUser

ACTIVE = Q(left_at__isnull=True, removed_at__isnull=True)


class ClassQuerySet(models.QuerySet["Class"]):
    """Classes and teams, by who may do what with them."""

    def visible_to(self, user: "Visitor") -> "ClassQuerySet":
        """Those that this person is in now; staff see all."""
        return self if user.is_authenticated and user.is_staff else self.of(user)

    def writable_by(self, user: "Visitor") -> "ClassQuerySet":
        """Those that this person leads; staff may change all."""
        return self if user.is_authenticated and user.is_staff else self.led_by(user)

    def of(self, user: "Visitor") -> "ClassQuerySet":
        """Those that this person is in, of the staff or not."""
        return self.filter(Exists(_of(user)))

    def led_by(self, user: "Visitor") -> "ClassQuerySet":
        """Those that this person leads, of the staff or not."""
        return self.filter(Exists(_of(user).leading()))

    def counted(self) -> "ClassQuerySet":
        """With the number of people in each, as people."""
        return self.annotate(
            people=Count(
                "memberships",
                filter=Q(memberships__left_at__isnull=True, memberships__removed_at__isnull=True),
            )
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is in a class, and who was."""

    def active(self) -> "MembershipQuerySet":
        """Those who are in it now."""
        return self.filter(ACTIVE)

    def leading(self) -> "MembershipQuerySet":
        """Those who lead."""
        from reader.people.class_models import LEADING

        return self.active().filter(role__in=LEADING)

    def by_rank(self) -> "MembershipQuerySet":
        """Who leads first, then who assists, then the others by name."""
        from reader.people.class_models import LEADING, ClassRole

        rank = Case(When(role__in=LEADING, then=0), When(role=ClassRole.ASSISTANT, then=1), default=2)
        return self.order_by(rank, "person__username")

    def restorable(self) -> "MembershipQuerySet":
        """Those removed not long ago, of people who are not in again."""
        from reader.people.class_models import RESTORABLE, Membership

        again = Membership.objects.active().filter(group=OuterRef("group"), person=OuterRef("person"))
        recent = self.filter(removed_at__gt=timezone.now() - RESTORABLE)
        return recent.filter(~Exists(again)).order_by("-removed_at", "-pk")

    def named(self, words: str) -> "MembershipQuerySet":
        """Those whose username or name holds each of these words."""
        found = self
        for word in words.split()[:10]:
            found = found.filter(
                Q(person__username__icontains=word)
                | Q(person__first_name__icontains=word)
                | Q(person__last_name__icontains=word)
            )
        return found


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Ways into classes."""

    def live(self, now: datetime | None = None) -> "InvitationQuerySet":
        """Those that still open: not revoked, expired or used up. Asks for no other table."""
        return self.filter(
            revoked_at__isnull=True, expires_at__gt=now or timezone.now(), used__lt=F("uses_allowed")
        )


def _of(user: "Visitor") -> MembershipQuerySet:
    from reader.people.class_models import Membership

    return Membership.objects.active().filter(group=OuterRef("pk"), person=user.pk)
