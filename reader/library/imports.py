"""An import's way: taken in, read, reviewed, then kept or discarded (and perhaps restored)."""

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reader.ingest import parse_bytes
from reader.ingest.parsed import IngestError, Parsed
from reader.library import actions
from reader.library.actions import Kept, NotKept
from reader.library.codec import decode, encode
from reader.library.models import Document, Import
from reader.people.models import User

State = Import.State
FAILED = (
    "The reader failed on this text. Its log tells more; try another form of the file, such as plain text."
)
GIVEN_UP = timedelta(minutes=2)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the owner says of a text before it is kept."""

    title: str
    authors: tuple[str, ...]
    published_on: date | None
    publication: str
    source_url: str
    revises: Document | None
    is_public: bool


def take_in(*, source: bytes, name: str, owner: User, revises: Document | None = None) -> Import:
    """Write a source down and read it: at once where it is small, in the background where it is large."""
    _forget_discarded(owner)
    new = Import.objects.create(
        owner=owner,
        name=name[:200],
        source=source,
        size=len(source),
        sha256=hashlib.sha256(source).hexdigest(),
        revises=revises,
        is_public=bool(revises and revises.is_public),
    )
    start_reading(new)
    return new


def start_reading(one: Import) -> None:
    """Read the source, perhaps once more."""
    from reader.library.tasks import read_in_background

    _set(one, state=State.WAITING, stage="waiting for its turn", progress=0, error="", parsed=None)
    if is_large(one):
        transaction.on_commit(lambda: read_in_background.enqueue(one.pk))
    else:
        read(one.pk)
    one.refresh_from_db(fields=["state", "stage", "progress", "error"])


def start_keeping(one: Import, facts: Facts) -> Kept | None:
    """Keep the text with these facts; None where that goes on elsewhere. NotKept leaves the import ready."""
    from reader.library.tasks import keep_in_background

    if not _claim(one):
        return None
    parsed = replace(
        decode(one.parsed or {}),
        title=facts.title,
        authors=facts.authors,
        published_on=facts.published_on,
        publication=facts.publication,
        source_url=facts.source_url,
    )
    _set(one, parsed=encode(parsed), revises=facts.revises, is_public=facts.is_public)
    if is_large(one):
        transaction.on_commit(lambda: keep_in_background.enqueue(one.pk))
        return None
    try:
        return keep_now(one, parsed)
    except Exception:
        _set(one, state=State.READY, stage="", progress=100)
        raise


def _claim(one: Import) -> bool:
    """Whether it is this request that keeps the import: somebody may have clicked twice."""
    ready = Import.objects.filter(pk=one.pk, state=State.READY)
    claimed = ready.update(state=State.KEEPING, stage="keeping", progress=80, changed_at=timezone.now())
    one.refresh_from_db(fields=["state"])
    return bool(claimed)


def becomes(one: Import, parsed: Parsed) -> str:
    """What keeping would make of the text, in words; empty where it is simply new."""
    document, doubt = _revised_by(one, parsed)
    if document is None:
        return ""
    why = (
        "its title and authors are the same"
        if doubt
        else "as you chose"
        if one.revises
        else "it has its address"
    )
    return f"It will be a new revision of “{document.title}”: {why}."


def revised_by(one: Import, parsed: Parsed) -> Document | None:
    """The document that keeping would make a new revision of; None where the text is new."""
    return _revised_by(one, parsed)[0]


def _revised_by(one: Import, parsed: Parsed) -> tuple[Document | None, bool]:
    """That document, and whether this is doubtful."""
    return (one.revises, False) if one.revises else actions.becomes(parsed=parsed, by=one.owner)


def may_read_again(one: Import) -> bool:
    """Whether reading failed, or seems to have been given up by whatever did it."""
    stuck = one.is_at_work and one.changed_at < timezone.now() - GIVEN_UP
    return stuck or one.state == State.FAILED


def discard(one: Import) -> None:
    """Put the import aside; it can be restored for a month."""
    if one.state in (State.READY, State.FAILED):
        _set(one, state=State.DISCARDED)


def restore(one: Import) -> None:
    """Take a discarded import up again where it was."""
    if one.state == State.DISCARDED:
        _set(one, state=State.FAILED if one.error else State.READY)


def is_large(one: Import) -> bool:
    """Whether this source would keep a person waiting."""
    limit: int = settings.READER_BACKGROUND_BYTES
    return one.size > limit


def read(pk: int) -> None:
    """Read an import's source; whatever goes wrong is told on the import."""
    one = Import.objects.get(pk=pk)
    _set(one, state=State.READING, stage="characters", progress=1)
    tell = partial(_tell, one) if is_large(one) else None
    try:
        parsed = parse_bytes(bytes(one.source), one.name, progress=tell)
    except IngestError as error:
        _set(one, state=State.FAILED, stage="", error=str(error))
    except Exception:
        log.exception("import %s failed", pk)
        _set(one, state=State.FAILED, stage="", error=FAILED)
    else:
        _set(one, state=State.READY, stage="", progress=100, parsed=encode(parsed))


def keep_large(pk: int) -> None:
    """Keep an import in the background; whatever goes wrong is told on the import, which is ready again."""
    one = Import.objects.select_related("revises", "owner").get(pk=pk)
    try:
        keep_now(one, decode(one.parsed or {}))
    except NotKept as error:
        _set(one, state=State.READY, stage="", progress=100, error=str(error))
    except Exception:
        log.exception("import %s could not be kept", pk)
        _set(one, state=State.READY, stage="", progress=100, error=FAILED)


@transaction.atomic
def keep_now(one: Import, parsed: Parsed) -> Kept:
    """Keep the text; its bytes and what was read from them then live in the revision alone."""
    kept = actions.keep(
        parsed=parsed,
        source=bytes(one.source),
        name=one.name,
        by=one.owner,
        revises=one.revises,
        public=one.is_public,
    )
    if kept.created:
        actions.set_public(document=kept.revision.document, public=one.is_public)
    _set(
        one,
        state=State.KEPT,
        stage="",
        progress=100,
        error="",
        revision=kept.revision,
        source=b"",
        parsed=None,
    )
    return kept


def _set(one: Import, **values: object) -> None:
    for name, value in values.items():
        setattr(one, name, value)
    one.save(update_fields=[*values, "changed_at"])


def _tell(one: Import, stage: str, percent: int) -> None:
    _set(one, stage=stage, progress=percent)


def _forget_discarded(owner: User) -> None:
    month_ago = timezone.now() - timedelta(days=30)
    Import.objects.visible_to(owner).filter(state=State.DISCARDED, changed_at__lt=month_ago).delete()
