"""The secrets of links: a token is kept nowhere, a cookie stands for it at one clean address."""

import secrets

from django.http import HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from reader.people.invitations import TOKEN_AT_MOST, TOKEN_BYTES, digest_of_token

COOKIE = "shared"
DAYS = 30


def new_token() -> str:
    """192 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> str:
    """What is kept of a token, however long it came."""
    return digest_of_token(token[: TOKEN_AT_MOST + 1])


def proof_of(digest: str) -> str:
    """What the cookie of somebody says who had the token; neither the token nor what is kept of it."""
    return salted_hmac("reader.share.tokens", digest, algorithm="sha256").hexdigest()


def proves(cookie: str | None, digest: str) -> bool:
    """Whether a cookie is of somebody who had the token."""
    return bool(cookie) and constant_time_compare(cookie or "", proof_of(digest))


def give_cookie(response: HttpResponse, *, path: str, digest: str, secure: bool) -> None:
    """Let whoever has the token come back to this path, and to what lies below it."""
    response.set_cookie(
        COOKIE,
        proof_of(digest),
        max_age=DAYS * 24 * 60 * 60,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
