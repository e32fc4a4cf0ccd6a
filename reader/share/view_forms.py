"""What people type about views."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings

from reader.annotate import rendering
from reader.annotate.layer_models import Layer
from reader.annotate.models import Annotation
from reader.annotate.placing import NotPlaced
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.class_forms import Plain
from reader.people.class_models import NAME_AT_MOST, Class
from reader.people.models import User
from reader.share.models import View
from reader.share.view_access import open_to
from reader.share.view_actions import KINDS, Words
from reader.share.view_places import passage_named

YEARS = range(2000, 2200)
# Layers by what they are: which rows these are follows from the class and from who makes the view.
CLASS, TEACHING, PUBLIC = "class", "teaching", "public"
CLOSED = (
    "“{}” is not public, and those who are in the class could not read it. "
    "Make it public first, on its page “About this text”, or leave the class out for now."
)
_KINDS = [one for one in Annotation.Kind.choices if one[0] not in ("reply", "prompt")]
LOCAL = "%Y-%m-%dT%H:%M"


class Moment(forms.CharField):
    """A day and a time as the clock of a zone shows them, which clean() of the form knows."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=30, **options)


def moment(value: str, zone: ZoneInfo) -> datetime | None:
    """What was typed into a Moment, in this zone; ValueError where it is none."""
    if not value:
        return None
    try:
        typed = datetime.fromisoformat(value)
    except ValueError:
        typed = datetime.min
    if typed.year not in YEARS:
        raise ValueError("Write a day and a time, such as 2027-05-31T18:00.")
    return typed.replace(tzinfo=zone)


def zone_of(group: Class | None) -> ZoneInfo:
    """The time zone in which dates of views for this class are meant: that of the library for none."""
    return group.zone if group else ZoneInfo(settings.TIME_ZONE)


def local(when: datetime | None, zone: ZoneInfo) -> str:
    """A moment as a Moment shows it."""
    return f"{when.astimezone(zone):{LOCAL}}" if when else ""


