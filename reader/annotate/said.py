"""Say on the next page what was done, with a way to take it back."""

from django.contrib import messages
from django.http import HttpRequest

from reader.annotate.models import Change


def say(request: HttpRequest, change: Change | None) -> None:
    """Let the next page say what this change did; its tag is the key that the undo button names."""
    if change is not None:
        messages.success(request, change.said, extra_tags=str(change.pk))
