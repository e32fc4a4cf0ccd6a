"""What people type to come in, and to leave."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, SignupForm
from django import forms

from reader.people.models import User


class SignInForm(LoginForm):
    """Username and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The page offers the way to a new password itself.
        self.fields["password"].help_text = ""
        plain(self)


class SignUpForm(SignupForm):
    """A username and a password twice; an e-mail address too where mail is sent."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].help_text = (
            "It stands beside what you write for everybody. Letters, digits and . _ - @ +; "
            "capitals become small letters."
        )
        if email := self.fields.get("email"):
            email.help_text = "Needed only to get a new password by mail."
        plain(self)


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


def plain(form: forms.Form) -> None:
    """Take away the place-holders, which say what the labels say, and the colons."""
    form.label_suffix = ""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
