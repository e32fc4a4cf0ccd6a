"""What is done in the background."""

from django_tasks import task

from reader.compare.finding import find
from reader.compare.models import Pairing


@task()
def find_in_background(pairing: int) -> None:
    """Find the parallels of two texts that wait for it; once, however often it was asked for meanwhile."""
    if Pairing.objects.filter(pk=pairing, state=Pairing.State.WAITING).exists():
        find(pairing)
