"""Three people as whom the reader can be tried with one click; without DEBUG there is no such door."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.views.decorators.http import require_POST

from reader.http import is_own_path
from reader.people.models import Role, User

NAMES = {Role.STUDENT: "Sam", Role.ANALYST: "Ana", Role.INSTRUCTOR: "Ines"}


class DemoBackend(ModelBackend):
    """Keeps the sessions of these people; it knows nobody's password, and nobody where DEBUG is off."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> None:
        """Nobody comes in by this door with a password."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session."""
        user = super().get_user(user_id) if settings.DEBUG else None
        return user if isinstance(user, User) else None


def person(role: Role) -> User:
    """The person of this role, made where there is none; without a password: only the door leads in."""
    made = {"first_name": NAMES[role], "role": role, "password": make_password(None)}
    return User.objects.get_or_create(username=f"demo-{role.value}", defaults=made)[0]


@require_POST
def try_role(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the person of this role, and go where the visitor wanted to."""
    if not settings.DEBUG or role not in Role.values:
        raise Http404
    login(request, person(Role(role)), backend="reader.people.demo.DemoBackend")
    wanted = request.POST.get("next", "")
    return redirect(wanted if is_own_path(wanted) else resolve_url(settings.LOGIN_REDIRECT_URL))
