"""manage.py parallels: which paragraphs of two texts say the same."""

import json
from argparse import ArgumentParser
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from reader.compare.finding import TOP, parallels, sides
from reader.compare.keeping import Found, Key
from reader.compare.pairing import pair
from reader.compare.standing import rejected
from reader.compare.texts import Compared
from reader.library.models import Document
from reader.management.commands.ingest import ingest

TOP_AT_MOST = 100


class Command(BaseCommand):
    """Print as JSON, for each paragraph of LEFT, those of RIGHT that say the same, the best first."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what follows the command's name."""
        kinds = "the slug of a text in the library, or a file, which is not kept"
        parser.add_argument("left", metavar="LEFT", help=kinds)
        parser.add_argument("right", metavar="RIGHT", help=kinds)
        parser.add_argument("--top", type=int, default=TOP, help="so many for each paragraph (3)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare the texts as they are now; what people rejected is left out, and nothing is kept."""
        if not 1 <= options["top"] <= TOP_AT_MOST:
            raise CommandError(f"--top takes a number from 1 to {TOP_AT_MOST}.")
        with transaction.atomic():
            left, right = _text(options["left"]), _text(options["right"])
            if left.pk == right.pk:
                raise CommandError("A text is not compared with itself: name two.")
            pairing = pair(left, right)
            texts = sides(pairing)
            out = rejected(pairing, *texts)
            transaction.set_rollback(True)
        # Nobody who writes has to wait for it.
        found = _compared(texts, out, options["top"], turned=pairing.first_id != left.pk)
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))


def _text(name: str) -> Document:
    document = Document.objects.filter(slug=name, current__isnull=False).first()
    if document is not None:
        return document
    path = Path(name)
    if not path.is_file():
        raise CommandError(f"There is no text with the slug {name}, and no such file.")
    result = ingest(path, public=False)
    if result["error"]:
        raise CommandError(f"{name}: {result['error']}")
    return Document.objects.get(slug=result["document"])


def _compared(
    texts: tuple[Compared, Compared], out: Collection[Key], top: int, *, turned: bool
) -> list[dict[str, Any]]:
    """The rows; out are the pairs of paragraphs that were rejected, as the texts of the pairing have them."""
    one, other = reversed(texts) if turned else texts
    rows: dict[int, list[dict[str, Any]]] = {}
    for found in parallels(one, other, top=top + len(out)):
        key = (found.match.left, found.match.right)
        if (key[::-1] if turned else key) not in out:
            rows.setdefault(found.match.left, []).append(_row(found))
    return [row for number in sorted(rows) for row in rows[number][:top]]


def _row(found: Found) -> dict[str, Any]:
    match = found.match
    return {
        "left": match.left,
        "right": match.right,
        "score": round(match.score, 4),
        "strength": match.strength,
        "credited": bool(found.citing),
        "evidence": list(match.evidence),
    }