class ViewForm(Plain):
    """All that a view says; places are numbers of paragraphs."""

    group = forms.ChoiceField(label="For", required=False)
    title = forms.CharField(max_length=NAME_AT_MOST, widget=forms.TextInput(attrs={"dir": "auto"}))
    introduction = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text="What to read it for. *emphasis*, **strong**, lists with “-”, links as [words](https://…).",
    )  # fmt: skip
    left_place = forms.CharField(required=False, max_length=300)
    right_place = forms.CharField(required=False, max_length=300)
    layers = forms.MultipleChoiceField(
        label="Whose marks are drawn", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="And one’s own, always. Your teaching layer is then shown in the class.",
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label="Which kinds of them", required=False, choices=_KINDS, widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: all kinds.",
    )  # fmt: skip
    due = Moment(label="To be read by", help_text="As the clock of the class is. Leave it empty for no date.")
    shown = forms.BooleanField(
        label="Show it to the class at once", required=False, help_text="Else it is a draft for now."
    )

    def __init__(
        self,
        *args: Any,
        by: User,
        texts: Sequence[Document],
        view: View | None = None,
        places: Sequence[str] = (),
        **options: Any,
    ) -> None:
        self.by, self.texts, self.view = by, list(texts), view
        self.were = dict(zip(("left", "right"), places, strict=False))
        super().__init__(*args, **options)
        self.classes = {str(one.pk): one for one in open_to(by)}
        sides = ("left", "right")[: len(self.texts)]
        for side, text in zip(sides, self.texts, strict=True):
            self.fields[f"{side}_place"].label = "Opens at" if len(sides) == 1 else f"{text.title}:"
            self.fields[f"{side}_place"].widget.attrs |= {"size": 24, "autocomplete": "off"}
        if len(sides) == 1:
            del self.fields["right_place"]
        if view is not None and view.group is not None:
            del self.fields["group"]
        else:
            self._choices("group", [("", "No class yet"), *((k, c.name) for k, c in self.classes.items())])
        if view is not None:
            del self.fields["shown"]
        self._choices("layers", self._layers())

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _layers(self) -> list[tuple[str, str]]:
        offered = [(CLASS, "The class’s"), (TEACHING, "Your teaching layer"), (PUBLIC, "Everybody’s")]
        self.others = {}
        if self.view is not None:
            # What a colleague ticked stays as it is, also where it is not this person's to give.
            there = self.view.layers.filter(kind=Layer.Kind.TEACHING).exclude(owner=self.by)
            self.others = {f"layer-{one.pk}": one for one in there.select_related("owner")}
        named = ((key, f"{one.owner}’s teaching layer") for key, one in self.others.items())
        return [*offered, *named]

    def clean_title(self) -> str:
        """On one line, with something to read in it."""
        title = " ".join(self.cleaned_data["title"].split())
        if not any(letter.isalnum() for letter in title):
            raise forms.ValidationError("Give it a title with letters or digits.")
        return title

    def clean_introduction(self) -> str:
        """What can be rendered."""
        words: str = self.cleaned_data["introduction"].replace("\r\n", "\n")
        try:
            rendering.check(words)
        except rendering.BodyRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return words

    def clean_left_place(self) -> str:
        """A paragraph of the text."""
        return self._place("left", 0)

    def clean_right_place(self) -> str:
        """A paragraph of the text."""
        return self._place("right", 1)

    def _place(self, side: str, index: int) -> str:
        self.changed_places: dict[str, Passage | None] = getattr(self, "changed_places", {})
        typed: str = self.cleaned_data[f"{side}_place"].strip()
        if self.view is not None and typed.removeprefix("p") == self.were.get(side, "").removeprefix("p"):
            return typed
        try:
            self.changed_places[side] = passage_named(self.texts[index], typed)
        except NotPlaced as problem:
            raise forms.ValidationError(str(problem)) from None
        return typed

    def clean(self) -> dict[str, Any]:
        """A class may be given public texts alone; the date is meant in its zone."""
        cleaned = super().clean() or {}
        for text in self.texts:
            if self.for_class is not None and not text.is_public:
                self.add_error("group" if "group" in self.fields else None, CLOSED.format(text.title))
        try:
            cleaned["due"] = moment(cleaned.get("due", ""), self.zone)
        except ValueError as problem:
            self.add_error("due", str(problem))
        if cleaned.get("shown") and self.for_class is None:
            self.add_error("shown", "Choose the class to show it to first, or leave it a draft.")
        return cleaned

    @property
    def for_class(self) -> Class | None:
        """The class that it is for, or shall be."""
        if self.view is not None and self.view.group is not None:
            return self.view.group
        return self.classes.get(self.cleaned_data.get("group", ""))

    @property
    def zone(self) -> ZoneInfo:
        """In which its date is meant."""
        return zone_of(self.for_class)

    def words(self) -> Words:
        """What was typed, once it is valid; layers are made on first use."""
        data = self.cleaned_data
        chosen = set(data["layers"])
        layers = [layer for key, layer in self.others.items() if key in chosen]
        if PUBLIC in chosen:
            layers.append(Layer.objects.public())
        if TEACHING in chosen:
            layers.append(Layer.objects.teaching_of(self.by))
        if CLASS in chosen and (group := self.for_class):
            layers.append(Layer.objects.of_class(group))
        return Words(data["title"], data["introduction"], layers, data["kinds"], data["due"])

    def places(self) -> list[Passage | None]:
        """Where each text opens, not yet saved."""
        return [self.changed_places.get(side) for side in ("left", "right")[: len(self.texts)]]


def initial(view: View, places: Sequence[str], by: User) -> dict[str, Any]:
    """What a view says now, as the form has it."""
    # Where no class has it yet, a class's layer could not be kept: it is proposed.
    layers = [] if view.group else [CLASS]
    for layer in view.layers.all():
        if layer.kind == Layer.Kind.TEACHING:
            layers.append(TEACHING if layer.owner_id == by.pk else f"layer-{layer.pk}")
        else:
            layers.append(CLASS if layer.kind == Layer.Kind.CLASS else PUBLIC)
    return {
        "title": view.title,
        "introduction": view.introduction,
        "layers": layers,
        "kinds": view.filters.get(KINDS, []),
        "due": local(view.due_at, zone_of(view.group)),
        **{
            f"{side}_place": at.removeprefix("p") for side, at in zip(("left", "right"), places, strict=False)
        },
    }
