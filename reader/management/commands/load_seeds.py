"""manage.py load_seeds: the first texts of a library."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from reader.library.models import Work
from reader.management.commands.ingest import ingest, texts_at


class Command(BaseCommand):
    """Keep the digests in seeds/ and the texts in READER_ORIGINALS, if it names a folder; twice is once."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep the texts, for everybody, and print the address of two that face each other."""
        paths = _texts(settings.BASE_DIR / "seeds")
        if settings.READER_ORIGINALS:
            paths += _texts(Path(settings.READER_ORIGINALS))
        failed = [result for path in paths if (result := ingest(path, public=True))["error"]]
        for result in failed:
            self.stderr.write(f"{result['path']}: {result['error']}")
        for pair in Work.objects.pairs(None)[:1]:
            self.stdout.write(reverse("desk:facing", args=[pair.citing, pair.cited]))
        if failed:
            raise CommandError(f"{len(failed)} of {len(paths)} texts could not be kept.")


def _texts(folder: Path) -> list[Path]:
    """The texts of a folder, but not what it says about them; none where there is no such folder."""
    found = texts_at(folder) if folder.is_dir() else []
    return [path for path in found if path.stem.lower() != "readme"]
