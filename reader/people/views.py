"""A person's own page, and the wrappers in which allauth's pages are shown."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.views import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from reader.people import actions
from reader.people.forms import LeaveForm
from reader.people.models import User

View = Callable[..., HttpResponseBase]
NO_PASSWORD = "This account has no password, so there is nothing to change here."  # noqa: S105 # no secret


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what one can do about it."""
    person = me(request)
    context = {
        "person": person,
        "email": EmailAddress.objects.filter(user=person, primary=True).first()
        if settings.READER_MAIL
        else None,
        "sends_mail": settings.READER_MAIL,
        "has_second_factor": is_mfa_enabled(person, [Authenticator.Type.TOTP]),
        "has_password": person.has_usable_password(),
    }
    return render(request, "people/account.html", context)


@never_cache
@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """Ask, telling what becomes of what one made; then delete."""
    person = me(request)
    form = LeaveForm(request.POST or None, person=person)
    stays = actions.why_stays(person)
    if request.method == "POST" and not stays and form.is_valid():
        try:
            actions.leave(person=person)
        except actions.Stays as reason:
            stays = str(reason)
        else:
            logout(request)
            messages.success(request, "Your account is deleted.")
            return redirect("library:shelf")
    context = {"person": person, "form": form, "fate": actions.fate_of(person), "stays": stays}
    wrong = request.method == "POST"
    return render(request, "people/delete_account.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """Send a new password's link by mail; where no mail is sent, say whom to ask."""
    if settings.READER_MAIL:
        return truthful(password_reset)(request)
    return render(request, "people/whom_to_ask.html")


def me(request: HttpRequest) -> User:
    """The person who asks, on a page that needs one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def truthful(view: View) -> View:
    """An allauth view whose refused form is answered with 422 instead of 200."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        response = view(request, *args, **options)
        if request.method == "POST" and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return answer


def by_mail(view: View) -> View:
    """A page that is there only where mail is sent."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if not settings.READER_MAIL:
            raise Http404
        return view(request, *args, **options)

    return answer


def with_password(view: View) -> View:
    """A page that asks for the password, and so is of no use to an account without one."""

    @wraps(view)
    @login_required
    def answer(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if not me(request).has_usable_password():
            raise PermissionDenied(NO_PASSWORD)
        return view(request, *args, **options)

    return answer
