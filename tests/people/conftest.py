"""People at their browsers."""

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

# Now, while DEBUG is off: what is routed is decided when this is first imported.
import reader.urls  # noqa: F401


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> None:
    """Nobody has tried anything, so that no limit is near."""
    cache.clear()


@pytest.fixture
def mail(settings: Settings) -> None:
    """A library that sends mail."""
    settings.READER_MAIL = True
    settings.ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
