"""Mails an invitation to those who are expected in a class, each with a link of their own."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from reader.people.class_models import Class, ClassRole, Invitation, RosterLine
from reader.people.invitations import invite
from reader.people.models import User

log = logging.getLogger(__name__)

VALID = timedelta(days=14)
# So that nobody fills a mailbox by asking again and again.
ONCE_IN = timedelta(days=1)


def to_mail(group: Class) -> QuerySet[RosterLine]:
    """Whom a mail would reach: expected, with an address, and not mailed in the last day."""
    if not settings.READER_MAIL or group.archived_at:
        return RosterLine.objects.none()
    recent = Invitation.objects.filter(line__isnull=False, made_at__gt=timezone.now() - ONCE_IN)
    waiting = RosterLine.objects.filter(group=group, person=None).exclude(address="")
    return waiting.exclude(pk__in=recent.values("line"))


@task()
def mail_invitations(group: int, by: int, site: str) -> None:
    """Mail everybody whom a mail would reach; site begins the links, whose secrets are kept nowhere."""
    one = Class.objects.get(pk=group)
    for line in to_mail(one):
        _mail(one, line, User.objects.get(pk=by), site)


def _mail(group: Class, line: RosterLine, by: User, site: str) -> None:
    Invitation.objects.live().filter(line=line).update(revoked_at=timezone.now())
    invitation, secret = invite(
        group=group,
        by=by,
        form=Invitation.Form.LINK,
        role=ClassRole.STUDENT,
        expires_at=timezone.now() + VALID,
        uses=1,
        line=line,
    )
    address = site + reverse("people:join_by_link", args=[secret])
    context = {"line": line, "invitation": invitation, "by": by, "address": address}
    words = render_to_string("people/class_invitation.txt", context)
    try:
        send_mail(f"Invitation to “{group.name}”", words, None, [line.address])
    except OSError as error:
        # Nobody has the link now; who is not reached can be mailed again at once.
        invitation.delete()
        log.warning("An invitation to class %s could not be mailed: %r", group.pk, type(error))
