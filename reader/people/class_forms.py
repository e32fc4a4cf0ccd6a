"""What people type about classes."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils import timezone

from reader.people.class_models import NAME_AT_MOST, Class, ClassRole, Invitation, Kind, Written
from reader.people.invitations import USES_AT_MOST

REGIONS = "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()
DAYS_AT_FIRST = 14
DAYS_AT_MOST = 366
USES_AT_FIRST = 50


def zones() -> list[tuple[str, Any]]:
    """The time zones of the world by region, as a select wants them."""
    regions: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in sorted(available_timezones()):
        region, _, place = name.partition("/")
        if region in regions:
            regions[region].append((name, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *regions.items()]


class Plain(forms.Form):
    """Labels without colons."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})


class ClassForm(Plain):
    """A name and a time zone."""

    name = forms.CharField(max_length=NAME_AT_MOST, widget=forms.TextInput(attrs={"dir": "auto"}))
    time_zone = forms.ChoiceField(
        choices=zones,
        initial=settings.TIME_ZONE,
        label="Time zone",
        help_text="Its dates are shown as the clock is there.",
    )

    def clean_name(self) -> str:
        """On one line, with something to read in it."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalnum() for letter in name):
            raise forms.ValidationError("Give it a name with letters or digits.")
        return name


class NewClassForm(ClassForm):
    """What to begin: asked only where there is a choice."""

    kind = forms.ChoiceField(label="What it is", widget=forms.RadioSelect)
    field_order = ("kind", "name", "time_zone")

    def __init__(self, *args: Any, kinds: list[Kind], **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound and "time_zone" not in self.initial:
            # The browser knows better than the settings.
            self.fields["time_zone"].widget.attrs["data-here"] = ""
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(kind.value, kind.label) for kind in kinds]
        field.initial = kinds[0].value
        if len(kinds) == 1:
            field.widget = forms.HiddenInput()


class InviteForm(Plain):
    """How, as what, until when and how many."""

    form = forms.ChoiceField(
        label="How", choices=Invitation.Form, initial="link", widget=forms.RadioSelect,
        help_text="A link to send, or a code to write on the board, which lets students in.",
    )  # fmt: skip
    role = forms.ChoiceField(label="As what they come in")
    until = forms.DateField(
        label="Until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="To the end of this day, as the clock of the class is.",
    )  # fmt: skip
    uses = forms.IntegerField(
        label="For how many people", min_value=1, max_value=USES_AT_MOST, initial=USES_AT_FIRST
    )

    def __init__(self, *args: Any, group: Class, roles: tuple[ClassRole, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.group, self.today = group, timezone.localdate(timezone=group.zone)
        role, until = self.fields["role"], self.fields["until"]
        if isinstance(role, forms.ChoiceField):
            # The harmless one first.
            role.choices = [(one.value, one.label) for one in reversed(roles)]
        until.initial = self.today + timedelta(days=DAYS_AT_FIRST)
        until.widget.attrs |= {"min": f"{self.today}", "max": f"{self.today + timedelta(days=DAYS_AT_MOST)}"}

    def clean_until(self) -> datetime:
        """The end of a day of the coming year."""
        day = self.cleaned_data["until"]
        if not self.today <= day <= self.today + timedelta(days=DAYS_AT_MOST):
            raise forms.ValidationError("Choose today, or a day of the coming year.")
        return datetime.combine(day + timedelta(days=1), time(), self.group.zone)

    def clean(self) -> dict[str, Any]:
        """A short code makes nobody more than a student."""
        cleaned = super().clean() or {}
        by_code = cleaned.get("form") == Invitation.Form.CODE
        if by_code and cleaned.get("role", ClassRole.STUDENT) != ClassRole.STUDENT:
            self.add_error("role", "A code lets in students only. Send a link to this person instead.")
        return cleaned


class CodeForm(Plain):
    """A code from a board."""

    code = forms.CharField(
        label="The code", max_length=40,
        help_text="Eight letters and digits; capitals and the dash do not matter.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )  # fmt: skip


class GoForm(Plain):
    """What becomes of what somebody wrote in the class."""

    written = forms.ChoiceField(
        label="What was written in it", choices=Written, initial=Written.NAMED.value, widget=forms.RadioSelect
    )
