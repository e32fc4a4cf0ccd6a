"""manage.py outline: what the tables hold of a text, as JSON."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.library.models import Revision
from reader.library.stored import outline


class Command(BaseCommand):
    """Print a document's sections, paragraphs, figures, footnotes, citations and import report as JSON."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what follows the command's name."""
        parser.add_argument("slug", metavar="SLUG", help="the document's name in addresses")
        parser.add_argument("--revision", metavar="N", type=int, help="not the current one")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the outline; fails where there is no such revision."""
        revisions = Revision.objects.filter(document__slug=options["slug"]).defer("source")
        wanted = (
            revisions.filter(number=options["revision"])
            if options["revision"]
            else revisions.order_by("-number")
        )
        revision = wanted.first()
        if revision is None:
            raise CommandError(f"There is no such text: {options['slug']}.")
        self.stdout.write(json.dumps(outline(revision), ensure_ascii=False, indent=1))
