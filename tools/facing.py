"""Where the facing page is: the pair of texts of which one cites the other."""

from django.db.models import F
from django.urls import reverse

from reader.library.models import Footnote


def facing_pair() -> tuple[str, str] | None:
    """The slugs of a citing text and of the cited one, originals before digests; None where none cites."""
    cited = F("work__document")
    notes = (
        Footnote.objects.filter(work__document__is_public=True, revision__document__is_public=True)
        .filter(revision=F("revision__document__current"))
        .exclude(revision__document=cited)
        .order_by("revision__document__digest_of", "work__document__digest_of", "pk")
    )
    return notes.values_list("revision__document__slug", "work__document__slug").first()


def facing_path() -> str:
    """The path of the facing page of that pair; the front page's where there is none."""
    pair = facing_pair()
    return reverse("desk:facing", args=pair) if pair else "/"
