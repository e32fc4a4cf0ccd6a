"""manage.py load_seeds: the first texts of a library."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from reader.annotate.bringing import import_annotations
from reader.annotate.codebook_csv import bring_codebook
from reader.annotate.codes import edit_codebook
from reader.annotate.models import Codebook
from reader.compare.asking import pair_all
from reader.compare.finding import find
from reader.compare.models import Pairing
from reader.library.models import Document, Work
from reader.management.commands.ingest import ingest, texts_at
from reader.management.seed_class import seed_class
from reader.people.demo import person
from reader.people.models import Role

CODEBOOK = "Two gambits"
CLAIMS = "claims"


class Command(BaseCommand):
    """Keep the digests in seeds/, what three people wrote on them, a class of theirs, and READER_ORIGINALS.

    READER_ORIGINALS may name a folder. Twice is once.
    """

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep the texts, for everybody, and print the address of two that face each other."""
        paths = _texts(settings.BASE_DIR / "seeds")
        if settings.READER_ORIGINALS:
            paths += _texts(Path(settings.READER_ORIGINALS))
        results = {path: ingest(path, public=True) for path in paths}
        failed = [result for result in results.values() if result["error"]]
        for result in failed:
            self.stderr.write(f"{result['path']}: {result['error']}")
        _annotate({path.stem: result["document"] for path, result in results.items() if not result["error"]})
        pair_all()
        # At once, so that the first page that anybody opens has them.
        for pairing in Pairing.objects.exclude(state=Pairing.State.FOUND).values_list("pk", flat=True):
            find(pairing)
        for pair in Work.objects.pairs(None)[:1]:
            self.stdout.write(reverse("desk:facing", args=[pair.citing, pair.cited]))
        if failed:
            raise CommandError(f"{len(failed)} of {len(paths)} texts could not be kept.")


def _texts(folder: Path) -> list[Path]:
    """The texts of a folder, but not what it says about them; none where there is no such folder."""
    found = texts_at(folder) if folder.is_dir() else []
    return [path for path in found if path.stem.lower() != "readme"]


def _annotate(slugs: dict[str, str]) -> None:
    """Bring in what a student, an analyst and an instructor wrote on these texts, by their files' names."""
    folder = settings.BASE_DIR / "seeds" / "annotations"
    analyst = person(Role.ANALYST)
    # Also one that its owner deleted: it does not come back by itself.
    if not Codebook.objects.filter(owner=analyst, name=CODEBOOK).exists():
        table = (folder / "codebook.csv").read_bytes()
        codebook, _ = bring_codebook(by=analyst, name=CODEBOOK, data=table)
        edit_codebook(by=analyst, codebook=codebook, name=CODEBOOK, is_public=True)
    found = {text.slug: text for text in Document.objects.filter(slug__in=slugs.values())}
    texts = {stem: found[slug] for stem, slug in slugs.items() if slug in found}
    # A reply comes after what it answers.
    for role in Role:
        for path in sorted(folder.glob(f"*.{role.value}.jsonld")):
            stem = path.name.removesuffix(f".{role.value}.jsonld")
            if stem in texts:
                import_annotations(data=path.read_bytes(), by=person(role), document=texts[stem])
            elif stem == CLAIMS:
                import_annotations(data=path.read_bytes(), by=person(role), texts=texts)
    seed_class(texts)
