"""What people do on the pages of their accounts."""

from typing import Any

from django.test import Client

from reader.people.models import User

GOOD = "tide-mill-quay-9"


def signed_in(user: User) -> Client:
    """The browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def sign_in(client: Client, login: str, password: str = "sesame", **more: str) -> Any:
    """The answer to the form of signing in."""
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def sign_up(client: Client, username: str, password: str = GOOD, **more: str) -> Any:
    """The answer to the form of signing up."""
    return client.post(
        "/sign-up/", {"username": username, "password1": password, "password2": password, **more}
    )


def is_signed_in(client: Client) -> bool:
    """Whether this browser is somebody's."""
    return "_auth_user_id" in client.session


def content(response: Any) -> str:
    """What a person sees."""
    return str(response.content.decode())
