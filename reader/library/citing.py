"""The works that a text cites, with the notes that cite them."""

from dataclasses import dataclass

from django.db.models import Prefetch

from reader.library.models import Citation, Document, Work
from reader.library.querysets import Reader


@dataclass(frozen=True, slots=True)
class Cited:
    """A work, None where the note names none that is plain; link is (slug, title) of a text of the library.

    places are (note's label, anchor of its first mark or of the note, the note's words).
    """

    work: Work | None
    link: tuple[str, str] | None
    places: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class WorksCited:
    """The works of a text: those that the library has, the others, and the notes in which none was found."""

    here: list[Cited]
    elsewhere: list[Cited]
    unread: list[Cited]


def works_cited(document: Document, user: Reader) -> WorksCited:
    """The works that the document's current revision cites, in order. Four queries."""
    revision = document.revisions.defer("source").filter(pk=document.current_id or 0).first()
    if revision is None:
        return WorksCited([], [], [])
    marks = Prefetch("citations", Citation.objects.only("position", "target").order_by("position"))
    footnotes = revision.footnotes.select_related("work").prefetch_related(marks)
    links = Work.objects.links_for(revision.footnotes.all(), user)
    found: dict[object, Cited] = {}
    for note in footnotes:
        key = note.work_id or ("note", note.position)
        place = (note.label, note.anchor(), revision.text[note.start : note.end])
        before = found.get(key)
        found[key] = Cited(note.work, links.get(note.position), (*(before.places if before else ()), place))
    cited = list(found.values())
    return WorksCited(
        here=[c for c in cited if c.link],
        elsewhere=[c for c in cited if c.work and not c.link],
        unread=[c for c in cited if not c.work],
    )
