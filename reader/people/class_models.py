"""Classes and analysts' teams: who is in them, and how one gets in.

Both are rows of Class; the code calls one a group, because `class` is a word of Python's.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reader.people.class_querysets import ClassQuerySet, InvitationQuerySet, MembershipQuerySet
from reader.people.models import User

NAME_AT_MOST = 120
RESTORABLE = timedelta(days=30)


class Kind(models.TextChoices):
    """A class is taught, a team works together."""

    CLASS = "class", "Class"
    TEAM = "team", "Team"


class ClassRole(models.TextChoices):
    """What a person is in one class or team, whatever their role in the library."""

    INSTRUCTOR = "instructor", "Instructor"
    ASSISTANT = "assistant", "Assistant"
    STUDENT = "student", "Student"
    ANALYST = "analyst", "Analyst"


# The roles that there are in each kind; the first of them leads.
ROLES = {
    Kind.CLASS: (ClassRole.INSTRUCTOR, ClassRole.ASSISTANT, ClassRole.STUDENT),
    Kind.TEAM: (ClassRole.ANALYST, ClassRole.STUDENT),
}
LEADING = (ClassRole.INSTRUCTOR, ClassRole.ANALYST)


class Written(models.TextChoices):
    """What becomes of what somebody wrote in a class when they are no longer in it."""

    NAMED = "named", "It stays in the class, with the name"
    NAMELESS = "nameless", "It stays in the class, without the name"
    TAKEN = "taken", "It leaves the class, and is then for its writer’s eyes alone"


class Class(models.Model):
    """A class or a team; archived, it stays readable and nobody joins."""

    kind = models.CharField(max_length=5, choices=Kind)
    name = models.CharField(max_length=NAME_AT_MOST)
    time_zone = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ClassQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("people:class", args=[self.pk])

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which its dates are meant; UTC where this machine does not know it any more."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @property
    def roles(self) -> tuple[ClassRole, ...]:
        """What one may be in it."""
        return ROLES[Kind(self.kind)]

    @property
    def leading(self) -> ClassRole:
        """The role that leads it; somebody always has it."""
        return self.roles[0]


class Membership(models.Model):
    """That a person is, or was, in a class. Who left and came back has several."""

    group = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=ClassRole)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written = models.CharField(max_length=8, choices=Written, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("joined_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(left_at__isnull=True, removed_at__isnull=True),
                name="membership_once_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} in {self.group}"

    @property
    def restorable_until(self) -> datetime | None:
        """Until when a removal can be taken back."""
        return self.removed_at + RESTORABLE if self.removed_at else None


class RosterLine(models.Model):
    """Who is expected in a class: a name, an address or both, and who that is here once they are known."""

    group = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="roster")
    name = models.CharField(max_length=NAME_AT_MOST, blank=True)
    address = models.CharField(max_length=254, blank=True)
    # Of name and address, for finding it twice.
    key = models.CharField(max_length=254)
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name", "address", "pk")
        constraints = (models.UniqueConstraint(fields=["group", "key"], name="roster_line_once"),)

    def __str__(self) -> str:
        return self.name or self.address


class Invitation(models.Model):
    """A way into a class: a link, or a code to be typed from a board. The secret itself is kept nowhere."""

    class Form(models.TextChoices):
        """How the secret is given on."""

        LINK = "link", "Link"
        CODE = "code", "Code"

    group = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="invitations")
    form = models.CharField(max_length=4, choices=Form)
    role = models.CharField(max_length=10, choices=ClassRole)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    uses_allowed = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # Of one that was mailed to somebody who is expected: joining by it says who that is.
    line = models.ForeignKey(
        RosterLine, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(used__lte=models.F("uses_allowed")), name="invitation_not_overused"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_form_display()} to {self.group}"

    @property
    def last_day(self) -> date:
        """The last day on which it opens, as the clock of the class is."""
        return (self.expires_at - timedelta(microseconds=1)).astimezone(self.group.zone).date()


class Tries(models.Model):
    """How often somebody failed at something until a moment; kept here so that all workers count the same."""

    whom = models.CharField(max_length=64)
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["whom", "until"], name="tries_once_a_stretch"),)

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"
