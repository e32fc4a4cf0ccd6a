"""What is done in the background."""

from django_tasks import task

from reader.library import imports


@task()
def read_in_background(pk: int) -> None:
    """Read the source of an import."""
    imports.read(pk)


@task()
def keep_in_background(pk: int) -> None:
    """Keep the text of an import."""
    imports.keep_large(pk)
