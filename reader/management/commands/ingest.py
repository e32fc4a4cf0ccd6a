"""manage.py ingest: texts from files into the library."""

import json
import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reader.ingest import parse_bytes
from reader.ingest.parsed import IngestError
from reader.library.actions import NotKept, keep
from reader.library.models import Document

KINDS = frozenset({".md", ".markdown", ".txt"})
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Keep each text as a document, or as a new revision of the one that it is."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what follows the command's name."""
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", type=Path, help="a text, or a folder of .md and .txt"
        )
        parser.add_argument("--json", action="store_true", help="print what happened as JSON")
        parser.add_argument(
            "--revises", metavar="SLUG", default="", help="the document that the text is a revision of"
        )
        parser.add_argument("--private", action="store_true", help="show new documents to staff alone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep what can be kept and report each path; fails where one of them failed."""
        paths = [path for named in options["paths"] for path in texts_at(named)]
        revises = _revised(options["revises"], len(paths))
        results = [ingest(path, revises=revises, public=not options["private"]) for path in paths]
        if options["json"]:
            self.stdout.write(json.dumps(results, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(map(_sentence, results)))
        if failed := sum(1 for result in results if result["error"]):
            raise CommandError(f"{failed} of {len(results)} texts could not be kept.")


def texts_at(path: Path) -> list[Path]:
    """The path itself, or the texts of the folder by name."""
    if not path.is_dir():
        return [path]
    return sorted(inner for inner in path.iterdir() if inner.suffix.lower() in KINDS and inner.is_file())


def ingest(path: Path, *, revises: Document | None = None, public: bool) -> dict[str, Any]:
    """Keep one text; a failure is told in "error" and leaves the library as it was."""
    result: dict[str, Any] = {
        "path": str(path), "document": None, "revision": None, "created": False, "error": None, "report": {}
    }  # fmt: skip
    try:
        source = _read(path)
        parsed = parse_bytes(source, path.name)
        kept = keep(parsed=parsed, source=source, name=path.name, by=None, revises=revises, public=public)
    except (IngestError, NotKept) as error:
        return result | {"error": str(error)}
    except Exception:
        # The other texts are still to be kept.
        log.exception("%s could not be kept", path)
        return result | {"error": "The reader failed on this text; its log tells more."}
    return result | {
        "document": kept.revision.document.slug,
        "revision": kept.revision.number,
        "created": kept.created,
        "report": kept.revision.report,
    }


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > settings.READER_MAX_SOURCE_BYTES:
            limit = settings.READER_MAX_SOURCE_BYTES
            raise IngestError(f"Larger than {limit} bytes: split it, or raise READER_MAX_SOURCE_BYTES.")
        return path.read_bytes()
    except OSError as error:
        raise IngestError(f"The file cannot be read: {error.strerror}.") from error


def _revised(slug: str, texts: int) -> Document | None:
    if not slug:
        return None
    if texts != 1:
        raise CommandError("--revises takes one text.")
    document = Document.objects.filter(slug=slug).first()
    if document is None:
        raise CommandError(f"No document has the slug {slug}.")
    return document


def _sentence(result: dict[str, Any]) -> str:
    if result["error"]:
        return f"{result['path']}: {result['error']}"
    done = "kept as" if result["created"] else "was kept before as"
    report = result["report"]
    counts = ", ".join(f"{len(report[name])} {name}" for name in ("removed", "sewn", "doubts"))
    return f"{result['path']}: {done} {result['document']}, revision {result['revision']} ({counts})"
