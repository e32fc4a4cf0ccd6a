"""Three people at their browsers: alice is staff and owns texts, bob has an account, charlie has none."""

import pytest
from django.test import Client

from reader.people.models import User
from tests import make


@pytest.fixture
def alice(db: None) -> User:
    """She owns texts and may add more."""
    return make.alice()


@pytest.fixture
def bob(db: None) -> User:
    """He has an account and owns nothing."""
    return make.bob()


@pytest.fixture
def as_alice(alice: User) -> Client:
    """Her browser."""
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def as_bob(bob: User) -> Client:
    """His browser."""
    client = Client()
    client.force_login(bob)
    return client


@pytest.fixture
def as_charlie(db: None) -> Client:
    """A stranger's browser."""
    return Client()
