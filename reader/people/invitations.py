"""Ways into a class: made, given on, taken back. The secrets themselves are kept nowhere."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from reader.people.class_models import LEADING, Class, ClassRole, Invitation, RosterLine
from reader.people.models import User

TOKEN_BYTES = 24
TOKEN_AT_MOST = 100
# Consonants and digits of which none looks like another on a board, and which spell no words.
CODE_LETTERS = "BCDFGHJKMNPQRTVWXZ346789"
CODE_LENGTH = 8
USES_AT_MOST = 1_000


class NotInvited(ValueError):
    """An invitation that does not open: unknown, expired, used up, revoked, or not for this person."""


@transaction.atomic
def invite(
    *,
    group: Class,
    by: User,
    form: Invitation.Form,
    role: ClassRole,
    expires_at: datetime,
    uses: int,
    line: RosterLine | None = None,
) -> tuple[Invitation, str]:
    """Make an invitation; with it the secret, which is seen this once."""
    secret = new_code() if form == Invitation.Form.CODE else secrets.token_urlsafe(TOKEN_BYTES)
    digest = digest_of_code(secret) if form == Invitation.Form.CODE else digest_of_token(secret)
    made = Invitation.objects.create(
        group=group,
        form=form,
        role=role,
        digest=digest,
        expires_at=expires_at,
        uses_allowed=uses,
        line=line,
        made_by=by,
    )
    return made, secret


def revoke(*, invitation: Invitation) -> None:
    """Let it open no more."""
    Invitation.objects.filter(pk=invitation.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def revoke_beyond(*, group: Class, person: User, role: str | None) -> None:
    """Revoke the invitations that this person may not give in the role that they have from now on."""
    theirs = Invitation.objects.live().filter(group=group, made_by=person)
    if role == ClassRole.ASSISTANT:
        theirs = theirs.exclude(role=ClassRole.STUDENT)
    if role not in LEADING:
        theirs.update(revoked_at=timezone.now())


def found(digest: str) -> Invitation:
    """The invitation with this digest, where it still opens; NotInvited where there is none."""
    live = Invitation.objects.live().filter(digest=digest, group__archived_at__isnull=True)
    if invitation := live.select_related("group", "made_by").first():
        return invitation
    raise NotInvited


def group_behind(digest: str, person: User) -> Class | None:
    """The class to which an invitation led, be it over, where this person is in it."""
    return Class.objects.of(person).filter(invitations__digest=digest).first()


def new_code() -> str:
    """A code for the board, such as BCDF-GHJK."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def digest_of_token(token: str) -> str:
    """What is kept of a link: nobody guesses what has so many bits, so a plain hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def digest_of_code(code: str) -> str:
    """What is kept of a code, however it was typed; keyed, as all there are can be hashed in a minute."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("reader.people.invitations", letters, algorithm="sha256").hexdigest()
