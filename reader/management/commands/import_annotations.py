"""manage.py import_annotations: annotations from a file in the W3C's form."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.annotate.actions import NotDone
from reader.annotate.bringing import import_annotations
from reader.annotate.models import Layer
from reader.annotate.w3c_reading import NotRead
from reader.library.models import Document
from reader.people.models import User


class Command(BaseCommand):
    """Keep the annotations of a file as a person's own; what is here already stays as it is."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what follows the command's name."""
        parser.add_argument("path", metavar="PATH", type=Path, help="a JSON-LD file")
        parser.add_argument("--by", metavar="USERNAME", required=True, help="whose annotations they become")
        parser.add_argument("--text", metavar="SLUG", help="where all of them belong")
        parser.add_argument("--layer", choices=Layer.ALWAYS, help="not the one that the file names")

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep them, and say what became of each that was not simply kept."""
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"Nobody has the username {options['by']}.")
        document = None
        if options["text"] and not (document := Document.objects.filter(slug=options["text"]).first()):
            raise CommandError(f"No text has the slug {options['text']}.")
        layers = {"private": Layer.objects.private_to(by), "public": Layer.objects.public()}
        layer = layers.get(options["layer"])
        try:
            data = options["path"].read_bytes()
            report = import_annotations(data=data, by=by, document=document, layer=layer)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except (NotDone, NotRead) as error:
            raise CommandError(str(error)) from error
        for number, outcome in enumerate(report.outcomes, 1):
            if outcome.state != "kept":
                self.stdout.write(f"{number}, “{outcome.words}”: {outcome.state}. {outcome.said}")
        self.stdout.write(", ".join(f"{count} {state}" for state, count in sorted(report.counts.items())))
