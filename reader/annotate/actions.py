"""What readers do with annotations: each verb in one transaction, written down so that it can be undone."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from reader.annotate import shades
from reader.annotate.answering import held_to_answer
from reader.annotate.carry import bring_along
from reader.annotate.choosing import check_writable, why_not_writable
from reader.annotate.drawn import drawn, redrawing
from reader.annotate.journal import Journal
from reader.annotate.looks import look_of
from reader.annotate.many import tell
from reader.annotate.models import Annotation, Change, Code, Layer, Meaning, Tag, Target
from reader.annotate.moving import check_moving
from reader.annotate.placing import Place, passages_at
from reader.annotate.problems import NotDone as NotDone
from reader.annotate.prompt_models import Prompt
from reader.annotate.relations import missing, words_of
from reader.annotate.rendering import render
from reader.annotate.shades import Drawn
from reader.library.models import Document, Revision
from reader.library.passages import Passage
from reader.library.text import count_words
from reader.people.class_models import Class
from reader.people.models import User

Kind = Annotation.Kind
SILENT = Annotation.Relation.SILENT
SAID = {
    Kind.HIGHLIGHT: "Highlighted",
    Kind.NOTE: "Note kept",
    Kind.QUESTION: "Question asked",
    Kind.TAG: "Tagged",
    Kind.REPLY: "Reply kept",
    Kind.CLAIM: "Claim kept",
    Kind.PROMPT: "Prompt kept",
}


class EditConflict(ValueError):
    """Somebody, perhaps the same person elsewhere, edited this meanwhile; current is what it says now."""

    def __init__(self, current: Annotation) -> None:
        super().__init__(
            "This was edited elsewhere while you wrote. Both wordings are below: keep what is right."
        )
        self.current = current


def annotate(
    *,
    by: User,
    document: Document,
    revision: Revision,
    places: Sequence[Place],
    kind: str,
    layer: Layer,
    meaning: Meaning | None = None,
    body: str = "",
    codes: Sequence[Code] = (),
    token: str = "",
) -> tuple[Annotation, Change | None]:
    """Annotate a place, or several, of one text; NotPlaced where it has none, else as annotate_passages()."""
    return annotate_passages(
        by=by,
        passages=passages_at(document, revision, places),
        kind=kind,
        layer=layer,
        meaning=meaning,
        body=body,
        codes=codes,
        token=token,
    )


def annotate_passages(
    *,
    by: User,
    passages: Sequence[Passage],
    kind: str,
    layer: Layer,
    meaning: Meaning | None = None,
    body: str = "",
    codes: Sequence[Code] = (),
    token: str = "",
    relation: str = "",
    about: Document | None = None,
) -> tuple[Annotation, Change | None]:
    """Annotate passages not yet saved; the same token again gives what it made first, and None.

    A claim has a relation, and passages of several texts, or of one text and another that is silent about
    them. BodyRefused or NotDone where it cannot be kept.
    """
    html = render(body)
    if kind == Kind.REPLY or (kind == Kind.CLAIM) != bool(relation):
        raise NotDone("Choose what it shall be: a highlight, a note, a question or a tag.")
    if kind in (Kind.NOTE, Kind.QUESTION) and not html:
        raise NotDone("There is nothing in it yet: write some words.")
    if kind == Kind.TAG and not codes:
        raise NotDone("Choose a code, or write the name of a new one.")
    if kind == Kind.CLAIM:
        texts = [passage.document_id for passage in passages]
        if problem := missing(relation, texts, about.pk if about else None):
            raise NotDone(problem)
    annotation = Annotation(
        layer=layer,
        author=by,
        kind=kind,
        meaning=meaning,
        relation=relation,
        about=about,
        body=body,
        html=html,
        look=look_of(kind, meaning, codes, relation),
        token=token,
        made_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            annotation.save(force_insert=True)
            for position, passage in enumerate(passages):
                passage.noted = layer.is_shared and annotation.speaks
                passage.save(force_insert=True)
                Target.objects.create(annotation=annotation, passage=passage, position=position)
            was_behind = bring_along(passages, about)
            if codes:
                Tag.objects.bulk_create(
                    Tag(annotation=annotation, code=code, position=place) for place, code in enumerate(codes)
                )
            if layer.is_shared:
                # Known without asking, but where it stands on an older revision, too, or on a private text.
                asked = was_behind or kind == Kind.CLAIM
                marks = drawn([annotation.pk]) if asked else _marks(annotation, passages)
                shades.redraw(removed=(), added=marks)
            journal = Journal(by, kind, annotation)
            journal.created(annotation)
            change = journal.close(_said(kind, relation, passages))
    except IntegrityError:
        # The same form came twice.
        if token and (known := Annotation.objects.filter(author=by, token=token).first()):
            return known, None
        raise
    return annotation, change


def _said(kind: str, relation: str, passages: Sequence[Passage]) -> str:
    if relation:
        how = "met with silence" if relation == SILENT else words_of(relation)
        return f"{SAID[Kind(kind)]}: {how}."
    words = sum(count_words(passage.exact) for passage in passages)
    return f"{SAID[Kind(kind)]}, {words} word{'' if words == 1 else 's'}."


def _marks(annotation: Annotation, passages: Sequence[Passage]) -> list[Drawn]:
    of, look, kind = annotation.pk, annotation.look, annotation.kind
    return [
        Drawn(annotation.layer_id, p.revision_id or 0, p.start, p.end, annotation.author_id, of, look, kind)
        for p in passages
    ]


def reply(*, to: Annotation, by: User, body: str, token: str = "") -> tuple[Annotation, Change | None]:
    """Answer an annotation, in its layer; whoever wrote in the thread is told, but of answers to a prompt."""
    html = render(body)
    if not html:
        raise NotDone("There is nothing in it yet: write some words.")
    if token and (known := Annotation.objects.filter(author=by, token=token).first()):
        return known, None
    try:
        with transaction.atomic():
            parent = held_to_answer(to, by)
            answer = Annotation.objects.create(
                layer=parent.layer,
                author=by,
                kind=Kind.REPLY,
                parent=parent,
                byline=_byline(parent),
                body=body,
                html=html,
                token=token,
                made_at=timezone.now(),
            )
            if parent.kind != Kind.PROMPT:
                # Of three hundred answers nobody is told one by one: they are counted where it was asked.
                tell([answer])
            journal = Journal(by, Kind.REPLY, answer)
            journal.created(answer)
            return answer, journal.close("Answer kept." if parent.kind == Kind.PROMPT else "Reply kept.")
    except IntegrityError:
        if token and (known := Annotation.objects.filter(author=by, token=token).first()):
            return known, None
        raise


def _byline(parent: Annotation) -> str:
    """Whether an answer is shown with a name: as the prompt says that asks for it."""
    hidden = parent.kind == Kind.PROMPT and Prompt.objects.filter(pk=parent.pk, is_anonymous=True).exists()
    return Annotation.Byline.PEERS if hidden else Annotation.Byline.NAMED


@transaction.atomic
def edit(
    *,
    annotation: Annotation,
    by: User,
    version: int,
    body: str,
    kind: str,
    meaning: Meaning | None,
    codes: Sequence[Code],
    layer: Layer,
    relation: str = "",
) -> tuple[Annotation, Change | None]:
    """Let an annotation say this; None where it did already. EditConflict where its version is another.

    NotWritable where it stays in a layer in which this person no longer writes.
    """
    html = render(body)
    now = Annotation.objects.select_for_update().get(pk=annotation.pk)
    if now.version != version:
        raise EditConflict(now)
    if kind in (Kind.NOTE, Kind.QUESTION, Kind.REPLY) and not html:
        raise NotDone("There is nothing in it: write some words, or delete it.")
    if kind == Kind.TAG and not codes:
        raise NotDone("Choose a code, or write the name of a new one.")
    if (kind == Kind.REPLY) != (now.kind == Kind.REPLY):
        raise NotDone("A reply stays a reply.")
    if (kind == Kind.CLAIM) != (now.kind == Kind.CLAIM):
        raise NotDone("A claim stays a claim, and what is none becomes none.")
    if (relation == SILENT) != (now.relation == SILENT):
        raise NotDone("Whether the other text is silent cannot be changed: make a new claim.")
    if kind == Kind.CLAIM and not words_of(relation):
        raise NotDone("Choose how the passages stand to each other.")
    if now.kind == Kind.REPLY or now.layer_id == layer.pk:
        # A reply stays in its layer, whatever a form says.
        check_writable(now.layer, by)
    journal = Journal(by, "edit", now)
    with redrawing([now.pk]):
        retag(journal, now, codes)
        changed = bool(journal.ops)
        values: dict[str, Any] = {"body": body, "html": html, "kind": kind, "meaning": meaning}
        if now.kind == Kind.CLAIM:
            values["relation"] = relation
        if now.kind != Kind.REPLY:
            values["look"] = look_of(kind, meaning, codes, relation)
            _move(journal, now, layer)
        if (body, relation) != (now.body, now.relation):
            values["edited_at"] = timezone.now()
        if journal.update(now, **values):
            changed = True
        elif journal.ops:
            # Other codes alone are an edit, too: who edits it elsewhere has to be told.
            now.version += 1
            now.save(update_fields=["version"])
        _note(now)
    return now, journal.close("Changed." if changed else _moved_to(layer)) if journal.ops else None


def retag(journal: Journal, annotation: Annotation, codes: Sequence[Code]) -> None:
    """Let an annotation have these codes, in this order."""
    wanted = {code.pk: place for place, code in enumerate(codes)}
    # Those of deleted codes are hidden: they come back with their code.
    for tag in annotation.tags.filter(code__deleted_at__isnull=True):
        if tag.code_id not in wanted:
            journal.delete(tag, "annotation", "code", "position")
        else:
            journal.update(tag, position=wanted.pop(tag.code_id))
    for code, place in wanted.items():
        tag = Tag.objects.create(annotation=annotation, code_id=code, position=place)
        journal.created(tag, "annotation", "code", "position")


@transaction.atomic
def delete(*, annotation: Annotation, by: User) -> Change | None:
    """Put an annotation, with its replies, into the trash; None where it lies there."""
    now = Annotation.objects.select_for_update().get(pk=annotation.pk)
    if now.deleted_at is not None:
        return None
    group = now.layer.group_id if now.kind == Kind.PROMPT else None
    if group and not Class.objects.led_by(by).filter(pk=group, archived_at__isnull=True).exists():
        raise NotDone("Only those who lead the class delete what it is asked.")
    journal = Journal(by, "delete", now)
    with redrawing([now.pk]):
        journal.update(now, deleted_at=timezone.now())
    return journal.close(f"{now.get_kind_display()} deleted.")


@transaction.atomic
def restore(*, annotation: Annotation, by: User) -> Change | None:
    """Take an annotation out of the trash; None where it is not there."""
    now = Annotation.objects.select_for_update().get(pk=annotation.pk)
    if now.deleted_at is None:
        return None
    journal = Journal(by, "restore", now)
    problem = why_not_writable(now.layer, by)
    if problem and now.parent_id:
        raise NotDone(f"{problem} Copy its words from here.")
    with redrawing([now.pk]):
        if problem:
            # Not back among those with whom they no longer write.
            _move(journal, now, Layer.objects.private_to(by))
        journal.update(now, deleted_at=None)
    more = f", for you alone: {problem[0].lower()}{problem[1:]}" if problem else "."
    return journal.close(f"{now.get_kind_display()} restored{more}")


@transaction.atomic
def move(*, annotation: Annotation, by: User, layer: Layer) -> Change | None:
    """Move an annotation, with its replies, to another layer; None where it lies there.

    NotDone where others answered for eyes that are not those of the other layer.
    """
    now = Annotation.objects.select_for_update().get(pk=annotation.pk)
    journal = Journal(by, "move", now)
    with redrawing([now.pk]):
        _move(journal, now, layer)
        _note(now)
    return journal.close(_moved_to(layer)) if journal.ops else None


def _moved_to(layer: Layer) -> str:
    return f"Moved to {layer.label}." if layer.group else f"For {layer.label.lower()} now."


def _move(journal: Journal, annotation: Annotation, layer: Layer) -> None:
    if annotation.layer_id == layer.pk:
        return
    check_moving([annotation], layer)
    journal.update(annotation, layer=layer)
    # No edit of theirs: whoever rewrites a reply elsewhere at this moment need not be told.
    journal.update_all(annotation.replies.order_by("pk").select_for_update(), layer=layer)


def _note(annotation: Annotation) -> None:
    """Let others find what an annotation has to say, now that it is for them."""
    if annotation.layer.is_shared and annotation.speaks:
        annotation.passages.filter(noted=False).update(noted=True)


@transaction.atomic
def answer(
    *, question: Annotation, by: User, reply: Annotation | None, answered: bool = True
) -> Change | None:
    """Mark a question as answered, by this reply where one is named; or as open again."""
    now = Annotation.objects.select_for_update().get(pk=question.pk)
    if now.kind != Kind.QUESTION or (reply is not None and reply.parent_id != now.pk):
        raise NotDone("Only a question can be answered, and only by a reply to it.")
    check_writable(now.layer, by)
    journal = Journal(by, "answer", now)
    when = (now.answered_at or timezone.now()) if answered else None
    if not journal.update(now, answer=reply if answered else None, answered_at=when):
        return None
    return journal.close("Marked as answered." if answered else "Open again.")
