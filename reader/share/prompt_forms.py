"""What people type about prompts: what is asked, of which passage, and who sees the answers when."""

from collections.abc import Sequence
from typing import Any

from django import forms

from reader.annotate import rendering
from reader.annotate.placing import NotPlaced, Place, passages_at, revision_of
from reader.annotate.prompt_models import Prompt
from reader.desk.typed import lines
from reader.http import whole
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.class_forms import Plain
from reader.share.models import Asked, View
from reader.share.prompts import NOTHING, Asking
from reader.share.view_forms import Moment, local, moment, zone_of
from reader.share.view_places import passage_by

WORDS_AT_MOST = 5_000


class PromptForm(Plain):
    """What is asked, and who sees the answers when."""

    body = forms.CharField(
        label="What you ask", strip=False, error_messages={"required": NOTHING},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text="*emphasis*, **strong**, lists with “-”, links as [words](https://…).",
    )  # fmt: skip
    reveal = forms.ChoiceField(
        label="When one sees what the others answered",
        choices=[(one.value, one.label.capitalize()) for one in Prompt.Reveal],
        initial=Prompt.Reveal.ANSWERED.value, widget=forms.RadioSelect,
        help_text="Those who lead or assist the class see it at once, always.",
    )  # fmt: skip
    reveal_at = Moment(label="From when on they are shown", help_text="As the clock of the class is.")
    is_anonymous = forms.BooleanField(
        label="Peers do not see who answered what", required=False,
        help_text="Those who lead or assist the class see it.",
    )  # fmt: skip

    def __init__(self, *args: Any, view: View, **options: Any) -> None:
        self.view, self.zone = view, zone_of(view.group)
        super().__init__(*args, **options)

    def clean_body(self) -> str:
        """What can be rendered."""
        words = lines(self.cleaned_data["body"])
        try:
            rendering.check(words)
        except rendering.BodyRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return words

    def clean(self) -> dict[str, Any]:
        """A date where the answers are shown from a date on."""
        cleaned = super().clean() or {}
        try:
            cleaned["reveal_at"] = moment(cleaned.get("reveal_at", ""), self.zone)
        except ValueError as problem:
            self.add_error("reveal_at", str(problem))
        else:
            if cleaned.get("reveal") == Prompt.Reveal.DATE and cleaned["reveal_at"] is None:
                self.add_error("reveal_at", "Write from when on the answers are shown.")
        return cleaned

    def asking(self) -> Asking:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        return Asking(data["body"], data["reveal"], data["reveal_at"], data["is_anonymous"])


def initial(asked: Asked) -> dict[str, Any]:
    """What a prompt asks now, as the form has it."""
    prompt = asked.prompt
    return {
        "body": prompt.annotation.body,
        "reveal": prompt.reveal,
        "reveal_at": local(prompt.reveal_at, zone_of(asked.view.group)),
        "is_anonymous": prompt.is_anonymous,
    }


class NewPromptForm(PromptForm):
    """With the passage: as it was chosen at the desk, or by a paragraph's number or words of it."""

    text = forms.ChoiceField(label="Of which text", widget=forms.RadioSelect)
    paragraph = forms.CharField(
        label="Paragraph", required=False, max_length=12, widget=forms.TextInput(attrs={"size": 6}),
        help_text="Its number: the strip at the edge of the text says it where it is pointed at.",
    )  # fmt: skip
    words = forms.CharField(
        label="Or the words that you ask about", required=False, max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text="Copied from the text; with the paragraph’s number where they stand there more than once.",
    )  # fmt: skip
    field_order = ("text", "paragraph", "words", "body", "reveal", "reveal_at", "is_anonymous")

    def __init__(
        self, *args: Any, texts: Sequence[Document], chosen: Passage | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.texts = {text.slug: text for text in texts}
        self.passage = chosen
        if chosen is not None:
            for name in ("text", "paragraph", "words"):
                del self.fields[name]
            return
        field = self.fields["text"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(text.slug, text.title) for text in texts]
        field.initial = next(iter(self.texts))
        if len(self.texts) == 1:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A passage that the text has."""
        cleaned = super().clean()
        text = self.texts.get(cleaned.get("text", ""))
        if self.passage is None and text is not None and "words" in cleaned and "paragraph" in cleaned:
            try:
                self.passage = passage_by(text, cleaned["paragraph"].strip(), cleaned["words"])
            except NotPlaced as problem:
                self.add_error("words" if cleaned["words"].strip() else "paragraph", str(problem))
        return cleaned


def chosen(values: Any, texts: Sequence[Document]) -> Passage | None:
    """The passage that was chosen at the desk, by the fields of an address or form; None where none was.

    NotPlaced where the text does not have it.
    """
    start, end = whole(values.get("start")), whole(values.get("end"))
    text = next((one for one in texts if one.slug == values.get("text")), None)
    if start is None or end is None or text is None:
        return None
    revision = revision_of(text, whole(values.get("revision")))
    return passages_at(text, revision, [Place(start, end, lines(values.get("exact", "")))])[0]
