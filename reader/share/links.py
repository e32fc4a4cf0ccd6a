"""What is done with links to views: given, opened, taken back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from reader.people.models import User
from reader.share import freezing
from reader.share.models import Link, View
from reader.share.tokens import digest_of, new_token


@transaction.atomic
def give(
    *,
    view: View,
    by: User,
    form: str,
    audience: str,
    names: bool = False,
    others: bool = False,
    expires_at: datetime | None = None,
) -> tuple[Link, str]:
    """Make a link to a view, with the copy that a frozen one shows; with it the token, seen this once."""
    token = new_token()
    link = Link.objects.create(
        view=view,
        form=Link.Form(form),
        audience=Link.Audience(audience),
        digest=digest_of(token),
        names=names,
        others=others,
        expires_at=expires_at,
        made_by=by,
    )
    if link.form == Link.Form.FROZEN:
        freezing.take(link=link)
    return link, token


def revoke(*, link: Link) -> None:
    """Let it open no more, from now on."""
    Link.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def opened(*, link: int) -> None:
    """Count that somebody came by it."""
    Link.objects.filter(pk=link).update(opened=F("opened") + 1)


def address_of(token: str) -> str:
    """The path that is given on."""
    return reverse("share:open_link", args=[token])
