"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from reader.http import is_own_path
from reader.people.models import User
from reader.people.names import fault_of

RESERVED = "Names that begin with “demo-” are kept for trying the reader. Choose another."


class Adapter(DefaultAccountAdapter):
    """Usernames in small letters that look like nobody else's; sign-up where the settings open it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_taken": "Somebody has this name already. Choose another.",
        "username_password_mismatch": "This username and password do not belong together. "
        "Look whether Caps Lock is on.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
        "rate_limited": "Too many attempts. Wait a minute, then try again.",
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your present password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """As READER_SIGN_UP says."""
        return bool(settings.READER_SIGN_UP)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The username as it is kept; a ValidationError says what is wrong with it."""
        name: str = super().clean_username(User.normalize_username(username), shallow)
        if fault := RESERVED if name.startswith("demo-") else fault_of(name):
            raise ValidationError(fault)
        return name

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("people:account")

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this site is a place to go on to."""
        return is_own_path(url)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: every answer is a page."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Attempts on "Sam" count as attempts on "sam".
        name = User.normalize_username(credentials.get("username") or "")
        return str(super()._get_login_attempts_cache_key(request, **credentials | {"username": name}))
