"""What people type to come in, and to leave."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reader.people.models import User


class Plain:
    """A form of allauth's with our words: no place-holders, which say what the labels say, and no colons."""

    fields: dict[str, forms.Field]
    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)


class SignInForm(Plain, account.LoginForm):
    """Username and password; the page offers the way to a new password itself."""

    hints = {"password": ""}


class SignUpForm(Plain, account.SignupForm):
    """A username and a password twice; an e-mail address too where mail is sent."""

    labels = {"email": "E-mail, if you like", "password2": "The password again"}
    hints = {
        "username": "It stands beside what you write for everybody. "
        "Letters, digits and . _ - @ +; capitals become small letters.",
        "email": "Needed only to get a new password by mail.",
    }

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new person; where somebody took the name in the same moment, nobody, and the way back."""
        try:
            with transaction.atomic():
                person, answer = super().try_save(request)
                return person, answer
        except IntegrityError:
            messages.error(request, "Somebody took this name in the same moment. Choose another.")
            return None, redirect(request.get_full_path())


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    """The present password, and a new one twice."""

    labels = {
        "oldpassword": "Your present password",
        "password1": "A new password",
        "password2": "The new password again",
    }
    hints = {"oldpassword": ""}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    """A new password twice, for who forgot the old one."""

    labels = {"password1": "A new password", "password2": "The new password again"}


class ForgottenForm(Plain, account.ResetPasswordForm):
    """The address to which a link to choose a new password is sent."""

    labels = {"email": "E-mail"}


class EmailForm(Plain, account.AddEmailForm):
    """An address of one's own."""

    labels = {"email": "A new address"}


class PasswordAgainForm(Plain, account.ReauthenticateForm):
    """The password, before something that matters."""

    hints = {"password": ""}


class CodeForm(Plain, mfa.AuthenticateForm):
    """A code of the second step."""


class CodeAgainForm(Plain, mfa.ReauthenticateForm):
    """A code, before something that matters."""


class SwitchOnForm(Plain, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    labels = {"code": "Code"}


class LeaveForm(forms.Form):
    """The password, or for an account without one its username, that deletes the account."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    username = forms.CharField(label="Type your username", max_length=150)

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        self.person = person
        del self.fields["username" if person.has_usable_password() else "password"]

    def clean_password(self) -> str:
        """It is theirs; attempts are counted as at sign-in."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.person, password):
            raise get_adapter().validation_error("incorrect_password")
        return password

    def clean_username(self) -> str:
        """It is theirs."""
        name = User.normalize_username(self.cleaned_data["username"])
        if name != self.person.username:
            raise forms.ValidationError(f"Your username is “{self.person.username}”.")
        return name
