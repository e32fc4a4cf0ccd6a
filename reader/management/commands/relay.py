"""manage.py relay: texts that are kept, laid as this version lays them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from reader.annotate.models import Crowd
from reader.annotate.shades import rebuild
from reader.library.models import Revision
from reader.library.relaying import lay_again, outdated


class Command(BaseCommand):
    """Lay again every revision that an older version laid, with its marks; cheap where there is none."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what follows the command's name."""
        parser.add_argument("--all", action="store_true", help="those of this version, too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Lay them one by one, each in a transaction of its own, and say how many."""
        revisions = Revision.objects.order_by("pk") if options["all"] else outdated()
        # Keys alone: a library's texts would not fit into memory.
        keys = list(revisions.values_list("pk", flat=True))
        for key in keys:
            with transaction.atomic():
                lay_again(revision=Revision(pk=key))
                for layer in Crowd.objects.filter(revision=key).values_list("layer", flat=True):
                    rebuild(layer=layer, revision=key)
        if keys:
            self.stdout.write(f"Laid again: {len(keys)}.")
