"""What is done in the background."""

from django_tasks import task


@task()
def find_in_background(pairing: int) -> None:
    """Find the parallels of two texts."""
    # Known here only: finding waits for pairs, and pairs for finding.
    from reader.compare.finding import find

    find(pairing)
