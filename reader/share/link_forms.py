"""What is chosen when a link to a view is made."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from reader.people.class_forms import Plain
from reader.share.giving import Amount
from reader.share.models import Link, View

YEARS_AT_MOST = 5


class LinkForm(Plain):
    """How, to whom, with what, and until when."""

    form = forms.ChoiceField(
        label="What it shows", choices=Link.Form, initial=Link.Form.FROZEN.value, widget=forms.RadioSelect,
        help_text="Frozen: the view as it is now, for good; a note that is withdrawn leaves a place-holder. "
        "Live: the view as it is whenever somebody looks.",
    )  # fmt: skip
    audience = forms.ChoiceField(
        label="Whom it opens to", choices=Link.Audience, initial=Link.Audience.ANYONE.value,
        widget=forms.RadioSelect,
    )  # fmt: skip
    others = forms.BooleanField(
        label="Give what others wrote in the class to anyone who has the link", required=False
    )
    names = forms.BooleanField(label="Show who wrote what", required=False)
    until = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, view: View, amounts: list[Amount], **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = view.group.zone if view.group else ZoneInfo("UTC")
        self.today = timezone.localdate(timezone=self.zone)
        until = self.fields["until"]
        clock = "as the clock of the class is" if view.group else "as the clock in UTC is"
        until.help_text = f"To the end of this day, {clock}. Empty: until you revoke it."
        until.widget.attrs |= {"min": f"{self.today}"}
        if view.group is None:
            # Nobody but who made it is behind it.
            self.fields["audience"].widget = forms.HiddenInput()
            self.fields["audience"].choices = [(Link.Audience.ANYONE.value, Link.Audience.ANYONE.label)]  # type: ignore[attr-defined]
        theirs = [one for one in amounts if one.is_others]
        if theirs:
            listed = "; ".join(f"{one.name}: {one.said_of_others}" for one in theirs if one.of_others)
            asks = f"{listed}. Ask them first." if listed else "They have written nothing on these texts yet."
            self.fields["others"].help_text = asks
        else:
            del self.fields["others"]

    def clean_until(self) -> datetime | None:
        """The end of a day to come; nothing where it has no end."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if not self.today <= day <= self.today + timedelta(days=366 * YEARS_AT_MOST):
            raise forms.ValidationError(
                f"Choose today, or a day of the next {YEARS_AT_MOST} years; leave it empty for no end."
            )
        return datetime.combine(day + timedelta(days=1), time(), self.zone)
