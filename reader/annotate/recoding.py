"""What moves tags between codes: merging, splitting, and coding many passages at once; each can be undone."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from reader.annotate.actions import NotDone
from reader.annotate.codes import below, free_name, lift, locked, make, siblings
from reader.annotate.journal import Journal
from reader.annotate.looks import follow, tagged_with
from reader.annotate.many import New, keep_many
from reader.annotate.models import Annotation, Change, Code, Layer, Tag
from reader.annotate.naming import clean_name
from reader.annotate.placing import Place, passages_at
from reader.library.models import Document, Revision
from reader.people.models import User

AT_ONCE = 500


@transaction.atomic
def merge_codes(*, by: User, code: Code, into: Code) -> Change:
    """Let a code become part of another one: its tags, what lies below it, and its words go there."""
    if code.pk == into.pk:
        raise NotDone("Choose another code to merge it with.")
    for book in sorted({code.codebook, into.codebook}, key=lambda book: book.pk):
        locked(book)
    now, kept = Code.objects.live().get(pk=code.pk), Code.objects.live().get(pk=into.pk)
    if now.codebook_id != kept.codebook_id and now.children.live().exists():
        raise NotDone(f"“{now.name}” has codes below it, which stay in their codebook: move them first.")
    journal = Journal(by, "merge_codes")
    twice = Tag.objects.filter(code=kept).values("annotation")
    tags = Tag.objects.filter(code=now)
    journal.delete_all(tags.filter(annotation__in=twice), "annotation", "code", "position")
    moved = journal.update_all(tags, code=kept)
    journal.update(now, deleted_at=timezone.now())
    if kept.pk in below(now):
        name = free_name(kept.name, siblings(now.codebook, now.parent))
        journal.update(kept, parent=now.parent, position=now.position, name=name)
    lift(journal, now, kept)
    journal.update(kept, memo=_with_words_of(kept, now))
    follow(tagged_with([now.pk, kept.pk]))
    return journal.close(
        f"“{now.name}” merged into “{kept.name}”, {len(moved)} tag{'' if len(moved) == 1 else 's'} moved."
    )


def _with_words_of(kept: Code, code: Code) -> str:
    """The memo of a code, with what another one said: nothing that was written is lost."""
    said = [f"Merged from “{code.name}”."] if code.definition or code.memo else []
    return "\n\n".join(filter(None, [kept.memo, *said, code.definition, code.memo]))


@transaction.atomic
def split_code(*, by: User, code: Code, name: str, annotations: Collection[int]) -> tuple[Code, Change]:
    """Make a code beside this one that takes its tags on these annotations."""
    codebook = locked(code.codebook)
    now = codebook.codes.live().get(pk=code.pk)
    tags = Tag.objects.filter(code=now, annotation__in=annotations)
    if not tags.exists():
        raise NotDone("Choose the passages that the new code takes.")
    journal = Journal(by, "split_code")
    made = make(journal, codebook, clean_name(name), now.parent)
    moved = journal.update_all(tags, code=made)
    follow(tagged_with([made.pk]))
    return made, journal.close(f"“{made.name}” split from “{now.name}”, with {len(moved)} of its tags.")


@transaction.atomic
def set_code_on(
    *,
    by: User,
    document: Document,
    revision: Revision,
    places: Sequence[Place],
    codes: Sequence[Code],
    layer: Layer,
) -> Change | None:
    """Tag each of these passages, such as several paragraphs, as one change.

    A passage that this person has tagged so in this layer is left as it is; None where all are.
    """
    if not codes or not places:
        raise NotDone("Choose passages, and a code for them.")
    if len(places) > AT_ONCE:
        raise NotDone(f"Up to {AT_ONCE} passages are tagged at once: choose fewer.")
    # Of two forms that are one, sent in the same moment, the second waits and finds what the first made.
    User.objects.select_for_update().get(pk=by.pk)
    have = _tagged_so(by, layer, revision, codes)
    asked = {(p.start, p.end): p for p in passages_at(document, revision, places)}
    passages = [passage for place, passage in asked.items() if place not in have]
    if not passages:
        return None
    journal = Journal(by, "set_code_on")
    keep_many(
        journal,
        [
            New(layer=layer, kind=Annotation.Kind.TAG, codes=tuple(codes), passages=(passage,))
            for passage in passages
        ],
    )
    said = ", ".join(code.name for code in codes)
    return journal.close(f"“{said}” on {len(passages)} passage{'' if len(passages) == 1 else 's'}.")


def _tagged_so(by: User, layer: Layer, revision: Revision, codes: Sequence[Code]) -> set[tuple[int, int]]:
    found = Annotation.objects.live().filter(
        author=by, layer=layer, kind=Annotation.Kind.TAG, passages__revision=revision
    )
    for code in codes:
        found = found.filter(tags__code=code)
    return set(found.order_by().values_list("passages__start", "passages__end"))
