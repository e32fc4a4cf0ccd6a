"""Where the facing page is: a pair of texts of which one cites the other."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from reader.library.models import Work


def facing_pair() -> tuple[str, str] | None:
    """The slugs of a citing text and of the one it cites that anybody may read; None where none cites."""
    pairs = Work.objects.pairs(AnonymousUser())
    return (pairs[0].citing, pairs[0].cited) if pairs else None


def facing_path() -> str:
    """The path of the facing page of that pair; the front page's where there is none."""
    pair = facing_pair()
    return reverse("desk:facing", args=pair) if pair else "/"
