"""Where the parallels of two texts stand now: their paragraphs, by reading number."""

from django.contrib.auth.models import AnonymousUser

from reader.compare.models import Pairing
from reader.compare.texts import Compared
from reader.library.passages import Passage


def number_of(passage: Passage, text: Compared) -> int | None:
    """The paragraph that a passage begins in; None where it stands in none of the current text."""
    here = passage.revision_id == text.revision.pk and passage.state != Passage.State.UNPLACED
    return text.number_at(passage.start) if here else None


def rejected(pairing: Pairing, first: Compared, second: Compared) -> set[tuple[int | None, int | None]]:
    """The pairs of paragraphs that people whose verdicts count say are no parallels."""
    standing = pairing.parallels.visible_to(AnonymousUser()).values("pk")
    judged = pairing.parallels.filter(verdicts__isnull=False).exclude(pk__in=standing).distinct()
    return {
        (number_of(one.first, first), number_of(one.second, second))
        for one in judged.exclude(strength="drawn").select_related("first", "second")
    }
