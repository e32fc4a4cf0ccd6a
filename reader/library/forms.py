"""What people type to bring a text into the library."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from reader.ingest.parsed import Parsed
from reader.library.imports import Facts
from reader.library.models import Document, Import
from reader.people.models import User

EMPTY = "The file is empty. Choose a file that has a text in it."


class RevisedField(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """The document that a text is a new revision of, among those that a person may change."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Document.objects.none(),
            required=False,
            label="A new revision of",
            empty_label="— decide by its address and title —",
            **options,
        )

    def label_from_instance(self, obj: Document) -> str:
        """The title and the first author."""
        return f"{obj.title} — {obj.authors[0]}" if obj.authors else obj.title


class AddForm(forms.Form):
    """A file or pasted words."""

    file = forms.FileField(
        required=False,
        label="A file",
        help_text="Markdown or plain text, also as a PDF converter left it.",
        error_messages={"empty": EMPTY},
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,text/plain,text/markdown"}),
    )
    text = forms.CharField(
        required=False, strip=False, label="or the text itself", widget=forms.Textarea(attrs={"rows": 8})
    )
    revises = RevisedField()

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        _choose_among(self, Document.objects.writable_by(user))

    def clean(self) -> dict[str, Any]:
        """Exactly one source, not too large."""
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        size = file.size if file else len(text.encode())
        if file and text.strip():
            raise forms.ValidationError("Choose a file or paste a text, not both.")
        if not file and not text.strip() and "file" not in self.errors:
            raise forms.ValidationError("Choose a file, or paste the text.")
        if size > settings.READER_MAX_SOURCE_BYTES:
            self.add_error("file" if file else "text", _too_large(size))
        return cleaned

    def source(self) -> tuple[bytes, str]:
        """The bytes, and a name for them."""
        if file := self.cleaned_data["file"]:
            return file.read(), file.name
        return self.cleaned_data["text"].replace("\r\n", "\n").encode(), "pasted text"


class FactsForm(forms.Form):
    """What a text says of itself, as its owner corrects it before it is kept."""

    title = forms.CharField(max_length=500)
    authors = forms.CharField(
        required=False, max_length=2000, help_text="One in a line.", widget=forms.Textarea(attrs={"rows": 2})
    )
    published_on = forms.DateField(
        required=False,
        label="Date",
        help_text="Year-month-day; leave it empty where the text gives none.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    publication = forms.CharField(required=False, max_length=500)
    source_url = forms.CharField(
        required=False, max_length=2000, label="Address", widget=forms.TextInput(attrs={"inputmode": "url"})
    )
    revises = RevisedField()
    is_public = forms.BooleanField(required=False, label="Everybody may read it")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        _choose_among(self, Document.objects.writable_by(user))

    def clean_source_url(self) -> str:
        """An address of the web, or nothing."""
        address: str = self.cleaned_data["source_url"]
        if address and not address.startswith(("http://", "https://", "doi:")):
            raise forms.ValidationError("Begin the address with https://, or leave it empty.")
        return address

    def facts(self) -> Facts:
        """The cleaned values."""
        cleaned = self.cleaned_data
        authors = tuple(name.strip() for name in cleaned["authors"].splitlines() if name.strip())
        names = ("title", "published_on", "publication", "source_url", "revises", "is_public")
        return Facts(authors=authors, **{name: cleaned[name] for name in names})

    @staticmethod
    def initial_of(parsed: Parsed, one: Import) -> dict[str, Any]:
        """What was read from the source."""
        return {
            "title": parsed.title,
            "authors": "\n".join(parsed.authors),
            "published_on": parsed.published_on,
            "publication": parsed.publication,
            "source_url": parsed.source_url,
            "revises": one.revises_id,
            "is_public": one.is_public,
        }


def _choose_among(form: forms.Form, documents: Any) -> None:
    field = form.fields["revises"]
    if isinstance(field, RevisedField):
        field.queryset = documents.only("title", "authors")


def _too_large(size: int) -> str:
    limit = filesizeformat(settings.READER_MAX_SOURCE_BYTES)
    return (
        f"This is {filesizeformat(size)}; the library takes texts up to {limit}. "
        "Split it (a chapter or part a file), or save it without pictures."
    )
